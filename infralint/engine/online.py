"""Asking the repositories of the actions that a run uses, when the user allows it: `check --online`."""

from __future__ import annotations

import threading
from collections.abc import Iterable

from infralint.analysis.github.action_references import is_malformed
from infralint.analysis.github.pins import REPOSITORY, pinned_lines
from infralint.engine.discover import UsageError
from infralint.engine.options import GITHUB
from infralint.engine.remote import OUT_OF_TIME, Clock, Gone, RemoteError, ask, checked, installed, reached
from infralint.engine.report import Notice
from infralint.engine.templated import is_templated
from infralint.model import kinds
from infralint.model.github.document import is_of_other_forge
from infralint.syntax.remote_refs import NAME, Refs
from infralint.text import regex as re
from infralint.text.source import Unreadable

TYPE_CHECKING = False
if TYPE_CHECKING:
    from infralint.engine.session import Session

SECONDS = 60.0
"""How long one repository may take to answer, if the user does not say."""
ALTOGETHER = 5
"""All of them together may take so many times as long as one."""
AT_ONCE = 8
MAX_ASKED = 300
"""Repositories asked in one run; a tree that uses more is not a real one."""
MAX_NAMED = 5


class Action:
    """A repository whose actions are used: its name, the refs by which, and what comments say of commits."""

    __slots__ = ("commits", "name", "refs", "said")

    def __init__(self, name: str) -> None:
        self.name = name
        self.refs: set[str] = set()
        """Those that are no commits."""
        self.commits: set[str] = set()
        self.said: dict[tuple[str, str], str] = {}


def used_in(session: Session, planned: Iterable[tuple[str, str]]) -> dict[str, Action]:
    """The repositories of the actions and workflows that these files use, by name in lower case."""
    found: dict[str, Action] = {}
    for path, kind in planned:
        if kind not in ("workflow", "action"):
            continue
        try:
            source = session.read(path)
        except Unreadable:
            continue  # judging says so
        if source is None or is_templated(source, kind) or is_of_other_forge(path):
            continue
        document = kinds.load(source, session.index, kind)
        try:
            every = list(document.nouns["uses"].of(document))
        except Exception:  # noqa: BLE001, S112 - judging says so
            continue
        for uses in every:
            name = str(uses.repository)
            if uses.ref is None or is_malformed(uses) or re.fullmatch(REPOSITORY, name, re.ASCII) is None:
                continue
            action = found.setdefault(name.lower(), Action(name))
            if uses.ref.is_commit:
                action.commits.add(uses.ref.name.lower())
            elif re.fullmatch(NAME, uses.ref.name, re.ASCII):
                action.refs.add(str(uses.ref.name))
        for name, commit, tag in pinned_lines(source.text):
            if name.lower() in found:
                found[name.lower()].said.setdefault((commit.lower(), tag), source.path)
    return found


class Asking:
    """The repositories still to be asked, and what came of the others."""

    __slots__ = ("answers", "clock", "faults", "left", "lock", "seconds", "server")

    def __init__(self, server: str, seconds: float, actions: list[Action]) -> None:
        self.server = server
        self.seconds = seconds
        self.clock = Clock(ALTOGETHER * seconds)
        self.left = actions[::-1]
        self.lock = threading.Lock()
        self.answers: dict[str, Refs] = {}
        self.faults: dict[str, str] = {}

    def work(self) -> None:
        """Ask one after the other until there is none left. Several threads do so."""
        while True:
            with self.lock:
                if not self.left:
                    return
                action = self.left.pop()
            try:
                refs = self._of(action)
            except (RemoteError, UsageError, OSError) as error:  # the last: no room for a temporary folder
                with self.lock:
                    self.faults[action.name] = str(error)
                continue
            with self.lock:
                self.answers[action.name.lower()] = refs

    def _of(self, action: Action) -> Refs:
        if self.clock.left <= 0:
            raise RemoteError(OUT_OF_TIME)
        url = f"{self.server}/{action.name}"
        try:
            refs = ask(url, self.seconds, self.clock)
        except Gone:
            refs = Refs()
            refs.is_gone = True
            return refs
        inner = {commit for commit in action.commits if refs.leads_to(commit) is not True}
        if inner:
            try:
                refs.history = reached(url, inner, self.seconds, self.clock)
            except (RemoteError, OSError) as error:
                with self.lock:
                    self.faults[f"the history of {action.name}"] = str(error)
        return refs


def ask_all(session: Session, planned: Iterable[tuple[str, str]]) -> None:
    """Give the run's index what the repositories used in these files answer; what does not answer is a notice.

    Raises UsageError for a server that cannot be meant, or no git.
    """
    server = checked(str(session.options.online))
    installed()
    actions = [action for _, action in sorted(used_in(session, planned).items())]
    asking = Asking(server, session.options.online_timeout or SECONDS, actions[:MAX_ASKED])
    threads = [threading.Thread(target=asking.work, daemon=True) for _ in range(min(AT_ONCE, len(asking.left)))]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    except BaseException:
        asking.left.clear()
        asking.clock.stop()
        for thread in threads:
            if thread.ident is not None:
                thread.join()
        raise
    asking.faults.update(
        {action.name: f"no more than {MAX_ASKED} repositories are asked" for action in actions[MAX_ASKED:]}
    )
    _doubt(asking)
    session.index.remotes = asking.answers
    session.remarks += _told(asking)


def _doubt(asking: Asking) -> None:
    """A server that has none of the repositories is most likely not the one that was meant."""
    if asking.server != GITHUB and asking.answers and all(refs.is_gone for refs in asking.answers.values()):
        asking.faults.update(
            dict.fromkeys(sorted(asking.answers), f"{asking.server} has none of the repositories that it was asked for")
        )
        asking.answers.clear()


def _told(asking: Asking) -> list[Notice]:
    """A notice for each reason that kept repositories from answering."""
    reasons: dict[str, list[str]] = {}
    for name, reason in sorted(asking.faults.items()):
        bare = re.sub(rf"'?{re.escape(asking.server)}/?[^\s':]*'?", "it", reason)
        reasons.setdefault(bare, []).append(name)
    notices = []
    for reason, names in reasons.items():
        more = f" and {len(names) - MAX_NAMED} more" if len(names) > MAX_NAMED else ""
        notices.append(
            Notice(
                "",
                f"no answer from {', '.join(names[:MAX_NAMED])}{more}: {reason}; nothing is said of what only they know",
                "unanswered",
            )
        )
    return notices
