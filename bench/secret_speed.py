"""The secret pass alone, against detect-secrets and against trying the same patterns one by one.

Usage: python bench/secret_speed.py FOLDER [--detect-secrets PATH] [--rounds N] [--files N]

FOLDER holds real repositories. All three read the same files in the same run, on one core, one after the other in
turns; the CPU seconds' median counts. "One by one" compiles every format's pattern beforehand and runs each over each
text: what a scanner does that has no keywords.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import re
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from infralint.tables import secret_shapes
from infralint.tables.secret_find import find
from infralint.tables.secret_formats import FORMATS
from infralint.text.source import Source, Unreadable


def texts_of(folder: pathlib.Path, limit: int) -> list[tuple[pathlib.Path, str]]:
    """The text files of a folder, taken evenly."""
    paths = [
        path for path in sorted(folder.rglob("*")) if path.is_file() and ".git" not in path.relative_to(folder).parts
    ]
    found = []
    for path in paths[:: max(len(paths) // limit, 1)] if limit else paths:
        try:
            data = path.read_bytes()
            if len(data) <= 1_000_000:
                found.append((path, Source(path.name, data).text))
        except (OSError, Unreadable):
            continue
    return found


def all_patterns() -> list[re.Pattern[str]]:
    """Every shape as a pattern of its own; a vendor's value together with the name that it needs."""
    made = []
    for one in FORMATS:
        for shape in one.shapes:
            body = secret_shapes.expression(shape)
            if one.words:
                names = "|".join(map(re.escape, one.words))
                body = rf"(?i:{names})[\w.-]{{0,20}}[\s'\"]{{0,3}}(?:=|:|=>)[\s'\"]{{0,5}}{body}(?![\w-])"
            made.append(re.compile(body))
    return made


def ours(texts: list[tuple[pathlib.Path, str]]) -> int:
    """The findings of the secret pass."""
    return sum(len(find(text, path.name)) for path, text in texts)


def one_by_one(texts: list[tuple[pathlib.Path, str]], patterns: list[re.Pattern[str]]) -> int:
    """The matches of every pattern over every text."""
    return sum(1 for _, text in texts for pattern in patterns for _ in pattern.finditer(text))


def of_child(command: list[str], cwd: str) -> float:
    """The CPU seconds of a process and its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=cwd, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--detect-secrets", default=shutil.which("detect-secrets"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--files", type=int, default=0, help="so many files at most, taken evenly; 0 for all")
    options = parser.parse_args()
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    texts = texts_of(options.folder, options.files)
    size = sum(len(text.encode("utf-8", "surrogatepass")) for _, text in texts) / 1e6
    patterns = all_patterns()
    print(f"{len(texts)} files, {size:.1f} MB, {len(FORMATS)} formats, {len(patterns)} patterns, one core")
    mine: list[float] = []
    naive: list[float] = []
    theirs: list[float] = []
    with tempfile.TemporaryDirectory() as home:
        for number, (_, text) in enumerate(texts):
            place = pathlib.Path(home, str(number // 500), f"{number}.txt")
            place.parent.mkdir(exist_ok=True)
            place.write_text(text, encoding="utf-8", errors="surrogateescape")
        ours(texts[:50])
        for _ in range(options.rounds):
            start = time.process_time()
            found = ours(texts)
            mine.append(time.process_time() - start)
            start = time.process_time()
            matched = one_by_one(texts, patterns)
            naive.append(time.process_time() - start)
            if options.detect_secrets:
                theirs.append(of_child([options.detect_secrets, "-c", "1", "scan", "--all-files", "."], home))
    own = statistics.median(mine)
    print(f"{'infralint, secret pass':34}{own:9.2f} s CPU {size / own:8.2f} MB/s   {found} found")
    rows = [("the same patterns one by one", naive, 8.0, f"{matched} matched"), ("detect-secrets", theirs, 20.0, "")]
    missed = False
    for title, seconds, target, note in rows:
        if not seconds:
            print(f"{title:34} not here")
            continue
        middle = statistics.median(seconds)
        ratio = middle / own
        missed = missed or ratio < target
        print(
            f"{title:34}{middle:9.2f} s CPU {size / middle:8.2f} MB/s   {ratio:6.1f} times ours (target {target:g}) {note}"
        )
    return int(missed)


if __name__ == "__main__":
    sys.exit(main())
