"""Security groups of a template: the ports that they open to every address, and whether what uses them can be reached there."""

from __future__ import annotations

from infralint.model.element import Element, fact, noun_of, remembered
from infralint.model.platform.cloudformation import CloudFormationDocument, Resource
from infralint.model.platform.reading import is_tagged
from infralint.model.shared.value import get, mappings, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.text import regex as re
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
_NARROW = 20
"""Ports of a range that may still be meant for one program."""
_GROUPS = ("AWS::EC2::SecurityGroup", "AWS::EC2::SecurityGroupIngress", "AWS::EC2::SecurityGroupEgress")
_WITHOUT_ADDRESS = frozenset(
    ("AWS::Lambda::Function", "AWS::Serverless::Function", "AWS::EFS::MountTarget", "AWS::DocDB::DBCluster", "AWS::Neptune::DBCluster",
     "AWS::ElastiCache::ReplicationGroup", "AWS::ElastiCache::CacheCluster", "AWS::ElastiCache::ServerlessCache", "AWS::MemoryDB::Cluster",
     "AWS::DAX::Cluster", "AWS::RDS::DBProxy", "AWS::EC2::VPCEndpoint", "AWS::FSx::FileSystem", "AWS::CodeBuild::Project",
     "AWS::Glue::Connection", "AWS::ApiGatewayV2::VpcLink")
)  # fmt: skip
"""What has no address in the internet, whatever its security group lets in."""
_BALANCERS = ("AWS::ElasticLoadBalancing::LoadBalancer", "AWS::ElasticLoadBalancingV2::LoadBalancer")
"""What answers at the ports of its listeners alone."""
PUBLIC_IF_SET = (
    "AWS::RDS::DBInstance",
    "AWS::Redshift::Cluster",
    "AWS::DMS::ReplicationInstance",
    "AWS::AmazonMQ::Broker",
)
"""What has an address in the internet by `PubliclyAccessible`."""
_NAME = re.compile(r"\$\{(\w+)(?:\.GroupId)?\}")


class OpenPort(Element):
    """A rule of a security group that lets in every address; it stands at the range of addresses."""

    __slots__ = ("first", "is_behind", "last")
    is_behind: bool
    """Whether everything in the template that uses the group is a load balancer, or has no address in the internet."""

    def __init__(self, at: Text, first: int, last: int, is_behind: bool) -> None:
        super().__init__(at.source, at.start, at.end)
        self.is_behind = is_behind
        self.first = first
        self.last = last

    @fact
    def administration(self) -> str | None:
        """The service among its ports by which machines are administered: `SSH`."""
        return self._named(_ADMINISTRATION)

    @fact
    def database(self) -> str | None:
        """The database at its ports; absent for a wide range, which is meant for something else."""
        return self._named(_DATABASES) if self.last - self.first <= _NARROW else None

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
            group: str | None = str(resource.name)
            rules = mappings(get(resource.node, "Properties", "SecurityGroupIngress"))
        elif resource.type == "AWS::EC2::SecurityGroupIngress":
            group = _named(get(resource.node, "Properties", "GroupId"))
            rules = mappings(get(resource.node, "Properties"))
        else:
            continue
        for rule in rules:
            made = _open_port(rule)
            if made is not None:
                found.append(OpenPort(*made, is_behind=_is_behind(file, group)))
    return found


def _open_port(rule: Mapping) -> tuple[Text, int, int] | None:
    """Where every address is let in, with the first and last port."""
    for key in ("CidrIp", "CidrIpv6"):
        at = text_of(rule.get(key))
        if at is None or at not in _EVERYONE or is_tagged(rule.get(key)):
            continue
        protocol = str(text_of(rule.get("IpProtocol")) or "")
        if protocol == "-1":
            return at, 0, 65535
        first, last = _number(rule, "FromPort"), _number(rule, "ToPort")
        if first is None or last is None:
            return None
        return (at, first, last) if protocol.lower() in ("tcp", "6") else None
    return None


def _number(rule: Mapping, key: str) -> int | None:
    node = rule.get(key)
    text = text_of(node)
    return int(text) if text is not None and not is_tagged(node) and text.lstrip("-").isdecimal() else None


def _is_behind(file: CloudFormationDocument, group: str | None) -> bool:
    users = _users(file).get(group, []) if group is not None else []
    return bool(users) and all(_is_shielded(one) for one in users)


def _is_shielded(user: Resource | None) -> bool:
    """Whether no port beyond those of its listeners can be reached from the internet; not so for what is unknown."""
    if user is None:
        return False
    if user.type in ("AWS::Elasticsearch::Domain", "AWS::OpenSearchService::Domain"):
        return user.has("VPCOptions")
    if user.type in PUBLIC_IF_SET:
        return user.is_set("PubliclyAccessible", "false")
    return user.type in _WITHOUT_ADDRESS or user.type in _BALANCERS


@remembered
def _users(file: CloudFormationDocument) -> dict[str, list[Resource | None]]:
    """The resources that refer to each security group; None stands for an export, or for a place outside of resources."""
    resources = {str(one.name): one for one in file.resources}
    groups = {name for name, one in resources.items() if one.type == "AWS::EC2::SecurityGroup"}
    found: dict[str, list[Resource | None]] = {}
    for node in file.stream.walk() if groups else ():
        for name in _references(node):
            if name not in groups:
                continue
            route = node.route()
            if "Resources" not in route[:-1]:
                if "Outputs" not in route or "Export" in route or _is_exported(node):
                    found.setdefault(name, []).append(None)
                continue
            owner = resources.get(str(route[route.index("Resources") + 1]))
            if owner is None or owner.type not in _GROUPS:
                found.setdefault(name, []).append(owner)
    return found


def _is_exported(node: Node) -> bool:
    """Whether an output hands a value to other stacks."""
    above: Node | None = node
    while above is not None:
        if isinstance(above, Mapping) and "Export" in above:
            return True
        above = above.parent
    return False


def _references(node: Node) -> list[str]:
    """The names of the resources that a value refers to."""
    name = _named(node)
    if name is not None:
        return [name]
    if isinstance(node, Scalar) and "${" in node.content:
        return [match[1] for match in _NAME.finditer(node.content)]
    return []


def _named(node: Node | None) -> str | None:
    """The resource that `Ref` or `Fn::GetAtt` names, in either notation."""
    if isinstance(node, Mapping) and len(node.pairs) == 1:
        pair = node.pairs[0]
        if pair.name == "Ref" and isinstance(pair.value, Scalar):
            return pair.value.content
        return _attribute(pair.value) if pair.name == "Fn::GetAtt" else None
    if node is None or node.tag not in ("!Ref", "!GetAtt"):
        return None
    return _attribute(node)


def _attribute(node: Node) -> str | None:
    if isinstance(node, Sequence):
        first = next(iter(node.values()), None)
        return first.content if isinstance(first, Scalar) else None
    return node.content.partition(".")[0] if isinstance(node, Scalar) else None
