"""Statements of AWS IAM policies, wherever they are written: what each allows whom on what."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.model.element import Element, fact
from infralint.model.platform.reading import is_tagged
from infralint.model.shared.value import get, scalars, text_of
from infralint.syntax.within import json_within
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence, Stream
from infralint.text import regex as re
from infralint.text.source import Located, Text


class Policy:
    """The statements that are granted together. `owner` is the resource or key that holds them, "" where none is named.

    `listed` holds all policies of the file, this one among them.
    """

    __slots__ = ("__dict__", "keys", "listed", "owner", "statements")

    def __init__(self, owner: str, keys: tuple[str, ...]) -> None:
        self.owner = owner
        self.keys = keys
        self.statements: list[Statement] = []
        self.listed: list[Policy] = []


class ManagedPolicy(Element):
    """A policy of AWS that is attached to a role, user or group; it stands where its ARN does."""

    __slots__ = ("name",)
    name: str
    """Its name without the ARN: `AdministratorAccess`, `service-role/AWSLambdaBasicExecutionRole`."""

    def __init__(self, text: Text, name: str) -> None:
        super().__init__(text.source, text.start, text.end)
        self.name = name


class Statement(Element):
    """A statement of a policy; it stands at its effect."""

    __slots__ = ("node", "policy")

    def __init__(self, node: Mapping, policy: Policy, at: Located) -> None:
        super().__init__(at.source, at.start, at.end)
        self.node = node
        self.policy = policy

    @fact
    def effect(self) -> str:
        """`Allow` or `Deny`."""
        return str(text_of(self.node.get("Effect")) or "")

    @fact
    def is_allow(self) -> bool:
        """Whether it grants."""
        return self.effect == "Allow"

    @fact
    def actions(self) -> list[Text]:
        """The actions that it names; those that are worked out elsewhere left out."""
        return self._texts("Action")

    @fact
    def resources(self) -> list[Text]:
        """The resources that it names."""
        return self._texts("Resource")

    @fact
    def all_but_actions(self) -> Text | None:
        """The word `NotAction`, where it holds for all actions but some."""
        return self.node.key("NotAction")

    @fact
    def all_but_resources(self) -> Text | None:
        """The word `NotResource`, where it holds for all resources but some."""
        return self.node.key("NotResource")

    @fact
    def all_but_principals(self) -> Text | None:
        """The word `NotPrincipal`, where it holds for everyone but some."""
        return self.node.key("NotPrincipal")

    @fact
    def principals(self) -> list[Text]:
        """The accounts, roles and users that it names, `*` for everyone; services and identity providers left out."""
        node = self.node.get("Principal")
        if isinstance(node, Scalar):
            return [node.text] if not is_tagged(node) else []
        found = get(node, "AWS")
        return [text for text in scalars(found) if not _is_worked_out(found)]

    @fact
    def has_principal(self) -> bool:
        """Whether it says who is meant, as policies of resources and trust policies do."""
        return "Principal" in self.node or "NotPrincipal" in self.node

    @fact
    def federated(self) -> list[Text]:
        """The identity providers whose identities it lets in."""
        return scalars(get(self.node, "Principal", "Federated"))

    @fact
    def condition_keys(self) -> list[Text]:
        """The keys of its conditions."""
        condition = self.node.get("Condition")
        return [key for _, tests in _items(condition) for key, _ in _items(tests)]

    @fact
    def has_unknown_condition(self) -> bool:
        """Whether a condition is written that is not known here."""
        condition = self.node.get("Condition")
        return condition is not None and not self.condition_keys

    def condition_values(self, name: str) -> list[Text]:
        """The values that conditions ask of a key, by its name in lower case."""
        condition = self.node.get("Condition")
        return [
            text
            for _, tests in _items(condition)
            for key, values in _items(tests)
            if key.lower() == name
            for text in scalars(values)
        ]

    def _texts(self, key: str) -> list[Text]:
        node = self.node.get(key)
        if isinstance(node, Sequence):
            return [item.text for item in node.values() if isinstance(item, Scalar) and not _is_worked_out(item)]
        return [node.text] if isinstance(node, Scalar) and not _is_worked_out(node) else []


def _items(node: Node | None) -> list[tuple[Text, Node]]:
    return list(node.items()) if isinstance(node, Mapping) else []


def _is_worked_out(node: Node | None) -> bool:
    """Whether another resource or parameter gives the value; a text that `!Sub` fills in is known but for its marks."""
    return is_tagged(node) and node is not None and node.tag != "!Sub"


def policies_in(stream: Stream) -> list[Policy]:
    """The policies of a file, as they are written."""
    found: dict[int, Policy] = {}
    for node in _with_texts(stream):
        if not isinstance(node, Mapping) or text_of(node.get("Effect")) not in ("Allow", "Deny"):
            continue
        if ("Action" not in node and "NotAction" not in node) or _bounds_an_organisation(node):
            continue
        holder = node.parent if isinstance(node.parent, Sequence) else node
        policy = found.get(id(holder))
        if policy is None:
            keys = tuple(_keys_above(node))
            policy = found[id(holder)] = Policy(_owner(keys), keys)
        pair = node.pair("Effect")
        at: Located = pair.value.text if pair is not None and isinstance(pair.value, Scalar) else node
        policy.statements.append(Statement(node, policy, at))
    listed = list(found.values())
    for policy in listed:
        policy.listed = listed
    return listed


def _bounds_an_organisation(node: Node) -> bool:
    """Whether it stands in a policy of AWS Organizations, which grants nothing: it limits what others grant."""
    above: Node | None = node
    while above is not None:
        if isinstance(above, Mapping) and text_of(above.get("Type")) == "AWS::Organizations::Policy":
            return True
        above = above.parent
    return False


def _with_texts(stream: Stream) -> Iterator[Node]:
    """Every value of the file, and those of the policies that it holds as JSON text."""
    for node in stream.walk():
        yield node
        if isinstance(node, Scalar) and '"Effect"' in node.content:
            inner = json_within(node)
            if inner is not None:
                yield from inner.stream.walk()


def _keys_above(node: Node) -> Iterator[str]:
    """The keys that lead to a value, the nearest first."""
    return (str(part) for part in reversed(node.route()) if isinstance(part, str))


_PLAIN = frozenset(
    ("Statement", "PolicyDocument", "Policies", "Properties", "Resources", "statements", "role", "iam", "provider", "AssumeRolePolicyDocument")
)  # fmt: skip


def _owner(keys: tuple[str, ...]) -> str:
    return next((key for key in keys if key not in _PLAIN), "")


def statements_in(stream: Stream) -> list[Statement]:
    """The statements of a file's policies, in order."""
    return [statement for policy in policies_in(stream) for statement in policy.statements]


_ARN = re.compile(r"arn:(?:aws|aws-cn|aws-us-gov|\$\{[^}]{1,60}\}):iam::aws:policy/([\w./+=,@-]+)")


def managed_policies_in(stream: Stream) -> list[ManagedPolicy]:
    """The policies of AWS that the file attaches: by their ARN, or in SAM by their name in `Policies`."""
    found = []
    for node in stream.walk():
        if not isinstance(node, Scalar) or "policy/" not in node.content:
            continue
        match = _ARN.fullmatch(node.content)
        if match is not None:
            found.append(ManagedPolicy(node.text, match[1]))
    return found
