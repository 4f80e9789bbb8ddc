"""Logins of jobs to container registries, and by which token."""

from __future__ import annotations

from infralint.analysis.github.scripts import command_words
from infralint.analysis.github.tokens import is_own_token, own_token_in, variables_for
from infralint.model.element import remembered
from infralint.model.github.step import Step
from infralint.text import regex as re
from infralint.text.record import NamedTuple


class RegistryLogin(NamedTuple):
    """A login: the registry ("" for Docker Hub, "?" where it is not known), and whether it uses the job's own token."""

    host: str
    is_own: bool


@remembered
def registry_logins(step: Step) -> RegistryLogin | None:
    """The registry that a step logs in to; None if it logs in to none."""
    if step.uses is not None and step.uses.action == "docker/login-action":
        registry, password = step.input_named("registry"), step.input_named("password")
        host = "" if registry is None else str(registry.text).strip()
        secret = "" if password is None or password.text is None else str(password.text)
        return RegistryLogin("?" if "${{" in host else host, is_own_token(secret))
    run = step.run
    for _, words in command_words(run) if run is not None else ():
        if words[1:2] == ["login"] or words[1:3] in (["registry", "login"], ["auth", "login"]):
            host = next((word for word in words[2:] if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?::\d+)?", word)), "?")
            used = [str(entry.text) for entry in variables_for(step) if entry.text is not None]
            used.append(str(run.text) if run is not None else "")
            is_own = any(own_token_in(text) for text in used) and not any(
                re.search(r"(?i)secrets\.(?!github_token\b)", text) for text in used
            )
            return RegistryLogin(host, is_own)
    return None
