"""Where a workflow or action names the shell of its scripts."""

from __future__ import annotations

from infralint.model.github.document import GithubDocument, Part, Route
from infralint.model.github.job import Job
from infralint.text.source import Text


class Shell(Part):
    """One `shell:`, of a step or of `defaults`; it stands at its value."""

    text: Text
    job: Job | None

    def __init__(self, file: GithubDocument, text: Text, route: Route, job: Job | None) -> None:
        super().__init__(file, None, route, text.start, text.end)
        self.text = text
        self.job = job

    @property
    def program(self) -> str:
        """The program that is called, without its folder and in lower case."""
        words = self.text.split()
        return words[0].replace("\\", "/").rsplit("/", 1)[-1].removesuffix(".exe").lower() if words else ""

    @property
    def is_template(self) -> bool:
        """Whether it says itself where the script goes (`{0}`)."""
        return "{0}" in self.text

    @property
    def is_name(self) -> bool:
        """Whether it is a single word, by which GitHub has to know the shell."""
        return not self.is_template and len(self.text.split()) == 1 and "/" not in self.text
