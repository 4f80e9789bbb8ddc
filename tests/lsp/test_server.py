"""The language server, asked by a real client over the protocol."""

from __future__ import annotations

import ast
import asyncio
import os
import random
import subprocess
import sys
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("pygls")

from lsprotocol import types
from pygls.lsp.client import LanguageClient

ROOT = Path(__file__).parents[2]
WORKFLOW = "on: pull_request_target\npermissions: {}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - run: echo ${{ github.event.issue.title }}\n"
DOCKERFILE = "FROM debian:13\nRUN apt-get update && apt-get install -y curl=8.*\nMAINTAINER me\nUSER 1000\nCMD app\n"
SECONDS = 60


class Editor:
    """A client with the diagnostics that it was told, and what it was asked to apply."""

    def __init__(self, client: LanguageClient) -> None:
        self.client = client
        self.told: dict[str, types.PublishDiagnosticsParams] = {}
        self.messages: list[str] = []
        self.applied: list[types.WorkspaceEdit] = []
        self.news = asyncio.Event()
        client.feature(types.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)(self._listener(self._published))
        client.feature(types.WINDOW_SHOW_MESSAGE)(self._listener(lambda params: self.messages.append(params.message)))
        client.feature(types.WORKSPACE_APPLY_EDIT)(self._applying())
        client.feature(types.CLIENT_REGISTER_CAPABILITY)(self._listener(lambda params: None))

    def _listener(self, told: Callable[[Any], object]) -> Callable[[Any], None]:
        def listen(params: Any) -> None:
            told(params)
            self.news.set()

        return listen

    def _applying(self) -> Callable[[types.ApplyWorkspaceEditParams], types.ApplyWorkspaceEditResult]:
        def apply(params: types.ApplyWorkspaceEditParams) -> types.ApplyWorkspaceEditResult:
            self.applied.append(params.edit)
            return types.ApplyWorkspaceEditResult(applied=True)

        return apply

    def _published(self, params: types.PublishDiagnosticsParams) -> None:
        self.told[params.uri] = params

    def open(self, path: Path | str, text: str, language: str = "yaml") -> str:
        uri = path if isinstance(path, str) else path.as_uri()
        document = types.TextDocumentItem(uri, language, 0, text)
        self.client.text_document_did_open(types.DidOpenTextDocumentParams(document))
        return uri

    def change(self, uri: str, text: str, version: int) -> None:
        document = types.VersionedTextDocumentIdentifier(version, uri)
        changes = [types.TextDocumentContentChangeWholeDocument(text)]
        self.client.text_document_did_change(types.DidChangeTextDocumentParams(document, changes))

    def close(self, uri: str) -> None:
        self.client.text_document_did_close(types.DidCloseTextDocumentParams(types.TextDocumentIdentifier(uri)))

    async def until(self, holds: Callable[[], object]) -> None:
        """Wait until something holds."""
        async with asyncio.timeout(SECONDS):
            while not holds():
                self.news.clear()
                await self.news.wait()

    async def rules(self, uri: str, version: int = 0) -> list[str]:
        """The rules of the diagnostics of a version."""
        await self.until(lambda: uri in self.told and self.told[uri].version == version)
        return self.codes(uri)

    def codes(self, uri: str) -> list[str]:
        return [str(one.code) for one in self.told[uri].diagnostics]

    async def actions(self, uri: str, code: str | None = None, only: list[Any] | None = None) -> list[types.CodeAction]:
        found = [one for one in self.told[uri].diagnostics if code in (None, one.code)]
        context = types.CodeActionContext(found, only)
        params = types.CodeActionParams(types.TextDocumentIdentifier(uri), found[0].range, context)
        return [_whole(one) for one in await self.client.text_document_code_action_async(params) or ()]

    async def command(self, name: str, *arguments: object) -> object:
        return await self.client.workspace_execute_command_async(types.ExecuteCommandParams(name, list(arguments)))


def _whole(one: types.CodeAction | types.Command) -> types.CodeAction:
    """An action; lsprotocol takes one that has a command for the command alone, and that for a text."""
    if isinstance(one, types.CodeAction):
        return one
    inner = ast.literal_eval(one.command)
    return types.CodeAction(
        one.title, command=types.Command(inner["title"], inner["command"], arguments=inner["arguments"])
    )


def capabilities(encodings: list[types.PositionEncodingKind] | None = None) -> types.ClientCapabilities:
    edit = types.WorkspaceEditClientCapabilities(
        document_changes=True, resource_operations=[types.ResourceOperationKind.Create]
    )
    return types.ClientCapabilities(
        workspace=types.WorkspaceClientCapabilities(workspace_edit=edit, workspace_folders=True),
        general=types.GeneralClientCapabilities(position_encodings=list(encodings)) if encodings else None,
    )


@asynccontextmanager
async def editor(*folders: Path, told: Any = None, encodings: Any = None) -> AsyncIterator[Editor]:
    """A client with a server at work on folders."""
    client = LanguageClient("test", "1")
    one = Editor(client)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    await client.start_io(sys.executable, "-m", "infralint", "server", env=environment)
    try:
        opened = [types.WorkspaceFolder(folder.as_uri(), folder.name) for folder in folders]
        params = types.InitializeParams(capabilities(encodings), workspace_folders=opened, initialization_options=told)
        async with asyncio.timeout(SECONDS):
            await client.initialize_async(params)
        client.initialized(types.InitializedParams())
        yield one
    finally:
        async with asyncio.timeout(SECONDS):
            await client.shutdown_async(None)
            client.exit(None)
            await client.stop()


def played(script: Callable[[Editor, Path], Awaitable[None]], *folders: Path, **options: Any) -> None:
    """Run a script of a client."""

    async def play() -> None:
        async with editor(*folders, **options) as one:
            await script(one, folders[0])

    asyncio.run(play())


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "tree"
    (folder / ".github/workflows").mkdir(parents=True)
    return folder


def applied(text: str, edit: types.WorkspaceEdit, uri: str) -> str:
    """A text with the edits of a client of UTF-16 units, as editors apply them."""
    found = next(
        one.edits
        for one in edit.document_changes or ()
        if isinstance(one, types.TextDocumentEdit) and one.text_document.uri == uri
    )
    raw = [line.encode("utf-16-le") for line in text.split("\n")]
    starts = [sum(len(line) + 2 for line in raw[:at]) for at in range(len(raw))]
    whole = text.encode("utf-16-le")
    spots = [(starts[one.range.start.line] + 2 * one.range.start.character,
              starts[one.range.end.line] + 2 * one.range.end.character, one.new_text) for one in found]  # type: ignore[union-attr]  # fmt: skip
    for start, end, fresh in sorted(spots, reverse=True):
        whole = whole[:start] + fresh.encode("utf-16-le") + whole[end:]
    return whole.decode("utf-16-le")


def test_findings_follow_what_is_typed(root: Path) -> None:
    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / ".github/workflows/ci.yml", WORKFLOW)
        assert "any/template-injection" in await one.rules(uri)
        one.change(uri, WORKFLOW.replace("${{ github.event.issue.title }}", "x"), 1)
        assert "any/template-injection" not in await one.rules(uri, 1)
        for version in range(2, 12):  # typed faster than it is judged
            one.change(uri, WORKFLOW + "#" * version, version)
        assert "any/template-injection" in await one.rules(uri, 11)
        one.close(uri)
        await one.until(lambda: one.told[uri].version is None)
        assert not one.told[uri].diagnostics

    played(script, root)


def test_the_editor_says_what_check_says(root: Path) -> None:
    from infralint import check

    (root / "compose.yaml").write_text(
        "services:\n  web:\n    build: .\n    env_file: gone.env\n    depends_on:\n      db: {condition: service_healthy}\n  db:\n    image: postgres\n"
    )
    (root / "Dockerfile").write_text(DOCKERFILE)
    (root / ".github/workflows/ci.yml").write_text(WORKFLOW)
    expected = check(root)

    async def script(one: Editor, folder: Path) -> None:
        for path in ("compose.yaml", "Dockerfile", ".github/workflows/ci.yml"):
            uri = one.open(folder / path, (folder / path).read_text())
            wanted = sorted(each.rule for each in expected.findings if each.path == path)
            await one.until(lambda uri=uri, wanted=wanted: uri in one.told and sorted(one.codes(uri)) == wanted)

    played(script, root)
    assert len(expected.findings) >= 4


def test_unsaved_texts_count_for_other_files(root: Path) -> None:
    (root / "Dockerfile").write_text("FROM debian:13 AS base\nUSER 1000\n")
    (root / "compose.yaml").write_text("services:\n  web:\n    build:\n      context: .\n      target: app\n")

    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / "compose.yaml", (folder / "compose.yaml").read_text())
        await one.until(lambda: uri in one.told and any("target" in code or "stage" in code for code in one.codes(uri)))
        other = one.open(folder / "Dockerfile", "FROM debian:13 AS base\nUSER 1000\n", "dockerfile")
        one.change(other, "FROM debian:13 AS app\nUSER 1000\n", 1)
        await one.until(lambda: not any("target" in code or "stage" in code for code in one.codes(uri)))

    played(script, root)


def test_positions_are_utf_16_units(root: Path) -> None:
    text = WORKFLOW.replace("echo $", "echo 😀😀 $")

    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / ".github/workflows/ci.yml", text)
        await one.rules(uri)
        (found,) = (each for each in one.told[uri].diagnostics if each.code == "any/template-injection")
        line = text.split("\n")[found.range.start.line].encode("utf-16-le")
        marked = line[found.range.start.character * 2 : found.range.end.character * 2].decode("utf-16-le")
        assert "github.event.issue.title" in marked
        assert "😀" not in marked

    played(script, root)


@pytest.mark.parametrize("encoding", [types.PositionEncodingKind.Utf8, types.PositionEncodingKind.Utf32])
def test_other_units_that_the_client_wants(root: Path, encoding: types.PositionEncodingKind) -> None:
    text = WORKFLOW.replace("echo $", "echo 😀😀 $")

    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / ".github/workflows/ci.yml", text)
        await one.rules(uri)
        (found,) = (each for each in one.told[uri].diagnostics if each.code == "any/template-injection")
        line = text.split("\n")[found.range.start.line]
        raw, size = (line.encode("utf-8"), 1) if encoding == "utf-8" else (line.encode("utf-32-le"), 4)
        marked = raw[found.range.start.character * size : found.range.end.character * size]
        assert marked.decode("utf-8" if size == 1 else "utf-32-le").startswith("$")

    played(script, root, encodings=[encoding])


def test_fixes_say_how_safe_they_are_and_are_exact(root: Path) -> None:
    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / ".github/workflows/ci.yml", text := WORKFLOW.replace("echo $", "echo 😀 $"))
        await one.rules(uri)
        found = [each for each in await one.actions(uri, "any/template-injection") if each.edit is not None]
        assert found
        fresh = applied(text, found[0].edit, uri)  # type: ignore[arg-type]
        assert "env:" in fresh
        assert "echo 😀" in fresh
        one.change(uri, fresh, 1)
        assert "any/template-injection" not in await one.rules(uri, 1)
        docker = one.open(folder / "Dockerfile", "FROM debian:13\nADD app /app\nUSER 1000\nCMD app\n", "dockerfile")
        await one.rules(docker)
        for each in one.told[docker].diagnostics:
            for action in await one.actions(docker, str(each.code)):
                if action.edit is not None and not action.is_preferred:
                    assert "(unsafe" in action.title or "(check by hand" in action.title

    played(script, root)


def test_fix_all_applies_the_safe_fixes(root: Path) -> None:
    text = 'FROM debian:13\r\nMAINTAINER me\r\nUSER 1000\r\nCMD ["app"]\r\n'
    (root / "Dockerfile").write_bytes(text.encode())

    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / "Dockerfile", text, "dockerfile")
        await one.rules(uri)
        assert any(each.title.startswith("Fix all") for each in await one.actions(uri))
        assert await one.command("infralint.fixAll", uri) is True
        fresh = applied(text, one.applied[0], uri)
        assert fresh != text
        assert "\r\n" in fresh
        eager = await one.actions(uri, only=["source.fixAll"])
        assert [applied(text, each.edit, uri) for each in eager if each.edit is not None] == [fresh]
        assert (folder / "Dockerfile").read_bytes() == text.encode(), "the editor writes, not the server"

    played(script, root)


def test_ignoring_writes_a_comment_with_the_reason_that_holds(root: Path) -> None:
    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / ".github/workflows/ci.yml", WORKFLOW)
        await one.rules(uri)
        wanted = [
            each
            for each in await one.actions(uri, "any/template-injection")
            if each.title.startswith("Ignore `template-injection`")
        ]
        assert [each.title.rpartition(": ")[2] for each in wanted] == ["false positive", "accepted risk"]
        command = wanted[0].command
        assert command is not None
        assert await one.command(command.command, *(command.arguments or ())) is True
        fresh = applied(WORKFLOW, one.applied[0], uri)
        assert "# infralint: ignore[template-injection] false positive" in fresh
        one.change(uri, fresh, 1)
        assert not [
            code
            for code in await one.rules(uri, 1)
            if code in ("any/template-injection", "infralint/unused-suppression")
        ]

    played(script, root)


def test_a_client_that_asks_for_reasons_itself_gets_its_own_command(root: Path) -> None:
    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / ".github/workflows/ci.yml", WORKFLOW)
        await one.rules(uri)
        found = await one.actions(uri, "any/template-injection")
        (command,) = {
            each.command.command
            for each in found
            if each.command is not None and "Ignore `template-injection`" in each.title
        }
        assert command == "infralint.ignoreWithReason"

    played(script, root, told={"asksReason": True})


def test_hover_shows_the_page_of_a_rule(root: Path) -> None:
    async def script(one: Editor, folder: Path) -> None:
        text = f"# infralint: ignore[untagged-image] why\n{WORKFLOW}"
        uri = one.open(folder / ".github/workflows/ci.yml", text)
        await one.rules(uri)
        found = next(each for each in one.told[uri].diagnostics if each.code == "any/template-injection")
        for place, word in ((found.range.start, "template-injection"), (types.Position(0, 22), "untagged")):
            shown = await one.client.text_document_hover_async(
                types.HoverParams(types.TextDocumentIdentifier(uri), place)
            )
            assert shown is not None
            assert isinstance(shown.contents, types.MarkupContent)
            assert word in shown.contents.value
            assert "«" not in shown.contents.value
        nothing = types.HoverParams(types.TextDocumentIdentifier(uri), types.Position(1, 0))
        assert await one.client.text_document_hover_async(nothing) is None

    played(script, root)


@pytest.mark.parametrize(
    ("name", "text", "wanted"),
    [
        (".github/workflows/ci.yml", "# infralint: ignore[template-in|", "template-injection"),
        (".github/workflows/ci.yml", "# infralint: ignore[template-injection, unp|", "unpinned-action"),
        ("infralint.toml", "pro|", "profile"),
        ("infralint.toml", 'profile = "|', "pedantic"),
        ("infralint.toml", 'ignore = ["template-|', "template-injection"),
        ("infralint.toml", "[rules.template-|", "template-injection"),
        ("infralint.toml", "[rules.template-injection]\nsev|", "severity"),
        ("infralint.toml", '[files]\n"*.tpl" = "dock|', "dockerfile"),
        ("infralint.toml", "require-reason = |", "true"),
        ("pyproject.toml", "[tool.infralint]\nfail|", "fail-on"),
    ],
)  # fmt: skip
def test_completion(root: Path, name: str, text: str, wanted: str) -> None:
    async def script(one: Editor, folder: Path) -> None:
        before, _, _ = text.partition("|")
        uri = one.open(folder / name, before)
        line = before.count("\n")
        place = types.Position(line, len(before.rpartition("\n")[2]))
        params = types.CompletionParams(types.TextDocumentIdentifier(uri), place)
        found = await one.client.text_document_completion_async(params)
        assert isinstance(found, types.CompletionList)
        assert wanted in [each.label for each in found.items]

    played(script, root)


def test_each_root_has_its_own_settings_and_they_are_read_again_when_saved(tmp_path: Path) -> None:
    one_root, other_root = tmp_path / "one", tmp_path / "other"
    for folder in (one_root, other_root):
        folder.mkdir()
        (folder / "Dockerfile").write_text("FROM debian\nUSER 1000\n")
    (other_root / "infralint.toml").write_text('ignore = ["untagged-image"]\n')

    async def script(one: Editor, folder: Path) -> None:
        uris = [
            one.open(each / "Dockerfile", "FROM debian\nUSER 1000\n", "dockerfile") for each in (one_root, other_root)
        ]
        assert "dockerfile/untagged-image" in await one.rules(uris[0])
        assert "dockerfile/untagged-image" not in await one.rules(uris[1])
        settings = other_root / "infralint.toml"
        settings.write_text("")
        saved = types.DidSaveTextDocumentParams(types.TextDocumentIdentifier(settings.as_uri()))
        one.client.text_document_did_save(saved)
        await one.until(lambda: "dockerfile/untagged-image" in one.codes(uris[1]))
        settings.write_text("nonsense = 1\n")
        toml = one.open(settings, "nonsense = 1\n", "toml")
        one.client.text_document_did_save(saved)
        await one.until(lambda: any("nonsense" in each for each in one.messages))
        assert "dockerfile/untagged-image" in one.codes(uris[1]), "the settings of before hold on"
        await one.until(lambda: one.told[toml].diagnostics)
        event = types.WorkspaceFoldersChangeEvent([], [types.WorkspaceFolder(one_root.as_uri(), "one")])
        one.client.workspace_did_change_workspace_folders(types.DidChangeWorkspaceFoldersParams(event))
        one.change(uris[0], "FROM debian:13\nUSER 1000\n", 1)
        assert "dockerfile/untagged-image" not in await one.rules(uris[0], 1)

    played(script, one_root, other_root)


def test_documents_that_are_no_files_and_files_of_no_root(root: Path, tmp_path: Path) -> None:
    async def script(one: Editor, folder: Path) -> None:
        untitled = one.open("untitled:Untitled-1", "FROM debian\nUSER root\n", "dockerfile")
        assert "dockerfile/untagged-image" in await one.rules(untitled)
        lone = one.open(tmp_path / "elsewhere.Dockerfile", "FROM debian\nUSER 1000\n", "dockerfile")
        assert "dockerfile/untagged-image" in await one.rules(lone)
        text = one.open(folder / "notes.txt", "hello\n", "plaintext")
        assert await one.rules(text) == []

    played(script, root)


def test_hostile_messages_do_not_end_the_server(root: Path) -> None:
    async def script(one: Editor, folder: Path) -> None:
        uri = one.open(folder / ".github/workflows/ci.yml", WORKFLOW)
        protocol: Any = one.client.protocol
        one.close("file:///never/opened.yml")
        one.change("file:///never/opened.yml", "x", 7)
        one.open(uri, WORKFLOW)  # twice
        chance = random.Random(3)
        places = [-1, 0, 5, 10**6, 2**31 - 1]
        for version in range(1, 30):
            area = {"start": {"line": chance.choice(places), "character": chance.choice(places)},
                    "end": {"line": chance.choice(places), "character": chance.choice(places)}}  # fmt: skip
            document = {"uri": uri, "version": version}
            change = {"range": area, "text": "\ud83d"} if version % 2 else {"text": "\ud83d" * 3}
            protocol.notify("textDocument/didChange", {"textDocument": document, "contentChanges": [change]})
            protocol.notify("textDocument/didChange", {"textDocument": document, "contentChanges": []})
            hover = {"textDocument": {"uri": uri}, "position": area["start"]}
            protocol.send_request("textDocument/hover", hover)
        protocol.notify(
            "textDocument/didOpen",
            {"textDocument": {"uri": "http://[", "languageId": "yaml", "version": 1, "text": "a"}},
        )
        protocol.send_request("workspace/executeCommand", {"command": "infralint.fixAll", "arguments": [7, 8, 9]})
        huge = one.open(folder / "compose.yaml", "services: {a: {image: '" + "x" * 3_000_000 + "'}}")
        await one.rules(huge)
        one.change(uri, "a: [" * 50_000, 100)
        await one.rules(uri, 100)
        one.change(uri, "\0", 101)
        await one.rules(uri, 101)
        assert "binary" in one.told[uri].diagnostics[0].message
        one.change(uri, WORKFLOW, 102)
        assert "any/template-injection" in await one.rules(uri, 102)

    played(script, root)


def test_without_pygls_the_command_says_what_is_missing(tmp_path: Path) -> None:
    code = "import sys; sys.modules['pygls'] = None; sys.modules['lsprotocol'] = None; sys.argv = ['infralint', 'server']; from infralint.cli.main import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        check=False,
    )
    assert done.returncode == 2
    assert "infralint[lsp]" in done.stderr
    assert "Traceback" not in done.stderr
