"""The language server's latencies, from the client's side of the pipe, and its memory after many edits.

Usage: python bench/lsp.py [FILE] [--edits N]

FILE is a workflow to edit (default: one of some 300 lines is made up). Each edit changes one character; what is
measured is the time until the diagnostics of that version have arrived.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
from typing import Any

STEP = """\
  job{n}:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      - name: Build {n}
        run: |
          curl -sSL https://example.com/install.sh | bash
          echo "${{{{ github.event.pull_request.title }}}}"
      - uses: acme/deploy@main
        with:
          token: ${{{{ secrets.TOKEN }}}}
"""


WAIT = 1.0
"""Seconds that a server has been running when the document is opened; it loads rules meanwhile."""


class Client:
    """A client that speaks just enough of the protocol, and waits for each answer."""

    def __init__(self, folder: pathlib.Path) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-m", "infralint", "server"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=folder
        )
        self.count = 0
        self.request("initialize", {"processId": None, "rootUri": folder.as_uri(), "capabilities": {}})
        self.notify("initialized", {})

    def notify(self, method: str, params: Any) -> None:
        """Send a notification."""
        self._send({"jsonrpc": "2.0", "method": method, "params": params})

    def request(self, method: str, params: Any) -> Any:
        """Send a request and wait for its answer."""
        self.count += 1
        self._send({"jsonrpc": "2.0", "id": self.count, "method": method, "params": params})
        while (message := self._read()).get("id") != self.count or "method" in message:
            pass
        return message.get("result")

    def diagnostics(self, version: int) -> list[Any]:
        """Wait for the diagnostics of a version."""
        while True:
            message = self._read()
            if (
                message.get("method") == "textDocument/publishDiagnostics"
                and message["params"].get("version") == version
            ):
                found: list[Any] = message["params"]["diagnostics"]
                return found

    def _send(self, message: Any) -> None:
        body = json.dumps(message).encode()
        assert self.process.stdin is not None
        self.process.stdin.write(b"Content-Length: %d\r\n\r\n%s" % (len(body), body))
        self.process.stdin.flush()

    def _read(self) -> Any:
        assert self.process.stdout is not None
        size = 0
        while line := self.process.stdout.readline().strip():
            name, _, value = line.partition(b":")
            size = int(value) if name.lower() == b"content-length" else size
        return json.loads(self.process.stdout.read(size))

    def memory(self) -> float:
        """Resident megabytes of the server (Linux)."""
        status = pathlib.Path(f"/proc/{self.process.pid}/status").read_text("ascii")
        return int(next(line for line in status.splitlines() if line.startswith("VmRSS")).split()[1]) / 1024


def main() -> int:
    """Print the latencies and the memory."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("file", nargs="?", type=pathlib.Path)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=5, help="how often a fresh server opens the document")
    options = parser.parse_args()
    text = "on: pull_request_target\njobs:\n" + "".join(STEP.format(n=n) for n in range(27))
    if options.file is not None:
        text = options.file.read_text("utf-8")
    firsts, colds = [], []
    with tempfile.TemporaryDirectory() as home:
        folder = pathlib.Path(home)
        path = folder / ".github/workflows/ci.yml"
        path.parent.mkdir(parents=True)
        path.write_text(text, "utf-8")
        document = {"uri": path.as_uri(), "languageId": "yaml", "version": 0, "text": text}
        for number in range(2 * options.rounds):
            client = Client(folder)
            is_warm = number % 2 == 1
            time.sleep(WAIT if is_warm else 0)
            began = time.perf_counter()
            client.notify("textDocument/didOpen", {"textDocument": document})
            found = client.diagnostics(0)
            (firsts if is_warm else colds).append(time.perf_counter() - began)
            if number < 2 * options.rounds - 1:
                client.process.kill()
                client.process.wait()
        before = client.memory()
        times = []
        lines = text.split("\n")
        for number in range(1, options.edits + 1):
            at = number * 7 % len(lines)
            lines[at] = lines[at][:-1] if lines[at].endswith("#") else f"{lines[at]}#"
            began = time.perf_counter()
            changes = {"uri": document["uri"], "version": number}
            client.notify(
                "textDocument/didChange", {"textDocument": changes, "contentChanges": [{"text": "\n".join(lines)}]}
            )
            client.diagnostics(number)
            times.append(time.perf_counter() - began)
        print(f"{len(lines)} lines, {len(found)} diagnostics")
        print(
            f"first diagnostics after opening  median {statistics.median(firsts) * 1000:6.1f} ms   {WAIT:g} s after the start"
        )
        print(f"                                 median {statistics.median(colds) * 1000:6.1f} ms   opened at once")
        worst = sorted(times)[int(len(times) * 0.95)]
        print(
            f"diagnostics after an edit        median {statistics.median(times) * 1000:6.1f} ms   95 % {worst * 1000:.1f} ms"
        )
        print(f"memory  {before:.0f} MB after opening, {client.memory():.0f} MB after {options.edits} edits")
        client.process.kill()
        client.process.wait()
    return 0


if __name__ == "__main__":
    sys.exit(main())
