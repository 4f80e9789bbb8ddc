"""Settings of editors and coding agents that a repository brings along: tasks, tools, hooks, servers of the Model Context Protocol."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from infralint.model.document import Noun
from infralint.model.element import Element, fact
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.parts import Command, PlatformVariable
from infralint.model.platform.reading import variables_of
from infralint.model.shared.keyed import Block
from infralint.model.shared.value import get, mappings, pairs_of, scalars, text_of
from infralint.syntax.yaml import Mapping, Node, Pair, Scalar
from infralint.text import regex as re
from infralint.text.source import Text

_SERVERS = ("mcpServers", "servers", "context_servers")
_APPROVALS = ("autoApprove", "alwaysAllow", "autoapprove", "always_allow", "auto_approve")
_PROGRAM_WORDS = ("path", "executable", "binary", "command")
"""How the name of a setting ends that tells which program to run."""
_LOCAL = re.compile(r"^(?:\.{1,2}[\\/]|\$\{workspace(?:Folder|Root)(?:Basename|:[^}]*)?\})")
_DATA_WORDS = frozenset(
    (
        "extra",
        "search",
        "analysis",
        "include",
        "exclude",
        "config",
        "cache",
        "log",
        "output",
        "save",
        "data",
        "root",
        "test",
        "stub",
        "lib",
    )
)
"""Words of settings that name a folder or file which no editor runs."""


class AutoRun(Element):
    """A command that runs without being asked for when the folder is opened or a session begins; it stands at the command."""

    __slots__ = ("command", "form")
    form: str
    """`task` of an editor, or `hook` of a coding agent."""
    command: Text

    def __init__(self, form: str, command: Text) -> None:
        super().__init__(command.source, command.start, command.end)
        self.form = form
        self.command = command


class ToolPath(Element):
    """A setting that tells the editor which program to run; it stands at its value."""

    __slots__ = ("name", "value")
    name: Text
    value: Text

    def __init__(self, name: Text, value: Text) -> None:
        super().__init__(value.source, value.start, value.end)
        self.name = name
        self.value = value

    @fact
    def is_in_repository(self) -> bool:
        """Whether the program lies in the repository itself."""
        return any(_LOCAL.match(part) is not None for part in self.value.split(":" if "PATH" in self.name else "\0"))


class ToolServer(Block):
    """A server of the Model Context Protocol; it stands at its name."""

    __slots__ = ()

    @fact
    def command(self) -> Text | None:
        """The program that is started for it; absent for one at an address."""
        node = self.node.get("command")
        return text_of(node) or text_of(get(node, "path"))

    @fact
    def address(self) -> Text | None:
        """The address that it is reached at."""
        return next((text for key in ("url", "serverUrl", "httpUrl") if (text := text_of(self.node.get(key)))), None)

    @fact
    def approves_everything(self) -> Text | None:
        """The word of the setting by which all of its tools run without being asked about."""
        for key in _APPROVALS:
            node = self.node.get(key)
            is_all = isinstance(node, Scalar) and (node.value is True or node.content == "*")
            if is_all or "*" in scalars(node):
                return self.node.key(key)
        return None


class EditorDocument(PlatformDocument):
    """Settings of VS Code, Zed, Cursor or Claude Code, or a list of servers in `.mcp.json`."""

    platform = "an editor"

    def auto_runs(self) -> Iterator[AutoRun]:
        """The commands that run without being asked for."""
        root = self.root
        for task in mappings(get(root, "tasks")):
            command = text_of(task.get("command"))
            if text_of(get(task, "runOptions", "runOn")) == "folderOpen" and command:
                yield AutoRun("task", command)
        for _, event in pairs_of(get(root, "hooks")):
            for group in mappings(event):
                for hook in mappings(group.get("hooks")):
                    command = text_of(hook.get("command"))
                    if text_of(hook.get("type")) in ("command", None) and command:
                        yield AutoRun("hook", command)

    def read_scripts(self) -> Iterable[Command]:
        for one in self.auto_runs():
            yield Command(one.command, "host")

    @property
    def tool_servers(self) -> list[ToolServer]:
        """The servers of the Model Context Protocol."""
        found = []
        for holder in (self.root, get(self.root, "mcp")):
            for key in _SERVERS:
                for name, node in pairs_of(get(holder, key)):
                    if isinstance(node, Mapping):
                        found.append(ToolServer(name, node))
        return found

    @property
    def tool_paths(self) -> list[ToolPath]:
        """The settings that tell the editor which program to run."""
        if not self.source.path.endswith("settings.json"):
            return []
        found = []
        for pair in _flat(self.root):
            if not isinstance(pair.key, Scalar):
                continue
            value = text_of(pair.value)
            name = pair.key.text
            if value and _names_program(name):
                found.append(ToolPath(name, value))
            elif isinstance(pair.value, Mapping) and name.endswith(
                (".alternateTools", ".env.linux", ".env.osx", ".env.windows")
            ):
                for inner, node in pairs_of(pair.value):
                    text = text_of(node)
                    if text and (name.endswith("alternateTools") or inner.upper() == "PATH"):
                        found.append(ToolPath(inner, text))
        return found

    @property
    def automatic_tasks(self) -> Text | None:
        """The setting by which tasks of a folder run without the editor asking first."""
        value = text_of(get(self.root, "task.allowAutomaticTasks"))
        return value if value == "on" else None

    def read_variables(self) -> Iterable[PlatformVariable]:
        for server in self.tool_servers:
            yield from variables_of(server.node.get("env"))
            yield from variables_of(get(server.node, "command", "env"))
            yield from variables_of(server.node.get("headers"))

    nouns = {
        **PlatformDocument.nouns,
        "auto_run": Noun(AutoRun, lambda file: list(file.auto_runs())),
        "tool_path": Noun(ToolPath, lambda file: file.tool_paths),
        "tool_server": Noun(ToolServer, lambda file: file.tool_servers),
    }


def _names_program(name: str) -> bool:
    """Whether a setting tells by its name which program the editor runs: `git.path`, `python.defaultInterpreterPath`."""
    last = re.split(r"[._-]", name)[-1]
    if not last.lower().endswith(_PROGRAM_WORDS) and "interpreter" not in last.lower():
        return False
    return not any(word.lower() in _DATA_WORDS for word in re.findall(r"[A-Z]?[a-z]+", last))


def _flat(node: Node | None) -> list[Pair]:
    return list(node.pairs) if isinstance(node, Mapping) else []
