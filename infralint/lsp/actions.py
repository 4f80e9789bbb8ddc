"""Fixes and comments that suppress, as code actions; every edit is checked before it is offered or applied."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence

from lsprotocol import types

from infralint.engine.discover import UsageError
from infralint.engine.files import judge_file
from infralint.engine.fixing import damaged, fix
from infralint.engine.options import Options
from infralint.engine.suppressing import ABOVE, BEHIND, comment_for
from infralint.lsp.buffers import Buffer
from infralint.lsp.diagnostics import positions_of, range_of, uri_of
from infralint.lsp.pages import findings_at, reason_of
from infralint.lsp.roots import Root
from infralint.policy.rule_file import RuleError
from infralint.text.edit import Edit, Fix, Safety, apply
from infralint.text.finding import Finding
from infralint.text.source import Source

FIX_ALL = "source.fixAll.infralint"
FIX_ALL_COMMAND = "infralint.fixAll"
IGNORE_COMMAND = "infralint.ignore"
ASK_COMMAND = "infralint.ignoreWithReason"
"""A command of the client's, which asks for a reason and then calls IGNORE_COMMAND; only for clients that say they have it."""
REASONS = ("false positive", "accepted risk")
MOST = 12
"""Findings of a place for which actions are offered, the gravest first."""


class Client:
    """What the client can do with edits."""

    __slots__ = ("asks_reason", "creates_files", "disables", "reasons", "versions")

    def __init__(self) -> None:
        self.versions = False
        """Whether it takes edits with the version of the document that they are for."""
        self.creates_files = False
        self.disables = False
        """Whether it shows actions that cannot be taken, with the reason."""
        self.asks_reason = False
        self.reasons: tuple[str, ...] = REASONS


def actions(
    root: Root, buffer: Buffer, start: int, end: int, only: Sequence[str] | None, client: Client
) -> list[types.CodeAction]:
    """What can be done about the findings that a span touches."""
    found: list[types.CodeAction] = []
    if root.session is None:
        return found
    if _wants(only, "quickfix"):
        touched = findings_at(buffer, start, end)[:MOST]
        for one in touched:
            found += _fixes(root, buffer, one, client)
        for one in touched:
            found += _ignores(buffer, one, client)
    if only is None:
        if any(one.fix is not None and one.fix.safety == Safety.SAFE for one in buffer.findings):
            command = types.Command("fix all safe findings", FIX_ALL_COMMAND, arguments=[buffer.uri])
            found.append(
                types.CodeAction(
                    "Fix all safe findings of this file", types.CodeActionKind.SourceFixAll, command=command
                )
            )
    elif any(_wants([each], FIX_ALL) for each in only if each.startswith("source")):
        edits = fix_all(root, buffer)
        if edits:
            change = workspace_edit(root, edits, client)
            found.append(types.CodeAction("Fix all safe findings of this file", FIX_ALL, edit=change))
    return found


def _wants(only: Sequence[str] | None, kind: str) -> bool:
    """Whether a kind of action is asked for: it, or one of which it is part."""
    return only is None or any(not each or kind == each or kind.startswith(f"{each}.") for each in only)


def _fixes(root: Root, buffer: Buffer, one: Finding, client: Client) -> list[types.CodeAction]:
    if one.fix is None or not one.fix.edits or root.session is None:
        return []
    title = f"{one.fix.title[:1].upper()}{one.fix.title[1:]}"
    if one.fix.safety != Safety.SAFE:
        why = reason_of(root, one.rule, one.fix)
        word = "unsafe" if one.fix.safety == Safety.UNSAFE else "check by hand"
        title += f" ({word}{f': {why}' if why else ''})"
    action = types.CodeAction(title, types.CodeActionKind.QuickFix, diagnostics=[_shown(buffer, one)])
    bad = damaged(root.session, [one.fix])
    change = None if bad else workspace_edit(root, one.fix.edits, client)
    if change is not None:
        action.edit = change
        action.is_preferred = one.fix.safety == Safety.SAFE
        return [action]
    if not client.disables:
        return []
    action.disabled = types.CodeActionDisabled(next(iter(bad.values()), "the editor cannot create files"))
    return [action]


def _shown(buffer: Buffer, one: Finding) -> types.Diagnostic:
    area = range_of(buffer.positions, one.place.start, one.place.end)
    return types.Diagnostic(area, one.message, code=one.rule, source="infralint")


def _ignores(buffer: Buffer, one: Finding, client: Client) -> list[types.CodeAction]:
    if one.rule.startswith("infralint/"):
        return []
    name = one.rule.rpartition("/")[2]
    if client.asks_reason:
        command = types.Command("ignore", ASK_COMMAND, arguments=[buffer.uri, one.rule, one.place.start])
        return [types.CodeAction(f"Ignore `{name}` here …", types.CodeActionKind.QuickFix, command=command)]
    return [
        types.CodeAction(
            f"Ignore `{name}` here: {reason}",
            types.CodeActionKind.QuickFix,
            command=types.Command("ignore", IGNORE_COMMAND, arguments=[buffer.uri, one.rule, one.place.start, reason]),
        )
        for reason in client.reasons
    ]


def ignore(root: Root, buffer: Buffer, rule: str, start: int, reason: str) -> list[Edit]:
    """A comment that suppresses a finding; none where no comment does."""
    session, kind = root.session, root.kind(buffer)
    one = next((each for each in buffer.findings if each.rule == rule and each.place.start == start), None)
    if session is None or kind is None or one is None:
        return []
    words = " ".join(reason.split())
    for place in (ABOVE, BEHIND):
        edit = comment_for(session, buffer.source, one, place, words)
        if edit is not None and (one in buffer.extra or _silences(root, buffer, kind, one, edit)):
            return [edit]
    return []


def _silences(root: Root, buffer: Buffer, kind: str, one: Finding, edit: Edit) -> bool:
    """Whether a finding of the document alone is suppressed once a comment stands there."""
    session = root.session
    if session is None:
        return False
    session.index.given[buffer.path] = Source(buffer.path, apply(buffer.source.text, [edit]))
    session.index.forget()
    try:
        done = judge_file(session, buffer.path, kind)
    finally:
        session.index.given[buffer.path] = buffer.source
        session.index.forget()
    shift = len(edit.text) if edit.start <= one.place.start else 0
    return done is not None and all(
        (each.rule, each.place.start) != (one.rule, one.place.start + shift) for each in done.findings
    )


def fix_all(root: Root, buffer: Buffer) -> list[Edit]:
    """The edits of all safe fixes of a document, round by round until nothing is left to fix."""
    session = root.session
    if session is None or root.kind(buffer) is None:
        return []
    full = os.path.join(root.folder, buffer.path)
    text = buffer.source.encode(buffer.source.text)
    options = Options(
        root=root.folder, profile=session.options.profile, stdin=None if os.path.lexists(full) else (full, text)
    )
    try:
        result = fix([full] if options.stdin is None else [], options, given=dict(session.index.given))
    except (UsageError, RuleError):
        return []
    edits = [edit for path in result.files for edit in result.changed[path].edits()]
    taken = Fix("", Safety.SAFE, edits)
    return [] if not edits or damaged(session, [taken]) else edits


def workspace_edit(root: Root, edits: Iterable[Edit], client: Client) -> types.WorkspaceEdit | None:
    """Edits as the client takes them; None where it cannot take them, or a file cannot be read."""
    by_path: dict[str, list[Edit]] = {}
    for edit in sorted(edits):
        by_path.setdefault(edit.path, []).append(edit)
    encoding = next((one.encoding for one in root.buffers.values()), "utf-16")
    changes: dict[str, list[types.TextEdit]] = {}
    created = []
    for path, own in by_path.items():
        uri = uri_of(root, path)
        if own[0].creates:
            if not (client.versions and client.creates_files):
                return None
            created.append(types.CreateFile(uri, options=types.CreateFileOptions(overwrite=False)))
            place = types.Position(0, 0)
            changes[uri] = [types.TextEdit(types.Range(place, place), own[0].text)]
            continue
        positions = positions_of(root, path, encoding)
        if positions is None:
            return None
        changes[uri] = [types.TextEdit(range_of(positions, one.start, one.end), one.text) for one in own]
    if not client.versions:
        return types.WorkspaceEdit(changes=changes)
    versions = {one.uri: one.version for one in root.buffers.values()}
    documents = [
        types.TextDocumentEdit(types.OptionalVersionedTextDocumentIdentifier(uri, versions.get(uri)), list(own))
        for uri, own in changes.items()
    ]
    return types.WorkspaceEdit(document_changes=[*created, *documents])
