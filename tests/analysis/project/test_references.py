"""What documents, filters, owners and updaters name and that is not there: and what only seems so."""

from __future__ import annotations

from pathlib import Path

import pytest

from infralint.engine.options import Options
from infralint.engine.run import run
from infralint.engine.suppressing import suppress

FILES = {
    "scripts/install.sh": "true\n",
    "Makefile": "build:\n\ttrue\n\n.PHONY: build\n",
    "package.json": '{"scripts": {"start": "node app.js"}}\n',
    "app.js": "1\n",
    "compose.yaml": "name: shop\nservices:\n  app:\n    image: shop:1.2\n",
    ".github/workflows/ci.yml": "on: push\npermissions: {}\njobs:\n  a: {runs-on: ubuntu-24.04, steps: [{run: make build}]}\n",
    ".gitignore": "/scripts/local.sh\nbuild/\n",
}
DOCUMENTED = "project/documented-"


def found(root: Path, files: dict[str, str], *names: str) -> list[tuple[str, str]]:
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, encoding="utf-8")
    report = run([str(root)], Options(root=str(root), select=["project"]))
    source = {path: (root / path).read_text("utf-8") for path in {one.path for one in report.findings}}
    return [
        (one.rule.partition("/")[2], source[one.path][one.place.start : one.place.end])
        for one in report.findings
        if any(one.rule.startswith(name) for name in names)
    ]


@pytest.mark.parametrize(
    ("text", "rule", "name"),
    [
        ("Run `scripts/setup.sh`.", "documented-script-missing", "scripts/setup.sh"),
        ("```sh\n$ ./scripts/setup.sh --all\n```", "documented-script-missing", "scripts/setup.sh"),
        ("```\nmake biuld\n```", "documented-make-target-missing", "biuld"),
        ("```console\n$ make build test\n```", "documented-make-target-missing", "test"),
        ("Then `npm run serve`.", "documented-npm-script-missing", "serve"),
        ("Then `docker compose logs -f web`.", "documented-service-missing", "web"),
        ("```sh\nsudo docker-compose up -d --build db\n```", "documented-service-missing", "db"),
        ("See `.github/workflows/deploy.yml`.", "documented-workflow-missing", ".github/workflows/deploy.yml"),
    ],
)
def test_what_is_missing_is_marked_exactly(tmp_path: Path, text: str, rule: str, name: str) -> None:
    assert found(tmp_path, {**FILES, "README.md": f"# Shop\n\n{text}\n"}, DOCUMENTED) == [(rule, name)]


@pytest.mark.parametrize(
    "text",
    [
        "Run `scripts/install.sh`, `install.sh` or `other/setup.sh`.",
        "Run `scripts/local.sh`, which git ignores.",
        "Create `scripts/setup.sh` with this content.",
        "`scripts/setup.sh` was removed in version 2.",
        "For example `scripts/your-setup.sh` or `scripts/<name>.sh`.",
        "```sh\ngit clone https://git.example.com/x && cd x\n./scripts/setup.sh\nmake test\n```",
        "```sh\ncurl -O https://example.com/setup.sh\nsh scripts/setup.sh\n```",
        "```sh\n./configure --prefix=/usr\nmake install\n```",
        "```python\nrun('scripts/setup.py')\n```",
        "```\nmake -C other test\nmake VERSION=1 test\n```",
        "Then `yarn run eslint` or `npm run start -- --watch`.",
        "Then `docker compose -f other.yaml logs web` and `docker compose up app`.",
        "You could use this `.github/workflows/deploy.yml`:",
        "https://example.com/scripts/setup.sh and ~/scripts/setup.sh and $HOME/scripts/setup.sh",
    ],
)
def test_what_only_seems_missing(tmp_path: Path, text: str) -> None:
    assert found(tmp_path, {**FILES, "README.md": f"# Shop\n\n{text}\n"}, DOCUMENTED) == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("Makefile", "include other.mk\nbuild:\n\ttrue\n"),
        ("Makefile", "%.o: %.c\n\ttrue\nbuild:\n\ttrue\n"),
        ("package.json", "{"),
        ("compose.yaml", "include: [other.yaml]\nservices:\n  app:\n    image: shop:1.2\n"),
    ],
)
def test_what_is_made_elsewhere_is_not_judged(tmp_path: Path, name: str, text: str) -> None:
    line = "`make test`, `npm run serve`, `docker compose logs web`"
    rules = {"Makefile": "make", "package.json": "npm", "compose.yaml": "service"}
    assert found(tmp_path, {**FILES, name: text, "README.md": f"# Shop\n\n{line}\n"}, DOCUMENTED + rules[name]) == []


def filters(*patterns: str) -> dict[str, str]:
    listed = ", ".join(f'"{one}"' for one in patterns)
    text = f"on:\n  push:\n    paths: [{listed}]\njobs:\n  a: {{runs-on: ubuntu-24.04, steps: [{{run: make build}}]}}\n"
    return {".github/workflows/ci.yml": text}


def test_filters_that_match_nothing(tmp_path: Path) -> None:
    used = filters(
        "lib/**", "**/*.rb", "scripts", "**.js", "*.json", "scripts/*", "!lib/**", "lib/[ab]*", "**", ".github/**"
    )
    assert found(tmp_path, {**FILES, **used}, "project/path-filter") == [
        ("path-filter-without-match", "lib/**"),
        ("path-filter-without-match", "scripts"),
    ]


def test_owners_of_nothing(tmp_path: Path) -> None:
    owners = "# all\n* @a\n/lib/ @a\nlib @a\nscripts/ @a\n*.js @a\n/app.js @a\n[Section]\n/docs/* @a\n"
    assert found(tmp_path, {**FILES, ".github/CODEOWNERS": owners}, "project/owner") == [
        ("owner-pattern-without-match", "/lib/"),
        ("owner-pattern-without-match", "lib"),
        ("owner-pattern-without-match", "/docs/*"),
    ]


def test_a_copy_of_the_configuration_alone_lacks_nothing(tmp_path: Path) -> None:
    only = {**filters("lib/**"), ".github/CODEOWNERS": "/lib/ @a\n", "README.md": "# Shop\n\nRun `scripts/setup.sh`.\n"}
    updates = "version: 2\nupdates:\n  - {package-ecosystem: npm, directory: /web, schedule: {interval: weekly}}\n"
    absent = ("project/path", "project/owner", "project/updated", DOCUMENTED)
    assert found(tmp_path, {**only, ".github/dependabot.yml": updates}, *absent) == []


def test_findings_in_documents_and_owners_are_suppressed_and_excluded(tmp_path: Path) -> None:
    owners = "# infralint: ignore[owner-pattern-without-match] comes with version 2\n/lib/ @a\n"
    text = "# Shop\n\n<!-- infralint: ignore[documented-script-missing] made on install -->\nRun `scripts/setup.sh`.\n"
    silent = {**FILES, "CODEOWNERS": owners, "README.md": text}
    assert found(tmp_path, silent, "project/owner", DOCUMENTED) == []
    loud = {**silent, "README.md": "# Shop\n\nRun `scripts/setup.sh`.\n", "CODEOWNERS": "/lib/ @a\n"}
    assert len(found(tmp_path, loud, "project/owner", DOCUMENTED)) == 2
    settings = {"infralint.toml": 'exclude = ["README.md", "CODEOWNERS"]\n'}
    assert found(tmp_path, {**loud, **settings}, "project/owner", DOCUMENTED) == []


def test_the_suppress_command_writes_comments_of_the_markup(tmp_path: Path) -> None:
    text = "# Shop\n\nRun `scripts/setup.sh`.\n\n```sh\nscripts/other.sh\n```\n"
    assert len(found(tmp_path, {**FILES, "README.md": text}, DOCUMENTED)) == 2
    options = Options(root=str(tmp_path), select=["documented-script-missing"])
    done = suppress([str(tmp_path)], options, lambda finding: True, "later", whole=False)
    written = done.changes.changed["README.md"].text
    assert written == (
        "# Shop\n\n<!-- infralint: ignore[documented-script-missing] later -->\nRun `scripts/setup.sh`.\n\n```sh\n"
        "# infralint: ignore[documented-script-missing] later\nscripts/other.sh\n```\n"
    )
