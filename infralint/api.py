"""The Python API: `check`, `fix` and `rules`. No printing, no exiting, no global state."""

from __future__ import annotations

from collections.abc import Sequence
from os import PathLike

from infralint.engine.discover import UsageError
from infralint.engine.fixing import FixReport
from infralint.engine.report import Report
from infralint.policy.catalogue import Rule, catalogue
from infralint.policy.rule_file import RuleError
from infralint.text.finding import Finding, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

__all__ = ["Finding", "FixReport", "Report", "Rule", "RuleError", "Severity", "UsageError", "check", "fix", "rules"]

Path = str | PathLike[str]


def _paths(paths: Path | Sequence[Path]) -> list[str]:
    """Paths as the engine takes them; a single one stands for itself, not for its letters."""
    return [str(paths)] if isinstance(paths, (str, PathLike)) else [str(path) for path in paths]


def _options(
    root: Path | None, select: str | Sequence[str] | None, config: Any, all_text: bool, engines: Sequence[str] = (), online: bool | str = False,
) -> Any:  # fmt: skip
    from infralint.engine.options import GITHUB, Options

    if not isinstance(config, dict) and config is not None:
        config = str(config)
    return Options(
        root=str(root) if root is not None else None, select=select, config=config, all_text=all_text, engines=engines,
        online=GITHUB if online is True else online or None,
    )  # fmt: skip


def check(
    paths: Path | Sequence[Path],
    *,
    root: Path | None = None,
    select: str | Sequence[str] | None = None,
    config: dict[str, Any] | Path | None = None,
    all_text: bool = False,
    engines: Sequence[str] = (),
    online: bool | str = False,
) -> Report:
    """Judge files and folders.

    `root` is what paths are relative to (default: the repository of the first path); `select` is "all" or a list of
    rules and kinds; `config` a settings file or its values; `all_text` also reads files of no known kind for secrets; `engines` are other
    linters to run beside (`hadolint`, `checkov`, `shellcheck`), whose findings are merged with ours. `online` allows to ask
    the repositories of the actions that are used: True those on GitHub, an address those of another server.
    Raises `UsageError` for a path or setting that cannot be meant, `RuleError` for a rule of the user that cannot be loaded.
    """
    from infralint.engine.run import run

    return run(_paths(paths), _options(root, select, config, all_text, engines, online))


def fix(
    paths: Path | Sequence[Path],
    *,
    root: Path | None = None,
    select: str | Sequence[str] | None = None,
    unsafe: bool = False,
    config: dict[str, Any] | Path | None = None,
    online: bool | str = False,
) -> FixReport:
    """Apply the fixes and write the files; `unsafe` also takes fixes that may change behaviour; `online` as in `check`."""
    from infralint.engine.fixing import fix as work_out
    from infralint.engine.fixing import write
    from infralint.engine.report import Notice

    result = work_out(_paths(paths), _options(root, select, config, False, online=online), unsafe=unsafe)
    result.notices.extend(Notice("", failure, "failed") for failure in write(result))
    return result


def rules() -> list[Rule]:
    """The built-in rules: `.id`, `.kind`, `.same_as`, `.profile`, `.status`."""
    return catalogue()
