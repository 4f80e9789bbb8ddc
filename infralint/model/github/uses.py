"""What a `uses:` names: an action or reusable workflow, remote, local or an image, and the ref it is pinned to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from infralint.model.element import UNKNOWN, Unknown, askable, fact
from infralint.model.github.pins import pin_edits, pins_of, release_edits, version_edits
from infralint.model.github.ref import Ref, is_of_other_forge, tag_in
from infralint.model.github.value import Part, Route, get
from infralint.model.index import Index
from infralint.model.shared.image import Image
from infralint.syntax.yaml import Mapping, parse
from infralint.tables import github
from infralint.text.edit import Edit
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job
    from infralint.model.github.remote_refs import Refs
    from infralint.model.github.step import Step


class Uses(Part):
    """A `uses:`; it stands at its value."""

    text: Text
    job: Job | None
    step: Step | None

    def __init__(self, file: Any, text: Text, route: Route, job: Job | None, step: Step | None) -> None:
        super().__init__(file, None, route, text.start, text.end)
        self.text = text
        self.job = job
        self.step = step

    @property
    def is_local(self) -> bool:
        """Whether it is a folder or file of this repository."""
        return self.text.startswith("./") or self.text.startswith("$/")

    @property
    def is_docker(self) -> bool:
        """Whether it is an image."""
        return self.text.lower().startswith("docker://")

    @property
    def is_remote(self) -> bool:
        """Whether it comes from another repository."""
        return not self.is_local and not self.is_docker and "/" in self.text

    @property
    def is_malformed(self) -> bool:
        """Whether GitHub cannot read it: neither `owner/name@ref` nor `./folder` nor `docker://image`."""
        if self.is_docker:
            return len(self.text) <= len("docker://")
        if self.is_local:
            return False
        return re.fullmatch(r"[\w.-]+/[\w.-]+(?:/[^@\s]+)*@\S+", self.text) is None

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
        """What is used without its ref, in lower case: `actions/checkout`, `github/codeql-action/init`."""
        return self.text.split("@", 1)[0].strip().lower().rstrip("/") if self.is_remote else ""

    @fact
    def owner(self) -> str:
        """Who owns the action; "" where it is not remote."""
        return self.text.split("@", 1)[0].split("/")[0] if self.is_remote else ""

    @fact
    def repository(self) -> str:
        """`owner/name`; "" where it is not remote."""
        return "/".join(self.text.split("@", 1)[0].split("/")[:2]) if self.is_remote else ""

    @fact
    def path(self) -> str:
        """The folder inside the repository, the local folder, or ""."""
        if self.is_local:
            return self.text[2:].strip("/")
        return "/".join(self.text.split("@", 1)[0].split("/")[2:]) if self.is_remote else ""

    @property
    def is_first_party(self) -> bool:
        """Whether GitHub itself owns it."""
        return self.owner.lower() in github.FIRST_PARTY

    @property
    def is_reusable_workflow(self) -> bool:
        """Whether it is a workflow that a job calls."""
        return self.step is None

    @fact
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

    @fact
    def version_comment(self) -> Text | None:
        """The version that the comment names (`v4.1.2` of `# v4.1.2` or `# tag=v4.1.2`)."""
        match = self.comment and re.match(
            r"(?:(?:tag|pin|ratchet|version)\s*[=:@]?\s*)?(?:\S+@)?(v?\d[\w.+-]*)", self.comment
        )
        return self.comment.slice(*match.span(1)) if match and self.comment is not None else None

    @fact
    def tag_in_comment(self) -> Text | None:
        """The tag that the comment names, with the part of the repository that it is of (`sub/v4.1.2`)."""
        return tag_in(self.comment) if self.comment is not None else None

    @fact
    def pinned(self) -> list[Edit] | None:
        """Edits that write the commit which this version is known to be, its exact tag behind it; None if none or several are."""
        if self.ref is None or self.ref.is_commit:
            return None
        return pin_edits(self, pins_of(self.file.index).of(self.repository, str(self.ref.name)))

    @fact
    def pinned_to_release(self) -> list[Edit] | None:
        """Edits that write the one release of this version (`v4.2.2` of `v4`) to which the same action is pinned elsewhere."""
        if self.ref is None or self.ref.is_commit:
            return None
        return pin_edits(self, pins_of(self.file.index).within(self.repository, str(self.ref.name)))

    @property
    def _answer(self) -> Refs | None:
        """What its repository answered in this run (`--online`); None where it was not asked or gave no answer."""
        remotes = self.file.index.remotes
        return remotes.get(self.repository.lower()) if remotes and not is_of_other_forge(self.source.path) else None

    @property
    def is_gone(self) -> bool | Unknown:
        """Whether its server says that there is no such repository; unknown as long as nobody has asked."""
        return UNKNOWN if self._answer is None else self._answer.is_gone

    @property
    def new_repository(self) -> str | Unknown | None:
        """The `owner/name` to which the server sends those who ask for this one; unknown as long as nobody has asked."""
        return UNKNOWN if self._answer is None else self._answer.moved_to

    @fact
    def text_by_new_name(self) -> str | None:
        """The same action of the repository that has taken its place; None where there is none."""
        name = self.new_repository
        return f"{name}{self.text[len(self.repository) :]}" if name is not UNKNOWN and name is not None else None

    @fact
    def agrees_with_comment(self) -> bool | Unknown:
        """Whether its commit is the version that the comment names; unknown as long as its repository was not asked."""
        said, ref, refs = self.tag_in_comment, self.ref, self._answer
        if said is None or ref is None or not ref.is_commit or refs is None or refs.is_gone:
            return UNKNOWN
        from infralint.model.github.remote_refs import agrees

        return agrees(str(said), str(ref.name), refs)

    @fact
    def commented(self) -> list[Edit] | None:
        """Edits by which the comment names the release that its commit is, as its repository says, or else the pins here."""
        ref = self.ref
        if ref is None or not ref.is_commit:
            return None
        if ref.tags is UNKNOWN:
            return version_edits(self, pins_of(self.file.index).release(self.repository, str(ref.name)))
        from infralint.model.github.remote_refs import release_of

        return version_edits(self, release_of(ref.tags))

    @property
    def is_archived(self) -> bool:
        """Whether its owner has archived the repository, so that nobody mends it any more."""
        from infralint.tables.actions import ARCHIVED

        return self.repository.lower() in ARCHIVED

    @fact
    def release(self) -> str | None:
        """The version that is used: the exact tag where its repository was asked, else what the ref or the comment names."""
        ref, refs = self.ref, self._answer
        if ref is None:
            return None
        if refs is not None:
            from infralint.model.github.remote_refs import release_at

            found = release_at(refs, str(ref.name), ref.is_commit)
            if found is not None:
                return found
        version = self.version_comment if ref.is_commit else ref.name
        return str(version) if version is not None else None

    @fact
    def advisory(self) -> str | None:
        """The published advisory that speaks of this release."""
        from infralint.tables.actions import ADVISORIES, advisory_of

        if self.repository.lower() not in ADVISORIES or self.release is None:
            return None
        found = advisory_of(self.repository, self.release)
        return found.id if found is not None else None

    @fact
    def mended(self) -> list[Edit] | None:
        """Edits that take the first release which no advisory speaks of; of a commit, where that release's commit is known."""
        if self.advisory is None or self.release is None:
            return None
        from infralint.model.github.remote_refs import first_mended

        tag = first_mended(self.repository, self.release, self._answer)
        return release_edits(self, tag, pins_of(self.file.index).of(self.repository, tag)) if tag is not None else None

    @fact
    def needs_old_runtime(self) -> bool:
        """Whether this major of the action needs a Node.js that runners no longer have."""
        from infralint.tables.action_inputs import is_outdated

        return self.release is not None and is_outdated(self.action, self.release)

    @fact
    def likely_owner(self) -> str | None:
        """The well-known owner whose name this one is a slip away from."""
        from infralint.tables.actions import misspelled

        return misspelled(self.owner) if self.is_remote else None

    @fact
    def likely_text(self) -> str | None:
        """The same action of the owner whose name was most likely meant."""
        return self.likely_owner + str(self.text)[len(self.owner) :] if self.likely_owner is not None else None

    @askable
    def is_among(self, patterns: Sequence[str]) -> bool:
        """Whether one of these names it: `owner/*`, `owner/name` with all below it, or one ref of it by `owner/name@v1`."""
        from fnmatch import fnmatchcase

        for pattern in patterns:
            name, _, ref = str(pattern).partition("@")
            below = fnmatchcase(self.action, name.lower()) or self.action.startswith(f"{name.lower()}/")
            if below and (not ref or (self.ref is not None and fnmatchcase(self.ref.name, ref))):
                return True
        return False

    @property
    def is_by_verified_owner(self) -> bool:
        """Whether GitHub has verified who owns it, as far as it is known."""
        from infralint.tables.actions import is_verified

        return is_verified(self.owner)

    @property
    def logs_in_to(self) -> str | None:
        """The cloud or service whose identity the job has behind it."""
        from infralint.tables.permissions import LOGINS

        return LOGINS.get(self.action)

    @fact
    def tool_of_runner(self) -> str | None:
        """The tool of GitHub's own runners that does the same."""
        from infralint.tables.actions import SUPERFLUOUS

        return SUPERFLUOUS.get(self.action)

    @fact
    def open_tool_version(self) -> Part | None:
        """The input that asks for the latest release of the tool it fetches; itself where nothing is asked for."""
        from infralint.tables.actions import TOOL_VERSIONS

        name = TOOL_VERSIONS.get(self.action)
        if name is None or self.step is None:
            return None
        found = self.step.input_named(name)
        if found is None or found.value is None:
            return self
        return found if found.value == "latest" else None

    @fact
    def publishing_credential(self) -> Part | None:
        """The input by which a stored token publishes to a registry that would take the workflow's own identity."""
        from infralint.tables.actions import PUBLISHERS

        publisher = PUBLISHERS.get(self.action)
        found = self.step.input_named(publisher.credential) if publisher is not None and self.step is not None else None
        if publisher is None or self.step is None or found is None or not found.text:
            return None
        if publisher.off:
            return found if found.value == publisher.off else None
        for name in publisher.registry:
            registry = self.step.input(name)
            if registry is not None and registry not in publisher.trusting:
                return None
        return found

    @fact
    def plain_path(self) -> str | None:
        """The action without needless slashes and dots in its path; None where it has none, or leaves the repository."""
        return github.plain_action(str(self.text)) if self.is_remote else None

    @property
    def has_needless_path(self) -> bool:
        """Whether its path holds `//`, `/.` or `/..`, or ends with a slash."""
        if not self.is_remote:
            return False
        parts = self.text.split("@", 1)[0].split("/")
        return any(part in ("", ".", "..") for part in parts[2:])

    @fact
    def local_file(self) -> str | None:
        """The file that a local action or workflow is read from; None if it is not there."""
        if not self.is_local:
            return None
        index: Index = self.file.index
        folder = self.source.path.partition(".github/")[0]  # a template may hold a repository of its own
        base = index.resolve(folder, str(self.text[2:]) or ".")
        if base is None:
            return None
        if self.is_reusable_workflow:
            return base if index.is_file(base) else None
        names = [f"{base}/{name}".removeprefix("./") for name in ("action.yml", "action.yaml")]
        return next((name for name in names if index.is_file(name)), None)

    @fact
    def declared_outputs(self) -> list[str] | None:
        """The outputs that a local action or workflow declares; None for those that are not here."""
        return self._declared("outputs")

    @fact
    def missing_inputs(self) -> list[str]:
        """Inputs that a local action or workflow requires and that are not given."""
        root = _root(self.file.index, self.local_file)
        declared = get(root, *self._head, "inputs")
        if not isinstance(declared, Mapping):
            return []
        holder = self.step or self.job
        written = holder.get("with") if holder is not None else None
        given = {name.lower() for name, _ in written.items()} if isinstance(written, Mapping) else set()
        missing = []
        for name, value in declared.items():
            required = get(value, "required")
            is_required = getattr(required, "value", None) in (True, "true")
            if is_required and get(value, "default") is None and name.lower() not in given:
                missing.append(str(name))
        return missing

    @property
    def _head(self) -> tuple[str, ...]:
        return ("on", "workflow_call") if self.is_reusable_workflow else ()

    def _declared(self, what: str) -> list[str] | None:
        root = _root(self.file.index, self.local_file)
        if root is None:
            return None
        node = get(root, *self._head, what)
        return [str(name) for name, _ in node.items()] if isinstance(node, Mapping) else []


def _root(index: Index, path: str | None) -> Mapping | None:
    def read() -> Mapping | None:
        source = index.source(path) if path is not None else None
        root = parse(source).root if source is not None else None
        return root if isinstance(root, Mapping) else None

    return index.memo(("github-yaml", path), read) if path is not None else None
