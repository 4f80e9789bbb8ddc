"""infralint's speed against its peers', on the same files in the same run: ratios of wall time.

Usage: python bench/speed.py FOLDER [--hadolint PATH] [--zizmor PATH] [--checkov PATH] [--dclint PATH] [--detect-secrets PATH]

FOLDER holds real repositories. A peer that is not named and not on PATH is left out. Each command is run once
uncounted and then several times in turns with ours; the median counts.
"""

from __future__ import annotations

import argparse
import pathlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

from infralint.model.kinds import kind_of

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


def timed(command: list[str], cwd: pathlib.Path) -> float:
    """Wall seconds of a whole process."""
    start = time.perf_counter()
    subprocess.run(command, cwd=cwd, capture_output=True, check=False, stdin=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(
    title: str, ours: list[str], theirs: list[str] | None, cwd: pathlib.Path, rounds: int, target: float
) -> None:
    """Time both in turns and print the ratio."""
    if theirs is None:
        print(f"{title:58} peer not here")
        return
    commands = (ours, theirs)
    for command in commands:
        timed(command, cwd)
    rows = [[timed(command, cwd) for command in commands] for _ in range(rounds)]
    mine, peer = (statistics.median(row[side] for row in rows) for side in (0, 1))
    ratio = mine / peer
    print(
        f"{title:58} {mine * 1000:8.0f} ms {peer * 1000:9.0f} ms   ratio {ratio:6.3f}   target {target}  {'ok' if ratio <= target else 'not reached'}"
    )


def main() -> int:
    """Print a row a case."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    for peer in ("hadolint", "zizmor", "checkov", "dclint", "detect-secrets"):
        parser.add_argument(f"--{peer}", default=shutil.which(peer))
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    peers = {name: path for name, path in vars(options).items() if name not in ("folder", "rounds")}

    def peer(name: str, *arguments: str) -> list[str] | None:
        return [peers[name], *arguments] if peers[name] else None

    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder)
        sets: dict[str, pathlib.Path] = {}
        for kind in ("dockerfile", "workflow", "compose"):
            for count in (1, 300):
                sets[f"{kind}{count}"] = home / f"{kind}{count}"
                lay_out(files_of(options.folder, kind, count), sets[f"{kind}{count}"], kind)
        mixed = home / "mixed"
        for kind in ("dockerfile", "workflow", "compose", "env"):
            lay_out(files_of(options.folder, kind, 75), mixed / kind, kind)
        rounds = options.rounds
        one = sets["dockerfile1"]
        compare("one Dockerfile / bare CPython", [*OURS, "."], [sys.executable, "-c", "pass"], one, rounds, 6.0)
        compare("one Dockerfile / hadolint", [*OURS, "."], peer("hadolint", "0/Dockerfile"), one, rounds, 2.0)
        zizmor = peer("zizmor", "--offline", "--no-exit-codes", "-q", ".")
        compare("one workflow / zizmor", [*OURS, "."], zizmor, sets["workflow1"], rounds, 1.5)
        checkov = peer("checkov", "-d", ".", "--skip-download", "--quiet", "--compact", "-o", "json")
        compare("one Dockerfile / checkov", [*OURS, "."], checkov, one, 2, 0.04)
        names = [f"{n}/Dockerfile" for n in range(300) if (sets["dockerfile300"] / f"{n}/Dockerfile").exists()]
        compare(
            "300 Dockerfiles / hadolint",
            [*OURS, "."],
            peer("hadolint", "--no-fail", *names),
            sets["dockerfile300"],
            3,
            0.08,
        )
        compare("300 workflows / zizmor", [*OURS, "."], zizmor, sets["workflow300"], 3, 1.0)
        compare("300 compose files / dclint", [*OURS, "."], peer("dclint", "-r", "."), sets["compose300"], 2, 0.03)
        compare("300 mixed files / checkov", [*OURS, "."], checkov, mixed, 1, 0.04)
        compare(
            "300 mixed files / detect-secrets",
            [*OURS, "."],
            peer("detect_secrets", "scan", "--all-files"),
            mixed,
            2,
            1.0,
        )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
