"""infralint's speed against its peers', on the same files in the same run: ratios of processor time.

Usage: python bench/speed.py FOLDER [--hadolint PATH] [--zizmor PATH] [--checkov PATH] [--dclint PATH] [--detect-secrets PATH]

FOLDER holds real repositories. A peer that is not named and not on PATH is left out. Each command is run once
uncounted and then several times in turns with ours; the median of the ratios counts. Processor time is that of the whole process
and of those that it starts; where the wall counts, that is said. Run it with an installed infralint, without PYTHONDONTWRITEBYTECODE.
"""

from __future__ import annotations

import argparse
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from infralint.model.kinds import kind_of

PEERS = ("hadolint", "zizmor", "checkov", "dclint", "detect-secrets")
SMALL = 'FROM debian:13\nRUN make\nUSER 1000\nCMD ["app"]\n'
OURS = [str(pathlib.Path(sys.executable).parent / "infralint"), "check"]


def files_of(folder: pathlib.Path, kind: str, count: int) -> list[pathlib.Path]:
    """The first files of a kind, taken evenly over the folder."""
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and kind_of(path.relative_to(folder).as_posix()) == kind
    ]
    step = max(len(found) // count, 1)
    return found[::step][:count]


def lay_out(files: list[pathlib.Path], home: pathlib.Path, kind: str) -> None:
    """Copies under names that each tool takes for its own kind."""
    for number, path in enumerate(files):
        name = {
            "dockerfile": f"{number}/Dockerfile", "compose": f"{number}/compose.yaml",
            "workflow": f".github/workflows/{number}.yml", "env": f"{number}/.env",
        }[kind]  # fmt: skip
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)


def timed(commands: list[list[str]], cwd: pathlib.Path) -> tuple[float, float]:
    """Seconds of the wall and of processors of whole processes, one after the other."""
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    for command in commands:
        subprocess.run(command, cwd=cwd, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return time.perf_counter() - start, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


class Case:
    """What is timed: ours, theirs (None where the peer is not here), in a folder, and the ratio to reach."""

    __slots__ = ("cwd", "is_wall", "ours", "rounds", "target", "theirs", "title")

    def __init__(
        self, title: str, cwd: pathlib.Path, ours: list[str], theirs: list[list[str]] | None, target: float, rounds: int, *, is_wall: bool = False,
    ) -> None:  # fmt: skip
        self.title = title
        self.cwd = cwd
        self.ours = [[*OURS, *ours]]
        self.theirs = theirs
        self.target = target
        self.rounds = rounds
        self.is_wall = is_wall


def compare(case: Case) -> None:
    """Time both in turns and print the median of the ratios."""
    if case.theirs is None:
        print(f"{case.title:52} peer not here")
        return
    for commands in (case.ours, case.theirs):
        timed(commands, case.cwd)
    rows = [(*timed(case.ours, case.cwd), *timed(case.theirs, case.cwd)) for _ in range(case.rounds)]
    mine, peer = (statistics.median(row[side] for row in rows) for side in (1, 3))
    wall = statistics.median(row[0] / row[2] for row in rows)
    processors = statistics.median(row[1] / max(row[3], 0.001) for row in rows)
    counts = wall if case.is_wall else processors
    reached = f"to reach {case.target:<5}{' by wall' if case.is_wall else ''} {'reached' if counts <= case.target else 'not reached'}"
    print(
        f"{case.title:42} {mine * 1000:7.0f} ms {peer * 1000:8.0f} ms CPU  ratio {processors:6.3f} (wall {wall:6.3f})  {reached}",
        flush=True,
    )


def main() -> int:
    """Print a row a case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    for peer in PEERS:
        parser.add_argument(f"--{peer}", default=shutil.which(peer))
    parser.add_argument("--rounds", type=int, default=7)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        os.environ["XDG_CACHE_HOME"] = os.path.join(folder, "cache")
        for case in cases_of(options, pathlib.Path(folder)):
            compare(case)
    return 0


def cases_of(options: argparse.Namespace, home: pathlib.Path) -> list[Case]:
    """All cases, with their files laid out."""
    given: dict[str, str | None] = {name: getattr(options, name.replace("-", "_")) for name in PEERS}

    def peer(name: str, *arguments: str) -> list[list[str]] | None:
        program = given[name]
        return [[program, *arguments]] if program else None

    def both(one: list[list[str]] | None, other: list[list[str]] | None) -> list[list[str]] | None:
        return [*one, *other] if one is not None and other is not None else None

    sets: dict[str, pathlib.Path] = {}
    for kind, counts in (("dockerfile", (1, 300)), ("workflow", (1, 20, 300)), ("compose", (300,))):
        for count in counts:
            sets[f"{kind}{count}"] = home / f"{kind}{count}"
            lay_out(files_of(options.folder, kind, count), sets[f"{kind}{count}"], kind)
    small, median, hook, mixed = (home / name for name in ("small", "median", "hook", "mixed"))
    (small / "0").mkdir(parents=True)
    (small / "0/Dockerfile").write_text(SMALL, "utf-8")
    dockerfiles = sorted(files_of(options.folder, "dockerfile", 300), key=lambda path: path.stat().st_size)
    lay_out([dockerfiles[len(dockerfiles) // 2]], median, "dockerfile")
    lay_out([dockerfiles[len(dockerfiles) // 2]], hook, "dockerfile")
    for kind in ("workflow", "compose"):
        lay_out(files_of(options.folder, kind, 1), hook, kind)
    for kind in ("dockerfile", "workflow", "compose", "env"):
        lay_out(files_of(options.folder, kind, 75), mixed / kind, kind)
    zizmor = peer("zizmor", "--offline", "--no-exit-codes", "-q", ".")
    hadolint, plain = peer("hadolint", "--no-fail", "0/Dockerfile"), ["--no-cache", "."]
    checkov = peer("checkov", "-d", ".", "--skip-download", "--quiet", "--compact", "-o", "json")
    names = [f"{n}/Dockerfile" for n in range(300) if (sets["dockerfile300"] / f"{n}/Dockerfile").exists()]
    files = ["0/Dockerfile", "0/compose.yaml", ".github/workflows/0.yml"]
    rounds, bare = options.rounds, [[sys.executable, "-c", "pass"]]
    return [
        Case("one small Dockerfile / bare CPython", small, plain, bare, 3.0, rounds),
        Case("one small Dockerfile / hadolint", small, plain, hadolint, 2.5, rounds),
        Case("a Dockerfile of median size / hadolint", median, plain, hadolint, 1.1, rounds),
        Case("one workflow / zizmor", sets["workflow1"], plain, zizmor, 0.7, rounds),
        Case("hook of three files / hadolint + zizmor", hook, files, both(hadolint, zizmor), 0.75, rounds),
        Case("20 workflows / zizmor", sets["workflow20"], plain, zizmor, 1.4, rounds),
        Case("20 workflows, cached / zizmor", sets["workflow20"], ["."], zizmor, 1.4, rounds),
        Case("300 workflows / zizmor", sets["workflow300"], plain, zizmor, 1.0, rounds, is_wall=True),
        Case("300 workflows, cached / zizmor", sets["workflow300"], ["."], zizmor, 0.2, rounds, is_wall=True),
        Case(
            "300 Dockerfiles / hadolint", sets["dockerfile300"], plain, peer("hadolint", "--no-fail", *names), 0.05, 2
        ),
        Case("300 compose files / dclint", sets["compose300"], plain, peer("dclint", "-r", "."), 0.02, 1),
        Case("one Dockerfile / checkov", median, plain, checkov, 0.04, 1),
        Case("300 mixed files / checkov", mixed, plain, checkov, 0.04, 1),
        Case("300 mixed files / detect-secrets", mixed, plain, peer("detect-secrets", "scan", "--all-files"), 1.0, 2),
        Case("all files, cached / the same anew", options.folder, ["."], [[*OURS, "--no-cache", "."]], 0.08, 3),
    ]


if __name__ == "__main__":
    raise SystemExit(main())
