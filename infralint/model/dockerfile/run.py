"""RUN, as an element: its commands, its shell and its mounts."""

from __future__ import annotations

from infralint.model.dockerfile.copy import Transfer
from infralint.model.dockerfile.instruction import Instruction
from infralint.model.element import UNKNOWN, Element, Unknown, askable, fact, together
from infralint.model.shared.command import Command, commands_in, covers
from infralint.syntax.dockerfile_words import Flag
from infralint.syntax.shell_tree import Script
from infralint.tables.commands import HARMLESS, UNFAILING
from infralint.text.edit import Edit
from infralint.text.source import Source, Text

Truth = bool | Unknown
_APT = ("apt-get", "apt")


class Mount(Element):
    """One `--mount` of a RUN. `options` are its parts by name, as written."""

    __slots__ = ("options",)

    def __init__(self, flag: Flag, source: Source) -> None:
        super().__init__(source, flag.start, flag.end)
        self.options: dict[str, Text] = {}
        value, at = flag.value, 0
        while value is not None and at <= len(value) and len(self.options) < 50:
            end = value.find(",", at)
            end = len(value) if end < 0 else end
            part = value.slice(at, end)
            name, equals, _ = part.partition("=")
            self.options[name.lower()] = part.slice(len(name) + 1, len(part)) if equals else part
            at = end + 1

    @fact
    def type(self) -> str:
        """bind, cache, tmpfs, secret or ssh."""
        return str(self.options.get("type", "bind"))

    @fact
    def target(self) -> Text | None:
        """The path in the container."""
        return self.options.get("target") or self.options.get("dst") or self.options.get("destination")

    @fact
    def origin(self) -> Text | None:
        """The stage or image that it takes from."""
        return self.options.get("from")


def _is_on(value: str | None) -> bool:
    return bool(value) and str(value).lower() not in ("0", "false", "off", "no")


class Run(Instruction):
    """RUN. Its commands are read only where the shell is a POSIX one."""

    __slots__ = ()

    @fact
    def script(self) -> Script:
        """What it runs, read as shell."""
        return self.document.script_of(self)

    @fact
    def shell(self) -> str | Unknown:
        """The shell that reads it: sh, bash, powershell, cmd, ..."""
        return self.stage.shell_at(self.index)[0] if self.stage is not None else "sh"

    @fact
    def is_posix(self) -> Truth:
        """Whether a POSIX shell reads it."""
        shell = self.shell
        return (
            UNKNOWN if isinstance(shell, Unknown) else shell in ("sh", "bash", "ash", "dash", "zsh", "ksh", "busybox")
        )

    @fact
    def is_read(self) -> bool:
        """Whether all that it runs could be read."""
        return not self.script.partial

    @fact
    def commands(self) -> list[Command]:
        """The commands in order, those in substitutions and `sh -c` strings included."""
        return list(commands_in(self.script))

    @fact
    def heredocs(self) -> list[Text]:
        """The bodies of its here-documents."""
        return [heredoc.body for heredoc in self.node.heredocs]

    @fact
    def mounts(self) -> list[Mount]:
        """What is mounted while it runs."""
        return [Mount(flag, self.source) for flag in self.node.flags if flag.name == "mount"]

    @askable
    def updates_with(self, *names: str) -> Command | None:
        """The first command that refreshes the index of one of these package managers."""
        return next((command for command in self.commands if command.updates in names), None)

    @askable
    def cleans_with(self, *names: str) -> Command | None:
        """The first command that empties the cache of one of these package managers."""
        return next((command for command in self.commands if command.cleans in names), None)

    @askable
    def calls(self, *names: str) -> Command | None:
        """The first command whose program is one of these."""
        return next((command for command in self.commands if command.name in names), None)

    @askable
    def removes(self, path: str) -> Truth:
        """Whether it deletes that folder or what is in it; unknown where a variable, or unread shell, may."""
        answer: Truth = UNKNOWN if self.script.partial else False
        inside = False
        for command in self.commands:
            if command.name in ("cd", "pushd"):
                inside = True
            one = command.removes(path)
            if one is True:
                return True
            if isinstance(one, Unknown) or (inside and command.name == "rm"):
                answer = UNKNOWN
        return answer

    @askable
    def only_updates(self, *names: str) -> Truth:
        """Whether it refreshes the index of one of these and installs nothing; unknown where a program of its own may."""
        found = False
        for command in self.commands:
            if command.updates in names:
                found = True
            elif command.installs or command.upgrades:
                return False
            elif command.use is None and (isinstance(command.name, Unknown) or command.name not in HARMLESS):
                return UNKNOWN
        return UNKNOWN if found and self.script.partial else found

    @askable
    def only_upgrades(self, *names: str) -> Truth:
        """Whether it upgrades with one of these and installs nothing; unknown where a program of its own may."""
        found = False
        for command in self.commands:
            if command.upgrades in names and not command.is_upgrade_of_some:
                found = True
            elif command.installs or command.upgrades:
                return False
            elif command.use is None and (isinstance(command.name, Unknown) or command.name not in HARMLESS):
                return UNKNOWN
        return UNKNOWN if found and self.script.partial else found

    @fact
    def fragile_pipes(self) -> list[Command]:
        """The first command of each pipeline in which something that can fail feeds another."""
        heads = []
        for command in self.pipes:
            pipeline = command.shell.pipeline
            if pipeline is None or command.shell.in_condition:
                continue
            if command.name in ("pwsh", "powershell"):  # whose pipes the shell does not see
                continue
            if any(Command(c).name not in UNFAILING for stage in pipeline.stages[:-1] for c in stage if c.argv):
                heads.append(command)
        return heads

    @askable
    def appending(self, command: str) -> list[Edit] | None:
        """Edits that let one more command run at its end, written as the others are; None where that is not plain."""
        text = self.source.text
        if self.is_exec_form or self.node.heredocs or "#" in self.node.args or not self.is_read:
            return None
        body = text[self.start : self.end].rstrip()
        end = self.start + len(body)
        if body.endswith((";", "&", "|", self.document.tree.escape)) or end != self.node.args.end:
            return None
        first, last = self.source.line_of(self.start), self.source.line_of(end - 1)
        added = f" && {command}"
        if last > first:
            low = self.source.line_starts[last - 1]
            before = text[self.source.line_starts[last - 2] : low].rstrip().removesuffix(self.document.tree.escape)
            line = text[low:end]
            indent = line[: len(line) - len(line.lstrip(" \t"))]
            joint = f" {self.document.tree.escape}{self.source.newline}{indent}"
            if line.lstrip().startswith("&&"):
                added = f"{joint}&& {command}"
            elif before.rstrip().endswith("&&"):
                added = f" &&{joint}{command}"
            elif before.rstrip().endswith(";"):
                added = f";{joint}{command}"
        return [Edit(self.source.path, end, end, added)]

    @askable
    def mounts_over(self, path: str) -> Truth:
        """Whether a cache or tmpfs is mounted on that path or above it, so that nothing there lands in the image."""
        answer: Truth = False
        for mount in self.mounts:
            if mount.type not in ("cache", "tmpfs") or mount.target is None:
                continue
            target = self.resolve(mount.target)
            if isinstance(target, Unknown):
                answer = UNKNOWN
            elif covers(target, path.rstrip("/")):
                return True
        return answer

    @askable
    def keeps_cache_of(self, command: Command) -> Truth:
        """Whether what it downloads there for a distribution's package manager stays; unknown where a variable, or unread shell, may remove it."""
        answer: Truth = UNKNOWN if self.script.partial else True
        if apt := command.manager in _APT:
            folders = ["/var/cache/apt/archives"]
        else:
            folders = [f"/var/cache/{name}" for name in ("dnf", "yum", "zypp", "libdnf5")]
        for later in self.commands:
            if later.start <= command.start:
                continue
            if apt and later.cleans in _APT and later.subcommand in ("clean", "distclean", "dist-clean"):
                return False
            cleans = not apt and later.cleans == command.manager and later.subcommand != "autoremove"
            if cleans and (later.manager == "zypper" or "all" in later.operands or later.has_unknown_arguments):
                return False
            for folder in folders:
                gone = later.removes(folder)
                if gone is True:
                    return False
                answer = UNKNOWN if isinstance(gone, Unknown) else answer
        for folder in folders:
            mounted = self.mounts_over(folder)
            if mounted is True:
                return False
            answer = UNKNOWN if isinstance(mounted, Unknown) else answer
        return answer

    @fact
    def archives_stay(self) -> bool:
        """Whether it, or a RUN that it builds on, has removed the hook with which Debian's and Ubuntu's images empty apt's archives.

        Source: `/etc/apt/apt.conf.d/docker-clean` of the official images.
        """
        if self.stage is None or self.trigger:
            runs = [self]
        else:
            runs = [
                run
                for stage in self.stage.lineage
                for run in stage.runs
                if stage is not self.stage or run.index <= self.index
            ]
        return any(run.removes("/etc/apt/apt.conf.d/docker-clean") is True for run in runs if "docker-clean" in run.raw)

    @askable
    def user_of(self, download: Command) -> Command | None:
        """The command of its stage that unpacks, installs or runs what that one downloads; None where none is seen."""
        from infralint.model.dockerfile.downloads import user_of

        return user_of(self, download)

    @askable
    def checks(self, download: Command) -> Truth:
        """Whether its stage compares a checksum or a signature after that download; unknown where shell is not read."""
        from infralint.model.dockerfile.downloads import is_checked

        return is_checked(self, download)

    @askable
    def context_above(self, command: Command) -> Transfer | None:
        """The COPY of the whole context above a command that installs what manifests list, and needs no more than those."""
        from infralint.model.dockerfile.dependencies import context_above

        return context_above(self, command)

    @askable
    def manifests_first(self, command: Command) -> list[Edit]:
        """Edits that copy a command's manifests and run it in front of that COPY."""
        from infralint.model.dockerfile.dependencies import manifests_first

        return manifests_first(self, command)

    @askable
    def has_variable(self, name: str) -> Truth:
        """Whether ENV or ARG, or the instruction itself, gives that variable a value other than off."""
        for command in self.commands:
            for assignment in command.shell.assignments:
                if str(assignment.name) == name:
                    word = assignment.value.value if assignment.value is not None else None
                    return UNKNOWN if isinstance(word, Unknown) else _is_on(word)
            for argument in command.arguments if command.name == "export" else ():
                if not isinstance(argument, Unknown) and argument.startswith(f"{name}="):
                    return _is_on(argument[len(name) + 1 :])
        value = self.stage.lookup(name, self.index) if self.stage is not None else None
        if isinstance(value, Unknown):
            image = self.stage.image if self.stage is not None else None
            declared = self.stage is not None and any(name in stage._history for stage in self.stage.lineage)
            return UNKNOWN if declared or image is None else False
        return _is_on(value)

    @fact
    def above(self) -> Run | None:
        """The RUN right in front of it in its stage."""
        around = self.document.head if self.stage is None else self.stage.instructions
        found = around[self.index - 1] if self.index else None
        return found if isinstance(found, Run) else None

    @fact
    def below(self) -> Run | None:
        """The RUN right behind it in its stage."""
        around = self.document.head if self.stage is None else self.stage.instructions
        found = around[self.index + 1] if self.index + 1 < len(around) else None
        return found if isinstance(found, Run) else None

    @fact
    def with_installation(self) -> Element:
        """It and the RUN right below, where that installs packages; else it alone."""
        below = self.below
        installs = below is not None and any(command.installs for command in below.commands)
        return together(below, self) if below is not None and installs else self

    @askable
    def through(self, command: Command | None) -> Element | None:
        """The layer from its keyword through that command; the command alone where the layer begins far above it."""
        return together(self.keyword, command) if command is not None else None

    @fact
    def joined_above(self) -> list[Edit] | None:
        """Edits that make one instruction of the RUN right above it and this one."""
        from infralint.model.dockerfile.rewrite import joined

        return joined(self.above, self) if self.above is not None else None

    @fact
    def joined_below(self) -> list[Edit] | None:
        """Edits that make one instruction of this RUN and the one right below it."""
        from infralint.model.dockerfile.rewrite import joined

        return joined(self, self.below) if self.below is not None else None

    @fact
    def cd_as_workdir(self) -> list[Edit] | None:
        """Edits that turn the `cd /folder &&` at its start into a WORKDIR."""
        from infralint.model.dockerfile.rewrite import cd_as_workdir

        return cd_as_workdir(self)

    @askable
    def has_beside(self, name: str) -> bool:
        """Whether a file of that name lies beside the Dockerfile."""
        folder = self.source.path.rpartition("/")[0]
        return self.document.index.is_file(f"{folder}/{name}" if folder else name)

    @fact
    def first_word(self) -> Text | None:
        """The first word of its shell form, whatever shell reads it."""
        text = self.arguments
        words = text.split(None, 1) if self.node.items is None and not self.node.heredocs else []
        return text.slice(at := text.find(words[0]), at + len(words[0])) if words else None

    @fact
    def is_single(self) -> bool:
        """Whether it runs one plain command, read to its end."""
        own = [c for c in self.script.commands if c.holder is None]
        return len(own) == 1 and not self.script.partial and not own[0].after and not self.node.heredocs

    @fact
    def continues(self) -> Run | None:
        """The RUN just above, when both run a single command under the same flags."""
        before = self.above
        if before is None or self.trigger or before.trigger or not (self.is_single and before.is_single):
            return None
        same = [str(flag.value) for flag in before.node.flags] == [str(flag.value) for flag in self.node.flags]
        return before if same and before.flags == self.flags else None

    @fact
    def pipes(self) -> list[Command]:
        """The first command of each pipeline of its own shell."""
        found = {id(p.stages[0][0]): p.stages[0][0] for p in self.script.pipelines if p.stages and p.stages[0]}
        return [command for command in self.commands if id(command.shell) in found]

    @fact
    def has_pipefail(self) -> Truth:
        """Whether a failure inside a pipe fails it: by SHELL, or by `set -o pipefail`."""
        if self.stage is not None and not self.is_exec_form:
            words = self.stage.shell_at(self.index)[1]
            if any(word == "pipefail" or word.endswith("o pipefail") for word in words):
                base = self.stage.image  # Debian's sh refuses the option, Alpine's knows it
                return self.shell != "sh" or (base is not None and "alpine" in str(base.reference))
        for command in self.commands:
            if command.name == "set" or (
                command.name in ("bash", "sh", "ash", "zsh") and command.has_flag("-c") is True
            ):
                words = [word for word in command.arguments if not isinstance(word, Unknown)]
                if "pipefail" in words:
                    return True
        return UNKNOWN if self.script.partial else False
