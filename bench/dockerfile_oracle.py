"""Hold the Dockerfile reader against BuildKit's own parser: python bench/dockerfile_oracle.py FOLDER [--quiet].

Needs the package `dockerfile`. Compares name, first line and last line of every instruction of every file whose
name looks like a Dockerfile's, and checks that each character of each word stands where its span says.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator

import dockerfile

from infralint.syntax.dockerfile import Instruction, parse
from infralint.text.source import Source, Text, Unreadable


def looks_like_dockerfile(name: str) -> bool:
    """Whether a file name is a Dockerfile's, by the customs of the field."""
    low = name.lower()
    if low.endswith((".md", ".j2", ".py", ".go", ".sh", ".dockerignore", ".tmpl", ".json", ".yml", ".yaml", ".snap")):
        return False
    return low in ("dockerfile", "containerfile") or low.startswith("dockerfile.") or low.endswith(".dockerfile")


def texts_of(instruction: Instruction) -> Iterator[Text]:
    """Every text that an instruction hands out."""
    yield instruction.keyword
    yield instruction.text
    yield instruction.args
    yield from instruction.words
    for flag in instruction.flags:
        if flag.value is not None:
            yield flag.value
    for pair in instruction.pairs:
        yield from (part for part in pair if part is not None)
    for heredoc in instruction.heredocs:
        yield heredoc.word
        yield heredoc.body
    if instruction.inner is not None:
        yield from texts_of(instruction.inner)


def misplaced(text: Text) -> bool:
    """Whether some character does not stand where the text says; decoded JSON escapes are passed over."""
    body = text.source.text
    if text.pieces is None or (text and not text.start <= text.offset(0) <= text.end):
        return True
    if "\\" in text.raw and text.style:
        return False
    return any(body[text.offset(i)] != char for i, char in enumerate(text))


def main(folder: str, quiet: bool) -> int:
    """Compare all files; 0 if at least 99.8 % agree and no span is wrong."""
    files = agreed = refused = instructions = words = wrong = 0
    spent = 0.0
    for base, folders, names in os.walk(folder):
        folders.sort()
        for name in sorted(filter(looks_like_dockerfile, names)):
            path = os.path.join(base, name)
            if os.path.islink(path) or not os.path.isfile(path):
                continue
            with open(path, "rb") as stream:
                data = stream.read()
            try:
                source = Source(path, data)
            except Unreadable:
                continue
            begin = time.perf_counter()
            tree = parse(source)
            spent += time.perf_counter() - begin
            for instruction in tree.instructions:
                for text in texts_of(instruction):
                    words += 1
                    if misplaced(text):
                        wrong += 1
                        print(f"span: {path}:{instruction.first_line} {text!r} {text.raw!r}")
            try:
                oracle = dockerfile.parse_string(data.decode("utf-8", "replace"))
            except (dockerfile.GoParseError, ValueError) as error:
                refused += 1
                if not tree.faults:
                    print(f"accepted what BuildKit refuses: {path}: {error}")
                continue
            files += 1
            theirs = [
                (name, c.start_line, c.end_line, c.json and name != "HEALTHCHECK")
                for c in oracle
                for name in (c.cmd.upper(),)
            ]
            ours = [(i.name, i.first_line, i.last_line, i.items is not None) for i in tree.instructions]
            instructions += len(ours)
            if ours == theirs:
                agreed += 1
            elif not quiet:
                print(f"differs: {path}\n  ours   {sorted(set(ours) - set(theirs))[:4]}")
                print(f"  theirs {sorted(set(theirs) - set(ours))[:4]}")
    share = agreed / files * 100 if files else 0.0
    each = spent * 1000 / max(files, 1)
    print(f"{files} files, {instructions} instructions, {refused} files refused by BuildKit")
    print(f"{agreed} files agree ({share:.2f} %); {words} texts, {wrong} misplaced; {each:.2f} ms a file")
    return 0 if share >= 99.8 and not wrong else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], "--quiet" in sys.argv))
