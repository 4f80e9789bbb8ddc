"""Which files a package manager reads when it installs what a project lists, and nothing else of the project.

From the manuals of npm, yarn, pnpm, pip, Go, Bundler, Composer, Pipenv, Poetry and uv (read 2026-11).
"""

from __future__ import annotations

from collections.abc import Sequence

_READ = {
    "npm": ("package.json", "package-lock.json", "npm-shrinkwrap.json", ".npmrc"),
    "yarn": ("package.json", "yarn.lock", ".yarnrc", ".yarnrc.yml"),
    "pnpm": ("package.json", "pnpm-lock.yaml", "pnpm-workspace.yaml", ".npmrc"),
    "go": ("go.mod", "go.sum"),
    "bundle": ("Gemfile", "Gemfile.lock"),
    "composer": ("composer.json", "composer.lock"),
    "pipenv": ("Pipfile", "Pipfile.lock"),
    "poetry": ("pyproject.toml", "poetry.lock"),
    "uv": ("pyproject.toml", "uv.lock"),
}
_VERBS = {
    "npm": ("install", "i", "ci", "clean-install"),
    "yarn": ("install", ""),
    "pnpm": ("install", "i"),
    "go": ("mod download",),
    "bundle": ("install", ""),
    "composer": ("install",),
    "pipenv": ("install", "sync"),
    "poetry": ("install",),
    "uv": ("sync",),
}
_ONLY_WITH = {"poetry": ("--no-root", "--only-main"), "uv": ("--no-install-project", "--no-install-workspace")}
"""Without one of these the project itself is installed too, from its source."""
_ELSEWHERE = (
    "-g",
    "--global",
    "--prefix",
    "--cwd",
    "-C",
    "-d",
    "--working-dir",
    "--project",
    "--directory",
    "-w",
    "--workspace",
)
_LISTS = ("-r", "--requirement")
_OWN_SOURCE = {
    "package.json": (
        '"workspaces"',
        '"file:',
        '"link:',
        '"workspace:',
        '"preinstall"',
        '"install":',
        '"postinstall"',
        '"prepare"',
    ),
    "go.mod": ("=> ./", "=> ../"),
    "Gemfile": ("path:", "gemspec"),
    "composer.json": ('"path"', '"scripts"'),
    "pyproject.toml": ("path =", "workspace ="),
    "Pipfile": ("path =",),
}
"""Words in a manifest that let the installation need more of the project than its manifests."""


def manifests_read(name: str, words: Sequence[str]) -> tuple[str, ...]:
    """The files that a command needs which only installs what they list, the main one first; nothing for any other."""
    if (name.startswith("pip") and name[3:].replace(".", "").isdigit()) or name == "pip":
        return _pip(words)
    if name not in _READ or any(word.partition("=")[0] in _ELSEWHERE for word in words):
        return ()
    plain = " ".join(word for word in words if not word.startswith("-"))
    if plain not in _VERBS[name]:
        return ()
    needed = _ONLY_WITH.get(name)
    return _READ[name] if needed is None or any(word in needed for word in words) else ()


def _pip(words: Sequence[str]) -> tuple[str, ...]:
    found: list[str] = []
    if "install" not in words[:1]:
        return ()
    at = 1
    while at < len(words):
        flag, equals, value = words[at].partition("=")
        at += 1
        if flag in (*_LISTS, "-c", "--constraint"):
            if not equals:
                value = words[at] if at < len(words) else ""
                at += 1
            found.append(value.removeprefix("./"))
        elif not flag.startswith("-"):
            return ()
    plain = all(name and not name.startswith(("/", "..")) and "$" not in name and "://" not in name for name in found)
    return tuple(found) if plain else ()


def needs_source(file: str, text: str) -> bool:
    """Whether what a manifest says may read more of the project than manifests when it is installed."""
    name = file.rpartition("/")[2]
    if name in _READ["npm"][1:] or name.endswith((".lock", ".sum")):
        return False
    words = _OWN_SOURCE.get(name)
    if words is not None:
        return any(word in text for word in words)
    lines = (line.strip() for line in text.splitlines())
    return any(line.startswith((".", "-e", "--editable", "file:", "-r", "-c", "/")) for line in lines)
