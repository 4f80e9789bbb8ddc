"""What the user asked of a run."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from infralint.text.finding import Confidence, Severity

TYPE_CHECKING = False
if TYPE_CHECKING:
    from datetime import date
    from typing import Any, Literal

    from infralint.engine.baseline import Baseline
    from infralint.engine.listing import Listing
    from infralint.engine.settings import Settings
    from infralint.syntax.remote_refs import Refs

EXCEPTIONS = ".infralint/exceptions.toml"
"""Where a repository keeps exceptions from rules."""
GITHUB = "https://github.com"
"""Where the repositories of actions are, unless the user says otherwise."""


class Options:
    """What the user asked for."""

    __slots__ = (
        "_today",
        "all_text",
        "as_kind",
        "baseline",
        "cache",
        "cache_dir",
        "config",
        "engine_commands",
        "engine_timeout",
        "engines",
        "exclude",
        "explains_excludes",
        "extend_select",
        "fail_on",
        "ignore",
        "inline",
        "listing",
        "min_confidence",
        "min_severity",
        "online",
        "online_timeout",
        "only_rule",
        "policy",
        "processes",
        "profile",
        "progress",
        "remotes",
        "repository",
        "root",
        "rules_folder",
        "select",
        "sets_floor",
        "settings_root",
        "staged",
        "stdin",
        "trust_rules",
    )  # fmt: skip

    def __init__(
        self,
        *,
        root: str | None = None,
        select: str | Sequence[str] | None = None,
        profile: str | None = None,
        config: dict[str, Any] | str | Settings | None = None,
        all_text: bool = False,
        rules_folder: str | None = None,
        only_rule: str | None = None,
        as_kind: str | None = None,
        fail_on: Severity | Literal["never"] | None = None,
        trust_rules: bool = False,
        inline: bool = True,
        stdin: tuple[str, bytes] | None = None,
        progress: Callable[[int, int], None] | None = None,
        today: date | None = None,
        engines: Sequence[str] = (),
        engine_commands: dict[str, str] | None = None,
        engine_timeout: float | None = None,
        online: str | None = None,
        online_timeout: float | None = None,
        remotes: Mapping[str, Refs] | None = None,
        ignore: Sequence[str] = (),
        extend_select: Sequence[str] = (),
        exclude: Sequence[str] = (),
        min_severity: Severity | None = None,
        min_confidence: Confidence | None = None,
        baseline: Baseline | str | None = None,
        staged: bool = False,
        explains_excludes: bool = True,
        policy: str | None = None,
        settings_root: str | None = None,
        repository: str | None = None,
        processes: int | None = None,
        listing: Listing | None = None,
        cache: bool = False,
        cache_dir: str | None = None,
    ) -> None:
        self.root = root
        self.select = [select] if isinstance(select, str) else list(select) if select is not None else None
        self.profile = profile
        self.config = config
        self.all_text = all_text
        self.rules_folder = rules_folder
        self.as_kind = as_kind
        """The kind as which the files that are named one by one are judged; None: by their names and settings."""
        self.sets_floor = fail_on is not None
        """Whether `fail_on` wins over the settings."""
        self.fail_on = None if fail_on == "never" or fail_on is None else Severity(fail_on)
        self.only_rule = only_rule
        """The id of the one rule of that folder that is wanted; None for all."""
        self.trust_rules = trust_rules
        self.inline = inline
        self.stdin = stdin
        self.progress = progress
        self._today = today
        self.engines = tuple(engines)
        """Other linters to run beside: `hadolint`, `checkov`, `shellcheck`."""
        self.engine_commands = engine_commands or {}
        self.engine_timeout = engine_timeout
        self.online = online
        """The server that may be asked of the repositories of actions; None: none is asked."""
        self.online_timeout = online_timeout
        self.remotes = remotes or {}
        """What repositories have answered already, by name in lower case."""
        self.ignore = list(ignore)
        self.extend_select = list(extend_select)
        self.exclude = list(exclude)
        """Patterns relative to the root."""
        self.min_severity = min_severity
        self.min_confidence = min_confidence
        self.staged = staged
        """Whether the paths are what git is about to commit: none of them was named by the user."""
        self.policy = policy
        """A file with the policy of an organisation."""
        self.settings_root = settings_root
        """A folder from which settings, own rules, exceptions and the baseline are read in place of the root."""
        self.repository = repository
        """The name by which exceptions of a policy know the repository; None: that of the root's folder."""
        self.processes = processes
        """How many processes may judge files; None: as many as there are cores."""
        self.explains_excludes = explains_excludes
        """Whether files that were named and are excluded are told."""
        self.baseline = baseline
        """The findings that do not count, or the file that holds them; "" for none, None for that of the settings."""
        self.listing = listing
        """git's list of the files of the root, already asked for; None: it is asked when it is needed."""
        self.cache = cache
        """Whether results may be kept, and kept ones used."""
        self.cache_dir = cache_dir
        """The folder that they are kept in; None: that of the settings, else the user's."""

    @property
    def today(self) -> date:
        """The day of the run."""
        if self._today is None:
            from datetime import date  # a run without dates does without it

            self._today = date.today()
        return self._today
