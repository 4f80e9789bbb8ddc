"""Programs that run what lies in the working tree: build tools, package managers, test runners, linters with plugins.

As of 2026-11, from the programs' own documentation and the public list "Living Off the Pipeline"
(https://boostsecurityio.github.io/lotp/). A program that is not here runs nothing of the tree, as far as is known.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

from functools import cache

_ALWAYS = """
make gmake bmake nmake remake ninja samu meson scons waf bazel bazelisk buck buck2 pants plz tup just task go-task mage rake
invoke inv fab doit duty poe nox tox ant mvn mvnd mvnw gradle gradlew sbt mill lein boot clj clojure bb jbang msbuild
xcodebuild xcodegen tuist fastlane pod carthage mint ctest cpack autoreconf autoconf automake autogen.sh aclocal autopoint
configure libtoolize earthly dagger skaffold tilt garden werf devbox devenv devcontainer nix-build nix-shell nix-instantiate
xmake premake5 qmake bjam b2 conan vcpkg cmake dune esy zig nimble shards cabal stack hpack runghc runhaskell mix rebar3 busted
raco gleam opam luarocks prove dzil dart flutter swift crystal haxe
grunt gulp webpack webpack-cli vite vitest jest mocha ava karma cypress playwright wdio testcafe nightwatch protractor eslint
stylelint prettier xo rollup parcel next nuxt nuxi gatsby astro remix ng nx turbo lerna rush rushx moon lage ember
vue-cli-service expo eas react-native storybook sb start-storybook build-storybook docusaurus vuepress vitepress eleventy hexo
semantic-release commitlint lint-staged husky changeset release-it markdownlint-cli2 textlint cspell danger tsup babel
c8 nyc size-limit lhci knip depcheck typedoc wrangler sls serverless cdk cdktf sst netlify vercel hardhat truffle
forge anchor newman artillery k6 yarn yarnpkg gauge
pytest py.test pytest-3 mypy dmypy pylint flake8 pylama pyre pytype sphinx-build sphinx-autobuild mkdocs pelican nikola behave robot
locust django-admin snakemake meltano dbt papermill molecule pre-commit prek cibuildwheel maturin pyinstaller
poetry pdm hatch flit rye pixi pip-compile check-manifest pyproject-build tbump bump2version bump-my-version
bundle bundler rspec rubocop standardrb jekyll cucumber rails overcommit kitchen cookstyle
phpunit pest phpstan psalm rector php-cs-fixer phpcs behat codecept phing infection deptrac
cross trunk wasm-pack goreleaser ginkgo gotestsum golangci-lint gomplate ko wails
terragrunt pulumi packer vagrant helmfile ansible-playbook ansible-lint checkov tflint act
pack s2i bats shellspec venom cram prysk foreman honcho overmind
"""

ALWAYS = frozenset(_ALWAYS.split())
"""Programs whose project file, configuration or plugins in the tree are code, whatever they are asked to do."""

_SUBCOMMANDS = {
    "ansible": "",
    "buildah": "build bud build-using-dockerfile",
    "buf": "generate",
    "bun": "install i add run test x ci build update remove link pm create",
    "cargo": "!search login logout owner yank help version init new",
    "composer": "!config diagnose about search show validate licenses outdated audit clear-cache self-update help init",
    "conda": "env",
    "corepack": "yarn yarnpkg pnpm npm",
    "coverage": "run",
    "deno": "run task test bench compile eval serve x",
    "dotnet": "build test run restore publish pack format msbuild watch clean vstest fsi script cake nuke",
    "dvc": "repro exp",
    "firebase": "deploy emulators:exec emulators:start hosting:channel:deploy",
    "gcloud": "builds",
    "gem": "build",
    "go": "build test run generate vet install tool",
    "guix": "build shell environment",
    "jupyter": "execute nbconvert",
    "mamba": "env",
    "mise": "run r exec x install i use test en env activate tasks watch",
    "nix": "build develop shell run flake eval check print-dev-env bundle",
    "npm": "!config c set get login logout adduser whoami view info show v search token profile owner dist-tag access bin root prefix "
    "explain why fund doctor ping help ls list outdated audit cache star stars team org hook deprecate unpublish init sbom query",
    "npx": "!",
    "bunx": "!",
    "pnpx": "!",
    "pipenv": "install run sync update lock shell",
    "pipx": "install",
    "pnpm": "!config c whoami login logout view info search help why ls list outdated audit store env root bin",
    "puppet": "apply",
    "rtx": "run r exec x install i",
    "sam": "build deploy local package sync",
    "terraform": "init plan apply destroy validate test import refresh console output show state",
    "tofu": "init plan apply destroy validate test import refresh console output show state",
    "uv": "run sync build lock add remove publish",
    "R": "!",
    "Rscript": "!",
}


@cache
def subcommands_of(program: str) -> tuple[bool, frozenset[str]] | None:
    """The subcommands by which a program runs the tree: False and those, True and all others; None for other programs."""
    words = _SUBCOMMANDS.get(program)
    if words is None:
        return None
    return words.startswith("!"), frozenset(words.lstrip("!").split())


CONTAINER_BUILDS = (
    ("build",), ("buildx", "build"), ("buildx", "bake"), ("builder", "build"), ("image", "build"), ("bake",),
    ("compose", "up"), ("compose", "build"), ("compose", "run"), ("compose", "create"), ("compose", "watch"),
)  # fmt: skip
"""What docker, podman, nerdctl and buildah are asked for when they run a Dockerfile or a compose file of the tree."""

CONTAINERS = frozenset(("docker", "podman", "nerdctl"))
COMPOSE = frozenset(("docker-compose", "podman-compose"))


INTERPRETERS = frozenset(
    """sh bash dash zsh ksh ash fish source . python python2 python3 pypy pypy3 node nodejs ruby perl php pwsh powershell lua luajit
    julia groovy tclsh expect osascript ts-node tsx esno babel-node elixir escript scala kotlin swift racket guile sbcl clisp gosu
    awk gawk sed gsed bb nu xonsh""".split()
)
"""Programs whose first operand is a script."""

SCRIPT_FLAGS = {"awk": ("-f", "--file"), "gawk": ("-f", "--file"), "sed": ("-f", "--file"), "gsed": ("-f", "--file")}
"""Where given, the script is the value of a flag and no operand."""

INLINE_FLAGS = frozenset(("-c", "-e", "-p", "--eval", "--print", "-pe", "-ne", "-command", "-Command", "-r", "-n"))
"""Flags whose value is the code itself."""

VALUED_FLAGS = frozenset(
    ("-W", "-X", "-o", "--init-file", "--rcfile", "-ExecutionPolicy", "-ep", "-I", "--require", "--import")
)
"""Flags of interpreters whose value is no script."""

_HARMLESS_MODULES = frozenset(
    """json.tool venv virtualenv ensurepip http.server timeit zipfile tarfile base64 site sysconfig platform calendar this pydoc
    compileall py_compile ruff black isort twine bandit pip_audit awscli yamllint""".split()
)


def runs_module(module: str) -> bool:
    """Whether `python -m MODULE` runs what lies in the tree; a module of the tree itself is one that is not known here."""
    return module not in _HARMLESS_MODULES


RUNNERS = frozenset(
    """xvfb-run strace ltrace valgrind setsid stdbuf unbuffer flock parallel dbus-run-session op doppler aws-vault chamber dotenv
    infisical conda micromamba mamba direnv firejail script su runuser taskset chrt numactl catchsegv gdb perf hyperfine watch
    eval find docker podman docker-compose lxc vagrant nix nix-shell retry travis_retry wait-for-it concurrently cross-env
    start-server-and-test env-cmd sops teller envconsul uvx pipx uv nerdctl""".split()
)
"""Programs that start the one that stands among their arguments."""

TREE_CODE = (
    r"\bPkg\.|devtools::|rcmdcheck::|testthat::|renv::|pkgdown::|rmarkdown::|targets::|load_all|\bsource\(|\binclude\(|"
    r"\brequire\(\s*[`'\"]\.{1,2}/(?![\w./-]*\.json)|\bimport\(\s*[`'\"]\.{1,2}/|\bexecfile\(|\brunpy\.|\bload\s*[\"']\./|"
    r"\bexec\(\s*open\(|\bfrom\s+\.\w*\s+import\b|(?:^|[\s;&|])\.{1,2}[/\\]\w"
)
"""What inline code of an interpreter says when it loads files of the tree."""
