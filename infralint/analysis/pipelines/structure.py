"""What a pipeline file writes against its format: the published JSON schema's verdict, in words and on the exact span."""

from __future__ import annotations

import json
import os
from functools import cache
from importlib.util import find_spec

from infralint.analysis.pipelines.argo_checks import argo_faults
from infralint.analysis.pipelines.circleci_checks import circleci_faults
from infralint.analysis.pipelines.drone_checks import woodpecker_faults
from infralint.analysis.pipelines.gitlab_checks import gitlab_faults
from infralint.analysis.pipelines.jenkins_checks import jenkins_faults
from infralint.analysis.shared.fault import Fault
from infralint.analysis.shared.structure import MAX_FAULTS, Form, schema_faults, validator_of
from infralint.model.element import Element, noun_of
from infralint.model.pipelines.circleci import CircleDocument
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.drone import WoodpeckerDocument
from infralint.model.pipelines.gitlab import GitlabDocument
from infralint.model.pipelines.jenkins import JenkinsDocument
from infralint.model.pipelines.kubernetes import ArgoDocument

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


@noun_of(PipelineDocument, "fault")
def faults_in_pipeline(file: PipelineDocument) -> list[Fault]:
    """What the CI system refuses in the file, or reads otherwise than it is written."""
    faults = [_of_yaml(file, problem) for problem in file.stream.problems if problem.name in ("duplicate-key", "alias")]
    faults = [one for one in faults if one.raw != "<<"]
    if not file.stream.partial:
        faults += pipeline_schema_faults(file)
        if isinstance(file, GitlabDocument) and not any(one.is_certain for one in faults):
            own = list(gitlab_faults(file))
            known = {file.source.line_of(one.start) for one in faults}
            for one in own:
                one.restates_schema = file.source.line_of(one.start) in known
            lines = {file.source.line_of(one.start) for one in own}
            faults = [*(one for one in faults if file.source.line_of(one.start) not in lines), *own]
        elif isinstance(file, JenkinsDocument):
            faults += jenkins_faults(file)
        elif isinstance(file, CircleDocument):
            faults += circleci_faults(file)
        elif isinstance(file, WoodpeckerDocument):
            faults += woodpecker_faults(file)
        elif isinstance(file, ArgoDocument):
            faults += argo_faults(file)
    return faults[:MAX_FAULTS]


def _of_yaml(file: PipelineDocument, problem: Any) -> Fault:
    at = Element(file.source, problem.start, problem.end)
    key = file.source.text[problem.start : problem.end].strip("\"'")
    if problem.name == "duplicate-key":
        return Fault(problem.name, f"key `{key}` is written twice; only the last value counts", at)
    return Fault(problem.name, problem.message, at)


def pipeline_schema_faults(file: PipelineDocument) -> list[Fault]:
    """The places where the file is not what the published schema of its format allows."""
    if not file.schema or file.schema_root is None:
        return []
    form = Form(
        file.system, _schema(file.schema), file.is_lenient, file.lenient_keys, file.coerces, flattened=file.flattened
    )
    return schema_faults(form, file.schema_root, _validator(file.schema))


@cache
def _schema(name: str) -> Any:
    """A schema of those that check-jsonschema carries; None where it is not installed."""
    spec = find_spec("check_jsonschema")
    if spec is None or spec.origin is None:
        return None
    path = os.path.join(os.path.dirname(spec.origin), "builtin_schemas", "vendor", f"{name}.json")
    try:
        with open(path, encoding="utf-8") as stream:
            return json.load(stream)
    except OSError:
        return None


@cache
def _validator(name: str) -> Any:
    schema = _schema(name)
    return None if schema is None else validator_of(schema)
