"""What Vercel refuses in vercel.json beyond its shape: keys that exclude each other, bindings to services that are not there."""

from __future__ import annotations

from collections.abc import Iterator

from infralint.analysis.shared.fault import Fault
from infralint.model.element import fact_of
from infralint.model.platform.document import PlatformFile
from infralint.model.platform.vercel import VercelDocument
from infralint.model.shared.value import get, mappings, pairs_of, text_of
from infralint.syntax.yaml import Mapping
from infralint.tables.platform_vercel import BUILD_SETTINGS, LEGACY_KEYS, NOT_WITH_ROUTES
from infralint.text.similar import most_similar
from infralint.text.source import Text

_SERVICES = ("services", "experimentalServices", "experimentalServicesV2")


def vercel_faults(file: VercelDocument) -> Iterator[Fault]:
    """The faults that the shape of the file does not show."""
    root = file.root
    if root is None:
        return
    yield from _together(root)
    written = [key for key in _SERVICES if key in root]
    for name in written:
        yield from _bindings(root, name)
    if "experimentalServicesV2" in root:
        for key in BUILD_SETTINGS:
            at = root.key(key)
            if at is not None:
                message = f"`{key}` stands beside `experimentalServicesV2`; Vercel takes it for each service only"
                yield Fault("services-with-build-settings", message, at)
                break
    entry = text_of(get(root, "proxy", "entrypoint"))
    if entry is not None and not entry.endswith((".ts", ".js")):
        yield Fault("proxy-entrypoint", f"proxy entrypoint `{entry}` is no .ts or .js file; Vercel refuses it", entry)


def _together(root: Mapping) -> Iterator[Fault]:
    """Keys that exclude each other."""
    pairs = [
        ("functions", "builds", "functions-with-builds"),
        ("builds", "proxy", "proxy-with-builds"),
        ("experimentalServicesV2", "experimentalServices", "two-services"),
        ("experimentalServicesV2", "services", "services-twice"),
        *(("routes", key, "routes-with-others") for key in NOT_WITH_ROUTES),
    ]
    for key, other, name in pairs:
        at = root.key(key)
        if at is not None and other in root:
            yield Fault(name, f"`{key}` cannot stand beside `{other}`; Vercel refuses the deployment", at)


def _bindings(root: Mapping, name: str) -> Iterator[Fault]:
    services = pairs_of(root.get(name))
    known = [str(one) for one, _ in services]
    for _, node in services:
        for binding in mappings(get(node, "bindings")):
            target = text_of(binding.get("service"))
            if isinstance(target, Text) and target not in known:
                nearest = most_similar(target, known, 0.7)
                hint = f"; did you mean `{nearest}`?" if nearest else ""
                form = "unknown-service" if name == "services" else "unknown-service-v2"
                yield Fault(form, f"binding names the service `{target}`, which is not here{hint}", target, nearest)


@fact_of(PlatformFile)
def legacy_keys(file: PlatformFile) -> list[Text]:
    """The keys of vercel.json that Vercel keeps for old projects only."""
    return [key for name in LEGACY_KEYS if (key := file.key(name)) is not None]
