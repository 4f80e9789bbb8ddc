"""What steps put into artifacts and caches: their paths, whether hidden files are among them, credentials that lie there."""

from __future__ import annotations

import posixpath

from infralint.analysis.github.exfiltration import secret_variables, secrets_in, written_by
from infralint.analysis.github.placement import steps_around
from infralint.analysis.github.scripts import commands_of
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of
from infralint.model.github.step import Step
from infralint.tables import exfiltration
from infralint.tables.actions import text_of
from infralint.text import regex as re
from infralint.text.glob import matches
from infralint.text.record import NamedTuple

_STORES = frozenset(("actions/upload-artifact", "actions/cache", "actions/cache/save", "actions/upload-pages-artifact"))


class StoredCredential(NamedTuple):
    """A file with credentials that a step stores, and the step that writes it, where that is known."""

    path: str
    writer: Element | None


@fact_of(Step)
def stored_credential(step: Step) -> str | None:
    """The file with credentials that it puts into an artifact or cache; None for nothing that is known."""
    found = _stored(step)
    return found.path if found is not None else None


@fact_of(Step)
def credential_writer(step: Step) -> Element | None:
    """The step or command that wrote the credentials that it stores."""
    found = _stored(step)
    return found.writer if found is not None else None


def _stored(step: Step) -> StoredCredential | None:
    held = step.input_named("path")
    if step.uses is None or step.uses.action not in _STORES or held is None or held.text is None:
        return None
    lines = [_plain(line) for line in str(held.text).splitlines() if line.strip()]
    taken = [line for line in lines if line and not line.startswith("!")]
    left_out = [line[1:] for line in lines if line.startswith("!")]
    for path, writer in _written_before(step):
        if _covers(taken, path, step) and not any(_is_below(path, line) for line in left_out):
            return StoredCredential("gha-creds-*.json" if path.startswith("gha-creds-") else path, writer)
    for path in exfiltration.CREDENTIAL_PATHS:
        if any(line == path or _is_folder_of_credentials(line, path) for line in taken) and _covers(taken, path, step):
            return StoredCredential(path, None)
    return None


def _plain(line: str) -> str:
    """A line of paths as one of the workspace or of the home folder."""
    text = re.sub(
        r"\$\{\{\s*github\.workspace\s*\}\}/?|^\$GITHUB_WORKSPACE/?|^\$\{GITHUB_WORKSPACE\}/?", "./", line.strip()
    )
    mark, text = ("!", text[1:]) if text.startswith("!") else ("", text)
    for home in exfiltration.HOMES:
        if text == home or text.startswith(home + "/"):
            return mark + "~" + text[len(home) :].rstrip("/")
    if text.startswith("/") or "${{" in text:
        return mark + text
    whole = posixpath.normpath(text)
    return mark + ("." if whole in (".", "*", "**", "**/*") else whole.removesuffix("/**").removesuffix("/*"))


def _written_before(step: Step) -> list[tuple[str, Element]]:
    """The files with credentials that earlier steps of the job write, less those that a script removes again."""
    found: list[tuple[str, Element]] = []
    for other in steps_around(step):
        if other.position >= step.position:
            break
        row = text_of(other.uses.action, "credential-file") if other.uses is not None else None
        if row is not None and other.uses is not None:
            path, _, switch = row.partition(" unless ")
            off = other.input(switch) if switch else None
            if off is None or (not isinstance(off, Unknown) and off.lower() != "false"):
                found.append((path, other.uses))
        found = [each for each in [*found, *_by_script(other)] if not _removes(other, *each)]
    return found


def _by_script(step: Step) -> list[tuple[str, Element]]:
    """The files that a script writes a secret into."""
    if step.run is None or ">" not in step.run.text:
        return []
    held = secret_variables(step)
    found: list[tuple[str, Element]] = []
    for command in commands_of(step.run):
        fed = command.shell.pipeline.commands if command.shell.pipeline is not None else []
        given = "\n".join(
            [command.raw, *(str(each.text) for each in fed), *(str(feed.body) for feed in command.shell.feeds)]
        )
        if any(secrets_in(given, held, step.run)):
            found += [(_plain(path), command) for path in written_by(command) if "$" not in path]
    return found


def _removes(step: Step, path: str, writer: Element) -> bool:
    """Whether a script deletes a file again, after what it wrote itself."""
    name = "gha-creds" if path.startswith("gha-creds-") else posixpath.basename(path)
    return any(
        command.is_program("rm", "shred", "docker") is True
        and (command.name != "docker" or "logout" in command.raw)
        and (command.name == "docker" or any(name in word.raw for word in command.shell.argv[1:]))
        and not (writer.source is command.source and command.start < writer.start)
        for command in (commands_of(step.run) if step.run is not None else ())
    )


def _covers(lines: list[str], path: str, step: Step) -> bool:
    """Whether the paths of an upload take in a file, which must not be hidden from it."""
    for line in lines:
        if _is_below(path, line):
            inside = path[len(line) :] if path.startswith(line) and line != "." else path
            hidden = any(part.startswith(".") for part in inside.split("/") if part) or (
                posixpath.basename(line).startswith(".") and line != "."
            )
            return not hidden or _takes_hidden(step) is True
    return False


def _is_below(path: str, line: str) -> bool:
    if line == ".":
        return not path.startswith(("/", "~"))
    if path == line or path.startswith(line + "/"):
        return True
    return "*" in line and matches(path, line)


def _is_folder_of_credentials(line: str, path: str) -> bool:
    """Whether a line takes all of the folder that credentials lie in, or of the home folder."""
    return line in ("~", posixpath.dirname(path)) and line not in (
        "~/.m2",
        "~/.cargo",
        "~/.config",
        "~/.gem",
        "~/.composer",
    )


def _takes_hidden(step: Step) -> bool | Unknown:
    """Whether hidden files are stored: always in caches, before 4.4 of `actions/upload-artifact`, where the input says so."""
    uses = step.uses
    if uses is None or uses.action != "actions/upload-artifact":
        return uses is not None and uses.action != "actions/upload-pages-artifact"
    given = step.input("include-hidden-files")
    if given is not None:
        return UNKNOWN if isinstance(given, Unknown) else given.lower() == "true"
    version = (
        uses.version_comment if uses.ref is not None and uses.ref.is_commit else uses.ref.name if uses.ref else None
    )
    match = re.match(r"v?(\d+)(?:\.(\d+))?", str(version)) if version is not None else None
    if match is None:
        return UNKNOWN
    return int(match[1]) < 4 or (int(match[1]) == 4 and match[2] is not None and int(match[2]) < 4)
