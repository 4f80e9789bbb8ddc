"""GitLab CI: jobs with what `extends`, `default:`, anchors and local includes lend them, each key where it is written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cached_property

from infralint.model.element import UNKNOWN, Truth, Unknown
from infralint.model.pipelines.document import PipelineDocument
from infralint.model.pipelines.gitlab_rules import is_approved, is_limited, runs_on_change
from infralint.model.pipelines.job import ExternalCode, Job, JobVariable, Parts, Script, Substitution
from infralint.model.shared.image import Image
from infralint.model.shared.value import get, scalars, text_of
from infralint.model.shared.variable import Variable
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar, Sequence, parse
from infralint.text import regex as re
from infralint.text.source import Text

KIND = "gitlab"
KEYWORDS = frozenset(
    ("after_script", "before_script", "cache", "default", "image", "include", "pages", "services", "spec", "stages", "types", "variables", "workflow")
)  # fmt: skip
DEFAULTS = frozenset(
    ("after_script", "artifacts", "before_script", "cache", "hooks", "id_tokens", "identity", "image", "interruptible", "retry", "services", "tags", "timeout")
)  # fmt: skip
"""What `default:` lends to jobs."""
FORMER = frozenset(("after_script", "before_script", "cache", "image", "services"))
"""What may still stand at the top in place of `default:`."""
MAX_FILES = 150
MAX_LEVELS = 11
PASTED = {
    "runner": ("tags",),
    "image": ("image",),
    "service": ("services",),
    "cache key": ("cache", "key"),
    "resource group": ("resource_group",),
}
"""What variables are replaced in before any shell runs, and where it stands."""
OUTSIDERS = frozenset((
    "CI_MERGE_REQUEST_TITLE", "CI_MERGE_REQUEST_DESCRIPTION", "CI_MERGE_REQUEST_SOURCE_BRANCH_NAME", "CI_MERGE_REQUEST_LABELS",
    "CI_MERGE_REQUEST_MILESTONE", "CI_MERGE_REQUEST_SOURCE_PROJECT_PATH", "CI_COMMIT_MESSAGE", "CI_COMMIT_TITLE", "CI_COMMIT_DESCRIPTION",
    "CI_COMMIT_AUTHOR", "CI_COMMIT_REF_NAME", "CI_COMMIT_BRANCH", "CI_COMMIT_TAG", "CI_COMMIT_TAG_MESSAGE",
    "CI_EXTERNAL_PULL_REQUEST_SOURCE_BRANCH_NAME", "CI_OPEN_MERGE_REQUESTS", "TRIGGER_PAYLOAD", "GITLAB_USER_NAME",
))  # fmt: skip
"""After GitLab's page "Predefined CI/CD variables" (read 2026-11): the names, messages and titles that others write."""
_VARIABLE = re.compile(r"\$(?:\{(\w{1,100}+)\}|(\w{1,100}+))")
_INPUT = re.compile(r"\$\[\[[^\]\n]{0,400}\]\]")
_COMMIT = re.compile(r"[0-9a-f]{40}(?:[0-9a-f]{24})?")
_RELEASE = re.compile(r"v?\d{1,9}\.\d{1,9}\.\d{1,9}(?:[-+][\w.+-]{1,100})?")


class GitlabDocument(PipelineDocument):
    """A `.gitlab-ci.yml`, or a file that one includes."""

    system = "GitLab CI"
    schema = "gitlab-ci"
    flattened = frozenset(("script", "before_script", "after_script", "rules"))
    outsider_variables = OUTSIDERS

    @property
    def header(self) -> Mapping | None:
        """The document before the configuration, which declares inputs."""
        roots = self.roots
        return roots[0] if len(roots) > 1 and "spec" in roots[0] else None

    @property
    def root(self) -> Mapping | None:
        roots = self.roots
        return None if not roots else roots[1] if self.header is not None else roots[0]

    @cached_property
    def included(self) -> list[Mapping]:
        """The configurations of local includes that are here, the one that counts first."""
        return self._reach[0]

    @cached_property
    def is_open(self) -> bool:
        """Whether an include that is not here, or the file that includes this one, may define more."""
        return self._reach[1] or not self.is_root

    @property
    def is_root(self) -> bool:
        """Whether GitLab starts with this file, and not with one that includes it."""
        return self.source.path.rpartition("/")[2].startswith(".gitlab-ci.y")

    @cached_property
    def _reach(self) -> tuple[list[Mapping], bool]:
        found: list[Mapping] = []
        is_open = False
        waiting = [self.root]
        seen = {self.source.path}
        while waiting:
            root = waiting.pop(0)
            for form, text in _includes(root):
                if form == "template":
                    continue
                path = self._local(text) if form == "local" else None
                source = self.index.source(path) if path is not None and path not in seen else None
                if source is None or len(seen) > MAX_FILES:
                    is_open = is_open or path not in seen
                    continue
                seen.add(source.path)
                roots = [one for one in parse(source, merge=True).documents if isinstance(one, Mapping)]
                if roots:
                    found.insert(0, roots[-1])
                    waiting.append(roots[-1])
        return found, is_open

    def _local(self, text: Text) -> str | None:
        """The path that a local include names; None where it holds a variable, an input or a wildcard."""
        if "$" in text or "*" in text:
            return None
        return self.index.resolve("", text.lstrip("/"))

    @cached_property
    def layers(self) -> list[Mapping]:
        """This configuration and what it includes, the one that counts first."""
        return [self.root, *self.included] if self.root is not None else []

    @cached_property
    def stages(self) -> list[Text] | None:
        """The stages in order; None where the default ones count or an include may set others."""
        node = next((found for layer in self.layers if (found := layer.get("stages")) is not None), None)
        return scalars(node) if node is not None else None

    def read_jobs(self) -> Iterable[Job]:
        if self.root is None:
            return
        for pair in self.root.effective().values():
            value = self.stream.resolve(pair.value)
            name = pair.key.text if isinstance(pair.key, Scalar) else None
            if name is not None and isinstance(value, Mapping) and (name not in KEYWORDS or name == "pages"):
                if name == "pages" and "script" not in value and "extends" not in value:
                    continue
                yield Job(name, value, self._parts(str(name), value))

    def chain(self, name: str, node: Mapping) -> tuple[list[Mapping], bool]:
        """The mappings that give a job its keys, the one that counts first, and whether one of them is not here."""
        found: list[Mapping] = []
        is_open = [False]

        def add(name: str, own: Mapping | None, level: int) -> None:
            mine = [own] if own is not None else []
            mine += [
                value for layer in self.layers if isinstance(value := layer.get(name), Mapping) and value is not own
            ]
            if not mine or level > MAX_LEVELS:
                is_open[0] = True
                return
            for each in mine:
                if each in found:
                    continue
                found.append(each)
                for base in reversed(scalars(each.get("extends"))):
                    add(str(base), None, level + 1)

        add(name, node, 0)
        return found, is_open[0]

    def value(self, chain: list[Mapping], key: str, is_open: bool) -> Node | Unknown | None:
        """What a key of a job is: its own, its bases', or the default; UNKNOWN where one that is not here may set it."""
        for each in chain:
            if (found := each.get(key)) is not None:
                return self._lent(found)
        if is_open:
            return UNKNOWN
        if key in DEFAULTS and not _refuses(chain, key):
            for layer in self.layers:
                found = get(layer, "default", key) or (layer.get(key) if key in FORMER else None)
                if found is not None:
                    return self._lent(found)
            return UNKNOWN if self.is_open else None
        return None

    def _lent(self, node: Node) -> Node | Unknown:
        """The value itself, or the one that a `!reference` names; UNKNOWN where that is not here."""
        for _ in range(MAX_LEVELS):
            if node.tag != "!reference":
                return node
            names = (
                [str(one.content) for one in node.items if isinstance(one, Scalar)]
                if isinstance(node, Sequence)
                else []
            )
            found = next((value for layer in self.layers if (value := get(layer, *names)) is not None), None)
            if found is None or not names:
                return UNKNOWN
            node = found
        return UNKNOWN

    def _parts(self, name: str, node: Mapping) -> Parts:
        chain, lent = self.chain(name, node)
        is_open = lent or (
            self.is_open and not any(key in each for each in chain for key in ("script", "run", "trigger"))
        )

        def value(key: str) -> Node | Unknown | None:
            return self.value(chain, key, is_open)

        def written(key: str) -> Node | None:
            found = value(key)
            return None if isinstance(found, Unknown) else found

        image = _image(written("image"))
        tags = scalars(written("tags"))
        posix: Truth = False if any("windows" in tag.lower() for tag in tags) else image is not None or UNKNOWN
        scripts = [
            Script(text, posix, _INPUT)
            for key in ("before_script", "script", "after_script")
            for text in scalars(written(key))
        ]
        hooks = written("hooks")
        scripts += [Script(text, posix, _INPUT) for text in scalars(get(hooks, "pre_get_sources_script"))]
        environment = value("environment")
        named = environment.get("name") if isinstance(environment, Mapping) else environment
        action = text_of(get(environment, "action")) if isinstance(environment, Mapping) else None
        timeout = value("timeout")
        return Parts(
            images=(image,) if image is not None else (),
            services=tuple(found for one in _items(written("services")) if (found := _image(one)) is not None),
            scripts=tuple(scripts),
            variables=tuple(_variables([each.get("variables") for each in chain])),
            external=tuple(_triggered(written("trigger"))),
            environment=None
            if action not in (None, "start")
            else UNKNOWN
            if isinstance(named, Unknown)
            else text_of(named),
            timeout=UNKNOWN if isinstance(timeout, Unknown) else text_of(timeout),
            runner=tuple(tags),
            is_template=name.startswith("."),
            is_approved=is_approved(value("when"), value("rules")),
            allows_failure=self._allows_failure(value),
            runs_on_change=runs_on_change(
                value("rules"), value("only"), value("except"), get(self.root, "workflow", "rules")
            ),
            is_limited=is_limited(value("rules"), value("only"), value("except")),
        )

    @staticmethod
    def _allows_failure(value: object) -> Truth:
        written, when, rules = (value(key) for key in ("allow_failure", "when", "rules"))  # type: ignore[operator]
        if isinstance(written, Unknown):
            return UNKNOWN
        if isinstance(written, Mapping):
            return UNKNOWN
        if isinstance(written, Scalar) and isinstance(written.value, bool):
            return written.value
        if rules is not None:
            return UNKNOWN if isinstance(rules, Unknown) else False
        return UNKNOWN if isinstance(when, Unknown) else text_of(when) == "manual"

    def read_external_code(self) -> Iterable[ExternalCode]:
        root = self.root
        return _external(root.get("include") if root is not None else None)

    def read_variables(self) -> Iterable[Variable]:
        return _variables([self.root.get("variables")]) if self.root is not None else []

    @property
    def lent_names(self) -> str:
        return " ".join(text.lower() for form, text in _includes(self.root) if form == "template")

    def read_substitutions(self) -> Iterable[Substitution]:
        for script in self.scripts:
            for match in _INPUT.finditer(script.text):
                place = script.text.slice(match.start(), match.end())
                writer = "outsider" if "expand_vars" in match[0] else "caller"
                yield Substitution(place.source, place.start, place.end, match[0][3:-2].strip(), "script", writer)
        for owner in self._owners():
            for into, keys in PASTED.items():
                for text in scalars(get(owner, *keys)) + [
                    each for one in _items(get(owner, *keys)) for each in scalars(get(one, keys[-1]))
                ]:
                    yield from outsiders_in(text, into)
            for one in _items(owner.get("cache")):
                for text in scalars(get(one, "key")):
                    yield from outsiders_in(text, "cache key")

    def _owners(self) -> Iterator[Mapping]:
        """The mappings that hold the keys of jobs: the jobs, `default:` and the file itself."""
        if self.root is not None:
            yield self.root
            for name, value in self.root.items():
                if isinstance(value, Mapping) and (name not in KEYWORDS or name in ("default", "pages")):
                    yield value


def outsiders_in(text: Text, into: str) -> Iterator[Substitution]:
    """The variables in a text, which GitLab or its runner replaces, whose content an outsider decides."""
    for match in _VARIABLE.finditer(text):
        if (match[1] or match[2]) in OUTSIDERS:
            place = text.slice(match.start(), match.end())
            yield Substitution(place.source, place.start, place.end, match[1] or match[2], into, "outsider")


def _includes(root: Mapping | None) -> Iterator[tuple[str, Text]]:
    """The form and the name of each include."""
    node = root.get("include") if root is not None else None
    items = list(node.values()) if isinstance(node, Sequence) else [node] if node is not None else []
    for item in items:
        if (text := text_of(item)) is not None:
            yield ("remote" if text.startswith(("http://", "https://")) else "local"), text
        elif isinstance(item, Mapping):
            for form in ("local", "remote", "template", "component", "project", "artifact"):
                text = text_of(item.get(form))
                if text is not None:
                    yield form, text
                    break


def _external(node: Node | None) -> Iterator[ExternalCode]:
    """The includes that take code from elsewhere."""
    items = list(node.values()) if isinstance(node, Sequence) else [node] if node is not None else []
    for item in items:
        text = text_of(item)
        if text is not None and text.startswith(("http://", "https://")):
            yield ExternalCode("remote include", text, _version_in(text), _COMMIT.search(text) is not None)
        elif isinstance(item, Mapping):
            project, remote, component = (text_of(item.get(key)) for key in ("project", "remote", "component"))
            if project is not None:
                ref = _known(item.get("ref"))
                pinned: Truth = (
                    UNKNOWN if ref is UNKNOWN else ref is not None and _COMMIT.fullmatch(str(ref)) is not None
                )
                yield ExternalCode("project include", project, ref, pinned, item)
            elif remote is not None:
                held = item.get("integrity") is not None or _COMMIT.search(remote) is not None
                yield ExternalCode("remote include", remote, _version_in(remote), held, item)
            elif component is not None:
                name, at, version = component.rpartition("@")
                ref = component.slice(len(name) + 1, len(component)) if at else None
                if at and (("$" in version and "$[[" not in version) or "$[[" in version):
                    yield ExternalCode("component", component, UNKNOWN, UNKNOWN, item)
                    continue
                yield ExternalCode(
                    "component", component, ref, _COMMIT.fullmatch(version) is not None and bool(at), item
                )


def _triggered(node: Node | None) -> Iterator[ExternalCode]:
    """What a child pipeline is made of."""
    if isinstance(node, Mapping):
        yield from _external(node.get("include"))


def _version_in(url: Text) -> Text | None:
    """The commit or release that a URL's path holds; None where it holds none."""
    for part in url.split("/"):
        if _COMMIT.fullmatch(part) or _RELEASE.fullmatch(part) or part in ("main", "master"):
            at = url.index(part)
            return url.slice(at, at + len(part))
    return None


def _known(node: Node | None) -> Text | Unknown | None:
    text = text_of(node)
    return UNKNOWN if text is not None and "$" in text else text


def _resolve(text: str) -> str | Unknown:
    return UNKNOWN if "$" in text else text


def _image(node: Node | None) -> Image | None:
    text = text_of(node.get("name") if isinstance(node, Mapping) else node)
    return Image(text, _resolve) if text and not text.startswith("macos-") else None  # those name a virtual machine


def _items(node: Node | None) -> list[Node]:
    return list(node.values()) if isinstance(node, Sequence) else []


def _refuses(chain: list[Mapping], key: str) -> bool:
    """Whether `inherit: default` leaves a key out."""
    node = next((found for each in chain if (found := get(each, "inherit", "default")) is not None), None)
    if isinstance(node, Sequence):
        return key not in scalars(node)
    return isinstance(node, Scalar) and node.value is False


def _variables(nodes: list[Node | None]) -> Iterator[Variable]:
    """The variables of mappings, the first that sets a name counts."""
    seen: set[str] = set()
    for node in nodes:
        for pair in node.effective().values() if isinstance(node, Mapping) else ():
            if pair.name not in seen and isinstance(pair.key, Scalar):
                seen.add(pair.name)
                yield _variable(pair, pair.key.text)


def _variable(pair: Pair, name: Text) -> Variable:
    value: Node | None = pair.value
    stream = pair.key.stream
    value = stream.resolve(value) if value is not None else None
    inner = value.get("value") if isinstance(value, Mapping) else value
    text = text_of(inner)
    known: Text | Unknown | None = UNKNOWN if text is not None and "$" in text else text
    return JobVariable(pair.start, pair.end, name, text, known, pair)
