"""Steps that use `actions/checkout`: credentials that stay, and artifacts that carry them away."""

from __future__ import annotations

import re

from infralint.analysis.github.placement import steps_around
from infralint.model.element import UNKNOWN, Unknown, fact_of, noun_of, remembered
from infralint.model.github.checkout import Checkout
from infralint.model.github.step import Step, StepsDocument


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


def is_without_option(checkout: Checkout) -> bool:
    """Whether it is the first major version, which does not have `persist-credentials`."""
    ref = checkout.uses.ref
    version = (
        checkout.uses.version_comment if ref is not None and ref.is_commit else ref.name if ref is not None else None
    )
    return version is not None and version.removeprefix("v").split(".")[0] == "1"


@fact_of(Checkout)
def uploaded_by(checkout: Checkout) -> Step | None:
    """The later step that uploads its folder as an artifact, hidden files and so the token included."""
    for step in steps_around(checkout.step):
        if step.position > checkout.step.position and _uploads_hidden(step, checkout.step):
            return step
    return None


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
