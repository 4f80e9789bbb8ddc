"""What the resources of a template expose, lose or let grow old."""

from __future__ import annotations

from infralint.model.element import Element, fact, fact_of, noun_of
from infralint.model.platform.cloudformation import CloudFormationDocument, Function, Parameter, Resource
from infralint.model.platform.ecs import Container, Task
from infralint.model.platform.reading import is_tagged
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping
from infralint.tables.lambda_runtimes import ENDED
from infralint.tables.secret_names import names_a_secret
from infralint.text.source import Text

_EVERYONE = ("0.0.0.0/0", "::/0")
_ADMINISTRATION = {
    22: "SSH",
    3389: "RDP",
    5900: "VNC",
    5985: "WinRM",
    2375: "Docker",
    2376: "Docker",
    6443: "Kubernetes",
}
_DATABASES = {
    1433: "SQL Server", 1521: "Oracle", 3306: "MySQL", 5432: "PostgreSQL", 6379: "Redis", 9042: "Cassandra", 9200: "Elasticsearch",
    11211: "Memcached", 27017: "MongoDB", 5439: "Redshift",
}  # fmt: skip
_STATEFUL = frozenset(
    ("AWS::RDS::DBInstance", "AWS::RDS::DBCluster", "AWS::DynamoDB::Table", "AWS::DynamoDB::GlobalTable", "AWS::EFS::FileSystem",
     "AWS::ElastiCache::ReplicationGroup", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster", "AWS::Redshift::Cluster", "AWS::S3::Bucket",
     "AWS::EC2::Volume", "AWS::Logs::LogGroup", "AWS::Kinesis::Stream", "AWS::SQS::Queue")
)  # fmt: skip
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


class OpenPort(Element):
    """A rule of a security group that lets in every address; it stands at the range of addresses."""

    __slots__ = ("first", "last")

    def __init__(self, at: Text, first: int, last: int) -> None:
        super().__init__(at.source, at.start, at.end)
        self.first = first
        self.last = last

    @fact
    def administration(self) -> str | None:
        """The service among its ports by which machines are administered: `SSH`."""
        return self._named(_ADMINISTRATION)

    @fact
    def database(self) -> str | None:
        """The database among its ports."""
        return self._named(_DATABASES)

    @fact
    def opens_everything(self) -> bool:
        """Whether all ports are open."""
        return self.first <= 0 and self.last >= 65535

    def _named(self, table: dict[int, str]) -> str | None:
        if self.opens_everything:
            return None
        return next((name for port, name in table.items() if self.first <= port <= self.last), None)


@noun_of(CloudFormationDocument, "open_port")
def open_ports(file: CloudFormationDocument) -> list[OpenPort]:
    """The rules of security groups that let in every address, where their ports are written plainly."""
    found = []
    for resource in file.resources:
        if resource.type == "AWS::EC2::SecurityGroup":
            rules = mappings(get(resource.node, "Properties", "SecurityGroupIngress"))
        elif resource.type == "AWS::EC2::SecurityGroupIngress":
            rules = mappings(get(resource.node, "Properties"))
        else:
            continue
        for rule in rules:
            made = _open_port(rule)
            if made is not None:
                found.append(made)
    return found


def _open_port(rule: Mapping) -> OpenPort | None:
    for key in ("CidrIp", "CidrIpv6"):
        at = text_of(rule.get(key))
        if at is None or at not in _EVERYONE or is_tagged(rule.get(key)):
            continue
        protocol = str(text_of(rule.get("IpProtocol")) or "")
        if protocol == "-1":
            return OpenPort(at, 0, 65535)
        first, last = _number(rule, "FromPort"), _number(rule, "ToPort")
        if first is None or last is None:
            return None
        return OpenPort(at, first, last) if protocol.lower() in ("tcp", "6") else None
    return None


def _number(rule: Mapping, key: str) -> int | None:
    node = rule.get(key)
    text = text_of(node)
    return int(text) if text is not None and not is_tagged(node) and text.lstrip("-").isdecimal() else None


@fact_of(Resource)
def is_public_database(resource: Resource) -> bool:
    """Whether the database has an address in the internet."""
    return resource.type in ("AWS::RDS::DBInstance", "AWS::Redshift::Cluster", "AWS::DMS::ReplicationInstance") and (
        resource.is_set("PubliclyAccessible", "true")
    )


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
    if resource.type in ("AWS::EFS::FileSystem", "AWS::EC2::Volume"):
        return not resource.has("Encrypted") or resource.is_set("Encrypted", "false")
    return False


@fact_of(Resource)
def public_access(resource: Resource) -> Text | None:
    """The canned ACL by which everyone reads or writes the bucket."""
    value = resource.value("AccessControl") if resource.type == "AWS::S3::Bucket" else None
    return value if value in ("PublicRead", "PublicReadWrite") else None


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
    if default.strip().lower() in _NOTHING:
        return None
    return default


@fact_of(Function)
def ended(function: Function) -> str | None:
    """The day on which the support of its runtime ended."""
    return ENDED.get(str(function.runtime).lower()) if function.runtime is not None else None


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
