"""What Amazon ECS refuses in task definitions, and what cannot be known of them."""

from __future__ import annotations

import json
from typing import Any

import pytest

from infralint.analysis.platform.ecs_checks import faults_of_tasks, faults_of_template_tasks
from infralint.analysis.platform.structure import faults_in_platform_file
from infralint.model.index import Index
from infralint.model.platform.cloudformation import CloudFormationDocument
from infralint.model.platform.ecs import EcsDocument
from infralint.text.source import Source

WEB = {"name": "web", "image": "example/web:1.4"}
FARGATE = {"requiresCompatibilities": ["FARGATE"], "networkMode": "awsvpc", "cpu": "256", "memory": "512"}


def definition(*containers: dict[str, Any], **more: Any) -> EcsDocument:
    text = json.dumps({"family": "shop", "memory": "512", **more, "containerDefinitions": list(containers)})
    return EcsDocument(Source("task-definition.json", text), Index("."), "ecs")


def names(*containers: dict[str, Any], **more: Any) -> list[str]:
    return [fault.name for fault in faults_of_tasks(definition(*containers, **more))]


def test_a_plain_task_has_no_faults() -> None:
    assert names(WEB, **FARGATE) == []


@pytest.mark.parametrize(
    ("cpu", "memory", "is_refused"),
    [
        ("256", "512", False),
        ("256", "4096", True),
        ("300", "512", True),
        (".25 vCPU", "0.5 GB", False),
        ("1 vCPU", "1GB", True),
        ("${CPU}", "4096", False),
        ("256", "${MEMORY}", False),
        ("32768", "65536", False),
    ],
)
def test_sizes_that_fargate_does_not_have_are_refused(cpu: str, memory: str, is_refused: bool) -> None:
    found = names(WEB, **{**FARGATE, "cpu": cpu, "memory": memory})
    assert found == (["fargate-size"] if is_refused else [])


@pytest.mark.parametrize(("mode", "found"), [("bridge", ["network-mode"]), ("${MODE}", []), (None, ["network-mode"])])
def test_fargate_takes_one_network_mode(mode: str | None, found: list[str]) -> None:
    settings = {**FARGATE, "networkMode": mode}
    assert names(WEB, **{key: value for key, value in settings.items() if value is not None}) == found


def test_secrets_and_logs_on_fargate_need_an_execution_role() -> None:
    logs = {**WEB, "logConfiguration": {"logDriver": "awslogs"}}
    assert names(logs, **FARGATE) == ["no-execution-role"]
    assert names(logs, **FARGATE, executionRoleArn="role") == []
    assert names(logs) == []


def test_names_must_be_those_of_the_task() -> None:
    mount = {**WEB, "mountPoints": [{"sourceVolume": "data"}]}
    assert names(mount) == ["unknown-volume"]
    assert names(mount, volumes=[{"name": "data"}]) == []
    assert names(mount, volumes=[{"name": "${VOLUME}"}]) == []
    assert names({**WEB, "dependsOn": [{"containerName": "db", "condition": "START"}]}) == ["unknown-container"]
    assert names(WEB, WEB) == ["duplicate-container"]


def test_memory_is_needed_unless_the_file_is_a_part() -> None:
    document = EcsDocument(Source("part.json", json.dumps({"containerDefinitions": [WEB]})), Index("."), "ecs")
    assert list(faults_of_tasks(document)) == []
    text = json.dumps({"family": "shop", "containerDefinitions": [WEB]})
    whole = EcsDocument(Source("task.json", text), Index("."), "ecs")
    assert [fault.name for fault in faults_of_tasks(whole)] == ["no-memory"]


def test_a_condition_of_a_template_leaves_names_unknown() -> None:
    text = """\
Resources:
  Task:
    Type: AWS::ECS::TaskDefinition
    Properties:
      Memory: '512'
      ContainerDefinitions:
        - {Name: web, Image: example/web:1.4, DependsOn: [{ContainerName: db, Condition: START}]}
        - !If [HasDb, {Name: db, Image: example/db:1}, !Ref AWS::NoValue]
"""
    document = CloudFormationDocument(Source("template.yaml", text), Index("."), "cloudformation")
    assert list(faults_of_template_tasks(document)) == []
    plain = text.replace("        - !If [HasDb, {Name: db, Image: example/db:1}, !Ref AWS::NoValue]\n", "")
    document = CloudFormationDocument(Source("template.yaml", plain), Index("."), "cloudformation")
    assert [fault.name for fault in faults_of_template_tasks(document)] == ["unknown-container"]


def test_a_value_that_something_fills_in_is_of_no_wrong_type() -> None:
    faults = faults_in_platform_file(definition({**WEB, "cpu": "${CPU}"}, {**WEB, "cpu": "256"}))
    assert [(fault.name, fault.is_certain) for fault in faults] == [("wrong-type", False), ("wrong-type", True)]


@pytest.mark.parametrize(
    "mark", ["<cpu>", "__CPU__", "%CPU%", "@CPU@", "CPU_PLACEHOLDER", "REPLACE_CPU", "$CPU", "{{ cpu }}"]
)
def test_marks_that_a_script_fills_in_are_of_no_wrong_type(mark: str) -> None:
    (fault,) = faults_in_platform_file(definition({**WEB, "cpu": mark}))
    assert not fault.is_certain
