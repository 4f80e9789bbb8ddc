"""Files that commands remove or link."""

from __future__ import annotations

from infralint.analysis.shared.packages import cleans, subcommand
from infralint.model.element import UNKNOWN, Truth, Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.tables.commands import Argument


def removes(command: Command, path: str) -> Truth:
    """Whether `rm` deletes that folder or what is in it; unknown if a variable may name it."""
    if cleans(command) in ("apt", "apt-get") and subcommand(command) in ("distclean", "dist-clean"):
        return path.rstrip("/") == "/var/lib/apt/lists"
    if command.name != "rm" and not (command.name == "find" and "-delete" in command.flags):
        return False
    path = path.rstrip("/")
    answer: Truth = False
    for word in command.operands:
        if isinstance(word, Unknown):
            answer = UNKNOWN
        elif covers(str(word), path):
            return True
    return answer


@fact_of(Command)
def link_target(command: Command, link: str) -> Argument | None:
    """What `ln` makes that path point to; None where it makes no link of that path."""
    operands = command.operands
    return operands[0] if command.name == "ln" and len(operands) == 2 and str(operands[1]) == link else None


def covers(written: str, path: str) -> bool:
    """Whether deleting `written` (`/var/lib/apt/lists/*`) empties `path`."""
    stem = written.rstrip("*").rstrip("/") if written.endswith(("/*", "/")) else written
    if stem.endswith("*"):
        return path.startswith(stem[:-1]) and "*" not in stem[:-1]
    if "{" in stem and stem.endswith("}"):
        base, _, options = stem[:-1].partition("{")
        return any(covers(base + option, path) for option in options.split(",")[:50])
    return stem == path or (bool(stem) and path.startswith(stem + "/"))
