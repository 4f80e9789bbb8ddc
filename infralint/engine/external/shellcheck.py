"""ShellCheck as an engine: over every script inside RUN and `run:`, expressions masked, its places and fixes mapped back."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator

from infralint.engine.external.answer import Answer, Reported
from infralint.engine.external.process import Process, Staging, batches
from infralint.model.document import Document
from infralint.model.kinds import ROWS
from infralint.model.row import PIPELINE
from infralint.text import regex as re
from infralint.text.edit import Edit
from infralint.text.record import NamedTuple
from infralint.text.source import Source, Text
from infralint.text.unknown import Unknown

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

NAMES = (".shellcheckrc", "shellcheckrc")
WIKI = "https://www.shellcheck.net/wiki/"
DIALECTS = {"sh": "sh", "ash": "busybox", "busybox": "busybox", "dash": "dash", "bash": "bash", "ksh": "ksh"}
MAX_SCRIPTS = 5_000
EXCLUDED = ("SC1090", "SC1091", "SC2148", "SC2154", "SC2155")
"""Files that are sourced and variables set elsewhere (ENV, `env:`) are out of its sight; a script here has no shebang."""


class Snippet(NamedTuple):
    """A script inside a file: as it stands, as ShellCheck gets it (of the same length), and the shell that reads it."""

    text: Text
    body: str
    shell: str


def snippets(document: Document) -> Iterator[Snippet]:
    """The scripts of a document which a POSIX shell reads."""
    if document.kind == "dockerfile":
        yield from _of_dockerfile(document)
    elif document.kind in ("workflow", "action"):
        from infralint.analysis.github.shells import shell_of
        from infralint.model.github.expression import as_shell_variables

        noun = document.nouns.get("run")
        for script in noun.of(document) if noun is not None else ():
            shell = shell_of(script)
            if not isinstance(shell, Unknown) and shell in DIALECTS:
                yield Snippet(script.text, str(as_shell_variables(script.text)), DIALECTS[shell])
    elif ROWS[document.kind].family == PIPELINE:
        yield from _of_pipeline(document)


def _of_pipeline(document: Any) -> Iterator[Snippet]:
    """The scripts of a CI system's jobs, with what the system replaces masked."""
    for script in document.scripts:
        if script.is_posix is not False and script.text.strip():
            yield Snippet(script.text, str(script.shell_text), document.shell)


def _of_dockerfile(document: Any) -> Iterator[Snippet]:
    from infralint.analysis.shared.images import is_alpine

    for run in document.of("RUN"):
        shell = run.shell
        if isinstance(shell, Unknown) or shell not in DIALECTS or run.is_exec_form:
            continue
        if (
            shell == "sh"
            and run.stage is not None
            and run.stage.image is not None
            and is_alpine(run.stage.image) is True
        ):
            shell = "busybox"
        if not run.node.heredocs:
            yield Snippet(run.node.args, str(run.node.args), DIALECTS[shell])
        elif run.node.args.startswith("<<"):
            for heredoc in run.node.heredocs:
                if not heredoc.body.startswith("#!"):
                    yield Snippet(heredoc.body, str(heredoc.body), DIALECTS[shell])


class ShellCheck:
    """One run of ShellCheck, a process a dialect."""

    __slots__ = ("_processes", "_snippets", "staging")

    def __init__(self, command: list[str], staging: Staging, found: list[Snippet], disabled: list[str]) -> None:
        self.staging = staging
        folder = os.path.join(staging.base, "scripts")
        os.mkdir(folder)
        self._snippets = found[:MAX_SCRIPTS]
        by_shell: dict[str, list[str]] = {}
        for number, snippet in enumerate(self._snippets):
            staging.write(os.path.join("scripts", str(number)), snippet.body)
            by_shell.setdefault(snippet.shell, []).append(str(number))
        exclude = ",".join(sorted({*EXCLUDED, *disabled}))
        self._processes = [
            Process(
                [*command, "--norc", f"--shell={shell}", "--format=json1", f"--exclude={exclude}", "--", *some],
                staging,
                folder,
            )
            for shell, names in by_shell.items()
            for some in batches(names)
        ]

    def answer(self, limit: float) -> Answer:
        """Wait, and read what was found."""
        answer = Answer("shellcheck")
        for process in self._processes:
            code, output, said = process.wait(limit)
            try:
                comments = json.loads(output)["comments"]
                for row in comments:
                    one = _reported(row, self._snippets[int(row["file"])])
                    if one is None:
                        answer.dropped += 1
                    else:
                        answer.reported.append(one)
            except (ValueError, KeyError, TypeError, IndexError):
                answer.failure = (
                    "took too long and was ended"
                    if code is None
                    else said or f"ended with code {code} and said nothing that could be read"
                )
        return answer

    def end(self) -> None:
        """Stop it."""
        for process in self._processes:
            process.end()


def _reported(row: dict[str, Any], snippet: Snippet) -> Reported | None:
    """A comment at its place in the file; None for what only the mask brought about."""
    starts = _line_starts(snippet.body)
    first = _offset(starts, snippet.body, int(row["line"]), int(row["column"]))
    last = _offset(starts, snippet.body, int(row["endLine"]), int(row["endColumn"]))
    text, source = snippet.text, snippet.text.source
    if snippet.body[first:last] != text[first:last]:
        return None
    start, end = _place(text, first), _place(text, max(last, first))
    line, column = source.position(start)
    end_line, end_column = source.position(max(end, start))
    code = f"SC{int(row['code'])}"
    return Reported(
        "shellcheck", code, source.path, line, end_line, str(row["level"]), str(row["message"]), WIKI + code,
        (column, end_column), edits=_edits(row.get("fix"), snippet, starts, source),
    )  # fmt: skip


def _line_starts(body: str) -> list[int]:
    return [0, *(match.end() for match in re.finditer("\n", body))]


def _offset(starts: list[int], body: str, line: int, column: int) -> int:
    at = starts[min(max(line, 1), len(starts)) - 1] + max(column, 1) - 1
    return min(at, len(body))


def _place(text: Text, index: int) -> int:
    """Where the character of an index stands in the file; the end where it is the last."""
    if not text:
        return text.start
    return text.offset(index) if index < len(text) else text.offset(len(text) - 1) + 1


def _edits(fix: Any, snippet: Snippet, starts: list[int], source: Source) -> tuple[Edit, ...]:
    """Its replacements as edits of the file; none at all where one would touch what is written otherwise there."""
    out: list[Edit] = []
    text = snippet.text
    if not isinstance(fix, dict) or text.pieces is None:
        return ()
    if text.style not in ("", "|", None) and text.style != "-":
        return ()
    for row in sorted(fix.get("replacements") or (), key=lambda row: -int(row.get("precedence", 0))):
        first = _offset(starts, snippet.body, int(row["line"]), int(row["column"]))
        last = _offset(starts, snippet.body, int(row["endLine"]), int(row["endColumn"]))
        fresh = str(row["replacement"])
        start, end = _place(text, first), _place(text, last) if last > first else _place(text, first)
        if "\n" in fresh or source.text[start:end] != text[first:last] or snippet.body[first:last] != text[first:last]:
            return ()
        out.append(Edit(source.path, start, end, fresh))
    return tuple(sorted(out))
