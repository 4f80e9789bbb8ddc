"""Whatever a file holds, judging it ends soon, with an answer or a complaint and never with an exception."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from growth import assert_linear

from infralint.engine.options import Options
from infralint.engine.run import run

NAMES = (
    "compose.yaml",
    ".github/workflows/ci.yml",
    "action.yml",
    ".github/dependabot.yml",
    "Dockerfile",
    ".env",
    "x.yml",
    "x.json",
)

BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join([f'*{chr(97 + n)}'] * 9)}]\n" for n in range(12)
)
MERGES = "x0: &x0 {a: 1}\n" + "".join(
    f"x{n}: &x{n}\n  <<: [{', '.join([f'*x{n - 1}'] * 9)}]\n  k{n}: 1\n" for n in range(1, 40)
)
SERVICES = "services:\n  a: &a\n    <<: *a\n    depends_on: *a\n    environment: *a\n    extends: *a\n  b: *a\n"
WORKFLOW = "on: push\njobs:\n  a:\n    runs-on: x\n    steps:\n      - run: |\n          "
TEXTS = {
    "empty": "",
    "blank": " \n\t\n \r\n\r",
    "brackets": "[" * 100_000,
    "braces": "{" * 100_000,
    "pairs": "{a: " * 20_000,
    "dashes": "- " * 20_000,
    "questions": "? " * 20_000,
    "colons": ":" * 100_000,
    "quotes": "'" * 99_999,
    "double quotes": '"' * 99_999,
    "backslashes": "\\" * 100_000,
    "continuations": "RUN a \\\n" * 10_000,
    "dollars": "A=" + "${" * 50_000,
    "nested defaults": "A=" + "${A:-" * 20_000 + "}" * 20_000,
    "expressions": WORKFLOW + "${{ " * 20_000,
    "deep expression": WORKFLOW + "${{ " + "(" * 20_000 + "a" + ")" * 20_000 + " }}\n",
    "operators": WORKFLOW + "${{ " + "!" * 20_000 + "a" + " && a" * 20_000 + " }}\n",
    "long expression": WORKFLOW + "${{ " + ".a" * 20_000 + " }}\n",
    "substitutions": WORKFLOW + "$(" * 10_000 + ")" * 10_000 + "\n",
    "subshells": "FROM a\nRUN " + "(" * 20_000 + "\n",
    "pipes": "FROM a\nRUN a" + " | a" * 20_000 + "\n",
    "ands": WORKFLOW + "a && " * 20_000 + "a\n",
    "long line": "FROM a\nENV " + "A=1 " * 50_000 + "\n",
    "stages": "FROM a\n" * 1_500,
    "heredocs": "FROM a\nRUN " + "<<E " * 5_000 + "\n",
    "open heredoc": "FROM a\n" + "RUN <<E\n" * 5_000,
    "bomb": BOMB,
    "merges": MERGES,
    "self merge": "a: &a\n  <<: *a\n  b: *a\n",
    "cycle": SERVICES,
    "list cycle": "jobs: &a\n  - *a\nservices: *a\nupdates: *a\n",
    "keys": "".join(f"k{n}: 1\n" for n in range(2_000)),
    "twins": "a: 1\n" * 10_000,
    "env twins": "A=1\n" * 10_000,
    "anchors": "".join(f"k{n}: &a {n}\n" for n in range(2_000)),
    "documents": "---\n" * 10_000,
    "errors": "a: [\n---\n" * 5_000,
    "tags": "a: !!python/object/apply:os.system ['true']\nb: !x " + "!" * 1000 + "\n",
    "comments": "#" * 100_000 + "\n" + "# infralint: ignore[" * 5_000,
    "ignores": "A=1 # infralint: ignore[duplicate-key, unknown] x\n" * 3_000,
    "control": "a: \x01\x02\x1b[31m\x7f\n",
    "bidi": "a: \u202e\u2066 b\n\u2028\u2029 c: \ufeff d\n",
    "tabs": "a:\n\t- b\n\t\tc: d\n",
    "plain": "a\n" * 10_000,
    "long key": "a" * 100_000 + ": 1\n",
    "block": "a: |\n" + "  x\n" * 10_000,
    "folded": 'a: "' + "x\n  " * 10_000 + '"\n',
    "urls": "A=" + "http://a:b" * 20_000 + "\n",
    "ats": "A=x://" + "a:b@" * 20_000 + "\n",
    "keys of old": "-----BEGIN PRIVATE KEY-----\n" * 10_000,
    "services": "services:\n" + "".join(f"  s{n}:\n    image: x\n    depends_on: [s{n - 1}]\n" for n in range(800)),
    "jobs": "on: push\njobs:\n" + "".join(f"  j{n}:\n    needs: j{n - 1}\n    runs-on: x\n" for n in range(800)),
    "shape": "services: 1\njobs: [1]\non: {push: {}}\nupdates: x\nruns: []\n",
    "shape too": "services: [a]\njobs: {a: [b], c: null, 1: {steps: 3}, d: {steps: [1, null, [x]]}}\non: [[a]]\n",
    "null shape": "services: {a: , b: {image: , ports: [null, [1]], environment: [null, {a: b}], volumes: {}}}\n",
    "numbers": "services: {1: {image: 1, privileged: 0x, user: 1.5, ports: [99999999999999999999]}}\n",
}


@pytest.mark.parametrize("what", TEXTS)
def test_texts_end_soon(tmp_path: Path, what: str) -> None:
    for name in NAMES:
        if name == "action.yml" and "expression" not in what and what not in ("bomb", "cycle", "shape too"):
            continue  # read by the same code as a workflow
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(TEXTS[what], encoding="utf-8", newline="")

        def judge(text: str, path: Path = path) -> None:
            path.write_text(text, encoding="utf-8", newline="")
            run([str(path)], Options(root=str(tmp_path), select="all"))

        assert_linear(judge, TEXTS[what])
        path.unlink()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize(
    ("data", "is_readable"),
    [
        (b"\0", False), (b"a: 1\0\n", False), (b"\xff\xfe", True), (b"\xff\xfea", False), (b"\xfe\xff\xd8\x00", False),
        (b"\xef\xbb\xbf", True), (b"\x80\x81\n", True), (b"a: \xff\n", True), (b"x" * 5_000_001, False), (b"\r", True),
    ],
)  # fmt: skip
def test_bytes_that_are_no_text_are_said_to_be_unreadable(
    tmp_path: Path, name: str, data: bytes, is_readable: bool
) -> None:
    path = tmp_path / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    report = run([str(path)], Options(root=str(tmp_path)))
    if not is_readable:
        assert [notice.kind for notice in report.notices] == ["skipped" if name.startswith("x.") else "unreadable"]


@pytest.mark.parametrize("seed", range(30))
def test_mixed_fragments_raise_nothing(tmp_path: Path, seed: int) -> None:
    chance = random.Random(seed)
    pieces = [
        "services:\n", "  a:\n", "    image: ", "x:1\n", "jobs:\n", "    steps:\n", "      - run: |\n", "      - uses: a/b@v1\n", "on: push\n",
        "${{ github.event.x }}", "&a ", "*a", "<<: ", "- ", "[", "]", "{", "}", ", ", ": ", "\n", "\r\n", "  ", "\t", "'", '"', "#", "!t ",
        "|\n", ">-\n", "---\n", "FROM a AS b\n", "RUN ", "COPY --from=b ", "<<EOF\n", "EOF\n", "\\\n", "ENV A=", "$A", "${B:-", "`", "$(",
        " && ", "ARG X\n", "HEALTHCHECK ", "# infralint: ignore[", "# syntax=x\n", "A=1\n", "export ", "=", "é", "\u2028", "environment:\n",
    ]  # fmt: skip
    text = "".join(chance.choice(pieces) for _ in range(chance.randrange(5, 120)))
    for name in NAMES:
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8", newline="")
    run([str(tmp_path)], Options(root=str(tmp_path), select="all"))


def test_a_file_that_is_all_faults_ends_soon_and_says_that_more_were_left_out(tmp_path: Path) -> None:
    path = tmp_path / "compose.yaml"
    path.write_text("".join(f"key{n}: {n}\n" for n in range(20_000)), encoding="utf-8")
    report = run([str(path)], Options(root=str(tmp_path)))
    assert sum(one.rule == "compose/unknown-key" for one in report.findings) == 1_000
    assert [notice.kind for notice in report.notices] == ["cut"]


def test_an_env_file_of_too_many_lines_is_told_as_unread(tmp_path: Path) -> None:
    path = tmp_path / ".env"
    path.write_text("".join(f"KEY{n}={n}\n" for n in range(25_000)), encoding="utf-8")
    report = run([str(path)], Options(root=str(tmp_path)))
    assert [(one.rule, one.line) for one in report.findings] == [("infralint/unreadable-file", 20_001)]
