"""Scripts that send secrets away, print them in disguise, or run what they have just decoded."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.scripts import commands_of, script_of
from infralint.analysis.github.shells import is_posix
from infralint.model.element import Element, Unknown, fact_of, noun_of
from infralint.model.github.step import Run, Step, StepsDocument
from infralint.model.shared.command import Command
from infralint.syntax import expression as syntax
from infralint.syntax.shell import Command as ShellCommand
from infralint.tables import exfiltration
from infralint.tables.commands import INTERPRETERS, SHELLS
from infralint.text import regex as re
from infralint.text.source import Text

_SHELLS = SHELLS | {"source", "."}


class SecretLeak(Element):
    """A command that sends a secret to a host; it stands at the command. `is_token`: of GitHub, for GitHub alone."""

    __slots__ = ("host", "is_dump", "is_token", "run", "secret")

    secret: str
    host: str
    is_token: bool
    is_dump: bool

    def __init__(self, run: Run, at: Element | Text, secret: str, host: str, *, is_token: bool, is_dump: bool) -> None:
        super().__init__(run.source, at.start, at.end)
        self.run = run
        self.secret = secret
        self.host = host
        self.is_token = is_token
        self.is_dump = is_dump


@noun_of(StepsDocument, "secret_leak")
def secret_leaks_in(file: StepsDocument) -> list[SecretLeak]:
    """The commands that send a secret, or the whole environment, to a host that has no use for it."""
    return [leak for step in file.steps if step.run is not None for leak in _leaks_of(step.run, step)]


def _leaks_of(run: Run, step: Step) -> Iterator[SecretLeak]:
    if is_posix(run) is False:
        yield from _leaks_of_lines(run, step)
        return
    names = [*exfiltration.SENDERS, *exfiltration.RESOLVERS]
    if not any(name in run.text for name in names):
        return
    held = secret_variables(step)
    commands = commands_of(run)
    held |= _derived(run, held)
    dumps = {path for command in commands if _dumps(command) for path in written_by(command)}
    for command in commands:
        if command.is_program(*names) is not True:
            continue
        fed = [each for each in _stages_before(command, commands) if each is not command]
        host = _host(command)
        if host is None:
            continue
        if any(_dumps(each) for each in fed) or _sends_dump(command, dumps, commands):
            yield SecretLeak(run, command, "the environment", host, is_token=False, is_dump=True)
            continue
        given = "\n".join([command.raw, *(each.raw for each in fed)])
        for secret in secrets_in(given, held, run):
            is_token = secret in ("GITHUB_TOKEN", *exfiltration.RUNNER_TOKENS)
            if _is_leak(command, secret, host, given, is_token=is_token):
                yield SecretLeak(run, command, secret, host, is_token=is_token, is_dump=False)
                break


def _derived(run: Run, held: dict[str, str]) -> dict[str, str]:
    """The variables of a script that hold a secret in another form: `X=$(echo "$TOKEN" | base64)`, `X="$TOKEN"`."""
    script = script_of(run)
    found: dict[str, str] = {}
    for command in script.commands if script is not None else ():
        for each in command.assignments:
            raw = str(each.value.raw) if each.value is not None else ""
            is_answer = (
                re.search(r"(?:\$\(|`)\s*(?!echo\b|printf\b|base64\b|xxd\b|gzip\b|cat\s*<<<)\w", raw) is not None
            )
            secret = None if is_answer else next(secrets_in(raw, {**held, **found}, run), None)
            if secret is not None:
                found[str(each.name)] = secret
            elif "ACTIONS_ID_TOKEN_REQUEST_TOKEN" in raw:
                found[str(each.name)] = "ID_TOKEN"
    return found


def _leaks_of_lines(run: Run, step: Step) -> Iterator[SecretLeak]:
    """The same in scripts of PowerShell and Python, by the calls that send to an address on their line."""
    held = secret_variables(step)
    at = 0
    for line in str(run.text).split("\n"):
        sent = exfiltration.sending_calls().search(line)
        host = re.search(r"https?://(?:[^/@\s\"']*@)?([A-Za-z0-9.-]+)", line) if sent is not None else None
        if sent is None or host is None or line.lstrip().startswith("#"):
            at += len(line) + 1
            continue
        for secret in secrets_in(line, held, run):
            is_token = secret in ("GITHUB_TOKEN", *exfiltration.RUNNER_TOKENS)
            if _is_misplaced(secret, host[1].lower(), line, is_token=is_token, is_data=sent["data"] is not None):
                left = len(line) - len(line.lstrip())
                piece = run.text.slice(at + left, at + len(line.rstrip()))
                yield SecretLeak(run, piece, secret, host[1].lower(), is_token=is_token, is_dump=False)
                break
        at += len(line) + 1


def _is_leak(command: Command, secret: str, host: str, given: str, *, is_token: bool) -> bool:
    """Whether a secret has no business at a host: a token of GitHub elsewhere, or what is sent as a thief sends it."""
    if not is_token and command.is_program("nc", "netcat", "ncat", "socat", *exfiltration.RESOLVERS) is True:
        return True
    is_data = any(flag.partition("=")[0] in exfiltration.DATA_FLAGS for flag in command.flags)
    return _is_misplaced(secret, host, given, is_token=is_token, is_data=is_data)


def _is_misplaced(secret: str, host: str, given: str, *, is_token: bool, is_data: bool) -> bool:
    if is_token:
        return exfiltration.github_hosts().search(host) is None
    if exfiltration.collector_hosts().search(host):
        return True
    if not is_data:
        return False
    names_itself = re.search(rf"(?<![\w-]){re.escape(secret)}[\"']?\s*[=:]\s*[\"']?\$", given) is not None
    is_own = exfiltration.is_of_service(secret, host)
    return is_own is False or (is_own is None and names_itself and "_" in secret)


def secret_variables(step: Step) -> dict[str, str]:
    """The variables of a step that hold a secret, by name."""
    found = {name: name for name in exfiltration.RUNNER_TOKENS}
    workflow = step.job.workflow if step.job is not None else None
    for holder in (workflow, step.job, step):
        for entry in holder.variables if holder is not None else ():
            found.pop(str(entry.name), None)
            for expression in entry.expressions:
                for name in _secrets_of(expression.read):
                    found[str(entry.name)] = name
    return found


def _secrets_of(read: syntax.Expression) -> Iterator[str]:
    """The secrets whose value an expression may give; the job's token by its usual name."""
    for node in read.nodes():
        path = syntax.path_of(node)
        if path == ("github", "token"):
            yield "GITHUB_TOKEN"
        elif path is not None and path[0] == "secrets" and len(path) == 2:
            written = node.written if isinstance(node, syntax.Property) else path[1]
            yield "GITHUB_TOKEN" if path[1] == "github_token" else written


def secrets_in(text: str, held: dict[str, str], run: Run) -> Iterator[str]:
    """The secrets that a part of a script names, by expression or variable."""
    for expression in run.expressions:
        if expression.raw in text:
            yield from _secrets_of(expression.read)
    for name in re.findall(r"\$\{?(?:env:)?(\w+)|environ(?:\.get\(|\[)[\"'](\w+)|getenv\([\"'](\w+)", text):
        name = next(filter(None, name))
        if name in held:
            yield held[name]


def _stages_before(command: Command, commands: list[Command]) -> list[Command]:
    """The commands whose output a command reads by a pipe, and those in its substitutions."""
    pipeline = command.shell.pipeline
    inner = [each for each in commands if each.shell.holder is command.shell]
    if pipeline is None:
        return inner
    before = pipeline.commands[: pipeline.commands.index(command.shell)] if command.shell in pipeline.commands else []
    fed = [each for each in commands if each.shell in before]
    return [*inner, *fed, *(each for each in commands if any(each.shell.holder is other.shell for other in fed))]


def _dumps(command: Command) -> bool:
    """Whether a command prints the whole environment."""
    name = str(command.name)
    if name == "cat":
        return any(re.fullmatch(r"/proc/(?:self|\d+|\$\$|\*)/environ", str(word)) for word in command.arguments)
    if name not in exfiltration.DUMPERS:
        words = [str(word) for word in command.words]
        return words[-1:] == ["env"] and len(words) < 3 and words[0] in ("env", "sudo")
    plain = [str(word) for word in command.arguments if not str(word).startswith("-")]
    return not plain and (
        name not in ("export", "declare", "set")
        or not command.arguments
        or "-p" in command.flags
        or "-x" in command.flags
    )


def written_by(command: Command) -> list[str]:
    """The files that a command's output is written to."""
    found = [each.target for each in command.shell.redirections if ">" in each.operator and each.target is not None]
    return [
        str(each.value)
        for each in found
        if not isinstance(each.value, Unknown) and not str(each.value).startswith(("&", "/dev/"))
    ]


def _sends_dump(command: Command, dumps: set[str], commands: list[Command]) -> bool:
    inner = [each for each in commands if each.shell.holder is command.shell]
    return any(_dumps(each) for each in inner) or any(
        re.search(rf"@?{re.escape(path)}(?![\w.])", command.raw) for path in dumps if len(path) > 3
    )


def _host(command: Command) -> str | None:
    """The host that a command sends to, in lower case; None where it is not written out."""
    if command.is_program(*exfiltration.RESOLVERS) is True:
        names = [str(word.raw) for word in command.shell.argv[command.resolved_program[1] + 1 :]]
        found = next(
            (match for name in names if (match := re.search(r"\.([\w-]{1,63}(?:\.[\w-]{1,63}){1,20})[\"']?$", name))),
            None,
        )
        return found[1].lower() if found is not None else None
    if command.is_program("nc", "netcat", "ncat", "socat") is True:
        for word in command.operands:
            found = re.fullmatch(
                r"(?:(?:tcp|udp|openssl|ssl)[\w-]*:)?([\w-]+(?:\.[\w-]+)+)(?::\d+.*)?", str(word), re.IGNORECASE
            )
            if found is not None and not isinstance(word, Unknown):
                return found[1].lower()
        return None
    for argument in command.shell.argv[command.resolved_program[1] + 1 :]:
        found = re.match(r"[\"']?(?:--url=)?https?://(?:[^/@\s\"']*@)?([A-Za-z0-9.-]+)(?=[:/?#\"'\s]|$)", argument.raw)
        if found is not None:
            return found[1].lower()
    for operand in command.operands:
        found = re.match(r"([\w-]+(?:\.[\w-]+)+)(?::\d+)?(?:[/?]|$)", str(operand))
        if (
            found is not None
            and not isinstance(operand, Unknown)
            and not re.search(r"\.(?:json|txt|ya?ml|gz|zip|sh|html?|xml|log)$", str(operand))
        ):
            return found[1].lower()
    return None


@fact_of(Run)
def decoded_script(run: Run) -> Element | Text | None:
    """The command or code that runs what was just decoded: `base64 -d | bash`, `eval "$(… | base64 -d)"`, by a file too."""
    match = exfiltration.decoding_code().search(run.text)
    if match is not None:
        return run.text.slice(*match.span())
    if exfiltration.decoders().search(run.text) is None:
        return None
    decoded: set[str] = set()
    """Variables and files that hold what was decoded."""
    script = script_of(run)
    for shell in script.commands if script is not None else ():
        command = Command(shell)
        start = _runs_decoded(command, decoded) if shell.argv else None
        if start is not None:
            return Element(run.source, start, command.end)
        decoded |= _decoded_into(command)
    return None


def _runs_decoded(command: Command, decoded: set[str]) -> int | None:
    """Where the command that runs decoded text begins, with the pipe that feeds it; None where it runs none."""
    name = str(command.name)
    own = str(command.program or "")
    if "/" in own and own.removeprefix("./") in decoded:
        return command.start
    if name != "eval" and name not in _SHELLS and name not in INTERPRETERS:
        return None
    before = _feeders(command)
    operands = [str(word) for word in command.operands if str(word) != "-"]
    is_script = not operands or "-s" in command.flags
    if (
        is_script
        and "-c" not in command.flags
        and any(exfiltration.decoders().search(str(each.text)) for each in before)
    ):
        return min(each.start for each in before)
    names = [each for each in decoded if re.search(rf"\$\{{?{re.escape(each)}\b", command.raw)]
    takes_text = name == "eval" or (bool(set(command.flags) & {"-c", "-e"}) or "<<<" in command.raw)
    if takes_text and (names or _decodes_inside(command)):
        return command.start
    if name in ("source", ".") or name in INTERPRETERS:
        is_file = any(word.removeprefix("./") in decoded for word in operands)
        return command.start if is_file or ("<(" in command.raw and _decodes_inside(command)) else None
    return None


def _feeders(command: Command) -> list[ShellCommand]:
    """The commands of a pipe whose output a command reads."""
    pipeline = command.shell.pipeline
    if pipeline is None or command.shell not in pipeline.commands:
        return []
    return pipeline.commands[: pipeline.commands.index(command.shell)]


def _decoded_into(command: Command) -> set[str]:
    """The files that a command writes what it decodes to, and the variables that it sets to that."""
    if exfiltration.decoders().search(command.raw) is None:
        return set()
    files = {path.removeprefix("./") for path in written_by(command)}
    return files | {str(each.name) for each in command.shell.assignments}


def _decodes_inside(command: Command) -> bool:
    """Whether a substitution in a command decodes something."""
    return re.search(r"\$\(|`|<\(", command.raw) is not None and exfiltration.decoders().search(command.raw) is not None


@fact_of(Step)
def disguised_secret(step: Step) -> Element | None:
    """The pipeline that prints a secret in a form that GitHub does not mask in the log."""
    if step.run is None or "|" not in step.run.text:
        return None
    held = secret_variables(step)
    for pipeline in {id(each.shell.pipeline): each.shell.pipeline for each in commands_of(step.run)}.values():
        stages = pipeline.commands if pipeline is not None else []
        if len(stages) < 2 or stages[-1].in_substitution or stages[-1].redirections or stages[-1].holder is not None:
            continue
        first = Command(stages[0])
        encoders = [str(each.name) for each in stages[1:]]
        if not all(name in exfiltration.ENCODERS or name == "sed" for name in encoders):
            continue
        is_spaced = (
            re.search(r"s(.)(?:\.|\\\(\.\\\)|\(\.\))\1[^\s'\"]*(?:&|\\1)[^&'\"]+\1", stages[-1].text) is not None
        )
        is_hidden = encoders != ["base64"] and (encoders != ["sed"] or is_spaced)
        if is_hidden and (
            _dumps(first) or (str(first.name) in ("echo", "printf") and any(secrets_in(first.raw, held, step.run)))
        ):
            return Element(step.source, stages[0].start, stages[-1].end)
    return None
