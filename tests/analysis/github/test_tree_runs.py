"""Commands that run files of the working tree, and those that only look like it."""

from __future__ import annotations

import pytest

from infralint.analysis.github.tree_runs import takes_from, tree_runs
from tests.analysis.github.github_documents import steps

RUNS = [
    'for t in tests/*.sh; do bash "$t"; done',
    "node --test",
    "uvx --from . tool",
    "if true; then make; fi",
    "sudo -E make",
    "bash -c 'make test'",
    "nice make",
    "python -m pytest",
    "mvn -B verify",
    "cmake -S . -B build",
    "docker buildx build .",
    "nx run-many -t test",
    "turbo run build",
    "lerna run test",
    "deno task x",
    "mkdocs build",
    "sphinx-build -b html docs out",
    "bundle exec jekyll build",
    "cdk synth",
    "pulumi preview",
    "terragrunt plan",
    "tofu plan",
    "nix-shell --run make",
    "nix build",
    "mise run test",
    "Rscript -e 'devtools::test()'",
    "julia --project -e 'using Pkg; Pkg.test()'",
    "pwsh ./x.ps1",
    "uvx --from . tool",
    "autoreconf -i",
    "bats tests",
    "checkov -d .",
    "earthly +test",
    "invoke test",
    "moon run :test",
    "poe test",
    "rubocop",
    "shellspec",
    "xvfb-run -a npm test",
    "npm --prefix sub ci",
    "./gradlew build",
    ". ./env.sh",
    "source scripts/x.sh",
    "npx eslint .",
    '"$GITHUB_WORKSPACE/build.sh"',
    "${{ github.workspace }}/build.sh",
    "python3.12 setup.py install",
    "pip install -r requirements.txt",
    "uv pip install -e .",
    "pip install ./sub",
    "go test ./...",
    "cargo clippy",
    "find . -name '*.sh' -exec bash {} \\;",
    "ls *.sh | xargs bash",
    'docker run --rm -v "$PWD":/w -w /w img make test',
    "docker compose up -d",
    'eval "make"',
    '"$HOME/.local/bin/poetry" install',
    "node scripts/x.js",
    "bash < x.sh",
    "cd sub && npm run x",
    "conda run -n a pytest",
    "npm i",
    "yarn",
    "pnpm install --ignore-scripts",
    "go generate",
    "composer install",
    "dotnet test",
    "terraform init",
    "tox -e py",
    "pipenv run pytest",
]
RUNS_NOTHING = [
    "uvx zizmor .",
    'for t in /opt/*.sh; do bash "$t"; done',
    'for t in tests/*.sh; do cat "$t"; done',
    "cat README.md",
    "curl -d @x https://a.example",
    "git log",
    "jq . x.json",
    "npm --version",
    "npm config set x y",
    "npm ci --ignore-scripts",
    "npm install -g cowsay",
    "make --version",
    "python -c 'print(1)'",
    "python -m json.tool x.json",
    "python -m venv v",
    "node -p \"require('./package.json').version\"",
    "/usr/local/bin/x.sh",
    "/opt/x.sh",
    "bash -c 'echo hi'",
    "pip install requests",
    "pip install --upgrade pip",
    "go version",
    "go install example.com/x@v1",
    "cargo --version",
    "docker pull x",
    "docker run img make",
    "docker compose logs",
    "echo make",
    "ls scripts/x.sh",
    "grep -r make .",
    "cp scripts/x.sh /tmp",
    "sed -i s/a/b/ f",
    "awk '{print}' f",
    "ruff check .",
    "gh pr view 1",
    "terraform fmt -check",
    "nix run nixpkgs#jq",
    "uvx ruff check",
    "find . -name x -delete",
    "tar xf a.tar",
    "chmod +x run.sh",
    "rm -rf build/x",
    "test -f ./x",
    "cd /opt && bash x.sh",
    "python /opt/x.py",
    "$TOOL run",
    'bash "$RUNNER_TEMP/x.sh"',
]


def runs(script: str, folder: str = "", extra: str = "") -> bool:
    step = steps(f"- run: |\n    {script}\n{extra}").steps[0]
    return any(takes_from(run, folder) for run in tree_runs(step))


@pytest.mark.parametrize("script", RUNS)
def test_a_command_that_runs_the_tree(script: str) -> None:
    assert runs(script)


@pytest.mark.parametrize("script", RUNS_NOTHING)
def test_a_command_that_runs_nothing_of_the_tree(script: str) -> None:
    assert not runs(script)


@pytest.mark.parametrize(
    ("script", "expected"),
    [
        ("make", False),
        ("cd head && make", True),
        ("cd other && make", False),
        ("make -C head", True),
        ("bash head/x.sh", True),
        ("./head/x.sh", True),
        ("npm --prefix head ci", True),
        ("pip install ./head", True),
        ("docker build head", True),
        ('cd "$GITHUB_WORKSPACE/head" && pytest', True),
        ("pytest headless", False),
    ],
)
def test_the_folder_that_a_command_takes_it_from(script: str, expected: bool) -> None:
    assert runs(script, "head") is expected


def test_the_working_directory_counts() -> None:
    assert runs("make", "head", "  working-directory: ./head/sub\n")
    assert runs("make", "head", "  working-directory: ${{ github.workspace }}/head\n")
    assert not runs("make", "", "  working-directory: /opt/x\n")
    assert runs("../head/x.sh", "head", "  working-directory: other\n")


def test_commands_given_to_an_action_count() -> None:
    step = steps("- uses: nick-fields/retry@v3\n  with: {command: make test, max_attempts: 2}\n").steps[0]
    assert tree_runs(step)


def test_scripts_of_other_shells_are_read_by_their_lines() -> None:
    assert runs("./build.ps1", "", "  shell: pwsh\n")
    assert not runs("Get-Content x.json", "", "  shell: pwsh\n")
