"""Readers on damaged texts: none may raise, and none may take long.

Usage: python bench/fuzz.py [--count N] [--seconds S] [--only WORD | --parsers] [--seed N] [--keep]

Takes the examples of the rules and the fixtures, most of them in the reader's own format, damages them in ways that fit it (lines
moved, doubled, nested, cut, tokens of the format thrown in, characters changed) and hands them to each reader, and to the whole
program as a file of each kind. A text that raises, or that takes more than BUDGET seconds of processor time, is made as short as it can be and, with
`--keep`, written to `fixtures/fuzz`, which the tests replay. Prints how many texts each reader was given.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import re
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.engine.watch import OverTime, within
from infralint.policy import rule_file
from infralint.policy.parse import parse as parse_rule
from infralint.policy.template import ExpressionError
from infralint.syntax import (
    dockerfile,
    dotenv,
    expression,
    groovy,
    groovy_tree,
    interpolation,
    javascript,
    jsonc,
    markup,
    shell,
    toml,
    yaml,
)
from infralint.tables.secret_find import find
from infralint.text.source import Source, text_at

HERE = Path(__file__).resolve().parent
KEPT = HERE.parent / "fixtures" / "fuzz"
BUDGET = 2.0
LONGEST = 4_000
Work = Callable[[str], object]
TOKENS = {
    "yaml": ["- ", ": ", "? ", "&a ", "*a", "<<: *a", "|\n", ">-\n", "!!str ", "{", "}", "[", "]", "'", '"', "#", "---\n", "...\n", "\t", "%YAML 1.2\n", "  "],
    "dockerfile": ["FROM ", "RUN ", "<<EOF\n", "EOF\n", "\\\n", "# escape=`\n", "`\n", "ARG ", "ENV A=", "COPY --from=", "[", '"', "ONBUILD ", "HEALTHCHECK CMD ", "${A:-", "}"],
    "shell": ["$(", ")", "`", "'", '"', "\\\n", "<<E\n", "E\n", "&&", "||", ";", "|", "{", "}", "${A:-", "((", "))", "case x in", "esac", "for a in", "do", "done", ">", "#"],
    "dotenv": ["=", "'", '"', "`", "#", "export ", "${", "}", "\\n", "\n", ":", "\r\n", "\t"],
    "toml": ["[", "]", "[[", "]]", "{", "}", " = ", ".", ",", '"', "'", '"""', "'''", "#", "\n", "\\", "\\u00", "a.b", "1_0", "true"],
    "json": ["{", "}", "[", "]", ":", ",", '"', "//", "/*", "*/", "\\", "\\u00", "null", "1e9", '"Effect": "Allow"', '"Type": "AWS::IAM::Role"'],
    "groovy": ["pipeline {", "}", "(", ")", "[", "]", "'", '"', "'''", '"""', "${", "$", "/", "$/", "/$", "//", "/*", "*/", "\\", "->", ": ", ",", "sh '", "@Library('x') _"],
    "markup": ["# ", "```", "~~~", "`", "[x](", "](", ")", "<!--", "-->", "---\n", "===\n", "...\n", ".. code::\n", "::\n", "----\n", "== ", "> ", "* ", "    ", "|"],
    "expression": ["${{", "}}", "(", ")", "[", "]", ".", "*", "'", "&&", "||", "!", "==", "<", "fromJSON(", "format(", ",", "0x1", "1e9", "''"],
    "interpolation": ["$", "${", "}", ":-", "-", ":?", "?", ":+", "+", "$$", "\\", "#", "%", "/", "'"],
    "javascript": ["'", '"', "`", "${", "}", "/*", "*/", "//", "(", ")", "=>", "function", "{", "\\", "await "],
    "secrets": ["password=", "token: ", "ghp_", "eyJ", "-----BEGIN PRIVATE KEY-----\n", "curl -u a:", "://", "@", "&", '"kty":', "$6$", "--password ", "kind: Secret\n", "\\n"],
    "rules": [" and ", " or ", "not ", "any(", "all(", " for x in ", "None", "UNKNOWN", ".", "(", ")", "[", "]", "'", "==", "lambda: ", "__class__", "<"],
}  # fmt: skip


def whole(path: str) -> Work:
    """The program over one file of a name."""

    def work(text: str) -> object:
        with tempfile.TemporaryDirectory(prefix="infralint-fuzz-") as root:
            place = Path(root, path)
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8", errors="surrogatepass")
            report = run([root], Options(root=root, select="all"))
        faults = [one.message for one in report.notices if "a fault of infralint" in one.message]
        if faults:
            raise AssertionError(faults[0])
        return report

    return work


def parsers() -> dict[str, tuple[str, Work]]:
    """Each reader of a format, with the word of the tokens and seeds that suit it."""

    def at(text: str) -> Source:
        return Source("x", text)

    return {
        "yaml": ("yaml", lambda text: yaml.parse(at(text), merge=True)),
        "dockerfile": ("dockerfile", lambda text: dockerfile.parse(at(text))),
        "shell": ("shell", lambda text: shell.read_shell(text_at(at(text), 0, len(text)))),
        "dotenv": ("dotenv", lambda text: dotenv.parse(at(text))),
        "toml": ("toml", lambda text: toml.parse(at(text))),
        "jsonc": ("json", lambda text: jsonc.parse(at(text))),
        "groovy": ("groovy", lambda text: list(groovy_tree.Tree(groovy.tokenize(at(text))).walk())),
        "expression": ("expression", lambda text: expression.find(text_at(at(text), 0, len(text)))),
        "interpolation": ("interpolation", lambda text: [interpolation.expand(text, lambda name: "x", form) for form in ("docker", "compose")]),
        "javascript": ("javascript", lambda text: (javascript.without_strings(text), javascript.without_comments(text))),
        "markup": ("markup", lambda text: [markup.outline(Source(f"x.{form}", text)) for form in ("md", "rst", "adoc")]),
        "secrets": ("secrets", find),
        "rules": ("rules", rule_reader),
    }  # fmt: skip


WHOLE = {
    "Dockerfile": ("Dockerfile", "dockerfile"),
    "compose": ("compose.yaml", "yaml"),
    "workflow": (".github/workflows/ci.yml", "yaml"),
    "action": ("action.yml", "yaml"),
    "dependabot": (".github/dependabot.yml", "yaml"),
    "env": (".env", "dotenv"),
    "gitlab": (".gitlab-ci.yml", "yaml"),
    "Jenkinsfile": ("Jenkinsfile", "groovy"),
    "circleci": (".circleci/config.yml", "yaml"),
    "azure": ("azure-pipelines.yml", "yaml"),
    "bitbucket": ("bitbucket-pipelines.yml", "yaml"),
    "buildkite": (".buildkite/pipeline.yml", "yaml"),
    "drone": (".drone.yml", "yaml"),
    "woodpecker": (".woodpecker.yml", "yaml"),
    "tekton": (".tekton/run.yaml", "yaml"),
    "argo": ("argo/workflow.yaml", "yaml"),
    "cloudbuild": ("cloudbuild.yaml", "yaml"),
    "buildspec": ("buildspec.yml", "yaml"),
    "travis": (".travis.yml", "yaml"),
    "fly": ("fly.toml", "toml"),
    "netlify": ("netlify.toml", "toml"),
    "vercel": ("vercel.json", "json"),
    "railway": ("railway.toml", "toml"),
    "heroku": ("heroku.yml", "yaml"),
    "app": ("app.json", "json"),
    "task": ("ecs/task-definition.json", "json"),
    "wrangler": ("wrangler.toml", "toml"),
    "serverless": ("serverless.yml", "yaml"),
    "headers": ("public/_headers", "markup"),
    "redirects": ("public/_redirects", "markup"),
    "render": ("render.yaml", "yaml"),
    "cloudformation": ("template.yaml", "yaml"),
    "iam": ("policy.json", "json"),
    "devcontainer": (".devcontainer/devcontainer.json", "json"),
    "Procfile": ("Procfile", "shell"),
    "Vagrantfile": ("Vagrantfile", "shell"),
    "README": ("README.md", "markup"),
    "CODEOWNERS": ("CODEOWNERS", "markup"),
}
"""Kinds of files that the whole program is run over: the path of one, and the word of its format."""


def readers() -> dict[str, tuple[str, Work]]:
    """Each reader of a format, and the program over a file of each kind."""
    return {**parsers(), **{name: (word, whole(path)) for name, (path, word) in WHOLE.items()}}


def rule_reader(text: str) -> object:
    """A rule's expression and a rule's file; what is no rule is refused with an error of its own."""
    for read in (parse_rule, lambda one: rule_file.read("local/x", "x.md", one)):
        try:
            read(text)
        except (rule_file.RuleError, ExpressionError):
            continue
    return None


FENCES = {
    "bash": "shell",
    "procfile": "shell",
    "ruby": "shell",
    "makefile": "shell",
    "js": "javascript",
    "markdown": "markup",
}
SUFFIXES = {
    ".yml": "yaml",
    ".yaml": "yaml",
    ".toml": "toml",
    ".json": "json",
    ".sh": "shell",
    ".md": "markup",
    ".rst": "markup",
    "env": (".env", "dotenv"),
}
FOREIGN = 4
"""For so many seeds in the reader's own format one in another."""


def seeds() -> dict[str, list[str]]:
    """By word of a format: examples of the rules and fixtures to begin with."""
    root = HERE.parent
    texts: dict[str, list[str]] = {word: [] for word in TOKENS}
    for path in sorted(root.glob("rules/*/*.md")):
        rule = path.read_text("utf-8")
        for match in re.finditer(r"```(\w+) \w+[^\n]*\n(.*?)```", rule, re.S):
            texts.setdefault(FENCES.get(match[1], match[1]), []).append(match[2])
        texts["rules"] += [
            line.partition(": ")[2] for line in rule.splitlines() if re.match(r"(?:if|when|each): ", line)
        ]
    for path in sorted(root.glob("fixtures/projects/**/*")):
        if path.is_file() and path.suffix != ".sarif":
            name = "dockerfile" if "Dockerfile" in path.name else SUFFIXES.get(path.suffix, "text")
            texts.setdefault(name, []).append(path.read_text("utf-8", "replace")[:LONGEST])
    scripts = [found for one in texts["yaml"] for found in re.findall(r"run: \|\n((?: +.*\n)+)", one)]
    texts["shell"] += scripts
    texts["expression"] += [found for one in texts["yaml"] for found in re.findall(r"\$\{\{.*?\}\}", one)]
    texts["interpolation"] += [found for one in texts["yaml"] for found in re.findall(r"\S*\$\{\w.*?\}\S*", one)]
    texts["javascript"] += [found for one in texts["yaml"] for found in re.findall(r"script: \|\n((?: +.*\n)+)", one)]
    texts["secrets"] += [*texts["dotenv"], *texts.get("text", ())]
    return {word: [text for text in found if text.strip()] for word, found in texts.items()}


def suited(texts: dict[str, list[str]], word: str) -> list[str]:
    """Seeds for the readers of a format: its own, and some of every other."""
    own = texts[word]
    others = [text for name, found in texts.items() if name != word for text in found]
    wanted = max(len(own) // FOREIGN, 1)
    return own + others[:: max(len(others) // wanted, 1)][:wanted]


def damaged(texts: list[str], tokens: list[str], chance: random.Random) -> str:
    """A text with a few changes."""
    text = chance.choice(texts)
    for _ in range(chance.choice((1, 1, 2, 3, 5, 8))):
        lines = text.split("\n")
        at = chance.randrange(len(lines))
        where = chance.randrange(len(text) + 1)
        way = chance.randrange(10)
        if way == 0:
            lines[at:at] = [lines[chance.randrange(len(lines))]] * chance.choice((1, 2, 30))
        elif way == 1:
            del lines[at : at + chance.choice((1, 3))]
        elif way == 2:
            lines[at] = " " * chance.randrange(9) + lines[at]
        elif way == 3:
            other = chance.choice(texts).split("\n")
            lines[at:at] = other[chance.randrange(len(other)) :][:6]
        if way < 4:
            text = "\n".join(lines)
        elif way < 7:
            text = text[:where] + chance.choice(tokens) * chance.choice((1, 1, 2, 40)) + text[where:]
        elif way == 7:
            text = text[:where]
        elif way == 8:
            text = (
                text[:where] + chance.choice("\x00\x01\r\t\u2028\ufeff\ud800\u00e9\U0001f600\x85 ") + text[where + 1 :]
            )
        else:
            end = min(len(text), where + chance.randrange(1, 40))
            text = text[:where] + text[where:end] * chance.choice((0, 2, 60)) + text[end:]
        text = text[:LONGEST] or "x"
    return text


def fault(work: Work, text: str) -> str:
    """What goes wrong with a text; "" for nothing."""
    try:
        with within(BUDGET):
            work(text)
    except OverTime:
        return f"takes more than {BUDGET:g} s"
    except RecursionError:
        return "RecursionError"
    except Exception as error:  # noqa: BLE001 - any exception is what is looked for
        return f"{type(error).__name__}: {str(error)[:200]}"
    return ""


def shortened(work: Work, text: str) -> str:
    """The text without what is not needed for its fault."""
    kind = fault(work, text).partition(":")[0]
    size = max(len(text) // 2, 1)
    until = time.monotonic() + 60
    while size and time.monotonic() < until:
        at = 0
        while at < len(text) and time.monotonic() < until:
            shorter = text[:at] + text[at + size :]
            if shorter and fault(work, shorter).partition(":")[0] == kind:
                text = shorter
            else:
                at += size
        size //= 2
    return text


def replayed() -> Iterator[tuple[str, str, str]]:
    """(reader, file name, fault) of every kept text; the file's name begins with the reader's."""
    works = readers()
    for path in sorted(KEPT.glob("*.txt")):
        name = path.name.partition("-")[0]
        text = path.read_bytes().decode("utf-8", "surrogatepass")
        yield name, path.name, fault(works[name][1], text)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=2_000, help="texts for each reader")
    parser.add_argument("--seconds", type=float, default=0, help="seconds for each reader at most; 0 for no limit")
    parser.add_argument("--only", default="", help="readers whose name holds this word")
    parser.add_argument(
        "--parsers", action="store_true", help="the readers of formats alone, not the program over files"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", action="store_true", help="write what fails to fixtures/fuzz")
    options = parser.parse_args()
    texts = seeds()
    failures = 0
    for name, (word, work) in (parsers() if options.parsers else readers()).items():
        if options.only not in name:
            continue
        own = suited(texts, word)
        fault(work, own[0])  # what is loaded once is not charged to a text
        chance = random.Random(f"{name} {options.seed}")
        until = time.monotonic() + options.seconds if options.seconds else float("inf")
        met: dict[str, str] = {}
        given = 0
        while given < options.count and time.monotonic() < until:
            text = damaged(own, TOKENS[word], chance)
            said = fault(work, text)
            given += 1
            if said and said.partition(":")[0] + said[-40:] not in met:
                met[said.partition(":")[0] + said[-40:]] = said
                text = shortened(work, text)
                print(f"  {name}: {said}\n    {text[:200]!r}", flush=True)
                if options.keep:
                    KEPT.mkdir(exist_ok=True)
                    data = text.encode("utf-8", "surrogatepass")
                    (KEPT / f"{name}-{hashlib.sha256(data).hexdigest()[:10]}.txt").write_bytes(data)
        failures += len(met)
        print(f"{name:16}{given:9,} texts, {len(met)} failures", flush=True)
    return int(failures > 0)


if __name__ == "__main__":
    sys.exit(main())
