"""What services are made of: builds, health checks, dependencies, options, keys in order."""

from __future__ import annotations

import posixpath

from infralint.model.compose.interpolation import Scope, at_path, items
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.syntax import yaml
from infralint.text.edit import Edit
from infralint.text.source import Text

TextOrUnknown = Text | Unknown | None


class Build(Element):
    """What an image is built from. Its paths count from the file that it is written in."""

    __slots__ = ("_node", "_scope")

    def __init__(self, node: yaml.Node, scope: Scope) -> None:
        super().__init__(node.source, node.start, node.end)
        self._node = node
        self._scope = scope

    def _value(self, key: str) -> TextOrUnknown:
        return self._scope.text(self._node.get(key)) if isinstance(self._node, yaml.Mapping) else None

    @fact
    def context(self) -> TextOrUnknown:
        """The folder (or URL) that is built."""
        return self._value("context") if isinstance(self._node, yaml.Mapping) else self._scope.text(self._node)

    @fact
    def dockerfile(self) -> TextOrUnknown:
        """The Dockerfile, as written."""
        return self._value("dockerfile")

    @fact
    def target(self) -> TextOrUnknown:
        """The stage that is built."""
        return self._value("target")

    @fact
    def is_inline(self) -> bool:
        """Whether the Dockerfile stands in the compose file itself."""
        return isinstance(self._node, yaml.Mapping) and "dockerfile_inline" in self._node

    @fact
    def context_path(self) -> str | Unknown:
        """The context below the root; unknown for a URL and for what lies outside."""
        context = self.context
        if isinstance(context, Unknown) or context is None:
            return UNKNOWN  # without one this may be laid over a file that has it
        return self._scope.index.resolve(posixpath.dirname(context.source.path), str(context)) or UNKNOWN

    @fact
    def has_context(self) -> bool | Unknown:
        """Whether the context is a folder of the repository; unknown where it cannot lie in it."""
        path = self.context_path
        if isinstance(path, Unknown):
            return UNKNOWN
        return self._scope.stands(path, str(self.context or "."), folder=True)

    @fact
    def wanted_dockerfile(self) -> str | Unknown:
        """Where the Dockerfile is to stand, below the root."""
        folder, name = self.context_path, self.dockerfile
        if self.is_inline or isinstance(folder, Unknown) or isinstance(name, Unknown):
            return UNKNOWN
        return self._scope.index.resolve("" if folder == "." else folder, str(name or "Dockerfile")) or UNKNOWN

    @fact
    def dockerfile_path(self) -> str | Unknown | None:
        """The Dockerfile's path below the root; absent where none stands there, unknown where it cannot be told."""
        path = self.wanted_dockerfile
        if isinstance(path, Unknown):
            return UNKNOWN
        stands = self._scope.stands(path, path)
        return path if stands is True else None if stands is False else UNKNOWN

    @fact
    def checks_health(self) -> bool:
        """Whether its Dockerfile, where that is known, says how to tell that the image is well."""
        path = self.dockerfile_path
        if path is None or isinstance(path, Unknown):
            return False

        def read() -> bool:
            import re

            source = self._scope.index.source(path)
            found = re.findall(r"^[ \t]*HEALTHCHECK[ \t]+(\S+)", source.text, re.M | re.I) if source is not None else []
            return any(word.upper() != "NONE" for word in found)

        return self._scope.index.memo(("compose-checks-health", path), read)

    @fact
    def arguments(self) -> list[BuildArgument]:
        """`args`, in either form."""
        node = self._node.get("args") if isinstance(self._node, yaml.Mapping) else None
        if isinstance(node, yaml.Mapping):
            return [BuildArgument(key) for key, _ in node.items()]
        texts = [text for item in items(node) if (text := yaml.text(item)) is not None]
        return [BuildArgument(text.slice(0, text.find("=") if "=" in text else len(text))) for text in texts]


class BuildArgument(Element):
    """A build argument that is passed on."""

    __slots__ = ("name",)
    name: Text

    def __init__(self, name: Text) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name

    def __str__(self) -> str:
        return str(self.name)


class Healthcheck(Element):
    """A health check as compose writes it."""

    __slots__ = ("_node", "_scope")

    def __init__(self, key: Text, node: yaml.Mapping, scope: Scope) -> None:
        super().__init__(key.source, key.start, max(node.end, key.end) if node.source is key.source else key.end)
        self._node = node
        self._scope = scope

    @fact
    def words(self) -> list[Text | Unknown | None]:
        """The command's words in the list form, the whole text as one in the other."""
        return [self._scope.text(item) for item in items(self._node.get("test"))]

    @fact
    def test(self) -> TextOrUnknown:
        """The command, where it is one text, or the first word of a list."""
        return next(iter(self.words), None)

    @fact
    def is_disabled(self) -> bool:
        """Whether it only switches a health check off."""
        return bool(self._scope.flag(self._node.get("disable"))) or self.test == "NONE"

    @fact
    def form(self) -> TextOrUnknown:
        """The first word of the list form: `CMD`, `CMD-SHELL` or `NONE`; absent for a text."""
        return self.test if isinstance(self._node.get("test"), yaml.Sequence) else None

    @fact
    def in_form(self) -> list[Edit] | None:
        """Edits that put `CMD` before the words of a list; absent where its lines are not plain."""
        node = self._node.get("test")
        if not isinstance(node, yaml.Sequence) or not node.items:
            return None
        first = node.items[0]
        if node.is_flow:
            return [Edit(first.source.path, first.start, first.start, "CMD, ")]
        line = first.source.line_of(first.start)
        low = first.source.line_starts[line - 1]
        lead = first.source.text[low : first.start]
        return (
            [Edit(first.source.path, low, low, f"{lead}CMD{first.source.newline}")] if lead.strip(" ") == "-" else None
        )

    @fact
    def command(self) -> str | Unknown:
        """What it runs, as one text."""
        words = self.words[1:] if self.form is not None else self.words
        if not words or any(word is None or isinstance(word, Unknown) for word in words):
            return UNKNOWN
        return " ".join(str(word) for word in words)

    @fact
    def tools(self) -> list[str]:
        """Of the programs that a slim image may lack (curl, wget), those that it runs."""
        import re

        command = self.command
        if isinstance(command, Unknown):
            return []
        return sorted({one.group(1) for one in re.finditer(r"(?:^|[;&|(]\s*|\s|/)(curl|wget)(?=\s|$)", command)})


class Namespace(Element):
    """A namespace of the host that a service shares."""

    __slots__ = ("name",)
    name: str

    def __init__(self, name: str, value: Text) -> None:
        super().__init__(value.source, value.start, value.end)
        self.name = name


class Capability(Element):
    """A Linux capability that is added."""

    __slots__ = ("_text",)

    def __init__(self, text: Text) -> None:
        super().__init__(text.source, text.start, text.end)
        self._text = text

    @fact
    def name(self) -> str:
        """Its name in capitals without CAP_."""
        return self._text.upper().removeprefix("CAP_")

    def __str__(self) -> str:
        return self.name


class SecurityOption(Element):
    """An item of `security_opt`."""

    __slots__ = ("_text", "item")
    item: yaml.Node

    def __init__(self, item: yaml.Scalar) -> None:
        super().__init__(item.source, item.text.start, item.text.end)
        self.item = item
        self._text = item.text

    @fact
    def name(self) -> str:
        """What it sets: seccomp, apparmor, label, no-new-privileges, ..."""
        return self._text.replace("=", ":").split(":")[0]

    @fact
    def value(self) -> str:
        """What it is set to; empty where only the name is written."""
        return self._text.replace("=", ":").partition(":")[2]

    @fact
    def earlier_open(self) -> SecurityOption | None:
        """An item above it that switches a protection off, too."""
        tree = self.item.parent
        for item in tree.items if isinstance(tree, yaml.Sequence) else []:
            if item is self.item:
                break
            if isinstance(item, yaml.Scalar) and item.content.endswith(("unconfined", "disable")):
                return SecurityOption(item)
        return None


class Dependency(Element):
    """A service that must come up first."""

    __slots__ = ("_condition", "_name", "_node", "_scope")

    def __init__(self, name: Text, node: yaml.Node | None, scope: Scope) -> None:
        super().__init__(name.source, name.start, name.end)
        self._name = name
        self._node = node
        self._scope = scope

    @fact
    def name(self) -> Text:
        """Its name."""
        return self._name

    @fact
    def condition(self) -> TextOrUnknown:
        """What is waited for; absent in the short form."""
        return self._scope.text(at_path(self._node, "condition"))

    @fact
    def is_required(self) -> bool | Unknown:
        """Whether its absence is an error."""
        flag = self._scope.flag(at_path(self._node, "required"))
        return True if flag is None else UNKNOWN if isinstance(flag, Unknown) else bool(flag)

    def __str__(self) -> str:
        return str(self._name)


class Duration(Element):
    """A length of time, as compose writes it."""

    __slots__ = ("_text",)

    def __init__(self, text: Text) -> None:
        super().__init__(text.source, text.start, text.end)
        self._text = text

    @fact
    def is_valid(self) -> bool:
        """Whether it is numbers with units: `1m30s`."""
        import re

        return re.fullmatch(r"-?0|(?:[0-9]*\.?[0-9]+(?:ns|us|\u00b5s|\u03bcs|ms|s|m|h|d|w))+", self._text) is not None

    def __str__(self) -> str:
        return str(self._text)


class Retry(Element):
    """How often a service that failed is started again."""

    __slots__ = ("attempts",)
    attempts: int

    def __init__(self, text: Text, attempts: int) -> None:
        super().__init__(text.source, text.start, text.end)
        self.attempts = attempts


class EnvFile(Element):
    """A file of variables that a service is given."""

    __slots__ = ("_required", "_scope", "_text")

    def __init__(self, node: yaml.Node, text: Text, scope: Scope) -> None:
        super().__init__(text.source, text.start, text.end)
        self._text = text
        self._scope = scope
        self._required = scope.flag(node.get("required")) if isinstance(node, yaml.Mapping) else None

    @fact
    def path(self) -> str | Unknown:
        """Its path below the root; unknown outside of it."""
        folder = posixpath.dirname(self.source.path)
        return self._scope.index.resolve(folder, str(self._text)) or UNKNOWN

    @fact
    def is_required(self) -> bool | Unknown:
        """Whether compose refuses to start without it."""
        flag = self._required
        return True if flag is None else UNKNOWN if isinstance(flag, Unknown) else bool(flag)

    @fact
    def exists(self) -> bool | Unknown:
        """Whether it is a file of the repository."""
        return UNKNOWN if isinstance(self.path, Unknown) else self._scope.stands(self.path, str(self._text))

    @fact
    def is_local(self) -> bool:
        """Whether each machine makes its own, so that a repository does not hold it: `.env` and its like."""
        name = posixpath.basename(str(self._text)).lower()
        return name.startswith(".env") or name.endswith((".env", ".local"))

    @fact
    def has_example(self) -> bool | Unknown:
        """Whether a file beside it shows what it is to hold: `.env.example`, `app.env.sample`."""
        path = self.path
        if isinstance(path, Unknown):
            return UNKNOWN
        folder, name = posixpath.split(path)
        stems = (name, name.removesuffix(".env") or ".env", "env", "example.env", "sample.env")
        ends = ("example", "sample", "template", "dist", "default", "defaults", "tmpl", "tpl")
        index = self._scope.index
        for stem in stems:
            for mark in "._-":
                if any(index.is_file(posixpath.join(folder, f"{stem}{mark}{end}")) for end in ends):
                    return True
        return any(
            index.is_file(posixpath.join(folder, f"{end}{mark}{name.lstrip('.')}")) for end in ends for mark in "._-"
        )

    def __str__(self) -> str:
        return str(self._text)


def env_files_of(view: yaml.Mapping, scope: Scope) -> list[EnvFile]:
    """`env_file`, item by item; those whose name a variable hides are left out."""
    found = []
    for item in items(view.get("env_file")):
        text = scope.text(item.get("path") if isinstance(item, yaml.Mapping) else item)
        if isinstance(text, Text):
            found.append(EnvFile(item, text, scope))
    return found


def retries_of(view: yaml.Mapping, scope: Scope) -> list[Retry]:
    """How often a service is started again, as `restart` and as `deploy.restart_policy` say it."""
    found = []
    text = scope.text(view.get("restart"))
    number = text[len("on-failure:") :] if isinstance(text, Text) and text.startswith("on-failure:") else ""
    if isinstance(text, Text) and number.isdecimal() and number.isascii() and len(number) < 9:
        found.append(Retry(text, int(number)))
    node = at_path(view, "deploy.restart_policy.max_attempts")
    attempts, written = scope.number(node), scope.text(node)
    if isinstance(attempts, int) and isinstance(written, Text):
        found.append(Retry(written, attempts))
    return found
