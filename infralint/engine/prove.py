"""A rule against its own examples."""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path

from infralint.engine.fixing import fix, write
from infralint.engine.listing import OUTER
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.policy.rule_file import Example, RuleFile

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.syntax.remote_refs import Refs


REMOTES = ".remotes"
FAILING = "infralint/failing-custom-rule"
"""The rule that tells why a user's rule could not judge an example."""


def prove(rule_file: RuleFile, rules_folder: str | None = None) -> list[str]:
    """What an example shows and the rule does not do, as `path:line: ...`; empty when the rule is proven."""
    return list(_faults(rule_file, rules_folder))


def _faults(rule_file: RuleFile, rules_folder: str | None) -> Iterator[str]:
    bad: Example | None = None
    for example in rule_file.examples:
        where = f"{rule_file.path}:{example.line}"
        with tempfile.TemporaryDirectory(prefix="prove-") as folder:
            root = os.path.realpath(folder)
            if example.verdict == "fixed":
                if bad is None:
                    yield f"{where}: a fixed example follows a bad one"
                    continue
                lay_out(root, bad)
                for fault in _fixed(rule_file, root, bad, example, rules_folder):
                    yield f"{where}: {fault}"
                continue
            lay_out(root, example)
            bad = example if example.verdict == "bad" else bad
            for fault in _reported(rule_file, root, example, rules_folder):
                yield f"{where}: {fault}"


def options_for(rule_file: RuleFile, root: str, rules_folder: str | None) -> Options:
    """What a run over an example asks: the rule alone, with the answers of repositories that the example records."""
    if rule_file.kind == "infralint":  # judges what the other rules do
        return Options(root=root, profile="all")
    return Options(
        root=root,
        select=[rule_file.id, FAILING],
        rules_folder=rules_folder,
        only_rule=rule_file.id,
        remotes=_recorded(root),
    )


def _recorded(root: str) -> dict[str, Refs] | None:
    """What an example says that repositories answered: the files `.remotes/OWNER/NAME`, as git prints it."""
    base = Path(root, REMOTES)
    if not base.is_dir():
        return None
    from infralint.engine.remote import heard

    return {
        path.relative_to(base).as_posix().lower(): heard(
            f"https://github.com/{path.relative_to(base).as_posix()}", path.read_text("utf-8")
        )
        for path in sorted(base.glob("*/*"))
    }


def lay_out(root: str, example: Example) -> None:
    """Write an example's files; a fence named `.git/index` lists those that git tracks."""
    for name, text in example.files.items():
        if name == ".git/index":
            continue
        path = Path(root, name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode("utf-8"))
    if tracked := example.files.get(".git/index"):
        environment = {name: value for name, value in os.environ.items() if name not in OUTER}
        for arguments in (["init", "-q"], ["add", "-f", "--", *tracked.split()]):
            subprocess.run(["git", *arguments], cwd=root, check=True, capture_output=True, env=environment)


def _reported(rule_file: RuleFile, root: str, example: Example, rules_folder: str | None) -> Iterator[str]:
    report = run([root], options_for(rule_file, root, rules_folder))
    found = {name: [] for name in example.files}  # type: dict[str, list[tuple[int, int]]]
    for finding in report.findings:
        if finding.rule == rule_file.id:
            found.setdefault(finding.path, []).append((finding.place.start, finding.place.end))
            if finding.is_at_noun:
                yield (
                    f"`at: {rule_file.raw['at'].text}` is absent in {finding.path}:{finding.line}, so that the whole noun "
                    "is marked; name another place behind `or`"
                )
        elif finding.rule in (FAILING, "infralint/unreadable-file"):
            yield f"{finding.path}:{finding.line}: {finding.message}"
    for name, spans in found.items():
        wanted = example.marks.get(name, []) if example.verdict == "bad" else []
        text = example.files.get(name, "")
        for start, end in sorted(spans):
            if (start, end) not in wanted:
                yield f"reports {text[start:end]!r} in {name}, which is not marked"
        for start, end in wanted:
            if (start, end) not in spans:
                yield f"does not report {text[start:end]!r} in {name}"


def _fixed(rule_file: RuleFile, root: str, bad: Example, fixed: Example, rules_folder: str | None) -> Iterator[str]:
    options = options_for(rule_file, root, rules_folder)
    failures = write(fix([root], options, unsafe=True))
    yield from failures
    expected = {name: text for name, text in {**bad.files, **fixed.files}.items() if name != ".git/index"}
    actual = {str(p.relative_to(root)).replace(os.sep, "/"): p for p in Path(root).rglob("*") if p.is_file()}
    actual = {name: path for name, path in actual.items() if not name.startswith(".git/")}
    for name in sorted({*expected, *actual}):
        text = actual[name].read_bytes().decode("utf-8") if name in actual else None
        if text != expected.get(name):
            yield f"the fix makes of {name}:\n{text}\nand not\n{expected.get(name)}"
    rest = [one for one in run([root], options).findings if one.rule == rule_file.id]
    if rest:
        yield f"after the fix it still reports line {rest[0].line} of {rest[0].path}"
    if fix([root], options, unsafe=True).files:
        yield "a second fix changes the file again"
