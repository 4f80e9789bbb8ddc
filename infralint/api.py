"""The Python API: `check`, `fix` and `rules`. No printing, no exiting, no global state."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike
from typing import Any

from infralint.engine.fixing import FixReport
from infralint.engine.report import Report
from infralint.policy.catalogue import Rule, catalogue

Path = str | PathLike[str]


def _options(root: Path | None, select: str | Sequence[str] | None, config: Any, all_text: bool, engines: Sequence[str] = ()) -> Any:
    from infralint.engine.options import Options

    if not isinstance(config, dict) and config is not None:
        config = str(config)
    return Options(root=str(root) if root is not None else None, select=select, config=config, all_text=all_text, engines=engines)


def check(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    select: str | Sequence[str] | None = None,
    config: dict[str, Any] | Path | None = None,
    all_text: bool = False,
    engines: Sequence[str] = (),
) -> Report:
    """Judge files and folders.

    `root` is what paths are relative to (default: the repository of the first path); `select` is "all" or a list of
    rules and kinds; `config` a settings file or its values; `all_text` also reads files of no known kind for secrets; `engines` are other
    linters to run beside (`hadolint`, `checkov`, `shellcheck`), whose findings are merged with ours.
    Raises `infralint.engine.discover.UsageError` for a path or setting that cannot be meant.
    """
    from infralint.engine.run import run

    return run([str(path) for path in paths], _options(root, select, config, all_text, engines))


def fix(
    paths: Sequence[Path],
    *,
    root: Path | None = None,
    select: str | Sequence[str] | None = None,
    unsafe: bool = False,
    config: dict[str, Any] | Path | None = None,
) -> FixReport:
    """Mend what can be mended and write the files; `unsafe` also takes fixes that may change behaviour."""
    from infralint.engine.fixing import fix as work_out
    from infralint.engine.fixing import write
    from infralint.engine.report import Notice

    result = work_out([str(path) for path in paths], _options(root, select, config, False), unsafe=unsafe)
    result.notices.extend(Notice("", failure, "failed") for failure in write(result))
    return result


def rules() -> list[Rule]:
    """The built-in rules: `.id`, `.kind`, `.same_as`, `.profile`, `.status`."""
    return catalogue()
