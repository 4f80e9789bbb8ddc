"""What statements of policies give away, wildcards and neighbours read."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infralint.analysis.platform import iam
from infralint.model.index import Index
from infralint.model.platform.cloudformation import CloudFormationDocument
from infralint.model.platform.iam import Statement
from infralint.model.platform.iam_policy import IamDocument
from infralint.text.source import Source
from tests.helpers.growth import assert_linear


def statements(*written: dict[str, Any]) -> list[Statement]:
    text = json.dumps({"Statement": list(written)})
    return IamDocument(Source("policy.json", text), Index("."), "iam").statements


def allow(action: Any, resource: Any = "*", **more: Any) -> dict[str, Any]:
    return {"Effect": "Allow", "Action": action, "Resource": resource, **more}


@pytest.mark.parametrize(
    ("action", "resource", "escalating", "passes"),
    [
        ("iam:PassRole", "*", None, "iam:PassRole"),
        ("iam:*", "*", "iam:*", "iam:*"),
        ("iam:Put*", "*", "iam:Put*", None),
        ("IAM:putrolepolicy", "*", "IAM:putrolepolicy", None),
        ("iam:Get*", "*", None, None),
        ("iam:PassRol?", "*", None, None),
        ("iam:PassRole", "arn:aws:iam::1:role/x", None, None),
        ("*", "*", None, None),
        ("s3:*", "*", None, None),
        ("i*", "*", None, None),
    ],
)
def test_wildcards_of_actions(action: str, resource: str, escalating: str | None, passes: str | None) -> None:
    [one] = statements(allow(action, resource))
    assert iam.escalating_action(one) == escalating
    assert iam.passes_any_role(one) == passes


def test_a_role_is_passed_to_what_another_statement_of_the_policy_starts() -> None:
    passing, starting = statements(allow(["iam:PassRole"]), allow(["lambda:*"], "arn:aws:lambda:*:*:function:x"))
    assert iam.started_with_role(passing) == "lambda:*"
    assert iam.started_with_role(starting) is None
    passing, _ = statements(allow(["iam:PassRole"]), allow(["lambda:CreateFunction"]))
    assert iam.started_with_role(passing) is None, "nothing starts the function"
    passing, _ = statements(allow(["iam:PassRole"]), allow(["ec2:RunInstances"]))
    assert iam.started_with_role(passing) == "ec2:RunInstances"


def test_conditions_and_denials_are_heeded() -> None:
    condition = {"StringEquals": {"aws:PrincipalOrgID": "o-1"}}
    one, other, denied = statements(
        allow("*", Condition=condition), allow("iam:PassRole", Condition=condition), {"Effect": "Deny", "Action": "*", "Resource": "*"}
    )  # fmt: skip
    assert not iam.grants_everything(one)
    assert iam.passes_any_role(other) is None
    assert not iam.grants_everything(denied)
    assert iam.every_action(denied) is None


@pytest.mark.parametrize(
    ("condition", "is_open"),
    [
        ({}, True),
        ({"StringEquals": {"token.actions.githubusercontent.com:aud": "sts.amazonaws.com"}}, True),
        ({"StringLike": {"token.actions.githubusercontent.com:sub": "repo:*"}}, True),
        ({"StringLike": {"token.actions.githubusercontent.com:sub": "repo:example/*"}}, False),
        ({"StringLike": {"token.actions.githubusercontent.com:sub": ["repo:example/a:*", "*"]}}, False),
        ({"StringEquals": {"token.actions.githubusercontent.com:repository_id": "1"}}, False),
        ({"StringEquals": {"${Provider}:sub": "repo:*"}}, False),
    ],
)
def test_tokens_of_github_are_asked_for_their_repository(condition: dict[str, Any], is_open: bool) -> None:
    principal = {"Federated": "arn:aws:iam::1:oidc-provider/token.actions.githubusercontent.com"}
    written = {"Effect": "Allow", "Principal": principal, "Action": "sts:AssumeRoleWithWebIdentity"}
    [one] = statements({**written, "Condition": condition} if condition else written)
    assert iam.open_to_all_of_github(one) is is_open


def test_time_grows_with_the_text() -> None:
    def work(text: str) -> object:
        found = IamDocument(Source("policy.json", text), Index("."), "iam").statements
        return [(iam.started_with_role(one), iam.escalating_action(one), iam.everyone(one)) for one in found]

    assert_linear(
        work, '{"Statement": [\n' + '{"Effect": "Allow", "Action": ["a:*b*c*d"], "Resource": "*"},\n' * 6000 + "{}]}"
    )


TEMPLATE = """\
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      ManagedPolicyArns: [MANAGED]
      Policies:
        - PolicyDocument: {Statement: [{Effect: Allow, Action: iam:PassRole, Resource: '*'}]}
        - PolicyDocument: {Statement: [{Effect: Allow, Action: ACTION, Resource: '*'}]}
  Functions:
    Type: AWS::IAM::ManagedPolicy
    Properties: {PolicyDocument: {Statement: [{Effect: Allow, Action: ecs:RunTask, Resource: '*'}]}}
  Beside:
    Type: AWS::IAM::Policy
    Properties:
      Roles: [ROLES]
      PolicyDocument: {Statement: [{Effect: Allow, Action: ec2:RunInstances, Resource: '*'}]}
"""


@pytest.mark.parametrize(
    ("managed", "action", "roles", "found"),
    [
        ("other", "s3:GetObject", "other", None),
        ("other", "glue:CreateDevEndpoint", "other", "glue:CreateDevEndpoint"),
        ("!Ref Functions", "s3:GetObject", "other", "ecs:RunTask"),
        ("other", "s3:GetObject", "!Ref Role", "ec2:RunInstances"),
        (
            "arn:aws:iam::aws:policy/AWSLambda_FullAccess",
            "s3:GetObject",
            "x",
            "arn:aws:iam::aws:policy/AWSLambda_FullAccess",
        ),
        ("arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess", "s3:GetObject", "x", None),
    ],
)
def test_rights_of_all_policies_of_a_role_are_paired(managed: str, action: str, roles: str, found: str | None) -> None:
    text = TEMPLATE.replace("MANAGED", managed).replace("ACTION", action).replace("ROLES", roles)
    document = CloudFormationDocument(Source("template.yaml", text), Index("."), "cloudformation")
    assert iam.started_with_role(document.statements[0]) == found


def test_statements_of_policies_in_texts_know_the_resource_around_them() -> None:
    policy = json.dumps({"Statement": allow(["iam:PassRole", "lambda:CreateFunction"])})
    resource = {"Type": "AWS::SSO::PermissionSet", "Properties": {"InlinePolicy": policy}}
    text = json.dumps({"Resources": {"Set": resource}})
    (found,) = CloudFormationDocument(Source("t.json", text), Index("."), "cloudformation").statements
    assert iam.resource_type(found) == "AWS::SSO::PermissionSet"
    assert found.policy.keys[0] == "Statement"
    action = iam.passes_any_role(found)
    assert action is not None
    assert text[action.start : action.end] == "iam:PassRole"


def test_policies_of_an_organisation_grant_nothing() -> None:
    properties = {"Type": "SERVICE_CONTROL_POLICY", "Content": {"Statement": allow("*")}}
    text = json.dumps({"Resources": {"Limits": {"Type": "AWS::Organizations::Policy", "Properties": properties}}})
    assert CloudFormationDocument(Source("t.json", text), Index("."), "cloudformation").statements == []
