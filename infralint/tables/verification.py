"""What switches off the checks that tie a download to its maker: TLS certificates and package signatures.

From the manuals of curl, wget, git, pip, npm, yarn, yum, dnf, zypper, rpm, apk and apt, and Node's and Python's
documentation (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Sequence

from infralint.text import regex as re
from infralint.text.source import Text
from infralint.text.unknown import Unknown

_TLS_FLAGS = {
    "curl": ("-k", "--insecure", "--proxy-insecure", "--doh-insecure"),
    "wget": ("--no-check-certificate",),
    "pip": ("--trusted-host", "--allow-insecure-host"),
    "pip3": ("--trusted-host",),
    "uv": ("--allow-insecure-host", "--trusted-host"),
    "poetry": ("--no-verify",),
    "twine": ("--skip-tls-verify",),
    "helm": ("--insecure-skip-tls-verify",),
    "kubectl": ("--insecure-skip-tls-verify",),
    "oc": ("--insecure-skip-tls-verify",),
    "aws": ("--no-verify-ssl",),
    "hg": ("--insecure",),
    "svn": ("--trust-server-cert",),
    "ansible-galaxy": ("--ignore-certs",),
    "mc": ("--insecure",),
    "Invoke-WebRequest": ("-SkipCertificateCheck",),
    "Invoke-RestMethod": ("-SkipCertificateCheck",),
}
_TLS_WORDS = {
    "aria2c": ("--check-certificate=false",),
    "http": ("--verify=no", "--verify=false"),
    "https": ("--verify=no", "--verify=false"),
    "skopeo": ("--tls-verify=false", "--src-tls-verify=false", "--dest-tls-verify=false"),
    "podman": ("--tls-verify=false",),
    "buildah": ("--tls-verify=false",),
    "mvn": ("-Dmaven.wagon.http.ssl.insecure=true", "-Dmaven.resolver.transport.http.ssl.insecure=true"),
    "apt-get": ("--allow-insecure-repositories",),
    "apt": ("--allow-insecure-repositories",),
}
"""Whole words, with their value, that switch certificate or repository checks off."""
_SETTINGS = {
    "composer": (("disable-tls", "true"), ("secure-http", "false")),
    "conda": (("ssl_verify", "false"),),
    "mamba": (("ssl_verify", "false"),),
    "bundle": (("ssl_verify_mode", "0"), ("BUNDLE_SSL_VERIFY_MODE", "0")),
    "pip": (("global.trusted-host", ""), ("install.trusted-host", "")),
    "pip3": (("global.trusted-host", ""), ("install.trusted-host", "")),
    "yarn": (("enableStrictSsl", "false"),),
}
"""Settings, with the value that switches checks off, that a program is told by `config`; an empty value stands for any."""
_SIGNATURE_FLAGS = {
    "apk": ("--allow-untrusted",),
    "apt-get": ("--allow-unauthenticated", "--force-yes"),
    "apt": ("--allow-unauthenticated", "--force-yes"),
    "yum": ("--nogpgcheck",),
    "dnf": ("--nogpgcheck", "--no-gpgchecks"),
    "dnf5": ("--nogpgcheck", "--no-gpgchecks"),
    "tdnf": ("--nogpgcheck",),
    "microdnf": ("--nogpgcheck",),
    "zypper": ("--no-gpg-checks", "--allow-unsigned-rpm"),
    "rpm": ("--nodigest", "--nosignature", "--noverify", "--nofiledigest"),
}
_APT_OPTION = re.compile(r"(?i)Acquire::(?:https|http)?(?:::[\w.-]+)?::Verify-(?:Peer|Host)=(?:false|0|no)\Z")
_FALSE = ("0", "false", "no", "off")


def variable_switches_tls_off(name: str, value: str) -> bool:
    """Whether a variable of this value makes a known program accept any certificate."""
    upper = name.upper()
    if upper in ("PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED"):
        return value == "0"
    if upper in ("NPM_CONFIG_STRICT_SSL", "YARN_STRICT_SSL", "YARN_ENABLE_STRICT_SSL"):
        return value.lower() in _FALSE
    if upper == "GIT_SSL_NO_VERIFY":  # git only looks whether it is set
        return True
    if upper in ("BUNDLE_SSL_VERIFY_MODE", "HELM_TLS_VERIFY", "COMPOSER_SECURE_HTTP"):
        return value.lower() in _FALSE
    return upper in ("PIP_TRUSTED_HOST", "UV_INSECURE_HOST", "GOINSECURE", "NPM_CONFIG_INSECURE") and bool(value)


def _is_for_known_host(flag: Text, arguments: Sequence[Text | Unknown]) -> bool:
    """Whether a flag that trusts a host names one, and not this machine or a variable; flags that name none are for all."""
    name, equals, host = flag.partition("=")
    if name not in ("--trusted-host", "--allow-insecure-host"):
        return True
    at = next((at for at, word in enumerate(arguments) if word is flag), len(arguments))
    given = host if equals else arguments[at + 1] if at + 1 < len(arguments) else None
    return isinstance(given, str) and given.partition(":")[0] not in ("localhost", "127.0.0.1")


def tls_switch(program: str, arguments: Sequence[Text | Unknown]) -> Text | None:
    """The word by which a command line switches certificate checks off; None where none is seen."""
    found = _flag(arguments, _TLS_FLAGS.get(program, ()))
    if found is not None and _is_for_known_host(found, arguments) is False:
        found = None
    known = [word for word in arguments if not isinstance(word, Unknown)]
    found = found or next((word for word in known if word in _TLS_WORDS.get(program, ())), None)
    if found is not None or len(arguments) < 2:
        return found
    if program in ("apt-get", "apt"):
        return next((word for word in known if _APT_OPTION.search(word)), None)
    if program == "go" and known[:2] == ["env", "-w"]:
        return next((word for word in known[2:] if variable_switches_tls_off(*word.partition("=")[::2])), None)
    if program in _SETTINGS and "config" in known:
        for at, word in enumerate(known[:-1]):
            if any(word == key and (not value or known[at + 1].lower() == value) for key, value in _SETTINGS[program]):
                return word
    if program == "git":
        for at, word in enumerate(known):
            name, _, value = word.lower().partition("=")
            if name.startswith("http.") and name.endswith("sslverify"):
                value = value or (known[at + 1].lower() if at + 1 < len(known) else "")
                return word if value in _FALSE else None
    elif program in ("npm", "yarn", "pnpm"):
        for at, word in enumerate(known):
            name, _, value = word.lower().lstrip("-").partition("=")
            if name == "strict-ssl" and (word.startswith("-") or "set" in known[:2]):
                value = value or (known[at + 1].lower() if at + 1 < len(known) else "")
                return word if value in _FALSE else None
    elif program in ("yum", "dnf", "dnf5", "tdnf", "microdnf", "yum-config-manager", "dnf-config-manager"):
        for word in known:
            name, _, value = word.lower().removeprefix("--setopt=").partition("=")
            if (name == "sslverify" or name.endswith(".sslverify")) and value in _FALSE:
                return word
    return None


def signature_switch(program: str, arguments: Sequence[Text | Unknown]) -> Text | None:
    """The word by which a command line takes packages whose signature was not checked; None where none is seen."""
    return _flag(arguments, _SIGNATURE_FLAGS.get(program, ()))


def trusts_repository(text: str) -> bool:
    """Whether a line for apt's sources says that the packages of a repository need no signature."""
    return _TRUSTED.search(text) is not None


_TRUSTED = re.compile(r"\bdeb(?:-src)?[ \t]+\[[^\]]{0,200}\btrusted=yes\b")


def _flag(arguments: Sequence[Text | Unknown], flags: tuple[str, ...]) -> Text | None:
    letters = {flag[1] for flag in flags if len(flag) == 2}
    for word in arguments if flags else ():
        if isinstance(word, Unknown) or not word.startswith("-"):
            continue
        if word in flags or word.partition("=")[0] in flags:
            return word
        if word[1:2] != "-" and word[1:].isalpha() and not letters.isdisjoint(_before_value(word[1:])):
            return word
    return None


def _before_value(cluster: str) -> str:
    """The letters of joined flags of curl, up to the first that takes the rest as its value."""
    for at, letter in enumerate(cluster):
        if letter in "oHdXuAeTFbcxmryCDEKPQtUwYz":
            return cluster[:at]
    return cluster
