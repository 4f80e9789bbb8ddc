"""Hold the measures against the floors in scoreboard.toml: agreement with peers, precision, kinds of fault."""

from __future__ import annotations

import collections
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent


def main(shared: str) -> int:
    """Run the measures that are at hand in a folder; 1 when one is below its floor."""
    floors = tomllib.loads((HERE / "scoreboard.toml").read_text(encoding="utf-8"))
    failed: list[str] = []
    for name, measure in (("conformance", agreement), ("truth", precision), ("faults", faults)):
        runner = pathlib.Path(shared, name, "run.py")
        if runner.is_file():
            failed += measure(runner, floors)
    for line in failed:
        print(line)
    return int(bool(failed))


def agreement(runner: pathlib.Path, floors: dict[str, dict[str, float]]) -> list[str]:
    """What is worse than its floor among the peers' own cases, those of other CI systems too."""
    failed = held(runner, floors["agrees"], "agrees")
    pipelines = runner.with_name("pipelines.jsonl.gz")
    if pipelines.is_file():
        failed += held(runner, floors["pipelines"], "pipelines", "--cases", str(pipelines))
    return failed


def held(runner: pathlib.Path, floors: dict[str, float], table: str, *arguments: str) -> list[str]:
    """What is worse than its floor by peer among the cases of one table."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "verdicts.json")
        run(runner, *arguments, "--project", str(HERE.parent), "--json", str(out))
        verdicts = json.loads(out.read_text(encoding="utf-8"))
    agree = collections.Counter(case.split("/")[0] for case, verdict in verdicts.items() if verdict == "agrees")
    for peer in sorted(agree):
        if agree[peer] > floors.get(peer, 0):
            print(f"{table}, {peer}: {agree[peer]} cases agree; raise the floor from {floors.get(peer, 0)}")
    return [
        *(f"crash: {case}" for case, verdict in verdicts.items() if verdict == "crash"),
        *(
            f"{table}, {peer}: {agree[peer]} cases agree, the floor is {floor}"
            for peer, floor in floors.items()
            if agree[peer] < floor
        ),
    ]


def precision(runner: pathlib.Path, floors: dict[str, dict[str, float]]) -> list[str]:
    """What is worse than its bound among the default findings on labelled repositories."""
    shown = run(runner)
    names = {"true": r"true ([\d.]+) %", "kept": r"([\d.]+) % of the \d+ true ones kept", "false": r"false ([\d.]+) %"}
    values = {name: float(re.findall(pattern, shown)[-1]) for name, pattern in names.items()}
    bounds = floors["precision"]
    print("precision: " + ", ".join(f"{name} {value} %" for name, value in values.items()))
    return [
        f"precision: {name} is {values[name]} %, the bound is {bounds[name]} %"
        for name in names
        if (values[name] > bounds[name] if name == "false" else values[name] < bounds[name])
    ]


def faults(runner: pathlib.Path, floors: dict[str, dict[str, float]]) -> list[str]:
    """What is worse than its floor among small cases of known kinds of fault."""
    (agreeing, crashes) = re.findall(r"agreement ([\d.]+) % of .* (\d+) crashes", run(runner))[-1]
    print(f"kinds of fault: {agreeing} % agree")
    floor = floors["faults"]["agree"]
    return [
        *([f"faults: {agreeing} % agree, the floor is {floor} %"] if float(agreeing) < floor else []),
        *([f"faults: {crashes} crashes"] if int(crashes) else []),
    ]


def run(runner: pathlib.Path, *arguments: str) -> str:
    """What a measure prints, taken over this project."""
    environment = {**os.environ, "PYTHONPATH": str(HERE.parent)}
    done = subprocess.run(
        [sys.executable, str(runner), *arguments], check=True, stdout=subprocess.PIPE, text=True, env=environment
    )
    return done.stdout


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
