"""Jenkinsfiles: declarative pipelines by stage; of scripted ones the nodes, their steps and what is put into their strings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from infralint.model.document import Comment, Document, Noun, Problem
from infralint.model.element import UNKNOWN, Element, Truth, Unknown
from infralint.model.index import Index
from infralint.model.pipelines.document import Pipeline, PipelineDocument
from infralint.model.pipelines.job import ExternalCode, Job, JobVariable, Parts, Script, Substitution
from infralint.model.pipelines.reading import COMMIT, RELEASE, writer_of
from infralint.model.shared.image import Image
from infralint.model.shared.variable import Variable
from infralint.syntax.groovy import NAME, STRING, Token, text_of_string, tokenize
from infralint.syntax.groovy_tree import Statement, Tree
from infralint.syntax.yaml_nodes import Stream
from infralint.text import regex as re
from infralint.text.source import Source, Text, text_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import ClassVar

KIND = "jenkins"
SHELLS: dict[str, Truth] = {"sh": True, "bat": False, "powershell": False, "pwsh": False}
_OUTSIDERS = (
    "change_title", "change_branch", "change_fork", "change_author", "change_author_display_name", "change_author_email", "ghprbpulltitle",
    "ghprbpulllongdescription", "ghprbsourcebranch", "ghprbcommentbody", "ghprbpullauthorlogin", "ghprbactualcommitauthor", "gitlabsourcebranch",
    "gitlabmergerequesttitle", "gitlabmergerequestdescription", "gitlabtriggerphrase", "gitlabusername",
)  # fmt: skip
_OF_WRITERS = (
    "branch_name",
    "tag_name",
    "git_branch",
    "git_local_branch",
    "git_commit_message",
    "git_author_name",
    "change_target",
    "change_url",
)
"""After "Using a Jenkinsfile", the GitHub Pull Request Builder's and the GitLab plugin's pages (read 2026-11)."""
WRITERS = {
    form.format(name): writer
    for names, writer in ((_OUTSIDERS, "outsider"), (_OF_WRITERS, "writer"))
    for name in names
    for form in ("{}", "env.{}")
} | {"params.*": "starter"}
BINDINGS = ("variable", "usernameVariable", "passwordVariable", "keyFileVariable", "passphraseVariable", "accessKeyVariable", "secretKeyVariable",
            "tokenVariable", "keystoreVariable", "aliasVariable")  # fmt: skip


class JenkinsDocument(PipelineDocument):
    """A Jenkinsfile."""

    system = "Jenkins"
    shell = "sh"

    def __init__(self, source: Source, index: Index, kind: str) -> None:
        Document.__init__(self, source, index, kind)
        self.stream = Stream(source, False)
        self.cut = tokenize(source)
        self.tree = Tree(self.cut)
        self.problems = [Problem("syntax", p.message, source, p.start, p.end) for p in self.cut.problems]

    def comments(self) -> list[Comment]:
        found = []
        for token in self.cut.comments:
            line = self.source.line_of(token.start)
            alone = not self.source.text[self.source.line_span(line).start : token.start].strip()
            found.append(Comment(token.text, token.start, token.end, line, alone))
        return found

    def main_line(self) -> int | None:
        first = self.pipeline or next(iter(self.tree.top()), None)
        return self.source.line_of(first.start) if first is not None else None

    @cached_property
    def pipeline(self) -> Statement | None:
        """The declarative pipeline; None in a scripted one."""
        return next((one for one in self.tree.top() if one.head == "pipeline" and one.block is not None), None)

    def text(self, token: Token) -> Text:
        """The content of a string."""
        return text_of_string(self.source, token)

    def span(self, first: int, last: int) -> Text:
        """The tokens between two places as they are written."""
        return text_at(self.source, self.cut.tokens[first].start, self.cut.tokens[last - 1].end)

    def read_jobs(self) -> Iterable[Job]:
        if self.pipeline is not None:
            sections = {one.head: one for one in self.pipeline.statements()}
            yield from self._stages(sections.get("stages"), [sections])
            if "stages" not in sections:
                name = self.pipeline.name
                yield self._job(text_at(self.source, name.start, name.end), self.pipeline, [sections])
            post = sections.get("post")
            if post is not None:
                yield self._job(text_at(self.source, post.name.start, post.name.end), post, [sections])
            return
        for one in self.tree.walk():
            if one.head == "node" and one.block is not None:
                yield self._job(text_at(self.source, one.name.start, one.name.end), one, [])

    def _stages(self, section: Statement | None, outer: list[dict[str, Statement]]) -> Iterator[Job]:
        for stage in section.statements() if section is not None and len(outer) < 12 else ():
            if stage.head != "stage":
                continue
            own = {one.head: one for one in stage.statements()}
            title = stage.first_string()
            name = self.text(title) if title is not None else text_at(self.source, stage.name.start, stage.name.end)
            for key in ("stages", "parallel"):
                yield from self._stages(own.get(key), [own, *outer])
            matrix = own.get("matrix")
            if matrix is not None:
                inner = {one.head: one for one in matrix.statements()}
                yield from self._stages(inner.get("stages"), [inner, own, *outer])
            if "steps" in own or not {"stages", "parallel", "matrix"} & set(own):
                yield self._job(name, stage, [own, *outer])

    def _job(self, name: Text, holder: Statement, levels: list[dict[str, Statement]]) -> Job:
        agent = next((one["agent"] for one in levels if "agent" in one), None)
        inside = list(self._within(holder))
        images = [*self._images(agent), *self._inside_images(inside)]
        timeout = next((one for level in levels for one in _options(level) if one.head == "timeout"), None)
        timeout = timeout or next((one for one in inside if one.head == "timeout"), None) or self._around(holder)
        own = levels[0] if levels else {}
        approval = any("input" in level for level in levels) or any(one.head == "input" for one in inside)
        whens = [level["when"] for level in levels if "when" in level]
        conditions = {one.head for when in whens for one in self._within(when)}
        label = self._label(agent)
        return Job(
            name,
            None,
            Parts(
                images=tuple(images),
                scripts=tuple(self.shell_scripts(holder)),
                variables=tuple(variable for level in levels for variable in self._variables(level.get("environment"))),
                timeout=Element(self.source, timeout.start, timeout.end) if timeout is not None else None,
                runner=(label,) if label is not None else (),
                is_approved=approval or self._approved_before(holder),
                runs_on_change=True if "changeRequest" in conditions else UNKNOWN,
                is_limited=bool(conditions & {"branch", "tag", "buildingTag", "expression"}),
                is_template="steps" not in own and bool(own),
            ),
        )

    def _approved_before(self, holder: Statement) -> bool:
        """Whether an earlier stage waits for a person."""
        return any(one.head == "input" and one.start < holder.start for one in self._statements)

    @cached_property
    def _statements(self) -> list[Statement]:
        return list(self.tree.walk())

    def _within(self, holder: Statement) -> Iterator[Statement]:
        """The statements in a statement's blocks."""
        return (one for one in self._statements if holder.start < one.start and one.end <= holder.end)

    def _around(self, holder: Statement) -> Statement | None:
        """The `timeout` that encloses a statement, or that the properties of a scripted pipeline hold."""
        return next(
            (
                one
                for one in self._statements
                if one.head == "timeout" and one.start < holder.start and one.end >= holder.end
            ),
            None,
        )

    def _images(self, agent: Statement | None) -> Iterator[Image]:
        for one in agent.statements() if agent is not None else ():
            if one.head == "docker":
                token = one.first_string()
                if token is not None and one.block is None:
                    yield Image(self.text(token), _resolve)
                for inner in one.statements():
                    if inner.head == "image" and (token := inner.first_string()) is not None:
                        yield Image(self.text(token), _resolve)

    def _inside_images(self, inside: list[Statement]) -> Iterator[Image]:
        for one in inside:
            if one.head == "docker.image" and (token := one.first_string()) is not None:
                yield Image(self.text(token), _resolve)

    def _label(self, agent: Statement | None) -> Text | None:
        """The label that chooses the agent."""
        for one in agent.statements() if agent is not None else ():
            inner = one.statements() if one.head == "node" else [one]
            for each in inner:
                if each.head == "label" and (token := each.first_string()) is not None:
                    return self.text(token)
        return None

    def _variables(self, section: Statement | None) -> Iterator[JobVariable]:
        for one in section.statements() if section is not None else ():
            if one.value is None:
                continue
            name = text_at(self.source, one.name.start, one.name.end)
            token = self.cut.tokens[one.value] if one.value < one.last else None
            if token is not None and token.kind == STRING and one.value + 1 == one.last:
                text = self.text(token)
                yield JobVariable(one.start, one.end, name, text, UNKNOWN if token.interpolations else text)
            else:
                yield JobVariable(one.start, one.end, name, None, UNKNOWN)

    def shell_strings(self, holder: Statement | None = None) -> Iterator[tuple[str, Token]]:
        """The strings that steps hand to a shell, with the step's name."""
        tokens = self.cut.tokens
        first, last = (holder.first, holder.last) if holder is not None else (0, len(tokens))
        for at in range(first, last - 1):
            token = tokens[at]
            if token.kind != NAME or token.text not in SHELLS or (at and tokens[at - 1].text in (".", "?.", "@")):
                continue
            following = tokens[at + 1]
            if following.text == "(" and at + 1 in self.cut.pairs:
                arguments = self.tree.arguments(at + 2, self.cut.pairs[at + 1])
            elif following.kind in (STRING, NAME):
                end = next(
                    (n for n in range(at + 1, last) if tokens[n].kind == "newline" or tokens[n].text in (";", "}")),
                    last,
                )
                arguments = self.tree.arguments(at + 1, end)
            else:
                continue
            for argument in arguments:
                if argument.name is None or argument.name.text == "script":
                    found = tokens[argument.first]
                    if found.kind == STRING and (
                        argument.last == argument.first + 1 or tokens[argument.first + 1].text == "."
                    ):
                        yield token.text, found
                    break

    def shell_scripts(self, holder: Statement) -> Iterator[Script]:
        """The scripts that the steps within a statement run."""
        for step, token in self.shell_strings(holder):
            yield Script(text_of_string(self.source, token, masks=True), SHELLS[step])

    def read_external_code(self) -> Iterable[ExternalCode]:
        tokens = self.cut.tokens
        for at, token in enumerate(tokens[:-1]):
            if token.kind != NAME or token.text not in ("Library", "library", "lib"):
                continue
            is_annotation = at > 0 and tokens[at - 1].text == "@"
            if token.text == "Library" and not is_annotation:
                continue
            end = self.cut.pairs.get(at + 1, at + 2) if tokens[at + 1].text == "(" else at + 2
            for found in tokens[at + 1 : end]:
                if found.kind == STRING and found.text.strip("'\"") and not found.interpolations:
                    yield _library(self.text(found))
                    if token.text != "Library":
                        break

    def read_variables(self) -> Iterable[Variable]:
        if self.pipeline is not None:
            sections = {one.head: one for one in self.pipeline.statements()}
            return self._variables(sections.get("environment"))
        return ()

    def read_substitutions(self) -> Iterable[Substitution]:
        for _, token in self.shell_strings():
            for one in token.interpolations:
                writer = writer_of(_plain(one.expression), WRITERS)
                if writer is not None:
                    yield Substitution(self.source, one.start, one.end, one.expression, "script", writer)
        for statement in self._statements:
            if statement.head in ("label", "node"):
                title = statement.first_string()
                for one in title.interpolations if title is not None else ():
                    writer = writer_of(_plain(one.expression), WRITERS)
                    if writer is not None:
                        yield Substitution(self.source, one.start, one.end, one.expression, "runner", writer)

    @cached_property
    def statements(self) -> list[Statement]:
        """Every statement of the file."""
        return self._statements

    nouns: ClassVar[dict[str, Noun]] = {
        **{name: noun for name, noun in PipelineDocument.nouns.items() if name != "node"},
        "pipeline": Noun(Pipeline, lambda file: [Pipeline(file)]),
    }


def _options(level: dict[str, Statement]) -> list[Statement]:
    section = level.get("options")
    return section.statements() if section is not None else []


def _plain(expression: str) -> str:
    """The variable that an expression names, without the methods that are called on it."""
    match = re.match(r"(?:env|params)\.\w+|(?:env|params)\[['\"](\w+)['\"]\]|\w+", expression)
    if match is None:
        return ""
    return match[0] if match[1] is None else f"{match[0].partition('[')[0]}.{match[1]}"


def _library(text: Text) -> ExternalCode:
    _, at, version = text.rpartition("@")
    place = text.slice(len(text) - len(version), len(text)) if at else None
    if "$" in text:
        return ExternalCode("library", text, UNKNOWN, UNKNOWN)
    if (
        at
        and RELEASE.match(version) is None
        and COMMIT.fullmatch(version) is None
        and re.fullmatch(r"v?\d+(?:\.\d+)*", version) is None
    ):
        return ExternalCode("library", text, place, False)
    return ExternalCode("library", text, place, COMMIT.fullmatch(version) is not None if at else False)


def _resolve(text: str) -> str | Unknown:
    return UNKNOWN if "$" in text else text
