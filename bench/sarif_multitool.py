"""Validate a SARIF file with Microsoft's multitool, its own rules and GitHub's; exit 1 on errors or warnings.

    python bench/sarif_multitool.py FILE [BINARY]

BINARY, or the environment variable INFRALINT_SARIF_MULTITOOL, is the path of `Sarif.Multitool` from the npm package
@microsoft/sarif-multitool-linux (or -darwin, -win32). The package's own wrapper does not quote its arguments.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

OFFLINE = frozenset({"SARIF2006"})
"""Rules that ask the network whether an address answers."""


def validate(path: str, binary: str) -> tuple[dict[str, int], list[str]]:
    """How many errors, warnings and notes there are, and the lines that say so. Raises RuntimeError if it fails."""
    command = [binary, "validate", path, "--rule-kind", "Sarif;Ghas", "--level", "Error;Warning;Note"]
    command += ["--kind", "Fail;Review;Open", "--max-file-size-in-kb", "200000"]
    done = subprocess.run(command, check=False, capture_output=True, text=True, timeout=600)
    output = done.stdout + done.stderr
    if "Analysis completed successfully" not in output:
        raise RuntimeError(f"{binary} did not finish:\n{output}")
    counts = {"error": 0, "warning": 0, "note": 0}
    lines = []
    for line in output.splitlines():
        found = re.search(r": (error|warning|note) ([A-Z]+\d+)", line)
        if found and found[2] not in OFFLINE:
            counts[found[1]] += 1
            lines.append(line)
    return counts, lines


def main(arguments: list[str]) -> int:
    binary = arguments[1] if len(arguments) > 1 else os.environ.get("INFRALINT_SARIF_MULTITOOL")
    if not arguments or not binary:
        print(__doc__, file=sys.stderr)
        return 2
    counts, lines = validate(arguments[0], binary)
    print("\n".join(line for line in lines if ": note " not in line) or "no error, no warning")
    print(", ".join(f"{count} {level}s" for level, count in counts.items()))
    return 1 if counts["error"] or counts["warning"] else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
