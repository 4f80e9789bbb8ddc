"""Dependabot's configuration: what it updates, how soon after a release, and what it may run."""

from __future__ import annotations

from infralint.model.document import Noun
from infralint.model.element import Number, Unknown, fact
from infralint.model.github.document import GithubDocument, Part, Route
from infralint.model.github.value import first_line, get, known, whole_number
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.syntax.yaml import Mapping, Node, Sequence
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

KIND = "dependabot"


class Cooldown(Part):
    """The days it waits after a release; it stands at its key."""

    def __init__(self, file: GithubDocument, node: Node, route: Route, key: Text) -> None:
        super().__init__(file, node, route, key.start, key.end)

    @fact
    def default_days(self) -> Number | Unknown | None:
        """The days for every release."""
        return whole_number(get(self.node, "default-days"))

    @fact
    def shortest(self) -> Number | None:
        """The fewest days that any kind of release waits."""
        names = ("default-days", "semver-major-days", "semver-minor-days", "semver-patch-days")
        days = [value for name in names if isinstance(value := whole_number(get(self.node, name)), Number)]
        return min(days, default=None)


class Update(Part):
    """One package ecosystem in one folder; it stands at its first line."""

    def __init__(self, file: DependabotDocument, node: Node, route: Route) -> None:
        super().__init__(file, node, route, *first_line(node))

    @fact
    def ecosystem(self) -> Text | Unknown | None:
        """The package manager."""
        return known(get(self.node, "package-ecosystem"))

    @fact
    def interval(self) -> Text | Unknown | None:
        """How often it looks."""
        return known(get(self.node, "schedule", "interval"))

    @fact
    def cooldown(self) -> Cooldown | None:
        """How long it waits after a release."""
        node = get(self.node, "cooldown")
        key = self.node.key("cooldown")
        return (
            Cooldown(self.file, node, (*self.route, "cooldown"), key) if node is not None and key is not None else None
        )

    @fact
    def groups(self) -> list[Text]:
        """The names of its groups of updates."""
        node = get(self.node, "groups")
        return [name for name, _ in node.items()] if isinstance(node, Mapping) else []

    @fact
    def external_code(self) -> Text | Unknown | None:
        """What it says of running code of the dependencies: `allow` or `deny`."""
        return known(get(self.node, "insecure-external-code-execution"))


class DependabotDocument(GithubDocument):
    """A `dependabot.yml`."""

    what = "Dependabot configuration"

    @fact
    def updates(self) -> list[Update]:
        """What it keeps up to date."""
        node = get(self.root, "updates")
        if not isinstance(node, Sequence):
            return []
        return [
            Update(self, item, ("updates", at)) for at, item in enumerate(node.values()) if isinstance(item, Mapping)
        ]

    nouns: ClassVar[dict[str, Noun]] = {
        "update": Noun(Update, lambda file: file.updates),
        "cooldown": Noun(Cooldown, lambda file: [each.cooldown for each in file.updates if each.cooldown is not None]),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda file: urls_in(file.source)),
    }


NOUNS = DependabotDocument.nouns
