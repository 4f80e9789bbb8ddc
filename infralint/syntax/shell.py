"""Shell scripts as the commands they hold, each word mapped back to the file. Reads POSIX sh and bash."""

from __future__ import annotations

from infralint.syntax.dockerfile_words import cut
from infralint.syntax.shell_grammar import parser
from infralint.syntax.shell_tree import (
    Assignment,
    Command,
    Feed,
    Pipeline,
    Place,
    Redirection,
    Script,
    Word,
    walk,
)
from infralint.syntax.shell_words import Bytes, command_string, masked, word_of
from infralint.text.source import Text

__all__ = ["Command", "Pipeline", "Script", "Word", "read_exec", "read_shell", "walk"]

TYPE_CHECKING = False
if TYPE_CHECKING:
    from tree_sitter import Node

MAX_CHARACTERS = 65_536
MAX_NODES = 100_000
MAX_DEPTH = 300
MAX_NESTED = 3
_LIMITS = (("|", 2_000), ("<<", 200))


def read_shell(text: Text) -> Script:
    """The commands of a script. Never raises: what is too large or too deep is flagged."""
    script = Script(text)
    _Walk(script, text, None, 0).run()
    script.commands.sort(key=lambda command: (command.start, -command.end))
    return script


def read_exec(items: list[Text], text: Text) -> Script:
    """The command of a JSON (exec) form, with the script that it hands to a shell, if it does."""
    script = Script(text)
    if items:
        command = Command(text, Place())
        command.argv = [Word(item, item) for item in items]
        script.commands.append(command)
        inner = command_string(command.argv)
        if inner is not None:
            _Walk(script, inner, command, 1).run()
    return script


_WORDS = frozenset((
    "word", "string", "raw_string", "ansi_c_string", "translated_string", "concatenation", "number", "expansion",
    "simple_expansion", "command_substitution", "process_substitution", "brace_expression", "arithmetic_expansion",
    "regex", "extglob_pattern", "test_operator",
))  # fmt: skip
_HOLDERS = frozenset((
    "string", "translated_string", "concatenation", "expansion", "arithmetic_expansion", "command_substitution",
    "process_substitution", "array", "variable_assignment", "subscript",
))  # fmt: skip
_SEPARATORS = frozenset((";", "&", ";;", "\n"))
_BRANCHES = frozenset((
    "if_statement", "elif_clause", "else_clause", "while_statement", "for_statement", "c_style_for_statement",
    "case_statement", "case_item", "select_statement",
))  # fmt: skip


class _Walk:
    """One iterative pass over a syntax tree."""

    __slots__ = ("bytes", "feed_end", "holder", "level", "script", "stack", "text")

    def __init__(self, script: Script, text: Text, holder: Command | None, level: int) -> None:
        self.script = script
        self.text = text
        self.holder = holder
        self.level = level
        self.feed_end = 0
        self.stack: list[tuple[Node, Place]] = []

    def run(self) -> None:
        script = self.script
        if len(self.text) > MAX_CHARACTERS:
            if self.level == 0:
                script.unreadable = f"is longer than {MAX_CHARACTERS:,} characters"
            script.partial = True
            return
        for sign, most in _LIMITS:  # the grammar takes quadratic time for these
            if str.count(self.text, sign) > most:
                script.unreadable = script.unreadable or f"has more than {most:,} {sign} in one script"
                script.partial = True
                return
        body, masks = masked(str(self.text))
        data = body.encode("utf-8", "replace")
        self.bytes = Bytes(body, data, masks)
        root = parser().parse(data).root_node
        if root.has_error:
            script.partial = True
        place = Place(holder=self.holder)
        if self.holder is not None:
            place = place._replace(in_subshell=True, is_conditional=self.holder.is_conditional)
        self.stack.append((root, place))
        budget = MAX_NODES
        while self.stack:
            node, place = self.stack.pop()
            budget -= 1
            if budget < 0 or place.depth > MAX_DEPTH:
                script.partial = True
                if budget < 0:
                    return
                continue
            self.visit(node, place)

    def cut(self, node: Node) -> Text:
        return cut(self.text, self.bytes.at(node.start_byte), self.bytes.at(node.end_byte))

    def word(self, node: Node) -> Word:
        raw = self.cut(node)
        if node.type == "word" and not self.bytes.masks and "\\" not in raw:  # most words: they mean what is written
            return Word(raw, raw)
        return Word(word_of(node, self.text, self.bytes), raw)

    def visit(self, node: Node, place: Place) -> None:
        kind = node.type
        down = place._replace(depth=place.depth + 1)
        if kind == "command":
            self.command(node, down)
        elif kind == "list":
            left, operator, right = node.children[0], node.children[1].type, node.children[-1]
            # a long chain leans to the left, which is no depth
            self.stack.append((right, place._replace(before=operator)))
            self.stack.append((left, place._replace(after=operator, sink=None)))
        elif kind == "pipeline":
            pipeline = Pipeline()
            self.script.pipelines.append(pipeline)
            self.stages([child for child in node.children if child.is_named], pipeline, down)
        elif kind == "redirected_statement":
            self.redirected(node, down)
        elif kind == "negated_command":
            self.sequence(node, down._replace(is_negated=not place.is_negated))
        elif kind in ("variable_assignment", "variable_assignments", "declaration_command", "unset_command"):
            self.declaration(node, down)
        elif kind == "test_command":
            command = self.emit(node, down)
            head = node.children[0]
            command.argv.append(Word(self.cut(head), self.cut(head)))
            self.inner(node.children[1:], command, down)
        elif kind in _BRANCHES:
            self.branch(node, down)
        elif kind == "subshell":
            self.sequence(node, down._replace(in_subshell=True, sink=None))
        elif kind == "function_definition":
            self.sequence(node, down._replace(in_function=True, sink=None))
        elif kind in _WORDS:
            self.inner([node], place.holder, down)
        else:
            self.sequence(node, down._replace(sink=None))

    def emit(self, node: Node, place: Place) -> Command:
        command = Command(self.cut(node), place)
        self.script.commands.append(command)
        if place.sink is not None:
            place.sink.append(command)
        if place.pipeline is not None:
            stages = place.pipeline.stages
            while len(stages) <= place.stage:
                stages.append([])
            stages[place.stage].append(command)
        if place.holder is not None:
            place.holder.substitutes.append(command)
        return command

    def command(self, node: Node, place: Place) -> None:
        command = self.emit(node, place)
        for child in node.children:
            kind = child.type
            if kind == "command_name":
                command.argv.append(self.word(child.children[0] if child.child_count == 1 else child))
                self.inner(child.children, command, place)
            elif kind in _WORDS:
                command.argv.append(self.word(child))
                if kind in _HOLDERS:
                    self.inner([child], command, place)
            elif kind == "variable_assignment":
                self.assign(child, command)
                self.inner(child.children, command, place)
            elif child.is_named:
                self.redirect(child, [command], place)
        self.strings(command)

    def strings(self, command: Command) -> None:
        """Read the script of `sh -c '...'`, and a here-document that a shell is fed with."""
        if self.level >= MAX_NESTED:
            return
        script = command_string(command.argv)
        if script is not None:
            _Walk(self.script, script, command, self.level + 1).run()

    def assign(self, node: Node, command: Command) -> None:
        children = node.children
        name = self.cut(children[0])
        value = self.word(children[-1]) if len(children) > 2 else None
        if value is None and len(children) == 2:
            end = self.bytes.at(node.end_byte)
            empty = cut(self.text, end, end)
            value = Word(empty, empty)
        command.assignments.append(Assignment(name, value))

    def declaration(self, node: Node, place: Place) -> None:
        command = self.emit(node, place)
        if node.type == "variable_assignment":
            self.assign(node, command)
            self.inner(node.children, command, place)
            return
        for child in node.children:
            if child.type == "variable_assignment":
                self.assign(child, command)
                self.inner(child.children, command, place)
            elif child.type == "variable_name":
                command.assignments.append(Assignment(self.cut(child), None))
            else:
                command.argv.append(self.word(child))
                self.inner([child], command, place)

    def inner(self, nodes: list[Node], command: Command | None, place: Place) -> None:
        """Find the commands substituted into words."""
        found: list[Node] = []
        todo = [node for node in nodes if node.child_count]
        while todo:
            node = todo.pop()
            if node.type in ("command_substitution", "process_substitution"):
                found.append(node)
            else:
                todo += [child for child in node.children if child.child_count]
        for node in found:
            self.sequence(node, Place(
                holder=command, in_substitution=True, in_subshell=True, depth=place.depth + 1,
                is_conditional=place.is_conditional, in_function=place.in_function,
            ))  # fmt: skip

    def sequence(self, node: Node, place: Place) -> None:
        """Statements behind each other."""
        children = node.children
        entries: list[tuple[Node, Place]] = []
        before = place.before
        for index, child in enumerate(children):
            if not child.is_named:
                if child.type in _SEPARATORS:
                    before = child.type if child.type in ";&" else ""
                continue
            if child.type in ("comment", "variable_name", "heredoc_body", "heredoc_end", "heredoc_start"):
                continue
            after = children[index + 1].type if index + 1 < len(children) else ""
            after = after if after in (";", "&") else place.after if index + 1 == len(children) else ""
            entries.append((child, place._replace(before=before, after=after)))
            before = ""
        self.stack += reversed(entries)

    def branch(self, node: Node, place: Place) -> None:
        """Conditions and the bodies that may or may not run."""
        kind = node.type
        tested = kind in ("if_statement", "elif_clause", "while_statement")
        body = place._replace(is_conditional=True, before="", after="", sink=None)
        condition = place._replace(in_condition=True, before="", after="", sink=None)
        entries: list[tuple[Node, Place]] = []
        for child in node.children:
            if child.type in ("then", "do_group"):
                tested = False
            if child.is_named and child.type not in ("comment", "variable_name"):
                entries.append((child, condition if tested else body))
        self.stack += reversed(entries)

    def stages(self, nodes: list[Node], pipeline: Pipeline, place: Place) -> None:
        entries = []
        first = len(pipeline.stages)
        for index, child in enumerate(nodes):
            inner = place._replace(pipeline=pipeline, stage=first + index)
            entries.append((child, inner if index + 1 == len(nodes) else inner._replace(sink=None)))
        self.stack += reversed(entries)

    def redirected(self, node: Node, place: Place) -> None:
        """A statement with redirections, which belong to its last command."""
        sink: list[Command] = []
        rest = self.stack
        self.stack = []
        body = node.child_by_field_name("body")
        children = node.children
        if body is not None:
            self.stack.append((body, place._replace(sink=sink)))
        else:
            sink.append(self.emit(node, place))
        own = len(self.stack)
        while own and self.stack and not sink:
            inner, where = self.stack.pop()
            if where.depth > MAX_DEPTH:
                self.script.partial = True
                continue
            self.visit(inner, where)
        if place.sink is not None:
            place.sink.extend(sink)
        self.stack = rest + self.stack
        for child in children:
            if body is None or child.start_byte != body.start_byte or child.end_byte != body.end_byte:
                self.redirect(child, sink, place)
        if sink and sink[0].feeds:
            self.fed(sink[0])

    def fed(self, command: Command) -> None:
        """`bash <<EOF`: the here-document is a script."""
        if self.level < MAX_NESTED and command_string(command.argv, reads_input=True) is not None:
            for feed in command.feeds:
                _Walk(self.script, feed.body, command, self.level + 1).run()

    def redirect(self, node: Node, sink: list[Command], place: Place) -> None:
        command = sink[-1] if sink else None
        kind = node.type
        if kind == "file_redirect" or kind == "herestring_redirect":
            operator, descriptor, target = "", "", None
            for child in node.children:
                if child.type == "file_descriptor":
                    descriptor = str(self.cut(child))
                elif not child.is_named:
                    operator = child.type
                elif target is None:
                    target = self.word(child)
                elif command is not None:  # words behind the target belong to the command
                    command.argv.append(self.word(child))
            if command is not None:
                command.redirections.append(Redirection(operator, descriptor, target))
            self.inner(node.children, command, place)
        elif kind == "heredoc_redirect":
            self.heredoc(node, sink, place)
        elif kind == "ERROR" or node.child_count:
            self.stack.append((node, place._replace(sink=None)))

    def heredoc(self, node: Node, sink: list[Command], place: Place) -> None:
        command = sink[-1] if sink else None
        delimiter, start, end = "", -1, -1
        before = ""
        for child in node.children:
            kind = child.type
            if kind == "heredoc_start":
                delimiter = str(self.cut(child))
                start = self.bytes.at(child.end_byte)
            elif kind == "heredoc_end":
                end = self.bytes.at(child.start_byte)
            elif kind in ("&&", "||"):
                before = kind
                if command is not None:
                    command.after = kind
            elif kind == "pipeline":
                pipeline = place.pipeline or (command.pipeline if command else None)
                if pipeline is None:
                    pipeline = Pipeline()
                    self.script.pipelines.append(pipeline)
                    if command is not None:
                        command.pipeline = pipeline
                        pipeline.stages.append([command])
                self.stages([part for part in child.children if part.is_named], pipeline, place)
            elif kind in _WORDS:
                if command is not None:
                    command.argv.append(self.word(child))
                self.inner([child], command, place)
            elif kind == "heredoc_body":
                if child.child_count:
                    self.inner(child.children, command, place)
            elif kind in ("file_redirect", "heredoc_redirect", "herestring_redirect"):
                self.redirect(child, sink, place)
            elif child.is_named:
                self.stack.append((child, place._replace(before=before, sink=None)))
        if command is None or start < 0:
            return
        body = self.feed_body(start, end)
        plain = delimiter.strip("'\"").replace("\\", "")
        command.feeds.append(Feed(plain, body, plain == delimiter))

    def feed_body(self, start: int, end: int) -> Text:
        """The lines of a here-document: from the line behind its opening, or behind the one before it."""
        text = self.text
        if end < 0:
            end = len(text)
        line = str.find(text, "\n", start, end)
        begin = line + 1 if line >= 0 else end
        if begin < self.feed_end <= end:
            begin = str.find(text, "\n", self.feed_end, end) + 1 or end
        stop = str.rfind(text, "\n", begin, end) + 1 if end < len(text) else end
        self.feed_end = end
        return cut(text, begin, max(stop, begin))
