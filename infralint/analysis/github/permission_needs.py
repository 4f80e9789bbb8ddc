"""Permissions of the token that a job's actions and commands need."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.github.checkouts import checkout_of
from infralint.analysis.github.permissions import effective_permissions
from infralint.analysis.github.registries import registry_logins
from infralint.analysis.github.scripts import command_words
from infralint.analysis.github.tokens import has_own_token, is_own_token, own_token_in, variable_text
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of, remembered
from infralint.model.github.job import Job
from infralint.model.github.step import Step
from infralint.model.shared.command import Command
from infralint.tables.permissions import Need, is_known, needed_by_gh, needed_by_rest, needs_of, read_by_gh
from infralint.text import regex as re

_REGISTRY = "ghcr.io"


class PermissionNeed(Element):
    """An action or command that fails where the token lacks a scope; it stands there."""

    __slots__ = ("access", "by", "instead", "is_sure", "job", "scope")
    scope: str
    access: str
    by: str
    instead: str
    is_sure: bool

    def __init__(self, at: Element, job: Job, need: Need, by: str) -> None:
        super().__init__(at.source, at.start, at.end)
        self.job = job
        self.scope = need.scope
        self.access = need.access
        self.instead = need.instead
        self.is_sure = need.is_sure
        self.by = by


@remembered
def needed_permissions(job: Job) -> list[PermissionNeed]:
    """What fails where the job's token lacks a scope, surely or for most of its uses."""
    found: list[PermissionNeed] = []
    for step in job.steps:
        found += [*_by_action(job, step), *_by_script(job, step), *_by_commands(job, step), *_by_image(job, step)]
        pushed = _pushed(job, step)
        if pushed is not None:
            found.append(PermissionNeed(pushed, job, Need("contents"), "git push"))
    return found


@remembered
def likely_permissions(job: Job) -> dict[str, str] | None:
    """All scopes that the job is known to need, with their access; None where something may need others."""
    if job.uses is not None or any(_is_opaque(job, step) for step in job.steps):
        return None
    found: dict[str, str] = {}
    for step in job.steps:
        for _, words in command_words(step.run) if step.run is not None and has_own_token(step) else ():
            scope = read_by_gh(words)
            if scope is not None:
                found[scope] = "read"
    found.update({need.scope: need.access for need in needed_permissions(job)})
    if any(at is not None and at.host == _REGISTRY and at.is_own for at in map(registry_logins, job.steps)):
        found.setdefault("packages", "write" if _may_push(job) else "read")
    return found


def _may_push(job: Job) -> bool:
    """Whether a step of the job pushes an image, or something that is not known may."""
    return any(
        step.has_input("push") or (step.run is not None and "push" in step.run.text) or step.uses is None
        for step in job.steps
    )


def _is_opaque(job: Job, step: Step) -> bool:
    """Whether a step gets the token for purposes that are not known."""
    if step.uses is not None:
        if is_known(step.uses.action):
            return False
        given = [each.text for each in step.inputs] + [each.text for each in step.variables]
        if step.uses.action == "actions/github-script":
            return next(_by_script(job, step), None) is None and not _only_reads(step)
        return any(text is not None and own_token_in(str(text)) for text in given)
    if step.run is None or not (has_own_token(step) or own_token_in(step.run.text)):
        return _pushes_otherwise(job, step)
    understood = [*_by_commands(job, step)]
    words = [words for _, words in command_words(step.run)]
    is_login = registry_logins(step) is not None
    return not (understood or is_login or any(read_by_gh(each) is not None for each in words)) or any(
        each[:2] == ["gh", "api"]
        and any(word.startswith(("-X", "--method", "-f", "-F", "--input", "--field")) for word in each)
        for each in words
    )


def _pushes_otherwise(job: Job, step: Step) -> bool:
    """Whether a script pushes commits in a way that is not known to use the token or to do without it."""
    return (
        step.run is not None
        and re.search(r"\bgit\b[^\n]*\bpush\b", step.run.text) is not None
        and (_pushed(job, step) is None and not _has_own_checkout_key(job))
    )


def _has_own_checkout_key(job: Job) -> bool:
    """Whether a checkout of the job has a token or key of its own."""
    found = [each.input_named(name) for each in job.steps if checkout_of(each) for name in ("token", "ssh-key")]
    return any(held is not None and held.text is not None and not is_own_token(str(held.text)) for held in found)


@fact_of(Job)
def missing_permissions(job: Job) -> list[PermissionNeed]:
    """What surely fails because the written permissions of the job lack a scope."""
    return [need for need in needed_permissions(job) if need.is_sure and _is_granted(need) is False]


def _is_granted(need: PermissionNeed) -> bool | Unknown:
    """Whether the written permissions meet a need; unknown where nothing is written, or an expression is."""
    given = effective_permissions(need.job)
    scopes = (need.scope, need.instead or need.scope)
    if any(given.grants(scope, need.access) for scope in scopes):
        return True
    return UNKNOWN if given.is_missing or UNKNOWN in (given.text, *map(given.access, scopes)) else False


def _by_action(job: Job, step: Step) -> Iterator[PermissionNeed]:
    uses = step.uses
    if uses is None:
        return
    for need in needs_of(uses.action):
        if not _is_switched_on(step, need) or (need.pushes and not _has_plain_checkout(job, step)):
            continue
        others = [given for name in need.unless if (given := _given(step, name)) is not None]
        if all(is_own_token(given) for given in others):
            yield PermissionNeed(uses, job, need, uses.action)


def _is_switched_on(step: Step, need: Need) -> bool:
    """Whether the inputs of a step let its action use what it needs a scope for."""
    wanted = _given(step, need.needs) if need.needs else None
    if need.off:
        return wanted is None or not (wanted.lower() in need.off or "${{" in wanted)
    return not need.needs or wanted not in (None, "false")


def _has_plain_checkout(job: Job, step: Step) -> bool:
    """Whether the one checkout before a step keeps the job's token for it."""
    before = [found for other in job.steps if other.position < step.position and (found := checkout_of(other))]
    names = ("token", "ssh-key", "repository", "persist-credentials")
    return len(before) == 1 and not any(before[0].step.has_input(name) for name in names)


def _given(step: Step, name: str) -> str | None:
    """An input, or a variable (`$NAME`), as it is written; None where it is not."""
    if name.startswith("$"):
        return variable_text(step, name[1:])
    found = step.input_named(name)
    return None if found is None else str(found.text).strip()


def _by_commands(job: Job, step: Step) -> Iterator[PermissionNeed]:
    run = step.run
    if run is None:
        return
    with_gh = "gh " in run.text and has_own_token(step)
    for command, words in command_words(run):
        need = needed_by_gh(_without_own_repository(command, words)) if with_gh else None
        need = need or _by_publishing(step, words)
        if need is not None:
            yield PermissionNeed(_at(step, command), job, need, " ".join(words[:3]))


def _without_own_repository(command: Command, words: list[str]) -> list[str]:
    """The words of a command of GitHub's client without the `--repo` that names this repository."""
    own = re.compile(r"[\"']?(?:(?:-R|--repo)=)?[\"']?\$\{?(?:GITHUB_REPOSITORY\b|\{\s*github\.repository\s*\})")
    found: list[str] = []
    argv = command.shell.argv[command.resolved_program[1] :]
    written = [each.raw.source.text[each.raw.start : each.raw.end] for each in argv]
    for at, word in enumerate(words):
        is_next_own = at + 1 < len(words) and own.match(written[at + 1]) is not None
        is_value = found[-1:] == [""]
        if is_value:
            found.pop()
        elif word in ("-R", "--repo") and is_next_own:
            found.append("")
        elif not (written[at].startswith(("-R=", "--repo=")) and own.match(written[at])):
            found.append(word)
    return found


def _at(step: Step, command: Command) -> Element:
    return Element(step.source, command.start, command.end)


def _by_publishing(step: Step, words: list[str]) -> Need | None:
    """What a command needs that publishes with the job's identity, or to GitHub's registry of packages."""
    if "--dry-run" in words or "--help" in words:
        return None
    is_npm = words[:2] in (["npm", "publish"], ["pnpm", "publish"]) or words[:3] == ["yarn", "npm", "publish"]
    if is_npm and ("--provenance" in words or "--provenance=true" in words):
        return Need("id-token")
    if words[:2] == ["uv", "publish"] and ("always" in words or "--trusted-publishing=always" in words):
        return Need("id-token")
    if is_npm and is_own_token(variable_text(step, "NODE_AUTH_TOKEN") or ""):
        return Need("packages")
    if words[:2] == ["cosign", "sign"] and not any(
        word.partition("=")[0] in ("--key", "--identity-token", "--sk", "--help") for word in words
    ):
        return Need("id-token") if variable_text(step, "COSIGN_PASSWORD") is None else None
    return None


def _by_script(job: Job, step: Step) -> Iterator[PermissionNeed]:
    """What the calls of GitHub's API need that a script of actions/github-script makes with the job's token."""
    uses, script = step.uses, step.input_named("script")
    if uses is None or uses.action != "actions/github-script" or script is None or script.text is None:
        return
    token = _given(step, "github-token")
    if (token is not None and not is_own_token(token)) or re.search(
        r"\bcatch\b|getOctokit|\bowner:\s*['\"`]", script.text
    ):
        return
    text = re.sub(r"//[^\n]*", lambda match: " " * len(match[0]), str(script.text))
    for match in re.finditer(r"\bgithub(?:\.rest)?\.(\w+)\.(\w+)\s*\(", text):
        need = needed_by_rest(match[1], match[2])
        if need is not None:
            at = script.text.slice(match.start(), match.end() - 1)
            yield PermissionNeed(Element(at.source, at.start, at.end), job, need, match[0][:-1].strip())


def _only_reads(step: Step) -> bool:
    """Whether a script of actions/github-script asks GitHub for nothing."""
    script = step.input_named("script")
    return script is not None and script.text is not None and re.search(r"\bgithub\.|octokit", script.text) is None


def _by_image(job: Job, step: Step) -> Iterator[PermissionNeed]:
    """The push of an image to GitHub's registry, in a job that has logged in to it with its token alone."""
    uses, run = step.uses, step.run
    pushes = uses is not None and uses.action in ("docker/build-push-action", "docker/bake-action")
    if not pushes and (run is None or "push" not in run.text):
        return
    before = [found for each in job.steps if each.position <= step.position and (found := registry_logins(each))]
    own = [each for each in before if each.host == _REGISTRY]
    if not own or not all(each.is_own for each in own):
        return
    given = step.input("push")
    if uses is not None and pushes:
        tags = _given(step, "tags") or ""
        if str(given).lower() == "true" and (_REGISTRY in tags or (len(own) == len(before) and "${{" in tags)):
            yield PermissionNeed(uses, job, Need("packages"), uses.action)
    for command, words in command_words(run) if run is not None else ():
        verbs = words[1:3]
        is_push = words[:1] and words[0] in ("docker", "podman", "buildah", "helm", "oras", "crane") and "push" in verbs
        if (is_push or "--push" in words) and any(f"{_REGISTRY}/" in word for word in words):
            yield PermissionNeed(_at(step, command), job, Need("packages"), " ".join(words[:2]))


def _pushed(job: Job, step: Step) -> Element | None:
    """The `git push` to where the job's checkout came from, with the token that it left behind."""
    run = step.run
    if run is None or ("git push" not in run.text and "gh-deploy" not in run.text):
        return None
    scripts = " ".join(
        str(other.run.text) for other in job.steps if other.run is not None and other.position <= step.position
    )
    if not _has_plain_checkout(job, step) or re.search(
        r"set-url|remote add|extraheader|setup-git|git config[^\n]{0,300}(?:url|credential)|ssh-agent|git clone|git init|repo clone",
        scripts,
    ):
        return None
    if any(other.uses is not None and "ssh" in other.uses.action for other in job.steps):
        return None
    for command, words in command_words(run):
        if words[:2] == ["mkdocs", "gh-deploy"]:
            return _at(step, command)
        remote = (
            next((word for word in words[2:] if not word.startswith("-")), "origin")
            if words[:2] == ["git", "push"]
            else "?"
        )
        if remote == "origin" and "--dry-run" not in words and "-n" not in words:
            return _at(step, command)
    return None
