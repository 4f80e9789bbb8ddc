"""The server: documents come in, diagnostics go out; judged at once after an edit, together with all files when edits pause."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable

from lsprotocol import types
from pygls.lsp.server import LanguageServer

from infralint import __version__
from infralint.engine import collector
from infralint.engine.discover import root_of
from infralint.lsp import actions, completion, pages
from infralint.lsp.buffers import Buffer, path_of
from infralint.lsp.diagnostics import diagnostics_of
from infralint.lsp.roots import Root

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

PAUSE = 0.4
"""Seconds without an edit after which all files of a root are judged together."""
SLICE = 0.008
"""Seconds after which that judging lets edits come in."""
WATCHED = "**/*"
SKIPPED = ("/.git/", "/node_modules/", "/.venv/")


class State:
    """All that a running server knows."""

    __slots__ = ("buffers", "cost", "judging", "last", "looking", "preferences", "roots", "server", "stale")

    def __init__(self, server: LanguageServer) -> None:
        self.server = server
        self.roots: dict[str, Root] = {}
        self.buffers: dict[str, Buffer] = {}
        """The open documents by their URIs."""
        self.judging: asyncio.TimerHandle | None = None
        self.looking: dict[str, asyncio.Task[None]] = {}
        """What judges all files of a root, by the root's folder."""
        self.stale: set[str] = set()
        """Folders of roots whose settings or list of files must be read again."""
        self.last = 0.0
        self.cost = 0.0
        """When documents were last judged, and how long that took: a slow document is judged seldom."""
        self.preferences: dict[str, str | bool] = {}

    @property
    def encoding(self) -> str:
        """The units in which the client counts characters."""
        chosen = self.server.server_capabilities.position_encoding
        return str(getattr(chosen, "value", chosen) or "utf-16")

    @property
    def client(self) -> actions.Client:
        """What the client can do with edits."""
        found, told = actions.Client(), self.server.client_capabilities
        edit = told.workspace.workspace_edit if told.workspace is not None else None
        if edit is not None:
            found.versions = bool(edit.document_changes)
            found.creates_files = types.ResourceOperationKind.Create in (edit.resource_operations or ())
        action = told.text_document.code_action if told.text_document is not None else None
        found.disables = bool(action is not None and action.disabled_support)
        found.asks_reason = bool(self.preferences.get("asksReason"))
        return found

    def open(self, uri: str, language: str, text: str, version: int | None) -> None:
        """Take a document in, in the root that holds it: a workspace folder, else the repository around it, else its folder."""
        if uri in self.buffers:
            self.close(uri)
        buffer = Buffer(uri, language, self.encoding)
        root = self._root_for(buffer)
        root.add(buffer)
        buffer.set(text, version)
        root.changed(buffer)
        self.buffers[uri] = buffer
        if root.folder in self.looking:  # it may have begun with the text of the disk
            self._look_later(root)
        self.soon()

    def _root_for(self, buffer: Buffer) -> Root:
        around = [one for one in self.roots.values() if one.holds(buffer.full)]
        if around:
            return max(around, key=lambda one: len(one.folder))
        folder = root_of(buffer.full)
        return self.add_root(folder)

    def add_root(self, folder: str) -> Root:
        """The root of a folder."""
        if folder not in self.roots:
            root = self.roots[folder] = Root(folder, self.preferences)
            self._tell(root)
            self.looking[folder] = asyncio.get_running_loop().create_task(self._look(root, 0))
        return self.roots[folder]

    def remove_root(self, folder: str) -> None:
        """Forget a folder; its open documents go to the root that is then theirs."""
        root = self.roots.pop(folder, None)
        if root is None:
            return
        task = self.looking.pop(folder, None)
        if task is not None:
            task.cancel()
        for buffer in list(root.buffers.values()):
            other = self._root_for(buffer)
            other.add(buffer)
            other.changed(buffer)
            buffer.is_dirty = True
        self.soon()

    def root_of(self, buffer: Buffer) -> Root | None:
        """The root that a document belongs to."""
        return next((one for one in self.roots.values() if one.buffers.get(buffer.path) is buffer), None)

    def change(self, uri: str, text: str, version: int | None) -> None:
        """Take over the new text of a document; one that was never opened is passed over."""
        buffer = self.buffers.get(uri)
        root = self.root_of(buffer) if buffer is not None else None
        if buffer is None or root is None:
            return
        buffer.set(text, version)
        root.changed(buffer)
        self._look_later(root)
        self.soon()

    def close(self, uri: str) -> None:
        """Forget a document."""
        buffer = self.buffers.pop(uri, None)
        root = self.root_of(buffer) if buffer is not None else None
        if buffer is None or root is None:
            return
        root.remove(buffer)
        self._publish(uri, None, [])
        self._look_later(root)

    def on_disk(self, fulls: list[str]) -> None:
        """Files have changed on the disk."""
        for root in self.roots.values():
            mine = [full for full in fulls if root.holds(full) and not any(part in full for part in SKIPPED)]
            if any(root.needs_refresh(full) for full in mine):
                self.stale.add(root.folder)
            if mine:
                self._look_later(root)

    def soon(self) -> None:
        """Judge what has changed as soon as the messages that are already here are read."""
        if self.judging is None:
            wait = max(0.0, self.last + self.cost - time.monotonic())
            self.judging = asyncio.get_running_loop().call_later(wait, self.judge)

    def judge(self) -> None:
        """Judge the documents that have changed, each by itself."""
        self.judging = None
        began = time.monotonic()
        for root in list(self.roots.values()):
            for buffer in [one for one in root.buffers.values() if one.is_dirty]:
                self._judge(root, buffer)
                self._look_later(root)
        self.last = time.monotonic()
        self.cost = self.last - began

    def _judge(self, root: Root, buffer: Buffer) -> None:
        try:
            root.judge(buffer)
        except Exception as error:  # noqa: BLE001 - a fault of ours on one document ends no session
            buffer.findings, buffer.is_dirty = [], False
            self._log(f"judging {buffer.path}", error)
        self._show(root, buffer)

    def _log(self, what: str, error: Exception) -> None:
        message = f"infralint: {what} failed, a fault of infralint to be reported: {type(error).__name__}: {error}"
        self.server.window_log_message(types.LogMessageParams(types.MessageType.Error, message))

    def _show(self, root: Root, buffer: Buffer) -> None:
        self._publish(buffer.uri, buffer.version, diagnostics_of(root, buffer))

    def _publish(self, uri: str, version: int | None, found: list[types.Diagnostic]) -> None:
        self.server.text_document_publish_diagnostics(types.PublishDiagnosticsParams(uri, found, version))

    def _look_later(self, root: Root) -> None:
        """Judge all files of a root once edits pause; what is under way begins anew."""
        task = self.looking.pop(root.folder, None)
        if task is not None:
            task.cancel()
        if root.buffers:
            self.looking[root.folder] = asyncio.get_running_loop().create_task(self._look(root))

    async def _look(self, root: Root, pause: float = PAUSE) -> None:
        await asyncio.sleep(pause)
        try:
            await self._look_now(root)
        except Exception as error:  # noqa: BLE001 - as above
            self._log(f"judging {root.folder}", error)

    async def _look_now(self, root: Root) -> None:
        if root.folder in self.stale:
            self.stale.discard(root.folder)
            root.refresh()
            self._tell(root)
            for buffer in root.buffers.values():
                self._judge(root, buffer)
        if root.session is None:
            return
        until = time.monotonic() + SLICE
        for _ in root.judge_all():
            if time.monotonic() > until:
                await asyncio.sleep(0)
                until = time.monotonic() + SLICE
        for buffer in root.buffers.values():
            if buffer.is_dirty:  # what the list of files does not hold
                self._judge(root, buffer)
            self._show(root, buffer)

    def _tell(self, root: Root) -> None:
        if root.error:
            message = types.ShowMessageParams(types.MessageType.Warning, f"infralint: {root.error}")
            self.server.window_show_message(message)

    def found(self, uri: str) -> tuple[Root, Buffer] | None:
        """A document with its root, judged by the text that it holds now; None for one that is not open."""
        buffer = self.buffers.get(uri)
        root = self.root_of(buffer) if buffer is not None else None
        if buffer is None or root is None:
            return None
        if buffer.is_dirty:
            self._judge(root, buffer)
            self._look_later(root)
        return root, buffer


def make_server() -> LanguageServer:
    """A server with all that it answers to."""
    server = LanguageServer("infralint", __version__, text_document_sync_kind=types.TextDocumentSyncKind.Full)
    state = State(server)
    for handlers in (_life, _documents, _questions, _commands):
        handlers(server, state)
    return server


def _life(server: LanguageServer, state: State) -> None:
    def initialized(params: types.InitializedParams) -> None:
        for folder in server.workspace.folders.values():
            state.add_root(path_of(folder.uri))
        if not server.workspace.folders and server.workspace.root_uri:
            state.add_root(path_of(server.workspace.root_uri))
        told = server.client_capabilities.workspace
        watches = told.did_change_watched_files if told is not None else None
        if watches is not None and watches.dynamic_registration:
            options = types.DidChangeWatchedFilesRegistrationOptions([types.FileSystemWatcher(WATCHED)])
            one = types.Registration("infralint-files", types.WORKSPACE_DID_CHANGE_WATCHED_FILES, options)
            server.client_register_capability(types.RegistrationParams([one]))

    def initialize(params: types.InitializeParams) -> None:
        given = params.initialization_options
        if isinstance(given, dict):
            state.preferences.update(
                {str(key): value for key, value in given.items() if isinstance(value, (str, bool))}
            )

    def folders(params: types.DidChangeWorkspaceFoldersParams) -> None:
        for folder in params.event.added:
            state.add_root(path_of(folder.uri))
        for folder in params.event.removed:
            state.remove_root(path_of(folder.uri))

    def watched(params: types.DidChangeWatchedFilesParams) -> None:
        state.on_disk([path_of(change.uri) for change in params.changes])

    server.feature(types.INITIALIZE)(initialize)
    server.feature(types.INITIALIZED)(initialized)
    server.feature(types.WORKSPACE_DID_CHANGE_WORKSPACE_FOLDERS)(folders)
    server.feature(types.WORKSPACE_DID_CHANGE_WATCHED_FILES)(watched)


def _documents(server: LanguageServer, state: State) -> None:
    def opened(params: types.DidOpenTextDocumentParams) -> None:
        one = params.text_document
        state.open(one.uri, one.language_id, one.text, one.version)

    def changed(params: types.DidChangeTextDocumentParams) -> None:
        whole = [one.text for one in params.content_changes if not hasattr(one, "range")]
        if whole:
            state.change(params.text_document.uri, whole[-1], params.text_document.version)

    def closed(params: types.DidCloseTextDocumentParams) -> None:
        state.close(params.text_document.uri)

    def saved(params: types.DidSaveTextDocumentParams) -> None:
        state.on_disk([path_of(params.text_document.uri)])

    server.feature(types.TEXT_DOCUMENT_DID_OPEN)(opened)
    server.feature(types.TEXT_DOCUMENT_DID_CHANGE)(changed)
    server.feature(types.TEXT_DOCUMENT_DID_CLOSE)(closed)
    server.feature(types.TEXT_DOCUMENT_DID_SAVE)(saved)


def _questions(server: LanguageServer, state: State) -> None:
    def hover(params: types.HoverParams) -> types.Hover | None:
        found: types.Hover | None = _at(state, params, pages.hover)
        return found

    def complete(params: types.CompletionParams) -> types.CompletionList | None:
        found = _at(state, params, completion.completions)
        return types.CompletionList(False, found) if found else None

    def act(params: types.CodeActionParams) -> list[types.CodeAction]:
        found = state.found(params.text_document.uri)
        if found is None:
            return []
        root, buffer = found
        start = buffer.positions.offset(params.range.start.line, params.range.start.character)
        end = buffer.positions.offset(params.range.end.line, params.range.end.character)
        only = (
            [str(getattr(one, "value", one)) for one in params.context.only]
            if params.context.only is not None
            else None
        )
        return actions.actions(root, buffer, min(start, end), max(start, end), only, state.client)

    kinds = [types.CodeActionKind.QuickFix, types.CodeActionKind.SourceFixAll, actions.FIX_ALL]
    server.feature(types.TEXT_DOCUMENT_HOVER)(hover)
    server.feature(types.TEXT_DOCUMENT_COMPLETION, types.CompletionOptions(trigger_characters=["[", ",", '"']))(
        complete
    )
    server.feature(types.TEXT_DOCUMENT_CODE_ACTION, types.CodeActionOptions(code_action_kinds=kinds))(act)


def _at(state: State, params: Any, ask: Callable[[Root, Buffer, int], Any]) -> Any:
    """The answer of a function at a position of a document; None for one that is not open."""
    found = state.found(params.text_document.uri)
    if found is None:
        return None
    root, buffer = found
    return ask(root, buffer, buffer.positions.offset(params.position.line, params.position.character))


def _commands(server: LanguageServer, state: State) -> None:
    async def fix_all(uri: str) -> bool:
        found = state.found(uri)
        edits = actions.fix_all(*found) if found is not None else []
        return await _apply(server, state, found[0] if found is not None else None, edits, "fix all safe findings")

    async def ignore(uri: str, rule: str, start: int, reason: str) -> bool:
        found = state.found(uri)
        edits = actions.ignore(*found, rule, start, reason) if found is not None else []
        return await _apply(server, state, found[0] if found is not None else None, edits, f"ignore {rule}")

    server.command(actions.FIX_ALL_COMMAND)(fix_all)
    server.command(actions.IGNORE_COMMAND)(ignore)


async def _apply(server: LanguageServer, state: State, root: Root | None, edits: list[Any], label: str) -> bool:
    """Let the client apply edits; whether it did."""
    change = actions.workspace_edit(root, edits, state.client) if root is not None and edits else None
    if change is None:
        message = f"infralint: nothing was changed to {label}: no edit does it without other harm"
        server.window_show_message(types.ShowMessageParams(types.MessageType.Info, message))
        return False
    answer = await server.workspace_apply_edit_async(types.ApplyWorkspaceEditParams(change, label))
    return bool(answer.applied)


def serve() -> None:
    """Serve a client on standard input and output until it ends."""
    os.environ.setdefault("GIT_OPTIONAL_LOCKS", "0")
    collector.steady()
    make_server().start_io()
