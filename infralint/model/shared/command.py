"""The noun `command`: one simple command of a shell script, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from infralint.model.element import NEAR, UNKNOWN, Element, Unknown, askable, fact
from infralint.model.shared.package import InstalledPackage
from infralint.syntax import shell_tree
from infralint.tables.commands import (
    DOWNLOADERS,
    ELEVATORS,
    FOR_DEVELOPMENT,
    RELOADING,
    Argument,
    Use,
    basename,
    credential_in,
    is_interpreter,
    program_of,
    reads_code_from_input,
    unwrap,
    use_of,
)
from infralint.tables.verification import signature_switch, tls_switch, variable_switches_tls_off
from infralint.text.edit import Edit
from infralint.text.source import Located, Text

Truth = bool | Unknown


class Command(Element):
    """One command with its words. Wrappers (`sudo`, `env`, `time`, ...) are looked through."""

    __slots__ = ("shell",)

    def __init__(self, shell: shell_tree.Command) -> None:
        text = shell.text
        super().__init__(text.source, text.start, text.end)
        self.shell = shell

    @fact
    def words(self) -> list[Argument]:
        """All words, wrappers included; UNKNOWN for those that hold a variable."""
        return [word.value for word in self.shell.argv]

    @fact
    def _program(self) -> tuple[str | Unknown | None, int]:
        return program_of(self.words)

    @fact
    def name(self) -> str | Unknown | None:
        """The program behind the wrappers, without its folder; None where only variables are set."""
        return self._program[0]

    @fact
    def program(self) -> Text | None:
        """The word that names the program, as written."""
        at = self._program[1]
        return self.shell.argv[at].raw if at < len(self.shell.argv) else None

    @fact
    def arguments(self) -> list[Argument]:
        """The words behind the program."""
        return self.words[self._program[1] + 1 :]

    @fact
    def operands(self) -> list[Argument]:
        """The arguments that are no flags."""
        return [word for word in self.arguments if isinstance(word, Unknown) or not word.startswith("-") or word == "-"]

    @fact
    def flags(self) -> list[Text]:
        """The arguments that begin with a dash."""
        return [
            word for word in self.arguments if not isinstance(word, Unknown) and word.startswith("-") and word != "-"
        ]

    @fact
    def has_unknown_arguments(self) -> bool:
        """Whether a variable may add arguments: not where it is quoted, which makes one word even of nothing."""
        argv = self.shell.argv[self._program[1] + 1 :]
        return any(isinstance(word.value, Unknown) and word.raw[:1] in ("$", "`", "-") for word in argv)

    @askable
    def has_flag(self, *names: str) -> Truth:
        """Whether one of these flags is given, `--flag=value` and joined letters too; unknown if a variable may."""
        letters = {name[1] for name in names if len(name) == 2 and name[0] == "-" and name[1] != "-"}
        for flag in self.flags:
            if flag in names or flag.partition("=")[0] in names:
                return True
            if letters and flag[1] != "-" and not letters.isdisjoint(_letters(flag)):
                return True
        return UNKNOWN if self.has_unknown_arguments else False

    @askable
    def is_program(self, *names: str) -> Truth:
        """Whether the program is one of these."""
        name = self.name
        return UNKNOWN if isinstance(name, Unknown) else name in names

    @askable
    def sets_option(self, name: str) -> Truth:
        """Whether an apt option (`-o APT::Install-Recommends=false`) is given; unknown if a variable may."""
        for word in self.arguments:
            if not isinstance(word, Unknown) and word.lower().removeprefix("--option=").removeprefix("-o").startswith(
                name.lower() + "="
            ):
                return True
        return UNKNOWN if self.has_unknown_arguments else False

    @fact
    def use(self) -> Use | None:
        """What a package manager is asked to do, None where this is none."""
        return use_of(self.words)

    @fact
    def manager(self) -> str | None:
        """The package manager that is called."""
        return self.use.manager if self.use else None

    @fact
    def subcommand(self) -> Text | None:
        """The package manager's subcommand: `install`, `add`, ..."""
        return self.use.subcommand if self.use else None

    def _does(self, action: str) -> str | None:
        return self.use.manager if self.use and self.use.action == action else None

    @fact
    def installs(self) -> str | None:
        """The package manager that it installs with."""
        return self._does("install")

    @fact
    def updates(self) -> str | None:
        """The package manager whose index it refreshes."""
        return self._does("update")

    @fact
    def upgrades(self) -> str | None:
        """The package manager with which it upgrades what is installed."""
        return self._does("upgrade")

    @fact
    def is_upgrade_of_some(self) -> bool:
        """Whether it upgrades named packages, not the whole system."""
        return self.upgrades is not None and len([w for w in self.operands if w != self.subcommand]) > 0

    @fact
    def cleans(self) -> str | None:
        """The package manager whose cache it empties."""
        return self._does("clean")

    @fact
    def packages(self) -> list[InstalledPackage]:
        """The packages that it installs by name."""
        return [InstalledPackage(package) for package in self.use.packages] if self.use else []

    @fact
    def loose_packages(self) -> list[InstalledPackage]:
        """Those of them that it installs in any version."""
        return [package for package in self.packages if package.takes_any_version]

    @fact
    def assumes_yes(self) -> Truth | None:
        """Whether the package manager is told to ask nothing; unknown if a variable may, None where it is none."""
        if self.use is None:
            return None
        if self.use.assumes_yes is False and self.has_unknown_arguments:
            return UNKNOWN
        return self.use.assumes_yes

    @fact
    def tls_off(self) -> Text | None:
        """The word that makes it accept any certificate: a flag, an option or a variable set in front of it."""
        for assignment in self.shell.assignments:
            word = assignment.value
            if word is None or isinstance(word.value, Unknown):
                continue
            if variable_switches_tls_off(str(assignment.name), str(word.value)):
                return assignment.name
        if isinstance(self.name, Unknown) or self.name is None:
            return None
        if self.name in ("export", "env"):
            for argument in self.arguments:
                if not isinstance(argument, Unknown) and variable_switches_tls_off(*argument.partition("=")[::2]):
                    return argument
        return tls_switch(self.name, self.arguments)

    @fact
    def signatures_off(self) -> Text | None:
        """The word that makes it install packages whose signature was not checked."""
        if isinstance(self.name, Unknown) or self.name is None:
            return None
        return signature_switch(self.name, self.arguments)

    @fact
    def is_download(self) -> Truth:
        """Whether it fetches a file: curl, wget, ..."""
        name = self.name
        return UNKNOWN if isinstance(name, Unknown) else name in DOWNLOADERS

    @fact
    def urls(self) -> list[Text]:
        """The addresses among its arguments that are wholly written."""
        return [
            w for w in self.arguments if not isinstance(w, Unknown) and w.startswith(("http://", "https://", "ftp://"))
        ]

    @fact
    def credential_in_address(self) -> Text | None:
        """What stands as user or password in an address among its arguments, where a variable or an expression does."""
        spans = ((word.raw, credential_in(str(word.raw))) for word in self.shell.argv[1:])
        return next((raw.slice(*span) for raw, span in spans if span is not None), None)

    @fact
    def readers(self) -> list[Command]:
        """The commands behind it in its pipeline."""
        pipeline = self.shell.pipeline
        if pipeline is None:
            return []
        return [Command(command) for stage in pipeline.stages[self.shell.stage + 1 :] for command in stage]

    @fact
    def pipes_into_shell(self) -> Truth:
        """Whether a download is run unseen: `curl | sh`, `bash <(curl)`, `sh -c "$(curl)"`."""
        if self.is_download is not True:
            return False
        answers = [reads_code_from_input(reader.words) for reader in self.readers]
        if True in answers:
            return True
        holder = self.shell.holder
        if holder is not None and self.shell.in_substitution and self._is_run_by(Command(holder)):
            return True
        return UNKNOWN if any(isinstance(answer, Unknown) for answer in answers) else False

    def _is_run_by(self, holder: Command) -> bool:
        """Whether the command in whose words it stands runs what it prints."""
        name = holder.name
        if isinstance(name, Unknown) or name is None:
            return False
        if name in ("eval", "source", "."):
            return True
        if not is_interpreter(name):
            return False
        argv = holder.shell.argv
        for at in range(holder._program[1] + 1, len(argv)):
            raw, previous = argv[at].raw, argv[at - 1].raw
            if raw.start <= self.start < raw.end:
                text = raw.lstrip('"')
                if previous.startswith("-") and previous[-1:] in ("c", "e"):
                    return text.startswith(("$(", "`"))
                return text.startswith("<(")
        for redirection in holder.shell.redirections:
            target = redirection.target
            if target is not None and target.raw.start <= self.start < target.raw.end:
                return redirection.operator == "<<<" or target.raw.startswith("<(")
        return False

    @fact
    def _wrappers(self) -> list[str]:
        return unwrap(self.words)[1]

    @fact
    def runs_as_sudo(self) -> bool:
        """Whether it runs through `sudo` or `doas`."""
        return not ELEVATORS.isdisjoint(self._wrappers) or self.name in ELEVATORS

    @fact
    def sudo(self) -> Text | None:
        """The word `sudo` itself."""
        for word in self.shell.argv:
            if not isinstance(word.value, Unknown) and basename(word.value) in ELEVATORS:
                return word.raw if self.runs_as_sudo else None
        return None

    @askable
    def flag_value(self, *names: str) -> Argument | None:
        """What is given with the first of these flags, `--flag=value` too; None where none is given."""
        for at, word in enumerate(self.arguments):
            if isinstance(word, Unknown):
                continue
            flag, equals, value = word.partition("=")
            if flag in names:
                if equals:
                    return word.slice(len(word) - len(value), len(word))
                return self.arguments[at + 1] if at + 1 < len(self.arguments) else None
        return None

    @fact
    def high_uid(self) -> Text | None:
        """The user number of `useradd` that makes the log of last logins, one entry a number, a huge sparse file."""
        value = self.flag_value("-u", "--uid") if self.name == "useradd" else None
        if value is None or isinstance(value, Unknown) or not value.isascii() or not value.isdigit():
            return None
        return value if len(value.lstrip("0")) > 5 else None

    @fact
    def replaces_shell_by(self) -> Argument | None:
        """What `ln` puts in the place of /bin/sh."""
        operands = self.operands
        return operands[0] if self.name == "ln" and len(operands) == 2 and str(operands[1]) == "/bin/sh" else None

    @askable
    def through(self, words: Located | Sequence[Located] | None) -> Element | None:
        """Its words from the program through that one; of several, through the last that is not far below."""
        several = (
            () if words is None else words if isinstance(words, Sequence) and not isinstance(words, str) else (words,)
        )
        if not several:
            return None
        first = min(one.start for one in (*several, *([self.program] if self.program is not None else ())))
        line = self.source.line_of(first)
        near = [one.end for one in several if self.source.line_of(one.start) < line + NEAR]
        return Element(self.source, first, max(near, default=several[0].end))

    @askable
    def without(self, flag: Text) -> list[Edit] | None:
        """Edits that take one of its flags away; None where letters are joined or a value follows."""
        from infralint.model.dockerfile.rewrite import without_word

        return without_word(self, flag)

    @fact
    def without_sudo(self) -> list[Edit] | None:
        """Edits that take `sudo` away; None where options stand behind it."""
        from infralint.model.dockerfile.rewrite import without_sudo

        return without_sudo(self)

    @fact
    def serves_for_development(self) -> Truth:
        """Whether it starts a server that is made for the desk: `flask run`, `manage.py runserver`, `--reload`."""
        name = self.name
        if isinstance(name, Unknown) or name is None:
            return UNKNOWN
        words = [str(word) for word in self.operands if not isinstance(word, Unknown)]
        if name in FOR_DEVELOPMENT or "runserver" in words or (name == "flask" and "run" in words):
            return True
        return self.has_flag("--reload", "--debug") if name in RELOADING else False

    @fact
    def is_conditional(self) -> bool:
        """Whether it stands in a branch or a loop, so that it may not run."""
        return self.shell.is_conditional

    @fact
    def is_in_subshell(self) -> bool:
        """Whether what it changes (folder, variables) ends with its parentheses, substitution or pipe."""
        return self.shell.in_subshell or self.shell.pipeline is not None

    @fact
    def is_in_pipe(self) -> bool:
        """Whether it feeds or reads a pipe."""
        return self.shell.pipeline is not None

    @askable
    def removes(self, path: str) -> Truth:
        """Whether `rm` deletes that folder or what is in it; unknown if a variable may name it."""
        if self.cleans in ("apt", "apt-get") and self.subcommand in ("distclean", "dist-clean"):
            return path.rstrip("/") == "/var/lib/apt/lists"
        if self.name != "rm" and not (self.name == "find" and "-delete" in self.flags):
            return False
        path = path.rstrip("/")
        answer: Truth = False
        for word in self.operands:
            if isinstance(word, Unknown):
                answer = UNKNOWN
            elif covers(str(word), path):
                return True
        return answer

    def __str__(self) -> str:
        return str(self.shell.text)


def _letters(flag: str) -> str:
    """The joined letters of a short flag: `qO` of `-qO-`."""
    end = next((at for at, char in enumerate(flag) if at and not char.isalnum()), len(flag))
    return flag[1:end]


def covers(written: str, path: str) -> bool:
    """Whether deleting `written` (`/var/lib/apt/lists/*`) empties `path`."""
    stem = written.rstrip("*").rstrip("/") if written.endswith(("/*", "/")) else written
    if stem.endswith("*"):
        return path.startswith(stem[:-1]) and "*" not in stem[:-1]
    if "{" in stem and stem.endswith("}"):
        base, _, options = stem[:-1].partition("{")
        return any(covers(base + option, path) for option in options.split(",")[:50])
    return stem == path or (bool(stem) and path.startswith(stem + "/"))


def commands_in(script: shell_tree.Script) -> Iterable[Command]:
    """The commands of a script that have a program, in order."""
    return [Command(command) for command in script.commands if command.argv]
