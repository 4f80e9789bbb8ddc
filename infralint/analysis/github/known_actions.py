"""What is known of single actions: archived ones, verified owners, logins, preinstalled doubles, unpinned tools."""

from __future__ import annotations

from infralint.model.element import fact_of
from infralint.model.github.document import Part
from infralint.model.github.uses import Uses
from infralint.tables import github
from infralint.tables.action_owners import is_verified
from infralint.tables.actions import has, text_of


@fact_of(Uses)
def is_first_party(uses: Uses) -> bool:
    """Whether GitHub itself owns it."""
    return uses.owner.lower() in github.FIRST_PARTY


@fact_of(Uses)
def is_archived(uses: Uses) -> bool:
    """Whether its owner has archived the repository, so that it gets no fixes any more."""

    return has(uses.repository.lower(), "archived")


@fact_of(Uses)
def is_by_verified_owner(uses: Uses) -> bool:
    """Whether GitHub has verified who owns it, as far as it is known."""

    return is_verified(uses.owner)


@fact_of(Uses)
def logs_in_to(uses: Uses) -> str | None:
    """The cloud or service whose identity the job has behind it."""

    return text_of(uses.action, "login")


@fact_of(Uses)
def preinstalled_tool(uses: Uses) -> str | None:
    """The tool of GitHub's own runners that does the same."""

    return text_of(uses.action, "instead")


@fact_of(Uses)
def unpinned_tool_version(uses: Uses) -> Part | None:
    """The input that asks for the latest release of the tool it fetches; itself where nothing is asked for."""

    name = text_of(uses.action, "tool-version")
    if name is None or uses.step is None:
        return None
    found = uses.step.input_named(name)
    if found is None or found.value is None:
        return uses
    return found if found.value == "latest" else None
