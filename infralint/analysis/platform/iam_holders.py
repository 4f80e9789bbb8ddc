"""Which policies of a file are granted to the same role, user or group, and which policies of AWS stand beside them."""

from __future__ import annotations

from infralint.model.element import remembered
from infralint.model.platform.iam import Policy, Statement
from infralint.model.platform.reading import is_tagged
from infralint.model.shared.value import get, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text.record import NamedTuple
from infralint.text.source import Text

_ATTACHED = ("AWS::IAM::Policy", "AWS::IAM::ManagedPolicy")
"""Resources that are policies and name who gets them."""
_HOLDERS = ("AWS::IAM::Role", "AWS::IAM::User", "AWS::IAM::Group", "AWS::Serverless::Function")


class Held(NamedTuple):
    """What one role, user or group is granted in the file."""

    policies: list[Policy]
    attached: list[Text]
    """The policies of AWS that are attached, by ARN or name."""


def granted_beside(statement: Statement) -> list[Statement]:
    """The statements that grant rights to a holder of a statement's policy, its own policy's first."""
    found = {id(statement.policy): statement.policy}
    for held in _held_with(statement):
        for policy in held.policies:
            found.setdefault(id(policy), policy)
    return [one for policy in found.values() for one in policy.statements if one.is_allow and not one.has_principal]


def attached_beside(statement: Statement) -> list[Text]:
    """The policies of AWS that a holder of a statement's policy has."""
    return [text for held in _held_with(statement) for text in held.attached]


def _held_with(statement: Statement) -> list[Held]:
    listed = statement.policy.listed
    held = _held(listed[0]) if listed else {}
    return [one for one in held.values() if any(policy is statement.policy for policy in one.policies)]


@remembered
def _held(first: Policy) -> dict[str, Held]:
    """What each holder of the file is granted, by its name in the template; asked of the file's first policy."""
    found: dict[str, Held] = {}
    by_resource: dict[str, list[Policy]] = {}
    resources: Mapping | None = None
    for policy in first.listed:
        node = policy.statements[0].node
        resource = resource_of(node)
        if resource is None:
            if "provider" in policy.keys:
                _of(found, "provider").policies.append(policy)
            continue
        resources = resource.parent if isinstance(resource.parent, Mapping) else resources
        name = _name_of(resource)
        by_resource.setdefault(name, []).append(policy)
        for holder in _holders(resource, name):
            _of(found, holder).policies.append(policy)
    for key, one in pairs_of(resources):
        if text_of(get(one, "Type")) in _HOLDERS:
            _attach(_of(found, str(key)), one, by_resource)
    _of(found, "provider").attached.extend(_of_provider(first))
    return found


def _of(found: dict[str, Held], name: str) -> Held:
    return found.setdefault(name, Held([], []))


def _attach(held: Held, resource: Node, by_resource: dict[str, list[Policy]]) -> None:
    """Add what a role names in its lists of managed policies."""
    for key in ("ManagedPolicyArns", "Policies"):
        listed = get(resource, "Properties", key)
        for item in listed.values() if isinstance(listed, Sequence) else ():
            name = reference_of(item)
            if name is not None:
                held.policies.extend(by_resource.get(name, ()))
            elif isinstance(item, Scalar) and (text := text_of(item)) is not None:
                held.attached.append(text)


def _of_provider(first: Policy) -> list[Text]:
    """The managed policies that `serverless.yml` gives all functions."""
    root: Node = first.statements[0].node
    while root.parent is not None:
        root = root.parent
    provider = get(root, "provider")
    return [
        *scalars(get(provider, "iam", "role", "managedPolicies")),
        *scalars(get(provider, "iamManagedPolicies")),
    ]


def _holders(resource: Mapping, name: str) -> list[str]:
    """The names of those who get the policies that a resource holds."""
    if text_of(resource.get("Type")) not in _ATTACHED:
        return [name]
    found = []
    for key in ("Roles", "Users", "Groups"):
        listed = get(resource, "Properties", key)
        for item in listed.values() if isinstance(listed, Sequence) else ():
            holder = reference_of(item) or text_of(item)
            if holder is not None:
                found.append(str(holder))
    return found


def resource_of(node: Node) -> Mapping | None:
    """The template's resource around a value."""
    above: Node | None = node
    while above is not None:
        if isinstance(above, Mapping):
            name = text_of(above.get("Type"))
            if name is not None and name.startswith("AWS::"):
                return above
        above = above.parent
    return None


def _name_of(resource: Mapping) -> str:
    above = resource.parent
    if isinstance(above, Mapping):
        return next((pair.name for pair in above.pairs if pair.value is resource), "")
    return ""


def reference_of(node: Node) -> str | None:
    """The resource that `Ref` names, in either notation."""
    if isinstance(node, Mapping) and len(node.pairs) == 1 and node.pairs[0].name == "Ref":
        return text_of(node.pairs[0].value)
    return text_of(node) if is_tagged(node) and node.tag == "!Ref" else None
