"""Ports that security groups open to every address, and what can be reached through them."""

from __future__ import annotations

import pytest

from infralint.analysis.platform.security_groups import open_ports
from infralint.analysis.platform.templates import secret_default
from infralint.model.index import Index
from infralint.model.platform.cloudformation import CloudFormationDocument
from infralint.text.source import Source

TEMPLATE = """\
Resources:
  Group:
    Type: AWS::EC2::SecurityGroup
    Properties:
      SecurityGroupIngress:
        - {IpProtocol: tcp, FromPort: 0, ToPort: 65535, CidrIp: 0.0.0.0/0}
  User:
    Type: TYPE
    Properties:
      SecurityGroups: [REFERENCE]
"""


def template(text: str) -> CloudFormationDocument:
    return CloudFormationDocument(Source("template.yaml", text), Index("."), "cloudformation")


def is_behind(text: str) -> list[bool]:
    """Of each open port, whether nothing that uses the group can be reached through it."""
    return [port.is_behind for port in open_ports(template(text))]


@pytest.mark.parametrize(
    "reference",
    [
        "!Ref Group",
        "!GetAtt Group.GroupId",
        "{Ref: Group}",
        '{"Fn::GetAtt": [Group, GroupId]}',
        '!Sub "${Group.GroupId}"',
    ],
)
def test_a_group_of_a_load_balancer_alone_shields_it(reference: str) -> None:
    text = TEMPLATE.replace("TYPE", "AWS::ElasticLoadBalancingV2::LoadBalancer").replace("REFERENCE", reference)
    assert is_behind(text) == [True]


def test_a_group_of_a_machine_shields_nothing() -> None:
    text = TEMPLATE.replace("TYPE", "AWS::EC2::Instance").replace("REFERENCE", "!Ref Group")
    assert is_behind(text) == [False]


def test_a_group_that_is_exported_may_have_other_users() -> None:
    text = TEMPLATE.replace("TYPE", "AWS::Lambda::Function").replace("REFERENCE", "!Ref Group")
    assert is_behind(text) == [True]
    assert is_behind(text + "Outputs:\n  Id: {Value: !Ref Group, Export: {Name: group}}\n") == [False]
    assert is_behind(text + "Outputs:\n  Id: {Value: !Ref Group}\n") == [True]


def test_a_group_that_nothing_uses_shields_nothing() -> None:
    text = TEMPLATE.replace("TYPE", "AWS::Lambda::Function").replace("REFERENCE", "other")
    assert is_behind(text) == [False]


def test_a_database_counts_as_hidden_only_where_the_template_says_so() -> None:
    text = TEMPLATE.replace("TYPE", "AWS::RDS::DBInstance").replace("REFERENCE", "!Ref Group")
    assert is_behind(text) == [False]
    assert is_behind(text + "      PubliclyAccessible: false\n") == [True]


def test_the_group_of_a_rule_of_its_own_is_followed() -> None:
    text = """\
Resources:
  Group: {Type: AWS::EC2::SecurityGroup}
  Rule:
    Type: AWS::EC2::SecurityGroupIngress
    Properties: {GroupId: !Ref Group, IpProtocol: "-1", CidrIpv6: "::/0"}
  Files:
    Type: AWS::EFS::MountTarget
    Properties: {SecurityGroups: [!Ref Group]}
"""
    assert is_behind(text) == [True]
    assert is_behind(text.replace("AWS::EFS::MountTarget", "AWS::EC2::Instance")) == [False]


@pytest.mark.parametrize(
    ("default", "is_secret"),
    [
        ("hunter2", True),
        ("<>", False),
        ("<<Enter your key>>", False),
        ("xoxb-ENTER YOUR TOKEN", False),
        ("your-town", True),
    ],
)
def test_a_default_that_asks_for_a_value_is_no_secret(default: str, is_secret: bool) -> None:
    file = template(f"Parameters:\n  DbPassword: {{Type: String, Default: '{default}'}}\n")
    assert (secret_default(file.parameters[0]) is not None) == is_secret


@pytest.mark.parametrize(
    ("first", "last", "database", "administration"),
    [
        (5432, 5432, "PostgreSQL", None),
        (3300, 3310, "MySQL", None),
        (8080, 9080, None, None),
        (20, 1024, None, "SSH"),
        (0, 65535, None, None),
    ],
)
def test_a_wide_range_is_not_meant_for_the_database_within(
    first: int, last: int, database: str | None, administration: str | None
) -> None:
    text = TEMPLATE.replace("FromPort: 0, ToPort: 65535", f"FromPort: {first}, ToPort: {last}")
    port = open_ports(template(text))[0]
    assert (port.database, port.administration) == (database, administration)
