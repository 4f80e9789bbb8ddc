"""Which commands install what a project lists and read no more than its manifests."""

from __future__ import annotations

import pytest

from infralint.tables.manifests import manifests_read, needs_source


@pytest.mark.parametrize(
    ("line", "first"),
    [
        ("npm ci --omit=dev", "package.json"), ("npm install", "package.json"), ("npm install express", None),
        ("npm install -g", None), ("npm --prefix web ci", None), ("npm run build", None), ("yarn", "package.json"),
        ("yarn install --frozen-lockfile", "package.json"), ("yarn build", None), ("pnpm i", "package.json"),
        ("go mod download", "go.mod"), ("go mod download -x", "go.mod"), ("go build ./...", None), ("bundle", "Gemfile"),
        ("bundle exec rake", None), ("composer install --no-dev", "composer.json"), ("composer install -d sub", None),
        ("poetry install", None), ("poetry install --no-root", "pyproject.toml"), ("uv sync --frozen", None),
        ("uv sync --frozen --no-install-project", "pyproject.toml"),
        ("pip install -r requirements.txt", "requirements.txt"), ("pip3.13 install --requirement=./a.txt", "a.txt"),
        ("pip install -r a.txt .", None), ("pip install -e .", None), ("pip install -r a.txt -c /c.txt", None),
        ("pip install -r https://x/a.txt", None), ("pip install flask", None), ("pip list", None), ("pipx install a", None),
    ],
)  # fmt: skip
def test_installations_of_what_is_listed(line: str, first: str | None) -> None:
    name, *words = line.split()
    assert next(iter(manifests_read(name, words)), None) == first


@pytest.mark.parametrize(
    ("file", "text", "needs"),
    [
        ("package.json", '{"scripts": {"build": "x"}}', False), ("package.json", '{"scripts": {"prepare": "x"}}', True),
        ("package.json", '{"dependencies": {"a": "file:../a"}}', True), ("package-lock.json", '{"a": "file:../a"}', False),
        ("go.mod", "replace a => ./a\n", True), ("go.mod", "replace a => b v1\n", False), ("go.sum", "=> ./", False),
        ("requirements.txt", "flask==3\n", False), ("requirements.txt", "flask\n-e .\n", True), ("a/dev.txt", "-r b.txt", True),
    ],
)  # fmt: skip
def test_manifests_that_lead_to_more_of_the_project(file: str, text: str, needs: bool) -> None:
    assert needs_source(file, text) is needs
