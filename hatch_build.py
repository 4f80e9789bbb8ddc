"""Compile the rules and the regular expressions into the wheel, so that an installed infralint never has to."""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class Compile(BuildHookInterface):
    """Adds infralint/compiled to the wheel."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        if version == "editable":
            return
        sys.path.insert(0, self.root)
        import hatch_patterns
        from infralint.policy import catalogue

        self._folder = tempfile.TemporaryDirectory()
        target = Path(self._folder.name)
        catalogue.build(target, Path(self.root) / "rules", stamp="built")  # the same wheel from the same files
        (target / "patterns.bin").write_bytes(hatch_patterns.prepared())
        for path in sorted(target.iterdir()):
            build_data["force_include"][str(path)] = f"infralint/compiled/{path.name}"

    def finalize(self, version: str, build_data: dict[str, Any], artifact_path: str) -> None:
        if version != "editable":
            self._folder.cleanup()
