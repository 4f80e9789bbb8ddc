"""The pins file brought up to date from the repositories of the actions, when the user says so."""

from __future__ import annotations

import os

from infralint.analysis.github.pins import FILE, Pin, read_pins
from infralint.analysis.github.remote_refs import meaning
from infralint.analysis.github.versions import is_exact
from infralint.engine import discover
from infralint.engine.discover import UsageError
from infralint.engine.online import used_in
from infralint.engine.options import Options
from infralint.engine.remote import RemoteError, ask, checked
from infralint.engine.session import Session
from infralint.syntax.remote_refs import Refs
from infralint.text.source import Source, Unreadable

HEAD = """\
# What the names of actions meant at their source on a day. Fixes pin by it; nothing is fetched when files are judged.
# Written by `infralint pins update --online`; delete an entry to have it looked up anew.
"""


class Update:
    """What came of an update. `faults`: what could not be looked up; `notes`: what has changed or was dropped."""

    __slots__ = ("changed", "faults", "notes", "pins")

    def __init__(self) -> None:
        self.pins: list[Pin] = []
        self.notes: list[str] = []
        self.faults: list[str] = []
        self.changed = False
        """Whether the file was written."""


def update(root: str, server: str, seconds: float, today: str) -> Update:
    """Ask the server for the refs of every action used below the root, and write the pins file.

    Raises UsageError for a server that cannot be meant, a pins file that is broken or cannot be written, or no git.
    """
    server = checked(server)
    done = Update()
    before = _before(root)
    session = Session([root], Options(root=root))
    actions = used_in(session, session.plan())
    for name, action in sorted(actions.items()):
        earlier = {pin.ref: pin for pin in before if pin.action.lower() == name}
        if not action.refs and not earlier:
            continue
        url = f"{server}/{action.name}"
        try:
            refs = ask(url, seconds)
        except RemoteError as error:
            done.faults.append(f"{action.name}: {error}")
            done.pins += earlier.values()
            continue
        for ref in sorted({*action.refs, *earlier}):
            pin = _settle(action.name, ref, refs, earlier.get(ref), url, today, done)
            done.pins += [pin] if pin is not None else []
        for (commit, tag), place in sorted(action.said.items()):
            there = refs.tags.get(tag)
            if there is not None and there != commit and is_exact(tag):
                done.faults.append(
                    f"{place}: {action.name} {tag} is {there} at the source, not {commit} as the comment says"
                )
    gone = sorted({pin.action for pin in before if pin.action.lower() not in actions})
    done.notes += [f"{action} is not used any more; its pins were dropped" for action in gone]
    _write(root, done, bool(before))
    return done


def _settle(name: str, ref: str, refs: Refs, earlier: Pin | None, url: str, today: str, done: Update) -> Pin | None:
    """The pin of one ref; the earlier one where what was looked up cannot be trusted."""
    if earlier is not None and is_exact(earlier.tag) and refs.tags.get(earlier.tag, earlier.commit) != earlier.commit:
        done.faults.append(
            f"{name}: the tag {earlier.tag} has moved: it was {earlier.commit} on {earlier.date} and is {refs.tags[earlier.tag]} now;"
            f" the earlier pin stays. If that is as it should be, delete its entry in {FILE}"
        )
        return earlier
    found = meaning(ref, refs)
    if isinstance(found, str):
        done.faults.append(f"{name}@{ref}: {found}")
        return earlier
    commit, tag = found
    if earlier is not None and earlier.commit != commit:
        done.notes.append(f"{name}@{ref} was {earlier.tag} ({earlier.commit[:7]}) and is {tag} ({commit[:7]}) now")
    return Pin(name, ref, commit, tag, url, today)


def _before(root: str) -> list[Pin]:
    path = os.path.join(root, FILE)
    if not os.path.lexists(path):
        return []
    if not discover.is_regular(root, FILE) or os.path.realpath(path) != os.path.join(os.path.realpath(root), FILE):
        raise UsageError(f"{FILE} is no plain file")
    try:
        with open(path, "rb") as stream:
            text = Source(FILE, stream.read(5_000_001)).text
    except (OSError, Unreadable) as error:
        raise UsageError(f"{FILE} cannot be read: {error}") from None
    pins, faults = read_pins(text)
    if faults:
        raise UsageError(f"{FILE} {faults[0]}; fix or delete it first")
    return pins


def written(pins: list[Pin]) -> str:
    """The text of a pins file; the values hold no character that TOML would want escaped."""
    parts = [HEAD]
    for pin in sorted(pins, key=lambda pin: (pin.action.lower(), pin.ref)):
        parts.append(
            f'\n[[pin]]\naction = "{pin.action}"\nref = "{pin.ref}"\ncommit = "{pin.commit}"\ntag = "{pin.tag}"\n'
            f'source = "{pin.source}"\ndate = {pin.date}\n'
        )
    return "".join(parts)


def _write(root: str, done: Update, existed: bool) -> None:
    if not done.pins and not existed:
        return
    path = os.path.join(root, FILE)
    folder = os.path.dirname(path)
    if os.path.lexists(folder) and os.path.realpath(folder) != os.path.join(
        os.path.realpath(root), os.path.dirname(FILE)
    ):
        raise UsageError(f"{os.path.dirname(FILE)} is a link; the pins file is not written through it")
    fresh = f"{path}.{os.getpid()}.new"
    try:
        os.makedirs(folder, exist_ok=True)
        with open(fresh, "x", encoding="utf-8", newline="\n") as stream:
            stream.write(written(done.pins))
        os.replace(fresh, path)
    except OSError as error:
        raise UsageError(f"{FILE} cannot be written: {error.strerror or error}") from None
    done.changed = True
