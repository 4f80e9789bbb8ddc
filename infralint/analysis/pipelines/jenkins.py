"""Questions about Jenkinsfiles: credentials, steps, what leaves the sandbox."""

from __future__ import annotations

from infralint.analysis.pipelines.deployments import verifies
from infralint.analysis.pipelines.scripts import commands_of_script
from infralint.analysis.shared.command_risks import printed_secret
from infralint.model.element import Element, fact_of, noun_of
from infralint.model.pipelines.document import Pipeline
from infralint.model.pipelines.jenkins import BINDINGS, JenkinsDocument
from infralint.model.pipelines.parts import Agent, CredentialUse, JenkinsStep, PodRight, SandboxEscape
from infralint.syntax.groovy import NAME, STRING
from infralint.syntax.groovy_tree import Argument, Statement
from infralint.text import regex as re
from infralint.text.source import Text, text_at

STEPS = frozenset(
    (
        "load",
        "copyArtifacts",
        "build",
        "archiveArtifacts",
        "password",
        "httpRequest",
        "input",
        "withAWS",
        "withCredentials",
        "step",
        "nonStoredPassword",
    )
)
_ESCAPES = re.compile(r"@Grab(?:Config|Resolver|Exclude|es)?\b|\bRuntime\.getRuntime\b|\bEval\.(?:me|x|xy|xyz)\b|\bnew\s+GroovyShell\b|\bGroovyClassLoader\b"
                      r"|\bJenkins\.(?:getI|i)nstance\b|\bnew\s+ProcessBuilder\b|\.execute\(\)|\bSystem\.exit\b|\bMethodHandles\b|\bjenkins\.model\.")  # fmt: skip
_POD_RIGHTS = re.compile(
    r"\bprivileged:\s*true\b|\bhostPath:|/var/run/docker\.sock|\bhost(?:Network|PID|IPC):\s*true\b|--privileged\b|-v\s+/:/"
)


@noun_of(JenkinsDocument, "call")
def steps_in_jenkinsfile(file: JenkinsDocument) -> list[JenkinsStep]:
    """The steps that rules ask about, wherever they stand."""
    found = []
    tokens = file.cut.tokens
    for at, token in enumerate(tokens[:-1]):
        if token.kind != NAME or token.text not in STEPS or (at and tokens[at - 1].text in (".", "?.", "@")):
            continue
        following = tokens[at + 1]
        if following.kind not in (STRING, NAME) and following.text not in ("(", "{", "["):
            continue
        end = file.cut.pairs[at + 1] + 1 if at + 1 in file.cut.pairs else _line_end(file, at)
        statement = Statement(file.tree, at, end)
        statement.arguments = (
            file.tree.arguments(at + 2, end - 1) if following.text == "(" else file.tree.arguments(at + 1, end)
        )
        if following.text == "{":
            statement.block = (at + 1, end - 1)
        found.append(JenkinsStep(text_at(file.source, token.start, token.end), file, statement))
    return found


def _line_end(file: JenkinsDocument, at: int) -> int:
    tokens = file.cut.tokens
    here = at + 1
    while here < len(tokens):
        token = tokens[here]
        if token.text in (";", "}", ")") and token.kind == "punct":
            return here
        if token.kind == "newline" and tokens[here - 1].text not in (",", ":", "("):
            return here
        here = file.cut.pairs[here] + 1 if here in file.cut.pairs else here + 1
    return here


def _word(call: JenkinsStep, name: str) -> str | None:
    """The single token that a named argument is."""
    argument: Argument | None = call.statement.argument(name)
    if argument is None or argument.last != argument.first + 1:
        return None
    return str(call.file.cut.tokens[argument.first].text).strip("'\"")


@fact_of(JenkinsStep)
def ignores_result(call: JenkinsStep) -> bool:
    """Whether a `build` goes on without the other job's result."""
    return _word(call, "propagate") == "false" or _word(call, "wait") == "false"


@fact_of(JenkinsStep)
def takes_fingerprint(call: JenkinsStep) -> bool:
    """Whether a checksum of what is archived is kept, by the step or by another one of the file."""
    return _word(call, "fingerprint") == "true" or any(one.head == "fingerprint" for one in call.file.statements)


@fact_of(JenkinsStep)
def ignores_certificates(call: JenkinsStep) -> bool:
    """Whether a request accepts any certificate."""
    return _word(call, "ignoreSslErrors") == "true"


@fact_of(JenkinsStep)
def has_submitter(call: JenkinsStep) -> bool:
    """Whether an approval says who may give it."""
    return call.statement.argument("submitter") is not None or any(
        one.head == "submitter" for one in call.statement.statements()
    )


@fact_of(JenkinsStep)
def is_parameter(call: JenkinsStep) -> bool:
    """Whether it declares a parameter of the build."""
    return call.statement.argument("name") is not None or call.statement.argument("defaultValue") is not None


@fact_of(JenkinsStep)
def is_verified(call: JenkinsStep) -> bool:
    """Whether a command of the file checks a signature or a checksum."""
    return any(verifies(job) for job in call.file.jobs)


@fact_of(JenkinsStep)
def binds_cloud_key(call: JenkinsStep) -> bool:
    """Whether it binds a long-lived key of a cloud."""
    if call.name == "withAWS":
        return call.statement.argument("credentials") is not None
    if call.name != "withCredentials":
        return False
    tokens = call.file.cut.tokens[call.statement.first : call.statement.last]
    words = {str(token.text).strip("'\"") for token in tokens}
    return bool(words & {"AmazonWebServicesCredentialsBinding", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "aws"})


@noun_of(JenkinsDocument, "credential_use")
def credential_uses_in(file: JenkinsDocument) -> list[CredentialUse]:
    """Where scripts use the credentials that the file binds."""
    names = _bound(file)
    found = []
    for _, token in file.shell_strings() if names else ():
        for one in token.interpolations:
            name = re.sub(r"^env\.", "", one.expression)
            if name in names:
                found.append(CredentialUse(name, Element(file.source, one.start, one.end), True, False, token, names))
    for job in file.jobs if names else ():
        for script in job.scripts:
            if not any(name in script.text for name in names):
                continue
            for command in commands_of_script(script):
                word = printed_secret(command)
                match = re.search(r"\$\{?(\w+)\}?", word) if isinstance(word, Text) else None
                if match is not None and isinstance(word, Text) and match[1] in names:
                    found.append(CredentialUse(match[1], word.slice(*match.span()), False, True))
    return list({(one.start, one.end, one.is_pasted): one for one in found}.values())


def _bound(file: JenkinsDocument) -> frozenset[str]:
    """The variables that credentials are bound to."""
    tokens = file.cut.tokens
    found: set[str] = set()
    for at, token in enumerate(tokens[:-2]):
        if (
            token.kind == NAME
            and token.text in BINDINGS
            and tokens[at + 1].text == ":"
            and tokens[at + 2].kind == STRING
        ):
            found.add(tokens[at + 2].text.strip("'\""))
    for one in file.statements:
        if one.value is not None and one.value < one.last and tokens[one.value].text == "credentials":
            found |= {one.head, f"{one.head}_PSW", f"{one.head}_USR"}
    return frozenset(found)


@noun_of(JenkinsDocument, "bare_agent")
def agents_in(file: JenkinsDocument) -> list[Agent]:
    """The bare words by which agents are chosen."""
    found = []
    for one in file.statements:
        if one.head == "agent" and one.block is None and len(one.arguments) == 1:
            token = file.cut.tokens[one.arguments[0].first]
            if token.kind == NAME:
                found.append(Agent(text_at(file.source, token.start, token.end)))
    return found


@noun_of(JenkinsDocument, "escape")
def escapes_in(file: JenkinsDocument) -> list[SandboxEscape]:
    """What reaches beyond the sandbox."""
    return [SandboxEscape(text) for text in _outside_of_strings(file, _ESCAPES)]


@noun_of(JenkinsDocument, "escape_hatch")
def pod_rights_in(file: JenkinsDocument) -> list[PodRight]:
    """The lines of agents' pods, and the options of their containers, that give them rights of their node."""
    found = []
    for token in file.cut.tokens:
        if token.kind == STRING and (
            "spec:" in token.text or "--privileged" in token.text or "docker.sock" in token.text
        ):
            text = text_at(file.source, token.start, token.end)
            found += [PodRight(text.slice(*match.span())) for match in _POD_RIGHTS.finditer(text)]
    scripts = [(script.start, script.end) for job in file.jobs for script in job.scripts]
    return [one for one in found if not any(start <= one.start < end for start, end in scripts)]


def _outside_of_strings(file: JenkinsDocument, pattern: re.Pattern[str]) -> list[Text]:
    spans = [
        (token.start, token.end)
        for token in (*file.cut.tokens, *file.cut.comments)
        if token.kind in (STRING, "comment")
    ]
    found = []
    for match in pattern.finditer(file.source.text):
        if not any(start <= match.start() < end for start, end in spans):
            found.append(text_at(file.source, *match.span()))
    return found


@fact_of(Pipeline)
def discards_builds(pipeline: Pipeline) -> bool:
    """Whether a limit is set to the builds that are kept."""
    return re.search(r"\b(?:buildDiscarder|logRotator|BuildDiscarderProperty)\b", pipeline.file.source.text) is not None
