"""Measure `infralint fleet` over many repositories made from a folder of real ones.

python bench/fleet.py FOLDER [--count 5000] [--workers N] [--kills 10]

Prints how long a first and a second run take, the memory of the workers as the run goes on, the CPU time beside that of
`infralint check` one by one over a sample, and whether findings are lost or doubled while workers are killed at random.
"""

from __future__ import annotations

import argparse
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from infralint.fleet.judging import Plan
from infralint.fleet.running import cluster, run_fleet
from infralint.fleet.sources import Repository, repositories_of
from infralint.fleet.store import Store

SAMPLE = 25


def main() -> None:
    """Make the repositories, run over them twice and once with deaths, and print what was measured."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="a folder of checkouts")
    parser.add_argument("--count", type=int, default=5000)
    parser.add_argument("--workers", type=int)
    parser.add_argument("--kills", type=int, default=10)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as work:
        folder = Path(work, "all")
        make(asked.folder, folder, asked.count)
        repositories = repositories_of([str(folder)], clone=False)
        plain = Store(os.path.join(work, "plain"))
        measure(repositories, plain, asked.workers)
        again(repositories, plain, asked.workers)
        beside(repositories[:SAMPLE], os.path.join(work, "beside"))
        if asked.kills:
            chaos(repositories, plain, Store(os.path.join(work, "chaos")), asked.workers, asked.kills)


def make(source: Path, target: Path, count: int) -> None:
    """`count` repositories: the real ones in turn, each copy with a file of its own."""
    real = sorted(path for path in source.iterdir() if path.is_dir())
    target.mkdir()
    for number in range(count):
        root = target / f"r{number:05}"
        origin = real[number % len(real)]
        shutil.copytree(origin, root, symlinks=True, copy_function=os.link, ignore=shutil.ignore_patterns(".git"))
        (root / "NUMBER.txt").write_text(f"{number}\n", encoding="utf-8")
    print(f"{count} repositories made from {len(real)}")


def measure(repositories: list[Repository], store: Store, workers: int | None) -> None:
    """A first run: the time of each quarter, and the memory of workers, scheduler and client then."""
    started, rows, quarter = time.perf_counter(), [], max(1, len(repositories) // 4)
    with cluster(None, workers) as client:

        def progress(done: int, total: int, failed: int) -> None:
            if done % quarter == 0:
                most = max(client.run(_memory).values())
                own = _memory()
                rows.append((done, time.perf_counter() - started, most >> 20, own >> 20))

        outcome = run_fleet(repositories, _plan(), store, _same(client), progress=progress)
    for done, seconds, most, own in rows:
        print(f"{done:6} judged after {seconds:7.1f} s; largest worker {most} MB, client and scheduler {own} MB")
    largest = max(row["memory"] or 0 for row in store.read("repositories", _day()).to_pylist())
    print(f"first run {outcome.seconds:.1f} s, {outcome.failed} failed; largest process that judged {largest >> 20} MB")


def again(repositories: list[Repository], store: Store, workers: int | None) -> None:
    """A second run over what has not changed."""
    outcome = run_fleet(repositories, _plan(), store, lambda: cluster(None, workers))
    print(f"second run {outcome.seconds:.1f} s, {outcome.judged} judged")


def beside(sample: list[Repository], folder: str) -> None:
    """CPU time of a fleet and of `infralint check` one by one over the same repositories, and whether reports agree."""
    before = _children()
    for one in sample:
        subprocess.run(
            [sys.executable, "-m", "infralint", "check", ".", "--format", "json", "--output", f"json={folder}-{one.name}"],
            cwd=one.place, capture_output=True, check=False,
            env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[1])},
        )  # fmt: skip
    single = _children() - before
    before = _children()
    listed = f"{folder}.txt"
    Path(listed).write_text("".join(f"{one.place}\n" for one in sample), encoding="utf-8")
    subprocess.run(
        [
            sys.executable,
            "-m",
            "infralint",
            "fleet",
            listed,
            "--output",
            folder,
            "--reports",
            f"{folder}-reports",
            "-q",
        ],
        check=False,
    )
    together = _children() - before  # without what the workers' own children used: that is added
    together += sum(row["cpu_seconds"] or 0 for row in Store(folder).read("repositories", _day()).to_pylist())
    before = _children()
    subprocess.run([sys.executable, "-m", "infralint.fleet.runner"], stdin=subprocess.DEVNULL, check=True)
    together += (_children() - before) * (len(os.sched_getaffinity(0)) - 1)
    equal = sum(
        Path(f"{folder}-{one.name}").read_bytes() == Path(f"{folder}-reports", f"{one.name}.json").read_bytes()
        for one in sample
    )
    print(
        f"{len(sample)} repositories: one by one {single:.1f} s of CPU, fleet {together:.1f} s; {equal} reports equal"
    )


def chaos(repositories: list[Repository], plain: Store, store: Store, workers: int | None, kills: int) -> None:
    """A run in which workers are killed at random: its findings beside those of the run without."""
    left = [kills]
    chance = random.Random(7)
    with cluster(None, workers) as client:

        def progress(done: int, total: int, failed: int) -> None:
            if left[0] and done % max(1, total // (kills + 1)) == 0:
                left[0] -= 1
                found = list(client.run(os.getpid).values())
                if found:
                    os.kill(chance.choice(found), signal.SIGKILL)

        run_fleet(repositories, _plan(), store, _same(client), progress=progress)
    first, second = _marks(plain), _marks(store)
    lost, more = first - second, second - first
    print(f"{kills - left[0]} workers killed: {sum(lost.values())} findings lost, {sum(more.values())} doubled or new")


def _marks(store: Store) -> Counter[tuple[str, ...]]:
    rows = store.read("findings", _day(), ["repository", "rule", "fingerprint"]).to_pylist()
    return Counter(tuple(row.values()) for row in rows)


def _plan() -> Plan:
    return Plan(today=date.fromisoformat(_day()))


def _day() -> str:
    return STARTED


def _same(client: Any) -> Any:
    @contextmanager
    def connect() -> Any:
        yield client

    return connect


def _memory() -> int:
    """Bytes that this process holds now."""
    with open("/proc/self/statm", encoding="ascii") as stream:
        return int(stream.read().split()[1]) * resource.getpagesize()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


STARTED = date.today().isoformat()

if __name__ == "__main__":
    main()
