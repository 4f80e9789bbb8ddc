"""Users of images, and users that commands create."""

from __future__ import annotations

from infralint.model.dockerfile.instruction import User
from infralint.model.dockerfile.run import Run
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import UNKNOWN, Number, Truth, Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.tables.images import runs_as_own_user
from infralint.text import regex as re

_GIVES_UP_ROOT = re.compile(
    r"(?<![\w.-])(?:apache2(?:ctl|-foreground)?|apachectl|httpd(?:-foreground)?|nginx|openresty|php-fpm[\d.]*|haproxy"
    r"|gosu|su-exec|setpriv|s6-setuidgid|chpst)(?![\w.-])"
)
"""Servers whose work is done by a user of their own although root starts them, and what starts a program as another user."""
MAX_DIGITS = 12
"""More than any user number has."""


@fact_of(User)
def is_root(user: User) -> Truth:
    """Whether it is uid 0, by name or number."""
    name = user.name
    if isinstance(name, Unknown):
        return UNKNOWN
    return name == "root" or (name.isascii() and name.isdigit() and not name.strip("0"))


@fact_of(User)
def uid(user: User) -> int | Unknown | None:
    """The user's number; None where it is a name, unknown where a variable decides."""
    name = user.name
    if isinstance(name, Unknown):
        return UNKNOWN
    return int(name[:MAX_DIGITS]) if name.isascii() and name.isdigit() else None


@fact_of(User)
def is_numeric(user: User) -> Truth:
    """Whether the user is a number, which Kubernetes' runAsNonRoot needs."""
    name = user.name
    return UNKNOWN if isinstance(name, Unknown) else name.isascii() and name.isdigit()


@fact_of(Command)
def created_uid(command: Command) -> Number | None:
    """The user number that `useradd` is given; None where none is written, or a variable stands there."""
    value = command.flag_value("-u", "--uid") if command.name == "useradd" else None
    if value is None or isinstance(value, Unknown) or not value.isascii() or not value.isdigit():
        return None
    return Number(int(value.lstrip("0")[:MAX_DIGITS] or "0"), value.source, value.start, value.end)


@fact_of(Run)
def may_need_sudo(run: Run) -> bool:
    """Whether its commands run as a user other than root: by USER, by what is known of the base image, or perhaps, because a
    variable without a value names the user or the image."""
    stage = run.stage
    if stage is None:
        return False
    for one in stage.lineage:
        users = [user for user in one.of(User) if one is not stage or user.index < run.index]
        if users:
            return is_root(users[-1]) is not True
    if stage.image is None or stage.image.name is None:
        return False
    name = stage.image.name
    return isinstance(name, Unknown) or runs_as_own_user(str(name))


@fact_of(Stage)
def gives_up_root(stage: Stage) -> bool:
    """Whether what it starts is known to go on as another user: a server that does, or a program that starts another so."""
    started = (one for one in (stage.entrypoint, stage.cmd) if one is not None)
    return any(_GIVES_UP_ROOT.search(one.raw) for one in started)
