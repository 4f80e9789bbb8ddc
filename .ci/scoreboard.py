"""Hold the scoreboard against the floors in scoreboard.toml: what agrees once stays so."""

from __future__ import annotations

import collections
import json
import pathlib
import subprocess
import sys
import tempfile
import tomllib

HERE = pathlib.Path(__file__).resolve().parent


def main(runner: str) -> int:
    """Run the scoreboard; 1 when a peer has fewer agreeing cases than its floor."""
    with tempfile.TemporaryDirectory() as folder:
        out = pathlib.Path(folder, "verdicts.json")
        subprocess.run([sys.executable, runner, "--project", str(HERE.parent), "--json", str(out)], check=True)
        verdicts = json.loads(out.read_text(encoding="utf-8"))
    agree = collections.Counter(case.split("/")[0] for case, verdict in verdicts.items() if verdict == "agrees")
    crashes = [case for case, verdict in verdicts.items() if verdict == "crash"]
    floors = tomllib.loads((HERE / "scoreboard.toml").read_text(encoding="utf-8"))["agrees"]
    failed = [
        f"{peer}: {agree[peer]} cases agree, the floor is {floor}"
        for peer, floor in floors.items()
        if agree[peer] < floor
    ]
    for line in [*failed, *(f"crash: {case}" for case in crashes)]:
        print(line)
    for peer in sorted(agree):
        if agree[peer] > floors.get(peer, 0):
            print(f"{peer}: {agree[peer]} cases agree; raise the floor from {floors.get(peer, 0)}")
    return int(bool(failed or crashes))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1]))
