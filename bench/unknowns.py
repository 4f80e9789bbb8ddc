"""Replace a known value by a variable in files that have findings: no new finding of medium or above may come.

Usage: python bench/unknowns.py FOLDER [COUNT]
"""

from __future__ import annotations

import pathlib
import random
import sys

from infralint.engine.files import judge_file
from infralint.engine.options import Options
from infralint.engine.session import Session
from infralint.model import kinds
from infralint.syntax import yaml
from infralint.text.finding import Finding, Severity
from infralint.text.source import Source


def grave(state: Session, path: str, kind: str) -> list[Finding]:
    """The findings of medium or above in a file."""
    judged = judge_file(state, path, kind)
    return [one for one in judged.findings if one.severity >= Severity.MEDIUM] if judged is not None else []


def candidates(source: Source, kind: str) -> list[tuple[int, int, str]]:
    """Spans of values with the variable that may stand in their place."""
    if kind == "dockerfile":
        from infralint.syntax.dockerfile import parse

        words = [
            (word.start, word.end)
            for i in parse(source).instructions
            if i.name in ("FROM", "USER", "WORKDIR", "EXPOSE")
            for word in i.words[:1]
        ]
        return [(start, end, "${UNKNOWN_HERE}") for start, end in words]
    if kind == "env":
        from infralint.syntax.dotenv import parse as read

        return [(e.value.start, e.value.end, "${UNKNOWN_HERE}") for e in read(source).entries if e.value]
    stream = yaml.parse(source, merge=True)
    variable = "${UNKNOWN_HERE}" if kind == "compose" else "${{ vars.UNKNOWN_HERE }}"
    found = []
    for node in stream.walk():
        if isinstance(node, (yaml.Mapping, yaml.Sequence)) and not node.is_flow:
            values = [pair.value for pair in node.pairs] if isinstance(node, yaml.Mapping) else node.items
            found += [value for value in values if isinstance(value, yaml.Scalar)]
    if kind == "workflow":  # only where GitHub evaluates expressions
        found = [
            value for value in found if {"with", "env", "runs-on", "timeout-minutes", "image"} & set(value.route())
        ]
    return [(v.start, v.end, variable) for v in found if v.end > v.start and v.style in ("", "'", '"')]


TRUE = frozenset(("dockerfile/undefined-arg-in-from", "dockerfile/undefined-variable"))
"""What is so: nothing declares the variable that we wrote."""


def main(folder: str, count: int) -> int:
    """Print the counts and every new finding; 1 when there is one."""
    chance = random.Random(1)
    tried = faults = 0
    for repository in sorted(path for path in pathlib.Path(folder).iterdir() if path.is_dir()):
        state = Session([str(repository)], Options(root=str(repository)))
        for path, kind in state.plan():
            if kind not in kinds.ROWS or kind in ("config", "text", "dependabot", "action"):
                continue
            source = state.index.source(path)
            before = grave(state, path, kind)
            if source is None or not before:
                continue
            spans = candidates(source, kind)
            for start, end, variable in chance.sample(spans, min(len(spans), 3)):
                changed = Source(path, source.text[:start] + variable + source.text[end:])
                state.index.given[path] = changed
                after = grave(state, path, kind)
                del state.index.given[path]
                tried += 1
                old = {(one.rule, one.key) for one in before}
                for one in after:
                    if (
                        one.rule not in TRUE
                        and (one.rule, one.key) not in old
                        and one.place.start <= start + len(variable)
                        and one.place.end >= start
                    ):
                        faults += 1
                        print(f"{repository.name}/{path}:{one.line}: {one.rule}: {one.message}")
            if tried >= count:
                break
    print(f"{tried} values replaced, {faults} new findings of medium or above")
    return int(bool(faults))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1], int(sys.argv[2]) if len(sys.argv) > 2 else 100_000))
