"""What a worker of Dask does: hand a repository to the runner that it keeps beside it."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import zlib

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_kept = threading.local()
HOME = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
"""The folder that holds the package, for a runner that may start elsewhere."""


def judge_one(request: dict[str, Any]) -> bytes:
    """The answer to a request as packed JSON (see `unpacked`). An error within the repository is an answer too."""
    line = json.dumps(request).encode() + b"\n"
    runner: Any = getattr(_kept, "runner", None)
    if runner is None or runner.poll() is not None:
        runner = _kept.runner = _start()
    asking, answering = runner.stdin, runner.stdout
    try:
        asking.write(line)
        asking.flush()
        answer = answering.readline()
    except OSError:
        answer = b""
    if not answer.endswith(b"\n"):
        runner.kill()
        runner.wait()
        _kept.runner = None
        answer = json.dumps({"error": "the process that judges repositories ended"}).encode()
    return zlib.compress(answer, 1)


def unpacked(answer: bytes) -> dict[str, Any]:
    """What an answer holds."""
    found: dict[str, Any] = json.loads(zlib.decompress(answer))
    return found


def _start() -> subprocess.Popen[bytes]:
    code = f"import sys; sys.path.insert(0, {HOME!r}); from infralint.fleet.runner import main; main()"
    return subprocess.Popen([sys.executable, "-P", "-c", code], stdin=subprocess.PIPE, stdout=subprocess.PIPE)
