"""Edits of mounts."""

from __future__ import annotations

from infralint.analysis.compose.mounts import is_needlessly_quoted
from infralint.model.compose.mount import Mount
from infralint.model.element import fact_of
from infralint.syntax import yaml
from infralint.text.edit import Edit


@fact_of(Mount)
def without_quotes(mount: Mount) -> list[Edit] | None:
    """Edits that drop its quotes; absent where they mean something."""
    node = mount.node
    if not is_needlessly_quoted(mount) or not isinstance(node, yaml.Scalar):
        return None
    return [Edit(mount.source.path, node.start, node.end, node.content)]
