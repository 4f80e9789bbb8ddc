"""AI agents of steps: who starts them, what reaches their prompt, what they may do, which set-ups are safe."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

CLAUDE = "      - uses: anthropics/claude-code-action@v1\n        with:\n          prompt: 'Title: ${{ github.event.issue.title }}'\n"
ALL = "          allowed_non_write_users: '*'\n"
CODEX = "      - uses: openai/codex-action@v1\n        with:\n          prompt: 'Do ${{ github.event.comment.body }}'\n"
GEMINI = "      - uses: google-github-actions/run-gemini-cli@v0\n        with:\n          prompt: 'Sort ${{ github.event.issue.title }}'\n"
HEAD = "      - uses: actions/checkout@v4.2.2\n        with: {ref: '${{ github.event.pull_request.head.sha }}'}\n"


def rules(
    root: Path, steps: str, event: str = "issues", permissions: str = "{contents: read}", guard: str = ""
) -> set[str]:
    path = root / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    job = f"jobs:\n  a:\n{guard}    runs-on: ubuntu-24.04\n    steps:\n"
    path.write_text(f"on: {event}\npermissions: {permissions}\n{job}{steps}")
    found = infralint.check([root], root=root).findings
    return {name for each in found if (name := each.rule.partition("/")[2]).startswith("agent-")}


def run(script: str) -> str:
    return f"      - run: |\n          {script}\n        env: {{BODY: '${{{{ github.event.issue.body }}}}'}}\n"


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        (GEMINI, "agent-untrusted-prompt"),
        (GEMINI + '          settings: \'{"coreTools": ["run_shell_command"]}\'\n', "agent-untrusted-prompt"),
        (CLAUDE.replace("-action@", "-base-action@") + "          allowed_tools: Bash\n", "agent-untrusted-prompt"),
        (CLAUDE + ALL + "          claude_args: --allowedTools Bash,Read\n", "agent-open-to-everyone"),
        (CLAUDE + ALL + "          claude_args: --allowed-tools 'Bash(gh:*)'\n", "agent-open-to-everyone"),
        (CLAUDE + ALL + "          claude_args: --dangerously-skip-permissions\n", "agent-open-to-everyone"),
        (CODEX + "          allow-users: 'a, *'\n          safety-strategy: unsafe\n", "agent-open-to-everyone"),
        (run('gemini --yolo -p "$BODY"'), "agent-untrusted-prompt"),
        (run('echo "$BODY" | claude -p --dangerously-skip-permissions'), "agent-untrusted-prompt"),
        (run('npx -y @anthropic-ai/claude-code@1.0.2 -p "$BODY" --allowedTools Bash'), "agent-untrusted-prompt"),
        (run('codex exec -s danger-full-access "$BODY"'), "agent-untrusted-prompt"),
        (run('copilot -p "$BODY" --allow-all-tools'), "agent-untrusted-prompt"),
        (run('opencode run "${{ github.event.issue.body }}"'), "agent-untrusted-prompt"),
        (run('aider --yes-always --message "$BODY"'), "agent-untrusted-prompt"),
        (run('claude -p "$(gh issue view 1 --json body)" --dangerously-skip-permissions'), "agent-untrusted-prompt"),
        (run("gemini --yolo -p 'Sort the issue'"), "agent-started-by-outsiders"),
        (run('claude -p "x" | bash'), "agent-output-run"),
        (run('bash -c "$(codex exec x)"'), "agent-output-run"),
    ],
)
def test_an_agent_that_outsiders_direct(tmp_path: Path, steps: str, rule: str) -> None:
    assert rule in rules(tmp_path, steps)


@pytest.mark.parametrize(
    "steps",
    [
        CLAUDE + "          claude_args: --allowedTools Bash\n",
        CLAUDE + ALL + "          claude_args: --allowedTools Read,Glob\n",
        CLAUDE + ALL + "          claude_args: --allowedTools 'Bash(gh issue view:*),Bash(gh issue edit:*)'\n",
        CLAUDE + "          allowed_non_write_users: alice,bob\n          claude_args: --allowedTools Bash\n",
        CLAUDE + "          allowed_non_write_users: ${{ vars.USERS }}\n          claude_args: --allowedTools Bash\n",
        CODEX + "          sandbox: danger-full-access\n",
        CODEX + "          allow-users: '*'\n          sandbox: read-only\n",
        GEMINI + "          settings: '{\"coreTools\": []}'\n",
        GEMINI + '          settings: \'{"tools": {"core": ["read_file"]}}\'\n',
        GEMINI + "          settings: ${{ vars.SETTINGS }}\n",
        "      - uses: actions/ai-inference@v2\n        with: {prompt: '${{ github.event.issue.body }}'}\n",
        run('claude -p "$BODY"'),
        run('claude -p "$BODY" --allowedTools Read,Grep'),
        run('codex exec "$BODY"'),
        run('gemini -p "$BODY"'),
        run("claude mcp list; codex login; gemini --version"),
        run("claude -p x > notes.md; claude -p x | jq ."),
    ],
)
def test_a_safe_or_unknown_set_up_is_silent(tmp_path: Path, steps: str) -> None:
    assert rules(tmp_path, steps) == set()


TOLD = "      - uses: openai/codex-action@v1\n        with: {allow-users: '*', sandbox: danger-full-access, prompt-file: a.md}\n"
WRITE = 'echo "$BODY" > a.md'
GROUP = '{\n            echo Sort this:\n            echo "$BODY"\n          } > a.md'
FEED = "cat > a.md <<EOF\n          ${{ github.event.issue.title }}\n          EOF"
INLINE = (
    "      - uses: actions/github-script@v8\n        with:\n          script: |\n"
    "            const issue = context.payload.issue\n            require('fs').writeFileSync('a.md', `Sort ${issue.body}`)\n"
)


@pytest.mark.parametrize(
    "steps",
    [
        run(WRITE) + TOLD,
        run(GROUP) + TOLD,
        run(FEED) + TOLD,
        run('printf "%s" "$BODY" | tee -a ./a.md') + TOLD,
        run("gh issue view 1 --json title,body > a.md") + TOLD,
        INLINE + TOLD,
        run(WRITE) + run('claude -p "$(cat a.md)" --dangerously-skip-permissions'),
        run(WRITE) + run("cat a.md | gemini --yolo"),
        run(WRITE) + run("codex exec -s danger-full-access - < a.md"),
        run(f'{WRITE}\n          claude -p "Read a.md" --dangerously-skip-permissions'),
        run(WRITE) + TOLD.replace("prompt-file: a.md", "prompt: 'Follow ${{ github.workspace }}/a.md'"),
    ],
)
def test_a_prompt_that_stands_in_a_file_written_from_untrusted_text(tmp_path: Path, steps: str) -> None:
    assert not {"agent-untrusted-prompt", "agent-open-to-everyone"}.isdisjoint(rules(tmp_path, steps))


@pytest.mark.parametrize(
    "steps",
    [
        run("echo $BODY > b.md") + run('claude -p "$(cat a.md)" --dangerously-skip-permissions'),
        run("echo fixed > a.md") + run('claude -p "$(cat a.md)" --dangerously-skip-permissions'),
        run('echo "$BODY" 2> a.md') + run('claude -p "$(cat a.md)" --dangerously-skip-permissions'),
        run('claude -p "$(cat a.md)" --dangerously-skip-permissions') + run(WRITE),
        run('echo "$BODY" | wc -c > a.md') + run('claude -p "$(cat a.md)" --dangerously-skip-permissions'),
    ],
)
def test_a_prompt_from_another_file_is_not_untrusted(tmp_path: Path, steps: str) -> None:
    assert "agent-untrusted-prompt" not in rules(tmp_path, steps)


@pytest.mark.parametrize("event", ["push", "schedule", "workflow_dispatch", "pull_request"])
def test_events_without_outsiders_or_secrets_are_silent(tmp_path: Path, event: str) -> None:
    assert rules(tmp_path, GEMINI + run("gemini --yolo -p x"), event) == set()


def test_a_guard_keeps_outsiders_from_the_agent(tmp_path: Path) -> None:
    guard = "    if: github.event.issue.author_association == 'OWNER'\n"
    assert rules(tmp_path / "guarded", GEMINI, guard=guard) == set()
    assert rules(tmp_path / "open", GEMINI) == {"agent-untrusted-prompt"}


@pytest.mark.parametrize(
    ("permissions", "extra", "found"),
    [
        ("{contents: write}", "", True),
        ("write-all", "", True),
        ("{issues: write}", "", False),
        ("{contents: read}", "        env: {GH_TOKEN: '${{ secrets.PAT }}'}\n", True),
        ("{contents: read}", "        env: {GH_TOKEN: '${{ secrets.GITHUB_TOKEN }}'}\n", False),
        ("{contents: write}", "          sandbox: read-only\n", False),
    ],
)
def test_the_write_token_of_an_agent(tmp_path: Path, permissions: str, extra: str, found: bool) -> None:
    steps = CODEX + "          allow-users: '*'\n" + extra
    assert ("agent-write-token" in rules(tmp_path, steps, "issue_comment", permissions)) is found


@pytest.mark.parametrize(
    ("steps", "found"),
    [
        (HEAD + run("claude -p Review"), True),
        (HEAD + CLAUDE.replace("-action@", "-base-action@"), True),
        (HEAD + CLAUDE, False),
        (run("claude -p Review") + HEAD, False),
        (HEAD.replace("with: {", "with: {path: head, ") + run("claude -p Review"), False),
        (
            HEAD.replace("with: {", "with: {path: head, ") + run("claude -p x") + "        working-directory: head\n",
            True,
        ),
        ("      - uses: actions/checkout@v4.2.2\n" + run("claude -p Review"), False),
    ],
)
def test_instructions_from_an_untrusted_checkout(tmp_path: Path, steps: str, found: bool) -> None:
    assert ("agent-untrusted-checkout" in rules(tmp_path, steps, "pull_request_target")) is found


def test_the_answer_to_an_untrusted_prompt_is_untrusted(tmp_path: Path) -> None:
    ask = "      - id: ask\n        uses: actions/ai-inference@v2\n        with: {{prompt: '{}'}}\n      - run: echo ${{{{ steps.ask.outputs.response }}}}\n"
    for name, prompt, found in (("a", "${{ github.event.issue.body }}", True), ("b", "Write a title", False)):
        path = tmp_path / name / ".github/workflows/a.yml"
        path.parent.mkdir(parents=True)
        path.write_text("on: issues\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n" + ask.format(prompt))
        rules_found = {each.rule for each in infralint.check([tmp_path / name], root=tmp_path / name).findings}
        assert ("any/template-injection" in rules_found) is found
