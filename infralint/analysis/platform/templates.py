"""What the resources of a template expose, lose or let grow old."""

from __future__ import annotations

from infralint.analysis.platform.security_groups import PUBLIC_IF_SET
from infralint.model.element import fact_of
from infralint.model.platform.cloudformation import Function, Parameter, Resource
from infralint.model.platform.ecs import Container, Task
from infralint.tables.lambda_runtimes import ENDED, REFUSED
from infralint.tables.secret_names import names_a_secret
from infralint.text import regex as re
from infralint.text.source import Text

_STATEFUL = frozenset(
    ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::EFS::FileSystem",
     "AWS::ElastiCache::ReplicationGroup", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster", "AWS::Redshift::Cluster", "AWS::S3::Bucket",
     "AWS::EC2::Volume", "AWS::Logs::LogGroup", "AWS::Kinesis::Stream", "AWS::SQS::Queue")
)  # fmt: skip
_ENCRYPTED_BY = {
    "AWS::EFS::FileSystem": "Encrypted",
    "AWS::EC2::Volume": "Encrypted",
    "AWS::Redshift::Cluster": "Encrypted",
    "AWS::DocDB::DBCluster": "StorageEncrypted",
    "AWS::Neptune::DBCluster": "StorageEncrypted",
}
"""The property that switches encryption on, which is off without it."""
_SNAPSHOT = frozenset(("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::EC2::Volume", "AWS::Redshift::Cluster"))


_NO_VALUE_BEFORE = ("create", "use", "has", "enable", "tokenbucket")
_NO_VALUE_BEHIND = (
    "arn",
    "name",
    "id",
    "path",
    "length",
    "key",
    "keys",
    "parameter",
    "param",
    "rate",
    "limit",
    "stack",
)
"""Words of a parameter's name that say that it tells where the secret is, or something about it."""
_NOTHING = frozenset(("", "-", "none", "null", "nil", "n/a", "na", "no", "false", "unset", "empty", "undefined"))
"""Defaults that say that there is no value."""
_TO_BE_FILLED = re.compile(r"<[^<>]*>|\b(?i:enter|insert|paste|your)\b.{0,200}\s")
"""What tells people to write a value of their own: `<token>`, `ENTER YOUR KEY`."""


@fact_of(Resource)
def is_public_database(resource: Resource) -> bool:
    """Whether the database or message broker has an address in the internet."""
    return resource.type in PUBLIC_IF_SET and resource.is_set("PubliclyAccessible", "true")


@fact_of(Resource)
def has_backups_off(resource: Resource) -> bool:
    """Whether the automatic backups of the database are switched off."""
    return resource.type in ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster") and (
        resource.is_set("BackupRetentionPeriod", "0") and not resource.has("SourceDBInstanceIdentifier")
    )


@fact_of(Resource)
def is_stateful(resource: Resource) -> bool:
    """Whether data is lost with it."""
    return resource.type in _STATEFUL


@fact_of(Resource)
def may_be_snapshot(resource: Resource) -> bool:
    """Whether a snapshot can be kept in its place."""
    return resource.type in _SNAPSHOT


@fact_of(Resource)
def is_unencrypted(resource: Resource) -> bool:
    """Whether its data is stored without encryption: switched off, or not switched on where that is needed."""
    if resource.type in ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster"):
        is_copy = any(
            resource.has(key)
            for key in (
                "DBSnapshotIdentifier",
                "SourceDBInstanceIdentifier",
                "DBClusterIdentifier",
                "SnapshotIdentifier",
            )
        )
        return not is_copy and (not resource.has("StorageEncrypted") or resource.is_set("StorageEncrypted", "false"))
    key = _ENCRYPTED_BY.get(resource.type)
    if key is None or (key == "StorageEncrypted" and resource.has("SnapshotIdentifier")):
        return False
    return not resource.has(key) or resource.is_set(key, "false")


@fact_of(Resource)
def public_access(resource: Resource) -> Text | None:
    """The canned ACL by which everyone reads or writes the bucket."""
    value = resource.value("AccessControl") if resource.type == "AWS::S3::Bucket" else None
    return value if value in ("PublicRead", "PublicReadWrite") else None


@fact_of(Resource)
def is_narrowed_permission(resource: Resource) -> bool:
    """Whether a permission to invoke a function names the resource, account or organisation that calls, or is one of its address."""
    return any(
        resource.has(key)
        for key in (
            "SourceArn",
            "SourceAccount",
            "PrincipalOrgID",
            "EventSourceToken",
            "FunctionUrlAuthType",
            "InvokedViaFunctionUrl",
        )
    )


@fact_of(Parameter)
def names_secret(parameter: Parameter) -> bool:
    """Whether its name is one that credentials bear, and it holds one itself: no reference to a store, key pair or ARN."""
    name = str(parameter.name)
    if parameter.type not in ("String", "") or "AllowedValues" in parameter.node:
        return False
    lower = name.lower()
    return names_a_secret(name) and not lower.startswith(_NO_VALUE_BEFORE) and not lower.endswith(_NO_VALUE_BEHIND)


@fact_of(Parameter)
def secret_default(parameter: Parameter) -> Text | None:
    """The value that a parameter for a credential has where none is given."""
    default = parameter.default
    if default is None or not names_secret(parameter) or "{{resolve:" in default:
        return None
    if default.strip().lower() in _NOTHING or _TO_BE_FILLED.search(default) is not None:
        return None
    return default


@fact_of(Function)
def ended(function: Function) -> str | None:
    """The day on which the support of its runtime ended."""
    return ENDED.get(str(function.runtime).lower()) if function.runtime is not None else None


@fact_of(Function)
def refused_since(function: Function) -> str | None:
    """The day since when Lambda lets no function with its runtime be created or changed; absent where it does."""
    return REFUSED.get(str(function.runtime).lower()) if function.runtime is not None else None


@fact_of(Container)
def privileged(container: Container) -> bool:
    """Whether it has all privileges of its host."""
    return container.is_true("privileged")


@fact_of(Container)
def user(container: Container) -> Text | None:
    """Who runs it; absent where the image decides."""
    return container.value("user")


@fact_of(Task)
def shared_role(task: Task) -> Text | None:
    """The role that both the agent and the program have."""
    own, agents = task.value("taskRoleArn"), task.value("executionRoleArn")
    return own if own is not None and own == agents else None


@fact_of(Task)
def shares_processes(task: Task) -> Text | None:
    """The setting by which its containers see the processes of the host."""
    value = task.value("pidMode")
    return value if value == "host" else None
