"""Whether the work on a text grows faster than the text: every reader and every kind of file, on eight shapes each.

Usage: python bench/growth.py [--size N] [--only WORD]

Each shape is made at n, 2n, 4n and 8n characters. What is compared is a ratio, not seconds: eight times the text may take
at most LIMIT times the work of one. Work is processor time, the least of several runs, with the garbage collector off; what
takes too little to be measured passes. Exits with 1 where something grows faster.
"""

from __future__ import annotations

import argparse
import gc
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.syntax import dockerfile, dotenv, expression, interpolation, javascript, jsonc, shell, toml, yaml
from infralint.tables.secret_find import find
from infralint.text.source import Source, text_at

SIZES = (1, 2, 4, 8)
LIMIT = 20.0
"""Eight is linear, sixty-four is quadratic; what is set up once, caches and noise lie between."""
LEAST = 0.02
"""Seconds of processor time that are enough to be compared."""
Work = Callable[[str], object]


def repeated(part: str, head: str = "", tail: str = "") -> Callable[[int], str]:
    """Texts of about so many characters: a part over and over."""
    return lambda size: head + part * max(size // len(part), 1) + tail


def numbered(part: str, head: str = "") -> Callable[[int], str]:
    """Texts in which each part has a number of its own."""
    return lambda size: head + "".join(part.replace("@", str(number)) for number in range(max(size // len(part), 1)))


def nested(opening: str, closing: str, most: int = 400) -> Callable[[int], str]:
    """Texts in which a part stands within itself, as deep as readers go, over and over."""
    return lambda size: (opening * most + closing * most + "\n") * max(size // (most * len(opening + closing)), 1)


SHAPES: dict[str, dict[str, Callable[[int], str]]] = {
    "yaml": {
        "keys": numbered("k@: v\n"), "one key": repeated("k: v\n"), "lists": repeated("- a\n"), "flow": repeated("[a, b], ", "x: [", "]"),
        "brackets": nested("[", "]", 60), "anchors": numbered("k@: &a@ x\n"), "aliases": repeated("- *a\n", "a: &a x\nl:\n"), "block": repeated("  text\n", "k: |\n"),
        "quotes": repeated("k\\n", 'k: "', '"'), "documents": repeated("---\na: 1\n"), "comments": repeated("# x\n"), "blanks": repeated(" ", "a: b"),
    },
    "dockerfile": {
        "instructions": repeated("RUN ls\n", "FROM a\n"), "continuations": repeated("a \\\n", "FROM a\nRUN "), "stages": numbered("FROM a AS s@\n"), "env": numbered("ENV A@=b\n", "FROM a\n"),
        "variables": repeated("$A ", "FROM a\nENV B="), "heredocs": repeated("RUN <<E\nx\nE\n", "FROM a\n"), "open heredoc": repeated("x\n", "FROM a\nRUN <<E\n"),
        "comments": repeated("# x\n", "FROM a\n"), "json": repeated('"a",', "FROM a\nCMD [", '"b"]'), "flags": repeated("--a=b ", "FROM a\nCOPY "),
    },
    "shell": {
        "commands": repeated("ls -l; "), "pipes": repeated("a | "), "quotes": repeated("'a' \"b\" "), "open quotes": repeated('"a '), "substitutions": repeated("$(a) "),
        "nested": nested("$(", ")", 60), "heredocs": repeated("cat <<E\nx\nE\n"), "braces": repeated("{ a; } "), "words": repeated("word ", "echo "), "backslashes": repeated("\\\n"),
    },
    "dotenv": {
        "entries": numbered("A@=b\n"), "quotes": repeated("A='b'\n"), "open quote": repeated("b\n", 'A="'), "many open quotes": repeated('A="b\n'), "comments": repeated("# x\n"),
        "blanks": repeated("\t", "export A"), "equals": repeated("="), "escapes": repeated("\\n", 'A="', '"'),
    },
    "toml": {
        "keys": numbered("k@ = 1\n"), "one key": repeated("k = 1\n"), "tables": numbered("[t@]\nk = 1\n"), "lists of tables": repeated("[[t]]\nk = 1\n"), "dotted": repeated("a.", "", "b = 1\n"),
        "open text": repeated("x", 'a = "'), "long text": repeated('x"" ', 'a = """'), "lists": repeated("1, ", "a = [", "1]\n"), "inline": repeated("{a = 1}, ", "a = [", "]\n"), "quotes": repeated('"'),
    },
    "jsonc": {
        "keys": numbered('"k@": 1,', "{"), "one key": repeated('"k": 1,', "{", "}"), "lists": repeated("1,", "[", "1]"), "brackets": nested("[", "]", 150), "quotes": repeated('"'),
        "comments": repeated("/* a */", "{"), "open comment": repeated("/*"), "escapes": repeated("\\u0041", '"', '"'), "blanks": repeated(" ", "{"),
    },
    "expression": {
        "many": repeated("${{ a }} "), "open": repeated("${{ a "), "calls": repeated("f(", "${{ ", " }}"), "operators": repeated("a && ", "${{ ", "b }}"),
        "strings": repeated("'a' == ", "${{ ", "'b' }}"), "properties": repeated(".a", "${{ a", " }}"), "indexes": repeated("[0]", "${{ a", " }}"), "brackets": nested("(", ")", 50),
    },
    "interpolation": {
        "names": repeated("$A "), "braces": repeated("${A} "), "defaults": repeated("${A:-b} "), "open": repeated("${A:-"), "dollars": repeated("$$"), "nested": nested("${A:-", "}", 40),
        "escapes": repeated("\\$"), "patterns": repeated("${A#a*b} "),
    },
    "javascript": {
        "strings": repeated("'a' "), "open strings": repeated("\"\\"), "templates": repeated("`${a}` "), "open template": repeated("`a"), "comments": repeated("/* a */"), "open comment": repeated("/*"),
        "functions": repeated("function f() { "), "brackets": nested("(", ")", 60),
    },
    "secrets": {
        "assignments": numbered("password@ = abc\n"), "keywords": repeated("ghp_"), "tokens": repeated("ey" + "a" * 20 + ".ey"), "curl": repeated("curl -u a:b "), "options": repeated("--password "),
        "armour": repeated("-----BEGIN PRIVATE KEY-----\n"), "manifests": repeated("---\nkind: Secret\napiVersion: v1\ndata:\n a: b\n"), "queries": repeated("?password=abc&"), "json": repeated('{"kty":"RSA"'),
        "hashes": repeated("$6$a$"), "one word": repeated("aB1"), "colons": repeated("token:"),
    },
    "Dockerfile": {
        "run": repeated("RUN apt-get install -y a\n", "FROM debian:12\n"), "stages": numbered("FROM alpine:3.22 AS s@\nCOPY --from=s0 a b\n"), "env": numbered("ENV A@=$A\n", "FROM alpine:3.22\n"),
        "copies": numbered("COPY a@ /b@\n", "FROM alpine:3.22\n"), "labels": numbered("LABEL a@=b\n", "FROM alpine:3.22\n"), "users": repeated("USER root\n", "FROM alpine:3.22\n"),
        "long run": repeated("a && ", "FROM alpine:3.22\nRUN ", "b\n"), "ignores": repeated("# hadolint ignore=DL3008\nRUN ls\n", "FROM alpine:3.22\n"),
    },
    "compose.yaml": {
        "services": numbered("  s@:\n    image: a:1\n", "services:\n"), "ports": numbered("      - '@:80'\n", "services:\n  a:\n    image: a:1\n    ports:\n"),
        "environment": numbered("      A@: b\n", "services:\n  a:\n    image: a:1\n    environment:\n"), "volumes": numbered("      - a@:/b@\n", "services:\n  a:\n    image: a:1\n    volumes:\n"),
        "chain": numbered("  s@:\n    image: a:1\n    depends_on: [s0]\n", "services:\n"), "variables": repeated("${A:-b}", "services:\n  a:\n    image: a:1\n    command: '", "'\n"),
        "networks": numbered("  n@: {}\n", "services:\n  a:\n    image: a:1\nnetworks:\n"), "extends": numbered("  s@:\n    extends: s0\n", "services:\n  s0:\n    image: a:1\n"),
    },
    ".github/workflows/ci.yml": {
        "steps": repeated("      - run: make\n", "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"), "jobs": numbered("  j@:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n", "on: push\njobs:\n"),
        "uses": repeated("      - uses: actions/checkout@v4\n", "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"),
        "needs": numbered("  j@:\n    needs: j0\n    runs-on: ubuntu-24.04\n    steps:\n      - run: make\n", "on: push\njobs:\n"),
        "expressions": repeated("          echo ${{ github.ref }}\n", "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: |\n"),
        "env": numbered("  A@: ${{ github.ref }}\n", "on: push\njobs: {}\nenv:\n"), "outputs": numbered("      o@: ${{ steps.a.outputs.b }}\n", "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: [{run: ls}]\n    outputs:\n"),
        "script": repeated("            const a = github.rest.a()\n", "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: actions/github-script@v7\n        with:\n          script: |\n"),
        "condition": repeated("github.ref == 'a' || ", "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    if: ", "true\n    steps: [{run: ls}]\n"),
    },
    "fly.toml": {
        "services": repeated("[[services]]\ninternal_port = 80\n"), "env": numbered("A@ = 'b'\n", "[env]\n"), "mounts": numbered("[[mounts]]\nsource = 'v@'\n"), "unknown keys": numbered("k@ = 1\n", "[deploy]\n"),
        "processes": numbered("p@ = 'run'\n", "[processes]\n"), "comments": repeated("# infralint: ignore[x]\n"),
    },
    "policy.json": {
        "statements": repeated('{"Effect": "Allow", "Action": "s3:*", "Resource": "*"},', '{"Statement": [', '{}]}'),
        "actions": repeated('"s3:Get",', '{"Statement": [{"Effect": "Allow", "Resource": "*", "Action": [', '"*"]}]}'),
    },
    "template.yaml": {
        "resources": numbered("  R@:\n    Type: AWS::S3::Bucket\n", "Resources:\n"),
        "roles": numbered("  R@:\n    Type: AWS::IAM::Policy\n    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: '*', Resource: '*'}]}}\n", "Resources:\n"),
    },
    "Procfile": {"lines": numbered("p@: run\n"), "one name": repeated("web: run\n"), "no name": repeated("run\n"), "long": repeated("a && ", "web: ", "b\n")},
    "Vagrantfile": {"settings": repeated("config.vm.box = 'a'\n"), "heredocs": repeated("x <<-SHELL\nls\nSHELL\n"), "open heredocs": repeated("x <<-SHELL\nls\n"), "quotes": repeated("config.vm.box = 'a\n")},
    ".env": {
        "entries": numbered("A@=b\n"), "secrets": numbered("PASSWORD@=abcdefgh1\n"), "one key": repeated("A=b\n"), "urls": repeated("U=http://a:b@c/\n"), "substitutions": repeated("A=${B:-c}\n"),
        "quotes": repeated("A='b c'\n"), "blanks": repeated("\n\n"), "lower case": numbered("a@=b\n"),
    },
    "config.toml": {
        "urls": repeated('a = "http://u:p@h/"\n'), "keys": numbered("k@ = 1\n"), "tables": numbered("[t@]\nk = 1\n"), "arrays": repeated("1, ", "a = [", "1]\n"), "dotted": repeated("a.", "", "b = 1\n"),
        "strings": repeated("x", 'a = "', '"\n'), "inline": repeated("{a = 1}, ", "a = [", "]\n"), "tokens": repeated('token = "abc"\n'),
    },
}  # fmt: skip


def source(text: str) -> Source:
    return Source("x", text)


READERS: dict[str, Work] = {
    "yaml": lambda text: yaml.parse(source(text)),
    "dockerfile": lambda text: dockerfile.parse(source(text)),
    "shell": lambda text: shell.read_shell(text_at(source(text), 0, len(text))),
    "dotenv": lambda text: dotenv.parse(source(text)),
    "toml": lambda text: toml.parse(source(text)),
    "jsonc": lambda text: jsonc.parse(source(text)),
    "expression": lambda text: expression.find(text_at(source(text), 0, len(text))),
    "interpolation": lambda text: interpolation.expand(text, lambda name: "x", "docker"),
    "javascript": lambda text: (javascript.without_strings(text), javascript.without_comments(text)),
    "secrets": find,
}


def judged(path: str, text: str) -> object:
    """A file as the whole program judges it, every profile on."""
    with tempfile.TemporaryDirectory() as root:
        place = Path(root, path)
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
        return run([root], Options(root=root, select="all"))


def seconds(work: Work, text: str, times: int) -> float:
    """The least processor time of several runs."""
    best = float("inf")
    for _ in range(times):
        gc.collect()
        gc.disable()
        started = time.process_time()
        work(text)
        best = min(best, time.process_time() - started)
        gc.enable()
    return best


def ratio(work: Work, shape: Callable[[int], str], size: int) -> tuple[float, float]:
    """How many times the work of n characters 8n take (0 where it is too little to tell), and the seconds of 8n."""
    times = [seconds(work, shape(size * each), 2 if each == 1 else 1) for each in SIZES]
    if times[-1] < LEAST or times[-1] <= LIMIT * max(times[0], LEAST / SIZES[-1]):
        return (times[-1] / max(times[0], 1e-6) if times[-1] >= LEAST else 0.0), times[-1]
    again = seconds(work, shape(size), 3), seconds(work, shape(size * SIZES[-1]), 2)
    return min(again[1], times[-1]) / max(again[0], times[0] / 2, LEAST / SIZES[-1]), again[1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=int, default=8_000, help="n, in characters")
    parser.add_argument("--only", default="", help="readers, kinds and shapes that hold this word")
    options = parser.parse_args()
    failed = 0
    for name, shapes in SHAPES.items():
        work = READERS.get(name) or (lambda text, path=name: judged(path, text))
        for title, shape in shapes.items():
            if options.only not in f"{name} {title}":
                continue
            grown, taken = ratio(work, shape, options.size)
            bad = grown > LIMIT
            failed += bad
            if bad or options.only:
                print(
                    f"{name:26}{title:18}{grown:7.1f} times the work for 8 times the text, {taken:6.2f} s  {'TOO MUCH' * bad}",
                    flush=True,
                )
    count = sum(map(len, SHAPES.values()))
    print(f"{count} shapes of {len(SHAPES)} readers and kinds: {failed} grow faster than their text")
    return int(failed > 0)


if __name__ == "__main__":
    sys.exit(main())
