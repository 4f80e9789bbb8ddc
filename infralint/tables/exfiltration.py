"""How data leaves a runner, and what of it nobody else needs: senders, hosts, encoders, files with credentials.

As of 2026-11, from the reports on GhostAction, tj-actions/changed-files, Shai-Hulud, Megalodon and ArtiPACKED.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

from infralint.text import regex as re

SENDERS = frozenset("curl wget http https xh nc netcat ncat socat".split())
"""Programs that send what they are given to a host."""

RESOLVERS = frozenset("dig nslookup host drill kdig".split())
"""Programs whose argument, a name to look up, reaches the name server of that domain."""

DATA_FLAGS = frozenset(
    """-d --data --data-binary --data-raw --data-ascii --data-urlencode --json -F --form --form-string -T --upload-file
    --post-data --post-file --body-data --body-file""".split()
)
DUMPERS = frozenset("env printenv export set declare".split())
"""Commands that print the whole environment, where they are given nothing else to do."""

RUNNER_TOKENS = frozenset("ACTIONS_ID_TOKEN_REQUEST_TOKEN ACTIONS_RUNTIME_TOKEN ACTIONS_RESULTS_TOKEN".split())
"""Variables of every step by which it speaks to GitHub alone."""

ENCODERS = frozenset("base64 base32 xxd od hexdump rev gzip bzip2 xz openssl gpg uuencode tac fold nl".split())

_SERVICES = {
    "npm": "npmjs npm jfrog artifactory nexus sonatype gitlab github",
    "pypi": "pypi python jfrog artifactory nexus sonatype gitlab",
    "dockerhub": "docker",
    "docker": "docker registry jfrog artifactory nexus quay gitlab github ghcr azurecr",
    "aws": "amazon aws",
    "azure": "azure microsoft windows",
    "gcp": "google gcp",
    "cloudflare": "cloudflare",
    "heroku": "heroku",
    "rubygems": "rubygems",
    "crates": "crates",
    "cargo": "crates",
    "nuget": "nuget",
    "maven": "maven sonatype jfrog artifactory nexus",
    "ossrh": "sonatype",
    "gpg": "",
    "ssh": "",
    "kubeconfig": "",
}


def is_of_service(secret: str, host: str) -> bool | None:
    """Whether a host is one of the service that a secret is for, by the secret's name; None where no service is known."""
    words = re.split(r"[_-]", secret.lower())
    found = next((_SERVICES[word] for word in words if word in _SERVICES), None)
    return None if found is None else any(word in host for word in found.split())


@cache
def sending_calls() -> re.Pattern[str]:
    """Calls of PowerShell and Python that speak to a host; `data`: what of them sends a body."""
    return re.compile(
        r"(?i)\b(?:Invoke-(?:WebRequest|RestMethod)|iwr|irm|curl(?:\.exe)?|wget|requests\.\w+\(|httpx\.\w+\(|urlopen\(|Request\()"
        r"(?:[^\n]{0,500}?(?P<data>-Body\b|-InFile\b|-Form\b|\s--?d(?:ata)?\b|\b(?:data|json|files)\s*=))?"
    )


@cache
def github_hosts() -> re.Pattern[str]:
    """Hosts that a job's token is for: those of GitHub, of its Enterprise servers, and the runner itself."""
    return re.compile(
        r"(?:^|\.)(?:github\.com|githubusercontent\.com|ghcr\.io|ghe\.com|github\.io|githubapp\.com|blob\.core\.windows\.net)$"
        r"|github|(?:^|\.)ghe?\.|^localhost$|^127\.|^\[?::1|^host\.docker\.internal$|\.local(?:domain)?$"
    )


@cache
def collector_hosts() -> re.Pattern[str]:
    """Services that show what is sent to them, and bare addresses of the internet."""
    return re.compile(
        r"(?:^|\.)(?:webhook\.site|requestbin\.\w+|pipedream\.net|requestcatcher\.com|beeceptor\.com|hookbin\.com|oast\.\w+"
        r"|oastify\.com|burpcollaborator\.net|interact\.sh|dnslog\.\w+|ceye\.io|ngrok(?:-free)?\.\w+|ngrok\.io|trycloudflare\.com"
        r"|serveo\.net|localtunnel\.me|loca\.lt|transfer\.sh|file\.io|0x0\.st|pastebin\.com|paste\.rs|termbin\.com)$"
        r"|^(?!10\.|127\.|192\.168\.|169\.254\.|172\.(?:1[6-9]|2\d|3[01])\.|0\.)\d{1,3}(?:\.\d{1,3}){3}$"
    )


CREDENTIAL_PATHS = (
    "~/.docker/config.json", "~/.aws/credentials", "~/.ssh/id_rsa", "~/.ssh/id_ed25519", "~/.kube/config", "~/.npmrc",
    "~/.netrc", "~/.pypirc", "~/.git-credentials", "~/.gitconfig", "~/.config/gcloud/credentials.db",
    "~/.config/gcloud/application_default_credentials.json", "~/.config/gh/hosts.yml", "~/.m2/settings.xml",
    "~/.cargo/credentials.toml", "~/.azure/msal_token_cache.json", "~/.gem/credentials", "~/.composer/auth.json",
    "~/.terraform.d/credentials.tfrc.json", "~/.gnupg/private-keys-v1.d/key", "~/.config/containers/auth.json",
)  # fmt: skip
"""Files of a home folder that hold credentials once a step has logged in."""

HOMES = ("~", "$HOME", "${HOME}", "/home/runner", "/root", "/github/home")


@cache
def decoders() -> re.Pattern[str]:
    """A command that turns encoded text back."""
    return re.compile(
        r"\b(?:base64|base32|basenc)\b[^|;&]{0,300}?\s(?:-\w*[dD]\w*|--decode)\b|\bopenssl\s+(?:base64|enc)\b[^|;&]{0,300}?\s-d\b"
        r"|\bxxd\b[^|;&]{0,300}?\s-\w*r|\btr\s+['\"]?A-Za-z['\"]?\s+['\"]?N-ZA-Mn-za-m|\buudecode\b|\brev\b(?!\s*-)"
    )


@cache
def decoding_code() -> re.Pattern[str]:
    """Code of an interpreter that decodes text and runs it in one expression."""
    return re.compile(
        r"\b(?:exec|eval)\s*\(\s*(?:__import__\(\s*['\"](?:base64|zlib|codecs)['\"]\s*\)|base64|codecs|bytes|zlib|compile\s*\(\s*base64)"
        r"[\w.()\s'\"]{0,300}?(?:decode|decompress|fromhex)\w*\s*\(|\beval\s*\(\s*(?:atob|Buffer\.from)\s*\("
        r"|\b(?:iex|Invoke-Expression)\b[^\n]{0,400}?FromBase64String|FromBase64String[^\n]{0,400}?\|\s*(?:iex|Invoke-Expression)\b"
        r"|\b(?:pwsh|powershell)(?:\.exe)?\b[^\n]{0,400}?\s-(?:e|ec|enc|encodedcommand)\s+[A-Za-z0-9+/=]{16,}",
        re.IGNORECASE,
    )
