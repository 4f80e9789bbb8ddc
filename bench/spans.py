"""Does the span of every YAML scalar of a folder slice back to its raw text?

Usage: python bench/spans.py FOLDER
"""

from __future__ import annotations

import pathlib
import sys

from infralint.model.kinds import is_template
from infralint.syntax import yaml
from infralint.text.source import Source, Unreadable


def main(folder: str) -> int:
    """Print the counts and each span that is wrong; 1 when there is one."""
    files = scalars = broken = wrong = 0
    for path in sorted(p for p in pathlib.Path(folder).rglob("*") if p.suffix in (".yml", ".yaml") and p.is_file()):
        name = path.relative_to(folder).as_posix()
        try:
            source = Source(name, path.read_bytes())
        except Unreadable:
            continue
        if is_template(name) or "{{" in source.text.replace("${{", ""):
            continue
        files += 1
        stream = yaml.parse(source, merge=True)
        if stream.partial:
            broken += 1
            print(f"{name}: {stream.problems[0].message}")
        for node in stream.walk():
            if isinstance(node, yaml.Scalar):
                scalars += 1
                text = node.text
                for index, char in enumerate(text if text.pieces is not None else ""):
                    there = source.text[text.offset(index)]
                    if there not in (char, "\\") and not (char in " \n" and there in " \r\n"):
                        wrong += 1
                        print(f"{name}: {text!r} is not what stands at {node.start}")
                        break
    print(f"{files} files without templates, {broken} unreadable, {scalars} scalars, {wrong} wrong spans")
    return int(bool(wrong))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
