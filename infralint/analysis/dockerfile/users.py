"""Users of images, and users that commands create."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain
from posixpath import basename, dirname, join, normpath

from infralint.analysis.dockerfile.build_contexts import build_contexts
from infralint.model.dockerfile.instruction import CopyOrAdd, User
from infralint.model.dockerfile.run import Run
from infralint.model.dockerfile.stage import Stage
from infralint.model.element import UNKNOWN, Number, Truth, Unknown, fact_of
from infralint.model.shared.command import Command
from infralint.syntax.dockerfile_words import unquote
from infralint.tables.images import runs_as_own_user

_GIVES_UP_ROOT = re.compile(
    r"(?<![\w.-])(?:apache2(?:ctl|-foreground)?|apachectl|httpd(?:-foreground)?|nginx|openresty|php-fpm[\d.]*|haproxy|supervisord"
    r"|s6-svscan|s6-setuidgid|my_init|crond|sshd|dovecot|postfix|named|unbound|dnsmasq|gosu|su-exec|setpriv|runuser|chpst|capsh|tor)(?![\w.-])"
)
"""Servers that work as a user of their own although root starts them, supervisors, and what starts a program as another user."""
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
    """Whether what the container starts is known to go on as another user: a server that does, or a script that calls one."""
    started = [one for one in (stage.entrypoint, stage.cmd) if one is not None]
    names = {str(command.name) for one in started for command in one.commands}
    texts = chain((one.raw for one in started), _started_scripts(stage, names))
    return any(_GIVES_UP_ROOT.search(text) for text in texts)


def _started_scripts(stage: Stage, names: set[str]) -> Iterator[str]:
    """The texts of files of the build context that are copied to the image under the name of what it starts."""
    document = stage.document
    contexts = build_contexts(document)
    folders = {dirname(document.source.path), *([] if isinstance(contexts, Unknown) else contexts)}
    for copy in [one for each in stage.lineage for one in each.of(CopyOrAdd) if one.from_name is None]:
        for word in copy.sources:
            path = unquote(word, document.tree.escape).removeprefix("./")
            if basename(path) in names or (copy.destination is not None and basename(copy.destination) in names):
                for folder in sorted(folders):
                    full = normpath(join(folder, path))
                    source = document.index.source(full) if document.index.is_file(full) else None
                    if source is not None:
                        yield source.text
