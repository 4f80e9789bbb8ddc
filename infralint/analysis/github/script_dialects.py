"""Scripts of PowerShell and Python, written as the lines of a POSIX shell that pass on the same text.

Only what the taint of a script asks is kept: assignments, variables of the environment, and what is written to the
runner's files. A call that takes out what is dangerous becomes a constant.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

from infralint.text import regex as re

_FILE = r"GITHUB_(?:ENV|PATH|OUTPUT)"


@cache
def _patterns() -> dict[str, re.Pattern[str]]:
    return {
        "pwsh-clean": re.compile(
            r"-c?replace\s*[\"']?\[\^|\[(?:int|long|bool|version|guid)\]|\.(?:Length|Count)\b", re.I
        ),
        "pwsh-assign": re.compile(r"^\s*(?:\[\w+\]\s*)?\$([A-Za-z_]\w*)\s*\+?=(?!=)\s*(.*)$"),
        "pwsh-env": re.compile(r"\$(\{?)env:", re.I),
        "pwsh-content": re.compile(
            rf"\b(?:add-content|set-content|out-file)\b(?=[^|\n]{{0,500}}?\$\{{?({_FILE})\b)([^|\n]*)", re.I
        ),
        "pwsh-append": re.compile(
            rf"\[(?:System\.)?IO\.File\]::Append\w{{1,20}}\(\s{{0,20}}\$\{{?({_FILE})\}}?\s{{0,20}},\s{{0,20}}(.{{0,500}})\)",
            re.I,
        ),
        "python-env": re.compile(
            r"(?:\bos\.)?\b(?:environ(?:\.get\(|\[)|getenv\()\s*[rbu]?[\"'](\w+)[\"']\s*(?:,\s*[^)\]]{0,200})?[)\]]"
        ),
        "python-open": re.compile(
            rf"\bopen\(\s{{0,20}}\$\{{({_FILE})\}}[^)]{{0,300}}\)\s{{0,20}}as\s{{1,20}}(\w{{1,100}})"
        ),
        "python-held": re.compile(rf"^\s*(\w+)\s*=\s*open\(\s*\$\{{({_FILE})\}}"),
        "python-write": re.compile(r"\b(\w{1,100})\.write(?:lines)?\((.{0,500})\)"),
        "python-print": re.compile(r"\bprint\((.{0,500}?),\s{0,20}file\s{0,20}=\s{0,20}(\w{1,100})\b.{0,300}\)"),
        "python-assign": re.compile(r"^\s*([A-Za-z_]\w*)\s*\+?=(?!=)\s*(.*)$"),
        "python-clean": re.compile(
            r"\bre\.sub\(\s*r?[\"']\[\^|\b(?:int|float|len|bool)\(|\bshlex\.quote\(|\bhashlib\.|\.isalnum\("
        ),
    }


def as_shell_lines(text: str, shell: object, names: Iterable[str] = ()) -> str:
    """The script as lines of a POSIX shell; what no other shell is known to run stays as it is. `names`: its variables."""
    if shell in ("pwsh", "powershell"):
        return "\n".join(_from_powershell(line) for line in text.split("\n"))
    if shell in ("python", "python3"):
        return "\n".join(_from_python(text.split("\n"), set(names)))
    return text


def _from_powershell(line: str) -> str:
    patterns = _patterns()
    assigned = patterns["pwsh-assign"].match(line)
    if assigned is not None and patterns["pwsh-clean"].search(assigned[2]):
        return f"{assigned[1]}=0"
    plain = patterns["pwsh-env"].sub(r"$\1", line)
    appended = patterns["pwsh-append"].search(plain)
    if appended is not None:
        return f'echo {appended[2]} >> "${appended[1]}"'
    content = patterns["pwsh-content"].search(plain)
    if content is not None:
        piped = plain[: content.start()].rstrip().removesuffix("|")
        given = re.search(r"-(?:Value|InputObject)\s+(.*)", content[2], re.I)
        value = (
            given[1]
            if given is not None
            else piped
            if piped.strip()
            else re.sub(rf"\S{{0,100}}{_FILE}\S*", "", content[2])
        )
        plain = f'{value.strip()} >> "${content[1].upper()}"'
    plain = re.sub(r"^\s*Write-(?:Output|Host)\s+", "echo ", plain, flags=re.I)
    assigned = patterns["pwsh-assign"].match(plain)
    return f"{assigned[1]}={assigned[2]}" if assigned is not None else plain


def _from_python(lines: list[str], names: set[str]) -> list[str]:
    patterns = _patterns()
    files: dict[str, str] = {}
    found = []
    for line in lines:
        plain = patterns["python-env"].sub(r"${\1}", line)
        opened = patterns["python-open"].search(plain)
        held = patterns["python-held"].match(plain)
        if opened is not None:
            files[opened[2]] = opened[1]
        if held is not None:
            files[held[1]] = held[2]
        assigned = patterns["python-assign"].match(plain)
        wrote = patterns["python-write"].search(plain)
        printed = patterns["python-print"].search(plain)
        if wrote is not None and wrote[1] in files:
            plain = f'echo {_with_variables(_unprefixed(wrote[2]), names)} >> "${files[wrote[1]]}"'
        elif printed is not None and printed[2] in files:
            plain = f'echo {_with_variables(_unprefixed(printed[1]), names)} >> "${files[printed[2]]}"'
        elif assigned is not None and patterns["python-clean"].search(assigned[2]):
            plain = f"{assigned[1]}=0"
        elif assigned is not None:
            plain = f"{assigned[1]}={_with_variables(assigned[2], names)}"
            names.add(assigned[1])
        else:
            plain = re.sub(r"^\s*print\(", "echo ", _with_variables(plain, names))
        found.append(plain)
    return found


def _unprefixed(value: str) -> str:
    """A text without the letters before its quotes."""
    return re.sub(r"^\s*[rbfu]{1,2}(?=[\"'])", "", value)


def _with_variables(value: str, names: set[str]) -> str:
    """A value in which the names that were assigned before are variables of a shell."""
    if not names:
        return value
    return re.sub(rf"(?<![\w.$\"'])\{{?({'|'.join(sorted(map(re.escape, names)))})\b(?!\s*=[^=])", r"$\1", value)
