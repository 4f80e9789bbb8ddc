"""A process that judges repositories for a worker: each in a child of its own, within a budget of time and memory.

Requests and answers are lines of JSON on standard input and output. The worker's process itself runs threads, which a
fork does not survive; this one runs none. Where the system cannot fork, it judges one repository and ends.
"""

from __future__ import annotations

import gc
import json
import os
import select
import signal
import sys
import tempfile
import time
from datetime import date
from typing import Any

from infralint.fleet.judging import Plan, judge, patch_of, plan_of
from infralint.fleet.sources import Repository

Row = dict[str, Any]
BIT_OF_EVERYTHING = {
    "Dockerfile": "FROM alpine:3.20\nRUN apk add curl && curl -s example.com | sh\n",
    "compose.yaml": "services: {app: {build: ., environment: {A: b}, ports: ['80:80']}}\n",
    ".github/workflows/ci.yml": "on: push\njobs: {a: {runs-on: ubuntu-latest, if: github.actor, steps: [{uses: actions/checkout@v4}, {run: make}]}}\n",
    ".gitlab-ci.yml": "a: {script: [make]}\n",
    ".env": "A=b\n",
    "README.md": "# A\n",
}
"""Files whose judging loads what most repositories need."""
MAX_ANSWER = 1 << 30
"""Bytes of an answer; a repository with more findings than fit is told as an error."""


def main() -> None:
    """Answer requests until standard input ends."""
    warm()
    answers = os.dup(1)
    os.dup2(2, 1)  # nothing that is printed may pass for an answer
    buffer = b""
    while True:
        while b"\n" not in buffer:
            data = os.read(0, 1 << 16)
            if not data:
                return
            buffer += data
        line, _, buffer = buffer.partition(b"\n")
        request = json.loads(line)
        answer = _in_child(request) if hasattr(os, "fork") else answer_to(request)
        try:
            _write(answers, json.dumps(answer).encode() + b"\n")
        except BrokenPipeError:  # the worker is gone
            return
        if not hasattr(os, "fork"):
            return


def warm() -> None:
    """Load what repositories need once for all children, by judging a small one that has a bit of everything."""
    with tempfile.TemporaryDirectory() as folder:
        for path, text in BIT_OF_EVERYTHING.items():
            full = os.path.join(folder, path)
            os.makedirs(os.path.dirname(full), exist_ok=True)
            with open(full, "w", encoding="utf-8") as stream:
                stream.write(text)
        plan = Plan(today=date.today(), wants_json=True)
        home = os.getcwd()
        try:
            judge(Repository("", folder, "checkout"), plan)
        finally:
            os.chdir(home)
    gc.collect()
    gc.freeze()  # children share these pages


def answer_to(request: Row) -> Row:
    """What comes of a request: rows, a patch, or an error in words."""
    started, spent = time.perf_counter(), time.process_time()
    repository, plan = Repository(*request["repository"]), plan_of(request["plan"])
    try:
        if "subject" in request:
            return patch_of(repository, plan, request["subject"])
        answer = judge(repository, plan)
    except MemoryError:
        return {"error": f"needs more than {plan.megabytes} MB of memory"}
    except Exception as error:  # noqa: BLE001 - one repository, whatever is wrong with it, must not end the run
        return {"error": f"{type(error).__name__}: {error}" if not _is_ours(error) else str(error)}
    answer["repository"]["seconds"] = round(time.perf_counter() - started, 3)
    answer["repository"]["cpu_seconds"] = round(time.process_time() - spent, 3)
    return answer


def _is_ours(error: Exception) -> bool:
    """Whether an error says in words what the user is to do."""
    return type(error).__module__.startswith("infralint.")


def _in_child(request: Row) -> Row:
    """The answer of a child process; an error where it dies or takes too long. Ends with the worker."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            os.close(reading)
            os.setsid()
            _limit(request["plan"]["megabytes"])
            _write(writing, json.dumps(answer_to(request)).encode())
        finally:
            os._exit(0)
    os.close(writing)
    ends = time.monotonic() + request["plan"]["seconds"]
    parts: list[bytes] = []
    size = 0
    late = False
    while True:
        left = ends - time.monotonic()
        ready, _, _ = select.select([reading, 0], [], [], max(0.0, left))
        if reading in ready:
            data = os.read(reading, 1 << 20)
            if not data:
                break
            parts.append(data)
            size += len(data)
        late = left <= 0
        if late or size > MAX_ANSWER or 0 in ready:  # standard input speaks only once the worker is gone
            _end(child)
            break
    os.close(reading)
    _, status, used = os.wait4(child, 0)
    if late:
        return {"error": f"took longer than {request['plan']['seconds']:g} s"}
    if size > MAX_ANSWER:
        return {"error": "has more findings than fit into an answer of 1 GB"}
    try:
        answer: Row = json.loads(b"".join(parts))
    except ValueError:
        how = f"signal {os.WTERMSIG(status)}" if os.WIFSIGNALED(status) else f"status {os.WEXITSTATUS(status)}"
        return {"error": f"the process that judged it ended with {how}"}
    if "repository" in answer:
        scale = 1 if sys.platform == "darwin" else 1024
        answer["repository"]["memory"] = used.ru_maxrss * scale
    return answer


def _limit(megabytes: int) -> None:
    """Hold the address space of this process to a budget, where the system can."""
    try:
        import resource

        limit = megabytes * 1024 * 1024
        _, hard = resource.getrlimit(resource.RLIMIT_AS)
        resource.setrlimit(resource.RLIMIT_AS, (limit if hard < 0 else min(limit, hard), hard))
    except (ImportError, ValueError, OSError):
        return


def _end(child: int) -> None:
    """End a child and whatever it has started."""
    try:
        os.killpg(child, signal.SIGKILL)
    except OSError:
        os.kill(child, signal.SIGKILL)


def _write(target: int, data: bytes) -> None:
    view = memoryview(data)
    while view:
        view = view[os.write(target, view) :]


if __name__ == "__main__":
    main()
