"""What becomes of a downloaded file: where curl and wget write it, what uses it as code, and what checks it first.

From the manuals of curl, wget, GNU coreutils, GnuPG, OpenSSL, cosign and minisign (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Sequence

UNPACKERS = frozenset((
    "tar", "bsdtar", "unzip", "gunzip", "gzip", "bunzip2", "bzip2", "unxz", "xz", "unzstd", "zstd", "7z", "7za", "cpio",
))  # fmt: skip
"""Programs that take an archive apart."""
CHECKERS = frozenset((
    "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "shasum", "md5sum", "b2sum", "b3sum", "cksum", "rhash",
    "gpgv", "gpgv2", "sqv", "cosign", "minisign", "signify", "slsa-verifier", "rpmkeys", "jarsigner", "nix-hash",
))  # fmt: skip
"""Programs that compare a checksum or a signature."""
_CURL_VALUED = "oHdXuAeTFbcxmryCDEKPQtUwYz"
_WGET_VALUED = "OoaeiBtTwQPUDARXIl"


def is_check(name: str, words: Sequence[str]) -> bool:
    """Whether a command compares a checksum or a signature."""
    if name in CHECKERS:
        return True
    if name in ("gpg", "gpg2"):
        return any(word.startswith("--verify") for word in words)
    if name in ("openssl", "sq", "gh"):
        return any(word in ("dgst", "verify", "cms", "sha256", "sha512") for word in words)
    return name == "rpm" and any(word in ("-K", "--checksig") for word in words)


def makes_executable(mode: str) -> bool:
    """Whether a mode of chmod lets a file be run: `+x`, `a+rx`, `755`."""
    if mode.isdigit():
        return any(int(digit) % 2 for digit in mode[-3:])
    return "+" in mode and "x" in mode.partition("+")[2]


def base(word: str) -> str:
    """The last part of a path or address, without quotes, query and fragment."""
    plain = word.strip("'\"").partition("?")[0].partition("#")[0]
    return plain.rpartition("/")[2].strip("'\"")


def is_by_hash(address: str) -> bool:
    """Whether an address names what it gives by a hash, as an archive of a commit is named."""
    parts = address.lower().replace(".", "/").replace("-", "/").split("/")
    return any(len(part) in (40, 64) and not set(part) - set("0123456789abcdef") for part in parts)


def files_written(name: str, words: Sequence[str]) -> list[str]:
    """The names of the files that curl or wget writes, folders left out; nothing where it prints, or the server decides."""
    valued = _CURL_VALUED if name == "curl" else _WGET_VALUED
    long = "--output" if name == "curl" else "--output-document"
    found: list[str] = []
    addresses: list[str] = []
    remote = name == "wget"
    at = 0
    while at < len(words):
        word = words[at].strip("'\"")
        at += 1
        if not word.startswith("-") or word == "-":
            addresses.append(word)
            continue
        flag, equals, value = word.partition("=")
        letter = ""
        if word.startswith("--"):
            remote = remote or flag in ("--remote-name", "--remote-name-all")
            letter = flag
            if not equals and flag in (
                long,
                "--header",
                "--user-agent",
                "--retry",
                "--directory-prefix",
                "--output-dir",
            ):
                value = words[at] if at < len(words) else ""
                at += 1
        else:
            for number, sign in enumerate(word[1:], 2):
                if name == "curl" and sign in "OJ":
                    remote = sign == "O"
                if sign in valued:
                    letter, value = sign, word[number:]
                    if not value:
                        value = words[at] if at < len(words) else ""
                        at += 1
                    break
        if letter in (long, "o" if name == "curl" else "O"):
            found.append(value)
    if not found and remote:
        found = addresses
    return [base(one) for one in found if one not in ("-", "/dev/stdout", "/dev/null") and base(one)]
