"""PyYAML's C extension without its package reads every text as with it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent.parent
FAULTY = ["a: [1\n", "a: 1\n b: 2\n", "\tx: 1\n", "a: \x07\n", "é: \x07\n", "*a\n", "&a &b c\n", "a: 'x\n", "%YAML 9\n---\n", "- a\nb: 1\n", "a: !<\n", "? [\n"]  # fmt: skip
CODE = """
import pathlib, sys
from infralint.syntax import yaml, yaml_events
from infralint.text.source import Source
if sys.argv[1] == "alone":
    yaml_events.load_alone()
def shown(node):
    inner = []
    if isinstance(node, yaml.Mapping):
        inner = [(shown(pair.key), shown(pair.value)) for pair in node.pairs]
    elif isinstance(node, yaml.Sequence):
        inner = [shown(item) for item in node.items]
    return type(node).__name__, node.start, node.end, getattr(node, "content", ""), inner
texts = eval(sys.stdin.read()) + [
    fence.partition("\\n")[2] for path in sorted(pathlib.Path(sys.argv[2]).rglob("*.md")) for fence in path.read_text("utf-8").split("```")[1::2]
]
for number, text in enumerate(texts):
    stream = yaml.parse(Source("x.yml", text))
    print(number, [shown(one) for one in stream.documents], [tuple(one) for one in stream.problems])
print(len(texts), yaml_events.reader().is_c)
if sys.argv[1] == "alone":
    assert "yaml" not in sys.modules
    import yaml as library
    assert library.safe_load("a: 1") == {"a": 1}
    try:
        library.safe_load("a: [1")
    except library.YAMLError:
        pass
"""


def read(how: str) -> str:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    command = [sys.executable, "-c", CODE, how, str(ROOT / "rules")]
    done = subprocess.run(command, input=repr(FAULTY), capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_the_extension_alone_reads_the_same() -> None:
    alone = read("alone")
    assert alone == read("whole")
    assert int(alone.splitlines()[-1].split()[0]) > 1_000
