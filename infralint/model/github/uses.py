"""What a `uses:` names: an action or reusable workflow, remote, local or an image, and the ref behind the `@`."""

from __future__ import annotations

from functools import cached_property

from infralint.model.element import fact
from infralint.model.github.document import GithubDocument, Part, Route
from infralint.model.shared.image import Image
from infralint.text import regex as re
from infralint.text.source import Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.step import Step


GITHUB = ("https://github.com/", "http://github.com/")


class Uses(Part):
    """A `uses:`; it stands at its value."""

    text: Text
    job: Job | None
    step: Step | None

    def __init__(self, file: GithubDocument, text: Text, route: Route, job: Job | None, step: Step | None) -> None:
        super().__init__(file, None, route, text.start, text.end)
        self.text = text
        self.job = job
        self.step = step

    @property
    def is_local(self) -> bool:
        """Whether it is a folder or file of this repository."""
        return self.text.startswith("./") or self.text.startswith("$/")

    @property
    def is_own(self) -> bool:
        """Whether it is of this commit by definition, whatever has been checked out (`$/`)."""
        return self.text.startswith("$/")

    @property
    def is_docker(self) -> bool:
        """Whether it is an image."""
        return self.text.lower().startswith("docker://")

    @property
    def is_remote(self) -> bool:
        """Whether it comes from another repository."""
        return not self.is_local and not self.is_docker and "/" in self.text

    @property
    def is_elsewhere(self) -> bool:
        """Whether it is named by the address of another server than github.com, as Gitea and Forgejo take it."""
        return self._host > 0 and not self.text.lower().startswith(GITHUB)

    @cached_property
    def _host(self) -> int:
        """The length of `https://HOST/` before the name of the repository; 0 where there is none."""
        match = re.match(r"https?://[^/@\s]{1,250}/", self.text, re.I)
        return match.end() if match is not None else 0

    @property
    def _name(self) -> str:
        """`owner/name/path` without server and ref."""
        return self.text.split("@", 1)[0][self._host :]

    @fact
    def image(self) -> Image | None:
        """The image of a `docker://`."""
        return Image(self.text.slice(len("docker://"), len(self.text))) if self.is_docker else None

    @fact
    def ref(self) -> Ref | None:
        """The ref of a remote action; None where none is written."""
        at = self.text.rfind("@")
        if not self.is_remote or at < 0 or at + 1 == len(self.text):
            return None
        return Ref(self, self.text.slice(at + 1, len(self.text)))

    @fact
    def action(self) -> str:
        """What is used without its ref, in lower case: `actions/checkout`, `github/codeql-action/init`; with its host where that is another."""
        name = self.text.split("@", 1)[0].partition("//")[2] if self.is_elsewhere else self._name
        return name.strip().lower().rstrip("/") if self.is_remote else ""

    @fact
    def owner(self) -> Text:
        """Who owns the action; "" where it is not remote."""
        length = len(self._name.split("/")[0]) if self.is_remote else 0
        return self.text.slice(self._host, self._host + length)

    @fact
    def repository(self) -> Text:
        """`owner/name`, with its address where it is on another server; "" where it is not remote."""
        names = self._name.split("/")[:2] if self.is_remote else []
        return self.text.slice(0 if self.is_elsewhere else self._host, self._host + len("/".join(names)))

    @fact
    def path(self) -> str:
        """The folder inside the repository, the local folder, or ""."""
        if self.is_local:
            return self.text[2:].strip("/")
        return "/".join(self._name.split("/")[2:]) if self.is_remote else ""

    @property
    def is_reusable_workflow(self) -> bool:
        """Whether it is a workflow that a job calls."""
        return self.step is None

    @cached_property
    def comment(self) -> Text | None:
        """The comment beside it, without `#`: the version that a commit stands for."""
        end = self.source.line_span(self.source.line_of(self.end)).end
        rest = self.source.text[self.end : end]
        at = rest.find("#")
        if at < 0 or rest[:at].strip(" \t'\""):
            return None
        start = self.end + at + 1
        body = self.source.text[start:end]
        blanks = len(body) - len(body.lstrip())
        return Text(body.strip(), self.source, start + blanks, start + len(body.rstrip()))

    @cached_property
    def version_comment(self) -> Text | None:
        """The version that the comment names (`v4.1.2` of `# v4.1.2` or `# tag=v4.1.2`)."""
        match = self.comment and re.match(
            r"(?:(?:tag|pin|ratchet|version)\s*+(?:[=:@]\s*+)?)?(?:\S+@)?(v?\d[\w.+-]*)", self.comment
        )
        return self.comment.slice(*match.span(1)) if match and self.comment is not None else None

    @fact
    def tag_in_comment(self) -> Text | None:
        """The tag that the comment names, with the part of the repository that it is of (`sub/v4.1.2`)."""
        return tag_in(self.comment) if self.comment is not None else None


class Ref(Part):
    """What stands behind the `@`; it stands there."""

    name: Text

    def __init__(self, uses: Uses, name: Text) -> None:
        super().__init__(uses.file, None, uses.route, name.start, name.end)
        self.name = name
        self.uses = uses

    @property
    def is_commit(self) -> bool:
        """Whether it is a full commit, which never moves."""
        return len(self.name) in (40, 64) and re.fullmatch("[0-9a-fA-F]+", self.name) is not None

    @property
    def kind(self) -> str:
        """ "commit", "version" (v1, v1.2.3, 1.2) or "branch" (or any other tag)."""
        if self.is_commit:
            return "commit"
        return "version" if re.fullmatch(r"(?:[\w-]*?[-/])?v?\d+(?:\.[\w-]+)*(?:[-+].*)?", self.name) else "branch"


def tag_in(comment: Text) -> Text | None:
    """The tag that a comment begins with: one with a `v` or a dot, or one that is all of the comment."""
    match = re.match(
        r"(?:renovate:\s*+)?(?:(?:tag|pin|ratchet|version)\s*+(?:[=:@]\s*+)?)?(?:@?[\w./-]+@)?"
        r"((?:[A-Za-z][\w./-]{0,80}[-/@_])?(v?\d(?:[\w.+-]*\w)?))(?=[\s,;()]|\.?(?:\s|$))",
        comment,
    )
    if match is None or not (match[2].startswith("v") or "." in match[2] or match.end() == len(comment)):
        return None
    return comment.slice(*match.span(1))
