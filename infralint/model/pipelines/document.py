"""A pipeline file in YAML: the parsed tree, and the nouns that all CI systems share."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property

from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import askable
from infralint.model.index import Index
from infralint.model.pipelines.job import ExternalCode, Job, JobVariable, Script, Substitution
from infralint.model.shared.config import Node as AnyNode
from infralint.model.shared.config import nodes_of
from infralint.model.shared.image import Image
from infralint.model.shared.keyed import Keyed
from infralint.model.shared.secret import Secret, Url, secrets_of, urls_in
from infralint.model.shared.value import get
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node, Scalar, Sequence, parse
from infralint.text.source import Source, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, ClassVar


class Pipeline(Keyed):
    """The pipeline that a file describes; it stands at the file's first line."""

    __slots__ = ("file",)

    def __init__(self, file: PipelineDocument) -> None:
        start, end = file.source.line_span(file.main_line() or 1)
        super().__init__(file.source, start, end)
        self.file = file

    @property
    def node(self) -> Mapping | None:
        """The mapping that the file is; None where it holds several documents."""
        root = self.file.root
        return root if isinstance(root, Mapping) and len(self.file.stream.documents) == 1 else None

    @property
    def jobs(self) -> list[Job]:
        """Its jobs, templates left out."""
        return [job for job in self.file.jobs if not job.is_template]

    def at_key(self, key: str) -> Node | None:
        return get(self.file.root, *key.split("."))

    @askable
    def key(self, name: str) -> Text | None:
        """The word of a key at the top of the file; None where it is not written."""
        return self.file.root.key(name) if self.file.root is not None else None


class PipelineDocument(Document):
    """A file of a CI system. A subclass per system reads what the file says; nothing is worked out before a rule asks."""

    system: ClassVar[str] = "the CI system"
    shell: ClassVar[str] = "bash"
    """What runs its scripts where they do not say it."""
    schema: ClassVar[str] = ""
    """The published JSON schema's name, "" where there is none."""

    is_lenient: ClassVar[bool] = False
    """Whether the CI system accepts what its published schema does not know."""
    lenient_keys: ClassVar[frozenset[str]] = frozenset()
    """Keys of whose values it accepts more than the schema."""
    coerces: ClassVar[bool] = False
    """Whether it takes a number or a boolean for a text, one value for a list, and other spellings of a key."""
    flattened: ClassVar[frozenset[str]] = frozenset()
    """Keys of lists in which the CI system takes lists for their items."""
    outsider_variables: ClassVar[frozenset[str]] = frozenset()
    """The variables of the shell whose content anyone decides who names a branch, writes a message or opens a change."""

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        super().__init__(source, index, kind)
        self.stream = parse(source, merge=True)
        self.problems = [Problem(p.name, p.message, source, p.start, p.end) for p in self.stream.problems]

    @property
    def roots(self) -> list[Mapping]:
        """The mappings of the file's YAML documents."""
        return [root for root in self.stream.documents if isinstance(root, Mapping)]

    @property
    def root(self) -> Mapping | None:
        """The mapping that describes the pipeline."""
        return next(iter(self.roots), None)

    @property
    def schema_root(self) -> Node | None:
        """What the published schema describes."""
        return self.stream.documents[-1] if self.stream.documents else None

    def comments(self) -> list[Comment]:
        return [Comment(*comment) for comment in self.stream.comments()]

    def main_line(self) -> int | None:
        root = self.root
        return self.source.line_of(root.pairs[0].start) if root is not None and root.pairs else None

    def key_of(self, element: Any) -> str:
        node = self._node_at(element.start, element.end)
        return ".".join(str(part) for part in node.route()) if node is not None else ""

    def _node_at(self, start: int, end: int) -> Any:
        """The smallest value around a span."""
        node: Any = next((root for root in self.stream.documents if root.start <= start and end <= root.end), None)
        while node is not None:
            inner: Any = None
            if isinstance(node, Mapping):
                inner = next((p.value for p in node.pairs if p.start <= start and end <= p.end), None)
            elif isinstance(node, Sequence):
                inner = next((item for item in node.items if item.start <= start and end <= item.end), None)
            if inner is None or isinstance(inner, Scalar):
                return inner if inner is not None else node
            node = inner
        return None

    @cached_property
    def jobs(self) -> list[Job]:
        """Its jobs, templates included."""
        jobs = list(self.read_jobs())
        for job in jobs:
            job.parts = job.parts._replace(system=self.system)
        return jobs

    def read_jobs(self) -> Iterable[Job]:
        """The jobs that the file describes."""
        return ()

    @cached_property
    def external_code(self) -> list[ExternalCode]:
        """The code from elsewhere that the file names."""
        found = _once([*self.read_external_code(), *(code for job in self.jobs for code in job.parts.external)])
        for code in found:
            code.file = self
        return found

    def read_external_code(self) -> Iterable[ExternalCode]:
        """The code from elsewhere that the pipeline as a whole takes."""
        return ()

    @property
    def lent_names(self) -> str:
        """What the vendor's own templates that the file takes are called, in lower case."""
        return ""

    @cached_property
    def variables(self) -> list[Variable]:
        """The variables that the file sets, of the pipeline and of its jobs."""
        return _once([*self.read_variables(), *(each for job in self.jobs for each in job.variables)])

    def read_variables(self) -> Iterable[Variable]:
        """The variables of the pipeline as a whole."""
        return ()

    @cached_property
    def scripts(self) -> list[Script]:
        """The scripts of the file's jobs, each once."""
        return _once([script for job in self.jobs for script in job.scripts if script.source is self.source])

    @cached_property
    def images(self) -> list[Image]:
        """The images that its jobs and their services run in, each place once."""
        found = [image for job in self.jobs for image in (*job.images, *job.services)]
        return _once([image for image in found if image.source is self.source])

    @cached_property
    def substitutions(self) -> list[Substitution]:
        """The places where the CI system pastes a value that others decide."""
        return _once(self.read_substitutions())

    def read_substitutions(self) -> Iterable[Substitution]:
        """The places where the CI system pastes a value that others decide."""
        return ()

    nouns: ClassVar[dict[str, Noun]] = {
        "pipeline": Noun(Pipeline, lambda file: [Pipeline(file)] if file.root is not None else []),
        "job": Noun(Job, lambda file: file.jobs),
        "script": Noun(Script, lambda file: file.scripts),
        "external_code": Noun(ExternalCode, lambda file: file.external_code),
        "substitution": Noun(Substitution, lambda file: file.substitutions),
        "image": Noun(Image, lambda file: file.images),
        "variable": Noun(JobVariable, lambda file: file.variables),
        "secret": Noun(Secret, secrets_of),
        "url": Noun(Url, lambda file: urls_in(file.source)),
        "node": Noun(AnyNode, lambda file: nodes_of(file.stream)),
    }


def _once(found: Iterable[Any]) -> list[Any]:
    """Elements in order, those at the same place once."""
    return list({(one.source.path, one.start, one.end, type(one)): one for one in found}.values())
