"""What a statement of an IAM policy gives away: all rights, the rights of other roles, access for everyone."""

from __future__ import annotations

from functools import cache

from infralint.analysis.platform.iam_holders import attached_beside, granted_beside, resource_of
from infralint.model.element import fact_of, remembered
from infralint.model.platform.iam import Policy, Statement
from infralint.model.shared.value import get, text_of
from infralint.syntax.yaml import Mapping, Node
from infralint.tables.iam_actions import (
    CREDENTIALS,
    DESTRUCTIVE,
    ESCALATING,
    FOR_THE_PUBLIC,
    PASS_ROLE,
    STARTERS,
    STARTING_POLICIES,
)
from infralint.text import regex as re
from infralint.text.source import Text

_EVERYTHING = ("*", "*:*")
_GITHUB = "token.actions.githubusercontent.com"
_WHO = (
    "sub",
    "job_workflow_ref",
    "repository",
    "repository_id",
    "repository_owner",
    "repository_owner_id",
    "environment",
)
"""Claims of GitHub's tokens that say whose workflow asks."""


@cache
def _pattern(action: str) -> re.Pattern[str]:
    parts = re.split(r"\*+", action.lower())
    return re.compile(".*".join(re.escape(part).replace(r"\?", ".") for part in parts))


def _action_for(statement: Statement, name: str) -> Text | None:
    """The action of a statement that covers a name, wildcards read."""
    service = name.partition(":")[0]
    for action in statement.actions:
        lower = action.lower()
        if lower == name or ("*" in lower and lower.count("*") < 8 and _covers(lower, service, name)):
            return action
    return None


def _covers(action: str, service: str, name: str) -> bool:
    return action in _EVERYTHING or (action.startswith(f"{service}:") and _pattern(action).fullmatch(name) is not None)


@fact_of(Statement)
def every_resource(statement: Statement) -> Text | None:
    """The `*` that stands for all resources, in a policy that grants its holder rights."""
    if statement.has_principal or not statement.is_allow:
        return None
    return next((one for one in statement.resources if one in ("*", "arn:aws:*", "arn:aws:*:*:*:*")), None)


@fact_of(Statement)
def is_unconditional(statement: Statement) -> bool:
    """Whether no condition narrows it."""
    return "Condition" not in statement.node


@fact_of(Statement)
def every_action(statement: Statement) -> Text | None:
    """The `*` that stands for all actions of all services."""
    return next((one for one in statement.actions if one in _EVERYTHING), None) if statement.is_allow else None


@fact_of(Statement)
def grants_everything(statement: Statement) -> bool:
    """Whether it allows all actions on all resources without a condition."""
    return every_action(statement) is not None and every_resource(statement) is not None and is_unconditional(statement)


@fact_of(Statement)
def whole_service(statement: Statement) -> Text | None:
    """The action that stands for all of one service: `s3:*`."""
    if not statement.is_allow or statement.has_principal:
        return None
    return next((one for one in statement.actions if one.endswith(":*") and one not in _EVERYTHING), None)


@remembered
def _roles_to_pass(policy: Policy) -> list[tuple[Statement, Text]]:
    found = []
    for statement in policy.statements:
        if every_resource(statement) is not None and is_unconditional(statement) and not grants_everything(statement):
            action = _action_for(statement, PASS_ROLE)
            if action is not None:
                found.append((statement, action))
    return found


@fact_of(Statement)
def passes_any_role(statement: Statement) -> Text | None:
    """The action by which it may hand any role of the account to a service."""
    return next((action for one, action in _roles_to_pass(statement.policy) if one is statement), None)


@fact_of(Statement)
def escalating_action(statement: Statement) -> Text | None:
    """The action by which its holder can give itself any right: on all resources, without a condition."""
    if every_resource(statement) is None or not is_unconditional(statement) or grants_everything(statement):
        return None
    return next((action for name in ESCALATING if (action := _action_for(statement, name)) is not None), None)


@fact_of(Statement)
def started_with_role(statement: Statement) -> Text | None:
    """The action that starts a program under the role that it may pass; or the policy of AWS, attached beside, that allows one.

    Actions of the other policies that the file grants to the same role, user or group count as well.
    """
    if passes_any_role(statement) is None:
        return None
    own = [one for one in statement.policy.statements if one.is_allow]
    for allowed in (own, granted_beside(statement)):
        for name, others in STARTERS.items():
            found = next((action for one in allowed if (action := _action_for(one, name)) is not None), None)
            if found is not None and (
                not others or any(_action_for(one, other) for other in others for one in allowed)
            ):
                return found
    attached = attached_beside(statement)
    return next((one for one in attached if one.rpartition("/")[2] in STARTING_POLICIES), None)


@fact_of(Statement)
def credentials_action(statement: Statement) -> Text | None:
    """The action by which it hands out credentials of all resources."""
    return _named_on_everything(statement, CREDENTIALS)


@fact_of(Statement)
def destructive_action(statement: Statement) -> Text | None:
    """The action by which it may destroy or replace data and programs of all resources."""
    return _named_on_everything(statement, DESTRUCTIVE)


def _named_on_everything(statement: Statement, names: tuple[str, ...]) -> Text | None:
    if every_resource(statement) is None or every_action(statement) is not None or not is_unconditional(statement):
        return None
    return next((action for name in names if (action := _action_for(statement, name)) is not None), None)


@fact_of(Statement)
def everyone(statement: Statement) -> Text | None:
    """The `*` by which it lets in every account, where no condition narrows it."""
    if not statement.is_allow or not is_unconditional(statement):
        return None
    return next((one for one in statement.principals if one in ("*", "arn:aws:iam::*:root")), None)


@fact_of(Statement)
def is_trust(statement: Statement) -> bool:
    """Whether it says who may take on a role."""
    actions = [one.lower() for one in statement.actions]
    return bool(actions) and all(one.startswith("sts:") for one in actions) and statement.has_principal


@fact_of(Statement)
def is_public_by_design(statement: Statement) -> bool:
    """Whether it grants what a public website or API does: to read objects of a bucket by name, to call the API."""
    actions = [one.lower() for one in statement.actions]
    return bool(actions) and all(one in FOR_THE_PUBLIC for one in actions)


@fact_of(Statement)
def is_optional(statement: Statement) -> bool:
    """Whether a condition of the template (`Fn::If`) decides that it is there at all."""
    node: Node | None = statement.node.parent
    while node is not None:
        if node.tag == "!If" or (isinstance(node, Mapping) and "Fn::If" in node):
            return True
        node = node.parent
    return False


@fact_of(Statement)
def open_to_all_of_github(statement: Statement) -> bool:
    """Whether it lets in workflows of GitHub by a token without asking whose repository they belong to."""
    if not statement.is_allow or not any(_GITHUB in one for one in statement.federated):
        return False
    if statement.has_unknown_condition:
        return False
    keys = [one.lower() for one in statement.condition_keys]
    if any("$" in one for one in keys):
        return False  # a template fills in the name of the provider, and with it perhaps the claim
    asked = [key for key in keys if key.rpartition(":")[2] in _WHO]
    values = [value for key in asked for value in statement.condition_values(key)]
    if any("$" in value for value in values) or (asked and not values):
        return False
    return not asked or all(value in ("*", "repo:*", "repo:*:*", "repo:*/*", "repo:*/*:*") for value in values)


@fact_of(Statement)
def resource_type(statement: Statement) -> str:
    """The type of the template's resource that holds it, `AWS::IAM::Role`; "" elsewhere."""
    holder = resource_of(statement.node)
    return str(text_of(holder.get("Type"))) if holder is not None else ""


@fact_of(Statement)
def is_of_private_domain(statement: Statement) -> bool:
    """Whether it stands in the access policy of a search domain within a VPC, where security groups say who connects."""
    holder = resource_of(statement.node)
    return holder is not None and get(holder, "Properties", "VPCOptions") is not None
