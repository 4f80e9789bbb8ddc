"""Commands of build scripts that weaken what they build: unlocked installs, insecure sources, text run as a script."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.element import Element, Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.model.shared.variable import Variable
from infralint.tables.secret_names import names_a_secret
from infralint.tables.supply_chain import INTEGRITY_VARIABLES
from infralint.text import regex as re
from infralint.text.source import Text

_SHELLS = ("sh", "bash", "zsh", "ksh", "dash", "ash")
_HTTP_OPTIONS = (
    "--index-url",
    "-i",
    "--extra-index-url",
    "--registry",
    "--source",
    "--repository-url",
    "-s",
    "--find-links",
    "-f",
)
_INSTALLERS = (
    "pip",
    "pip3",
    "npm",
    "yarn",
    "pnpm",
    "gem",
    "uv",
    "pipenv",
    "bundle",
    "nuget",
    "dotnet",
    "twine",
    "cargo",
)
_LOCKED = {
    "yarn": ("--frozen-lockfile", "--immutable", "--pure-lockfile"),
    "pnpm": ("--frozen-lockfile",),
    "bundle": ("--frozen", "--deployment"),
    "bun": ("--frozen-lockfile",),
}
_SELF = frozenset(
    ("pip", "setuptools", "wheel", "virtualenv", "pipenv", "poetry", "uv", "build", "twine", "tox", "nox")
)
_CLOUD_KEYS = frozenset(("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"))
_COMMIT = re.compile(r"@[0-9a-f]{40}\b")
_VARIABLE = re.compile(r"\$(?:\{(?P<braced>\w+)\}|(?P<bare>[A-Za-z_]\w*))")
_WHOLE = re.compile(r"\s*\$(?:\{?\w+\}?|\{\w+[:#%/^,][^}]*\})\s*")


def _words(command: Command) -> list[str]:
    return [str(word) if isinstance(word, str) else "?" for word in command.arguments]


def _options(command: Command) -> Iterator[tuple[Text, str, str]]:
    """The known words of a command, each as a name with the value behind `=` or in the next word; "" where none is known."""
    arguments = command.arguments
    for at, word in enumerate(arguments):
        if not isinstance(word, Unknown):
            name, equals, value = word.partition("=")
            following = arguments[at + 1] if at + 1 < len(arguments) else None
            yield word, name, value if equals else following if isinstance(following, str) else ""


@fact_of(Command)
def evaluated_variable(command: Command) -> Text | None:
    """The word of an `eval`, or of a shell's `-c`, that runs the content of a variable as a script; None where none does."""
    if command.name == "eval":
        candidates = command.shell.argv[command.resolved_program[1] + 1 :]
    elif isinstance(command.name, str) and command.name in _SHELLS:
        argv = command.shell.argv[command.resolved_program[1] + 1 :]
        at = next((n for n, word in enumerate(argv) if re.fullmatch(r"-[a-z]*c", str(word.raw))), None)
        candidates = argv[at + 1 : at + 2] if at is not None else []
    else:
        return None
    for word in candidates:
        written = str(word.raw)
        if written.startswith("'") or "$" not in written.replace("$(", "").replace("\\$", ""):
            continue
        if command.name != "eval" and _WHOLE.fullmatch(written.strip('"')) is None:
            continue
        return word.raw
    return None


@fact_of(Command)
def insecure_source(command: Command) -> Text | None:
    """The word that makes a package manager take packages over plain HTTP or from a host whose certificate is not checked."""
    if not isinstance(command.name, str) or command.name not in _INSTALLERS:
        return None
    for word, name, given in _options(command):
        if name == "--trusted-host" and given not in ("localhost", "127.0.0.1"):
            return word
        if name in (*_HTTP_OPTIONS, "registry") and _is_plain_http(given):
            return word
    return None


def _is_plain_http(text: str) -> bool:
    return text.startswith("http://") and not re.match(
        r"http://(?:localhost|127\.|\[?::1|host\.docker\.internal)", text
    )


@fact_of(Command)
def unlocked_install(command: Command) -> Command | None:
    """The command where it installs what the manifest allows today, and not what the lock file says."""
    words = _words(command)
    name = command.name
    plain = [word for word in words if not word.startswith("-")]
    if name == "npm" and plain in (["install"], ["i"]):
        return command
    if name == "yarn" and plain in ([], ["install"]) and not set(words) & {*_LOCKED["yarn"], "--version", "-v"}:
        return command
    if name in ("pnpm", "bun") and plain == ["install"] and "--no-frozen-lockfile" in words:
        return command
    if name == "bundle" and plain[:1] == ["install"] and not set(words) & set(_LOCKED["bundle"]):
        return command
    if name in ("pip", "pip3") and plain[:1] == ["install"]:
        packages = [
            word
            for word in plain[1:]
            if word.partition("[")[0].partition("=")[0].partition("<")[0].partition(">")[0] not in _SELF
        ]
        takes_file = any(
            word in ("-r", "--requirement", "-e", "--editable", "-c", "--constraint", "--require-hashes")
            for word in words
        )
        if (
            packages
            and not takes_file
            and all(re.fullmatch(r"[A-Za-z][\w.-]*(?:\[[\w,-]*\])?", word) for word in packages)
        ):
            return command
    if name == "go" and plain[:1] == ["get"]:
        return command
    if name == "cargo" and plain[:1] == ["install"] and "--locked" not in words:
        return command
    return None


@fact_of(Command)
def lock_update(command: Command) -> Command | None:
    """The command where it replaces versions that the lock file holds by the newest."""
    words = _words(command)
    plain = [word for word in words if not word.startswith("-")]
    first = plain[0] if plain else ""
    if command.name in ("npm", "pnpm") and first in ("update", "upgrade", "up"):
        return command
    if command.name in ("yarn", "composer", "bundle", "poetry", "cargo", "pipenv", "gem") and first in (
        "update",
        "upgrade",
    ):
        return command
    if command.name in ("pip", "pip3") and first == "install" and set(words) & {"-U", "--upgrade"}:
        rest = [word for word in plain[1:] if re.split(r"[\[=<>~!]", word)[0] not in _SELF]
        return command if rest else None
    if command.name == "go" and first == "get" and "-u" in words:
        return command
    return None


@fact_of(Command)
def unhashed_install(command: Command) -> Command | None:
    """The command where pip installs a requirements file without the hashes of what it downloads."""
    words = _words(command)
    plain = [word for word in words if not word.startswith("-")]
    is_pip = command.name in ("pip", "pip3") or (
        isinstance(command.name, str) and re.fullmatch(r"python[\d.]*", command.name) and words[:2] == ["-m", "pip"]
    )
    if not is_pip or "install" not in plain or "--require-hashes" in words:
        return None
    if not any(word in ("-r", "--requirement") or word.startswith(("-r", "--requirement=")) for word in words):
        return None
    return command


@fact_of(Command)
def unpinned_git_package(command: Command) -> Text | None:
    """The package that is installed from a git repository, a URL or a path, at no fixed commit."""
    if not isinstance(command.name, str) or command.name not in _INSTALLERS:
        return None
    for word in command.arguments:
        if isinstance(word, Unknown) or not re.match(r"(?:[\w\[\]-]+ @ )?(?:git\+|git://|git@|github:)", word):
            continue
        if _COMMIT.search(word) is None and re.search(r"#[0-9a-f]{40}\b", word) is None:
            return word
    if command.name == "cargo" and "--git" in command.flags and command.has_flag("--rev") is False:
        return next((flag for flag in command.flags if flag == "--git"), None)
    return None


@fact_of(Command)
def weakened_integrity(command: Command) -> Text | None:
    """The variable that is set so that a package manager no longer checks what it downloads."""
    for assignment in command.shell.assignments:
        if assignment.value is not None and _weakens(str(assignment.name), assignment.value.value):
            return assignment.name
    if command.name in ("export", "env"):
        for word in command.arguments:
            if not isinstance(word, Unknown) and _weakens(*word.partition("=")[::2]):
                return word
    if (
        command.name == "go"
        and [str(word) for word in command.operands[:1]] == ["env"]
        and command.has_flag("-w") is True
    ):
        return next(
            (word for word in command.operands if isinstance(word, Text) and _weakens(*word.partition("=")[::2])), None
        )
    return None


def _weakens(name: str, value: object) -> bool:
    pattern = INTEGRITY_VARIABLES.get(name)
    return pattern is not None and isinstance(value, str) and pattern.match(value.strip("\"'")) is not None


@fact_of(Variable)
def weakens_integrity(variable: Variable) -> bool:
    """Whether it switches off the checks by which a package manager knows that a package is the one meant."""
    return _weakens(str(variable.name), variable.value)


@fact_of(Command)
def runs_privileged(command: Command) -> Text | None:
    """The option by which a container gets the rights of its host: `--privileged`, the host's root, the daemon's socket."""
    if command.name not in ("docker", "podman", "nerdctl"):
        return None
    if not {"run", "create", "exec"} & {str(word) for word in command.operands if isinstance(word, str)}:
        return None
    for word, name, given in _options(command):
        if name == "--privileged" and not word.lower().endswith("=false"):
            return word
        if name in ("--cap-add",) and given.upper() in ("ALL", "SYS_ADMIN"):
            return word
        if name in ("--net", "--network", "--pid", "--ipc", "--userns", "--uts") and given == "host":
            return word
        if name in ("-v", "--volume", "--mount") and re.match(
            r"(?:type=bind,)?(?:source=|src=)?(?:/var/run/docker\.sock|/run/docker\.sock|/:|/,)", given
        ):
            return word
    return None


@fact_of(Command)
def printed_secret(command: Command) -> Text | Element | None:
    """The word by which a secret reaches the log: `echo $API_TOKEN`, `printenv`, `env`; None where its output goes elsewhere."""
    if command.is_in_pipe or any(each.operator.startswith((">", "&>")) for each in command.shell.redirections):
        return None
    if command.shell.in_substitution:
        return None
    if command.name == "printenv" and not command.operands:
        return command.program
    if command.name in ("env", "set", "export") and len(command.words) == 1 and not command.shell.assignments:
        return command.program
    if command.name in ("echo", "printf", "printenv", "Write-Host"):
        for word in command.shell.argv[command.resolved_program[1] + 1 :]:
            if str(word.raw).startswith("'"):
                continue
            for match in _VARIABLE.finditer(str(word.raw)):
                if names_a_secret(match["braced"] or match["bare"]):
                    return word.raw
    return None


@fact_of(Command)
def stored_token(command: Command) -> Text | None:
    """The word by which a token of the job ends up in a file or in git's configuration, where later steps and caches find it."""
    written = str(command.shell.text)
    if not re.search(
        r"\$\{?(?:CI_JOB_TOKEN|SYSTEM_ACCESSTOKEN|BITBUCKET_STEP_OIDC_TOKEN|BITBUCKET_ACCESS_TOKEN|REPOSITORY_OAUTH_ACCESS_TOKEN|BUILDKITE_AGENT_ACCESS_TOKEN|GITHUB_TOKEN|GH_TOKEN|\w+_(?:TOKEN|PASSWORD|SECRET))\b|\$\(System\.AccessToken\)",
        written,
    ):
        return None
    if command.name in ("echo", "printf", "tee", "cat"):
        for each in command.shell.redirections:
            target = each.target
            if (
                each.operator in (">", ">>", "&>")
                and target is not None
                and not str(target.raw).startswith(("/dev/", "&"))
            ):
                return target.raw
        return None
    if command.name == "git" and {"config", "remote"} & {
        str(word) for word in command.operands if isinstance(word, str)
    }:
        return next((word.raw for word in command.shell.argv if "$" in str(word.raw)), None)
    return None


@fact_of(Command)
def static_cloud_key(command: Command) -> Text | Element | None:
    """The word by which a long-lived access key is configured: `aws configure set aws_secret_access_key`."""
    words = _words(command)
    for assignment in command.shell.assignments:
        if str(assignment.name) in _CLOUD_KEYS and assignment.value is not None:
            value = assignment.value.value
            if not isinstance(value, Unknown) and value:
                return assignment.name
    if (
        command.name == "aws"
        and words[:2] == ["configure", "set"]
        and len(words) > 2
        and words[2].rpartition(".")[2] in ("aws_access_key_id", "aws_secret_access_key")
    ):
        return command.program
    if (
        command.name == "gcloud"
        and "activate-service-account" in words
        and any(word.startswith("--key-file") for word in words)
    ):
        return command.program
    if (
        command.name == "az"
        and words[:1] == ["login"]
        and "--service-principal" in words
        and "--federated-token" not in words
    ):
        return command.program
    return None
