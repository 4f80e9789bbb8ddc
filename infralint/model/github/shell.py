"""Where a workflow or action names the shell of its scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infralint.model.element import UNKNOWN, Unknown
from infralint.model.github.value import Part, Route, get, known
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job

SHELLS = ("bash", "sh", "pwsh", "powershell", "python", "cmd")


class Shell(Part):
    """One `shell:`, of a step or of `defaults`; it stands at its value."""

    text: Text
    job: Job | None

    def __init__(self, file: Any, text: Text, route: Route, job: Job | None) -> None:
        super().__init__(file, None, route, text.start, text.end)
        self.text = text
        self.job = job

    @property
    def program(self) -> str:
        """The program that is called, without its folder and in lower case."""
        words = self.text.split()
        return words[0].replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe").lower() if words else ""

    @property
    def is_known(self) -> bool:
        """Whether it is one of the shells that GitHub knows by name."""
        return self.program in SHELLS

    @property
    def is_template(self) -> bool:
        """Whether it says itself where the script goes (`{0}`)."""
        return "{0}" in self.text

    @property
    def is_name(self) -> bool:
        """Whether it is a single word, by which GitHub has to know the shell."""
        return not self.is_template and len(self.text.split()) == 1 and "/" not in self.text

    @property
    def is_on_wrong_system(self) -> bool | Unknown:
        """Whether the job's runner has no such shell: `powershell` and `cmd` off Windows, `sh` on it."""
        if self.job is None or self.job.is_windows is UNKNOWN or not self.is_name or self.job.runs_on is None:
            return UNKNOWN
        windows = self.job.is_windows
        if self.job.self_hosted_label is not None:
            return UNKNOWN
        return self.program in (("sh",) if windows else ("powershell", "cmd"))


def shells_of(file: Any, root: Any, jobs: list[Job], steps: list[Any]) -> list[Shell]:
    """Every shell that is named."""
    found: list[Shell] = []

    def add(node: Any, route: Route, job: Job | None) -> None:
        value = known(node)
        if isinstance(value, Text) and value.strip():
            found.append(Shell(file, value, route, job))

    add(get(root, "defaults", "run", "shell"), ("defaults", "run", "shell"), None)
    for job in jobs:
        add(job.get("defaults", "run", "shell"), (*job.route, "defaults", "run", "shell"), job)
    for step in steps:
        add(step.get("shell"), (*step.route, "shell"), step.job)
    return found
