"""Account for every finding of the engines: python bench/engines.py FOLDER [--count 200] [--hadolint PATH] [--checkov PATH].

Takes files evenly out of FOLDER, runs hadolint, Checkov and ShellCheck through infralint and, on a copy, hadolint and
Checkov alone. Prints for each engine how many findings were joined to ours, passed on, silenced and refused, whether the sum
is what the engine says alone, a table of joined pairs to be looked at, and the wall time of both ways.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import random
import shutil
import subprocess
import tempfile
import time

from infralint.engine.external.joining import merge
from infralint.engine.external.start import start
from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.engine.session import Session
from infralint.model.kinds import kind_of

PAIRS = 50


def lay_out(folder: pathlib.Path, home: pathlib.Path, count: int) -> int:
    """Copy that many files of known kinds, in folders of their own, so that names do not meet."""
    kinds = ("dockerfile", "workflow", "compose")
    found = [
        path
        for path in sorted(folder.rglob("*"))
        if path.is_file() and kind_of(path.relative_to(folder).as_posix()) in kinds
    ]
    step = max(len(found) // count, 1)
    for number, path in enumerate(found[::step][:count]):
        kind = kind_of(path.relative_to(folder).as_posix())
        name = {"dockerfile": f"{number}/Dockerfile", "compose": f"{number}/compose.yaml"}.get(
            str(kind), f".github/workflows/{number}.yml"
        )
        target = home / name
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, target)
    return len(found[::step][:count])


def alone(commands: dict[str, str], home: pathlib.Path, config: pathlib.Path) -> tuple[dict[str, int], float]:
    """How many findings hadolint and Checkov have on their own, started in parallel, and their wall time."""
    files = [str(path.relative_to(home)) for path in sorted(home.rglob("Dockerfile"))]
    config.write_text("no-fail: true\n", encoding="utf-8")
    started = time.perf_counter()
    processes = {}
    if "hadolint" in commands:
        processes["hadolint"] = [
            commands["hadolint"],
            "--no-fail",
            "--disable-ignore-pragma",
            "-f",
            "json",
            "-c",
            str(config),
            *files,
        ]
    if "checkov" in commands:
        processes["checkov"] = [
            commands["checkov"],
            "-d",
            str(home),
            "--skip-download",
            "--compact",
            "--soft-fail",
            "-o",
            "json",
        ]
    running = {
        name: subprocess.Popen(command, cwd=home, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        for name, command in processes.items()
    }
    outputs = {name: json.loads(process.communicate()[0]) for name, process in running.items()}
    spent = time.perf_counter() - started
    counts = {}
    if "hadolint" in outputs:
        counts["hadolint"] = sum(row["code"] != "DL1000" for row in outputs["hadolint"])
    if "checkov" in outputs:
        frameworks = outputs["checkov"] if isinstance(outputs["checkov"], list) else [outputs["checkov"]]
        rows = {
            (row["check_id"], row["file_path"], max(row["file_line_range"][0], 1), row["check_name"], row["resource"])
            for framework in frameworks
            for row in framework.get("results", {}).get("failed_checks", ())
        }
        counts["checkov"] = len(rows)
    return counts, spent


def main() -> int:
    """Print the accounts; 1 where a sum does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=pathlib.Path)
    parser.add_argument("--count", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    for engine in ("hadolint", "checkov", "shellcheck"):
        parser.add_argument(f"--{engine}", default=shutil.which(engine))
    options = parser.parse_args()
    commands = {name: path for name in ("hadolint", "checkov", "shellcheck") if (path := getattr(options, name))}
    with tempfile.TemporaryDirectory() as folder:
        home = pathlib.Path(folder, "tree")
        home.mkdir()
        number = lay_out(options.folder, home, options.count)
        print(f"{number} files, engines: {', '.join(commands)}")
        counts, spent = alone(commands, home, pathlib.Path(folder, "hadolint.yaml"))
        both = tuple(name for name in ("hadolint", "checkov") if name in commands)
        started = time.perf_counter()
        run([str(home)], Options(root=str(home), engines=both, engine_commands=commands))
        ours = time.perf_counter() - started
        state = Session(
            [str(home)],
            Options(root=str(home), profile="all", inline=False, engines=tuple(commands), engine_commands=commands),
        )
        planned = state.plan()
        pending = start(state, planned)
        judged = [one for path, kind in planned if (one := state.judge(path, kind)) is not None]
        answers = pending.answers()
        merged = merge(state, judged, answers)
    wrong = 0
    print(f"{'':12}{'reported':>10}{'joined':>8}{'passed':>8}{'silenced':>10}{'refused':>9}{'unread':>8}{'alone':>8}")
    for answer in answers:
        account = merged.accounts[answer.engine]
        total = account.joined + account.passed + account.silenced + account.dropped
        said = len(answer.reported) + answer.dropped
        wrong += total != said or answer.failure is not None
        row = (
            said,
            account.joined,
            account.passed,
            account.silenced,
            account.dropped,
            len(answer.unread),
            counts.get(answer.engine, "-"),
        )
        print(
            f"{answer.engine:12}{row[0]:>10}{row[1]:>8}{row[2]:>8}{row[3]:>10}{row[4]:>9}{row[5]:>8}{row[6]:>8}  {answer.failure or ''}"
        )
    print(
        f"\nwall time with {' and '.join(both)}: {ours:.2f} s, of them alone {spent:.2f} s, ratio {ours / spent:.2f}\n"
    )
    random.seed(options.seed)
    for reported, finding in random.sample(merged.pairs, min(PAIRS, len(merged.pairs))):
        element = finding.key or "the file"
        print(f"{reported.name:24} {finding.rule:36} {reported.path}:{reported.line}, {element} at line {finding.line}")
        print(f"    they: {reported.message.splitlines()[0][:110]}\n    we:   {finding.message[:110]}")
    return int(wrong > 0)


if __name__ == "__main__":
    raise SystemExit(main())
