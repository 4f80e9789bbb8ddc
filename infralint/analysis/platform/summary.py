"""What the cross-file rules need of a platform file, as plain values that cross process borders."""

from __future__ import annotations

from infralint.analysis.platform.runtimes import runtimes_of
from infralint.model.element import Unknown
from infralint.model.platform.cloudformation import CloudFormationDocument
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.ecs import EcsDocument, lookup
from infralint.model.platform.iam_policy import IamDocument
from infralint.model.platform.parts import Service, head_of
from infralint.model.platform.procfile import ProcfileDocument
from infralint.model.platform.render import RenderDocument
from infralint.model.platform.serverless import ServerlessDocument
from infralint.model.project.summary import DeploymentSummary, MentionSummary, PlatformSummary, mark
from infralint.model.shared.value import mappings, text_of
from infralint.tables.trees import DEVELOPMENT, EXAMPLES, TESTS, variants_of
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Literal

_SERVING = ("web", "private")
_SURE = frozenset(("fly", "render", "railway", "serverless"))
"""Kinds whose file is there for one platform, and serves a program there. Others are also read by other tools, or may serve
a preview only."""
_PROCESSES = frozenset(("web", "worker", "release"))
"""Processes of a Procfile that a platform starts; with other names alone it is for foreman or goreman on one machine."""
_BY_COMMAND = frozenset(("fly", "render", "railway", "heroku", "procfile"))
"""Kinds whose file has a place for a command that runs once before a release."""
_NO_DEPLOYMENT = frozenset(("devcontainer", "versions", "editor", "vagrant", "iam"))
_STATEFUL = (
    "AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::DynamoDB::Table", "AWS::Serverless::SimpleTable", "AWS::EFS::FileSystem",
    "AWS::ElastiCache::ReplicationGroup", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster", "AWS::Redshift::Cluster",
    "AWS::OpenSearchService::Domain", "AWS::Elasticsearch::Domain", "AWS::S3::Bucket",
)  # fmt: skip
_RUNNING = (
    "AWS::Lambda::Function", "AWS::Serverless::Function", "AWS::ECS::Service", "AWS::ECS::TaskDefinition", "AWS::AppRunner::Service",
    "AWS::ElasticBeanstalk::Environment", "AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance",
)  # fmt: skip


def platform_summary(document: PlatformDocument) -> PlatformSummary:
    """What the file deploys, and the runtimes that it pins."""
    path = document.source.path
    runtimes = runtimes_of(document)
    if document.stream.partial or document.kind in _NO_DEPLOYMENT or not _deploys(document):
        return PlatformSummary(path, (), runtimes, grants=_grants(document))
    return PlatformSummary(path, (_deployment(document),), runtimes, _secrets(document), _grants(document))


def _grants(document: PlatformDocument) -> bool:
    """Whether the file holds statements of IAM."""
    return isinstance(document, (CloudFormationDocument, IamDocument)) and bool(document.statements)


def _secrets(document: PlatformDocument) -> tuple[MentionSummary, ...]:
    """The secrets that the platform stores for what the file deploys, as far as the file names them."""
    found: list[Text] = []
    if isinstance(document, RenderDocument):
        found = document.asked_for
    elif isinstance(document, EcsDocument):
        for container in document.containers:
            names = (text_of(lookup(item, "name")) for item in mappings(lookup(container.node, "secrets")))
            found += [name for name in names if name is not None]
    return tuple({str(name): MentionSummary(str(name), mark(name)) for name in reversed(found)}.values())[::-1]


def _deploys(document: PlatformDocument) -> bool:
    """Whether the file has a program or a site run: a template of roles or networks alone has not."""
    if isinstance(document, ServerlessDocument):
        return bool(document.functions)
    if isinstance(document, CloudFormationDocument):
        return any(one.type in _RUNNING for one in document.resources)
    if isinstance(document, EcsDocument):
        return bool(document.containers)
    if isinstance(document, ProcfileDocument):
        return any(str(one.name) in _PROCESSES for one in document.services)
    return bool(document.services)


def _deployment(document: PlatformDocument) -> DeploymentSummary:
    serving = [one for one in document.services if one.role in _SERVING]
    is_known = not isinstance(document, CloudFormationDocument) and document.kind not in ("heroku", "procfile")
    counts = [one.instances for one in serving]
    return DeploymentSummary(
        at=mark(head_of(document.source)),
        how=document.platform,
        environment=None,
        has_rollback=False,
        platform=document.platform,
        has_health_check=_all_checked(serving) if is_known and serving else None,
        has_release_phase=_has_release(document) if document.kind in _BY_COMMAND else None,
        state=_state(document),
        certainty=_certainty(document),
        instances=min((one for one in counts if isinstance(one, int)), default=None)
        if all(isinstance(one, int) for one in counts)
        else None,
    )


def _all_checked(serving: list[Service]) -> bool | None:
    """Whether each service that takes requests has a health check; None where that cannot be known."""
    checks = [one.health_check for one in serving]
    if any(one is None for one in checks):
        return False
    return None if any(isinstance(one, Unknown) for one in checks) else True


def _has_release(document: PlatformDocument) -> bool | None:
    commands = [one.release_command for one in document.services]
    if document.kind == "heroku" and all(command is None or isinstance(command, Unknown) for command in commands):
        return None if any(isinstance(command, Unknown) for command in commands) else False
    return any(command is not None and not isinstance(command, Unknown) for command in commands)


def _state(document: PlatformDocument) -> tuple[str, ...]:
    """The names of volumes and databases that it keeps."""
    names = [str(volume) for service in document.services for volume in service.volumes]
    names += [str(one.name) for one in document.databases]
    if isinstance(document, CloudFormationDocument):
        names += [str(one.name) for one in document.resources if one.type in _STATEFUL]
    return tuple(dict.fromkeys(names))


def _certainty(document: PlatformDocument) -> Literal["certain", "likely"]:
    variants = variants_of(document.source.path)
    if document.kind not in _SURE or not variants.isdisjoint((TESTS, DEVELOPMENT, EXAMPLES)):
        return "likely"
    return "certain"
