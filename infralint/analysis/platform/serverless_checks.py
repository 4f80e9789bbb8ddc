"""What Serverless Framework refuses in serverless.yml: a service without a name, functions without a program, limits of AWS."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.platform.serverless import ServerlessDocument
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence
from infralint.tables.platform_serverless import LONGEST_TIMEOUT, MOST_MEMORY, PLAIN_PLUGINS, STACK_NAME
from infralint.text import regex as re
from infralint.text.source import Text

_RECENT = re.compile(r"(?:\^|~|>=)?[ ]*v?(?:[3-9]|\d\d)(?!\d)")
"""A range of versions that begins at 3 or later."""


def serverless_faults(file: ServerlessDocument) -> Iterator[Fault]:
    """The faults of a service on AWS; of other providers, which plugins bring along, nothing is known."""
    root = file.root
    provider = get(root, "provider")
    if root is None or provider is None or not is_on_aws(provider):
        return
    yield from _of_service(root)
    functions = root.get("functions")
    if isinstance(functions, Scalar) and functions.value is not None and not _is_filled_in(functions):
        yield Fault("wrong-type", "`functions` is not a mapping; Serverless Framework refuses it", functions)
    for holder in mappings(functions):
        for name, node in pairs_of(holder):
            yield from _of_function(root, name, node)


def is_on_aws(provider: Node) -> bool:
    """Whether the provider is certainly AWS."""
    name = provider if isinstance(provider, Scalar) else get(provider, "name")
    return text_of(name) == "aws"


def _of_service(root: Mapping) -> Iterator[Fault]:
    service = root.get("service")
    at = root.key("service")
    if service is None or (isinstance(service, Scalar) and service.value is None):
        provider = root.key("provider")
        if provider is not None:
            yield Fault(
                "missing-key", "`service` is missing; Serverless Framework refuses a file without it", at or provider
            )
    elif isinstance(service, Mapping) and at is not None:
        yield from _of_mapping(root, at)
    elif isinstance(service, Scalar) and not _is_filled_in(service) and not _names_its_stack(root):
        name = service.text
        if STACK_NAME.fullmatch(name) is None:
            allowed = "letters, digits and hyphens after a letter"
            message = (
                f"service name `{name}` becomes part of the stack name, in which CloudFormation accepts only {allowed}"
            )
            yield Fault("service-name", message, name)


def _of_mapping(root: Mapping, at: Text) -> Iterator[Fault]:
    """A service that is a mapping: versions before 3 took one."""
    version = text_of(root.get("frameworkVersion"))
    is_recent = version is not None and _RECENT.match(version) is not None
    if version is None or is_recent:
        message = "`service` is a mapping; Serverless Framework 3 and later accept only its name"
        yield Fault("service-object", message, at, None, is_recent)


def _names_its_stack(root: Mapping) -> bool:
    return get(root, "provider", "stackName") is not None


def _of_function(root: Mapping, name: Text, node: Node) -> Iterator[Fault]:
    if isinstance(node, (Scalar, Sequence)):
        if isinstance(node, Sequence) or (node.value is not None and not _is_filled_in(node)):
            yield Fault("wrong-type", f"function `{name}` is not a mapping; Serverless Framework refuses it", name)
        return
    if not isinstance(node, Mapping):
        return
    handler, image = node.key("handler"), node.key("image")
    if handler is not None and image is not None and _is_set(node, "handler") and _is_set(node, "image"):
        message = f"function `{name}` has `handler` and `image`; Serverless Framework accepts only one of them"
        yield Fault("handler-and-image", message, image)
    elif not _is_set(node, "handler") and not _is_set(node, "image") and _has_plain_plugins(root):
        message = f"function `{name}` has neither `handler` nor `image`; Serverless Framework refuses to package it"
        yield Fault("missing-handler", message, name)
    yield from _above(node, "timeout", LONGEST_TIMEOUT, "seconds")
    if "capacityProvider" not in node and get(root, "provider", "capacityProvider") is None:
        yield from _above(node, "memorySize", MOST_MEMORY, "MB")


def _is_set(node: Mapping, key: str) -> bool:
    """Whether a value stands at a key, or something puts one there."""
    value = node.get(key)
    return value is not None and not (isinstance(value, Scalar) and value.value in (None, ""))


def _above(node: Mapping, key: str, most: int, unit: str) -> Iterator[Fault]:
    value = node.get(key)
    if isinstance(value, Scalar) and isinstance(value.value, int) and value.value > most:
        yield Fault("too-large", f"`{key}` is {value.value}; AWS Lambda allows {most} {unit} at most", value)


def _has_plain_plugins(root: Mapping) -> bool:
    """Whether no plugin can give functions a handler: none is used, or only some that are known not to."""
    plugins = root.get("plugins")
    listed = get(plugins, "modules") if isinstance(plugins, Mapping) else plugins
    if isinstance(plugins, Scalar) and plugins.value is not None:
        return False
    return all(str(one) in PLAIN_PLUGINS for one in scalars(listed))


def _is_filled_in(node: Scalar) -> bool:
    """Whether something else puts the value in."""
    return "${" in node.content or (node.tag is not None and node.tag.startswith("!"))
