"""Steps that use `actions/checkout`: credentials that stay, and artifacts that carry them away."""

from __future__ import annotations

from infralint.analysis.github.placement import steps_around
from infralint.model.element import UNKNOWN, Unknown, fact_of, noun_of, remembered
from infralint.model.github.checkout import Checkout
from infralint.model.github.step import Step, StepsDocument
from infralint.model.github.uses import Uses
from infralint.text import regex as re
from infralint.text.source import Text


def is_checkout(step: Step) -> bool:
    """Whether a step uses `actions/checkout`."""
    return step.uses is not None and step.uses.action == "actions/checkout"


@remembered
def checkout_of(step: Step) -> Checkout | None:
    """What a step fetches, if it uses `actions/checkout`."""
    return Checkout(step, step.uses) if step.uses is not None and is_checkout(step) else None


@noun_of(StepsDocument, "checkout")
def checkouts_in(file: StepsDocument) -> list[Checkout]:
    """The steps that use `actions/checkout`."""
    return [found for step in file.steps if (found := checkout_of(step)) is not None]


def folder_of(step: Step, name: str) -> str:
    """The folder of the workspace that an input names; "" for all of it."""
    held = step.input_named(name)
    text = str(held.text).strip() if held is not None and held.text is not None else ""
    text = re.sub(r"\$\{\{\s*github\.workspace\s*\}\}/?", "", text)
    return "" if text in ("", ".", "./") else text


@fact_of(Checkout)
def persists_credentials(checkout: Checkout) -> bool | Unknown:
    """Whether the token stays in `.git/config` for all later steps, as it does unless told otherwise."""
    given = checkout.step.input("persist-credentials")
    return UNKNOWN if given is UNKNOWN else given is None or given.lower() != "false"


def _version(uses: Uses) -> tuple[int, ...] | None:
    """The numbers of the version that is used (`v4`, or `# v4.2.2` beside a commit); None where none is named."""
    ref = uses.ref
    if ref is None:
        return None
    text = str(uses.version_comment if ref.is_commit else ref.name)
    match = re.fullmatch(r"v?(\d{1,4})(?:\.(\d{1,4}))?(?:\.(\d{1,4}))?", text)
    return tuple(int(part) for part in match.groups() if part is not None) if match is not None else None


def is_without_option(checkout: Checkout) -> bool:
    """Whether it is the first major version, which does not have `persist-credentials`."""
    version = _version(checkout.uses)
    return version is not None and version[0] == 1


@fact_of(Checkout)
def keeps_token_in_folder(checkout: Checkout) -> bool | Unknown:
    """Whether its version writes the token into `.git/config`, as v5 and older do; UNKNOWN where no version is named."""
    version = _version(checkout.uses)
    return UNKNOWN if version is None else version[0] < 6


def refuses_fork_heads(step: Step) -> bool:
    """Whether its version of the checkout refuses the head of a fork where `pull_request_target` or `workflow_run` starts it.

    Version 7 does (https://github.com/actions/checkout), and so do later minors of older majors and their moving tags.
    """
    if step.uses is None or not is_checkout(step) or step.uses.ref is None:
        return False
    allowed = step.input("allow-unsafe-pr-checkout")
    if allowed is UNKNOWN or (isinstance(allowed, Text) and allowed.lower() == "true"):
        return False
    version = _version(step.uses)
    if version is None:
        return step.uses.ref.name in ("main", "master")
    if version[0] >= 7:
        return True
    if version[0] < 2:
        return False
    return not step.uses.ref.is_commit if len(version) == 1 else version[1] >= _REFUSING[version[0]]


_REFUSING = {2: 8, 3: 7, 4: 4, 5: 1, 6: 1}
"""The first minor of each major that refuses heads of forks."""


@fact_of(Checkout)
def uploaded_by(checkout: Checkout) -> Step | None:
    """The later step that uploads its folder as an artifact, hidden files and so the token included."""
    if not _uploads_anything(checkout.step.file):
        return None
    for step in steps_around(checkout.step):
        if step.position > checkout.step.position and _uploads_hidden(step, checkout.step):
            return step
    return None


@remembered
def _uploads_anything(document: StepsDocument) -> bool:
    """Whether any step of a file uploads an artifact."""
    return "upload-artifact" in document.source.text


def _uploads_hidden(step: Step, checkout: Step) -> bool:
    """Whether a step uploads the folder of a checkout with its hidden files, `.git` among them."""
    uses = step.uses
    if uses is None or uses.action != "actions/upload-artifact" or uses.ref is None:
        return False
    given = step.input("include-hidden-files")
    if not (isinstance(given, str) and given.lower() == "true"):
        version = uses.version_comment if uses.ref.is_commit else uses.ref.name
        match = re.match(r"v?4\.([0-3])(?:\.\d+)?$", str(version)) if version is not None else None
        if match is None:
            return False
    folder = folder_of(checkout, "path").removeprefix("./").rstrip("/")
    held = step.input_named("path")
    for line in str(held.text).splitlines() if held is not None and held.text is not None else ():
        path = re.sub(r"\$\{\{\s*github\.workspace\s*\}\}/?", "", line.strip()).removeprefix("./").rstrip("/")
        path = path.removesuffix("/**").removesuffix("/*").rstrip("/")
        if path in ("", ".", "*", "**") and not line.strip().startswith(("/", "~")):
            return True
        if folder and path in (folder, folder + "/.git"):
            return True
    return False
