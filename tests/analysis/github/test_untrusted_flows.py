"""Untrusted text and heads through scripts of github-script, and the ways by which a head is fetched."""

from __future__ import annotations

import textwrap
from pathlib import Path

import pytest

import infralint

HEAD = "on: {event}\npermissions: {{contents: write}}\njobs:\n  j:\n    runs-on: ubuntu-24.04\n    steps:\n"
CARRIES = [
    ("core.setOutput('x', context.payload.issue.title)", "x"),
    ("const { issue } = context.payload;\ncore.setOutput('x', issue.title)", "x"),
    ('const title = context.payload.issue.title.trim();\ncore.setOutput("x", `t: ${title}`)', "x"),
    ("return context.payload.comment.body", "result"),
    (
        "const pr = (await github.rest.pulls.get({owner: 'a', repo: 'b', pull_number: 1})).data\nreturn pr.head.ref",
        "result",
    ),
    (
        "const r = await github.rest.pulls.get({\n  owner: 'a',\n  pull_number: context.issue.number,\n});\ncore.setOutput('x', r.data.title);",
        "x",
    ),
    (
        "const files = await github.paginate(github.rest.pulls.listFiles, {pull_number: 1});\ncore.setOutput('x', files.map(f => f.filename).join(' '))",
        "x",
    ),
    (
        "const { data: comments } = await github.rest.issues.listComments({issue_number: 1});\nfor (const c of comments) {\n  core.setOutput('x', c.body)\n}",
        "x",
    ),
    (
        "const pulls = await github.rest.pulls.list({});\nconst pr = pulls.data.find(p => p.number == 1);\ncore.setOutput('x', pr.head.label)",
        "x",
    ),
    (
        "const res = await github.request('GET /repos/{owner}/{repo}/pulls/{pull_number}', {});\ncore.setOutput('x', res.data.body)",
        "x",
    ),
    ("const b = context.payload.comment.body;\nconst cmd = b.split(' ')[1];\ncore.setOutput('x', cmd || 'none')", "x"),
    ("const m = context.payload.comment.body.match(/\\/run (.*)/);\ncore.setOutput('x', m[1])", "x"),
    ("core.setOutput('x', JSON.stringify(context.payload.issue))", "x"),
    ("const t = process.env.GITHUB_HEAD_REF;\ncore.setOutput('x', t)", "x"),
]
CARRIES_NOTHING = [
    ("core.setOutput('x', context.payload.issue.number)", "x"),
    ("core.setOutput('x', context.payload.comment.body.includes('/go'))", "x"),
    ("core.setOutput('x', context.payload.comment.body === '/go')", "x"),
    ("core.setOutput('x', context.payload.comment.body.startsWith('/go') ? 'a' : 'b')", "x"),
    ("core.setOutput('x', 'title')", "x"),
    ("const title = context.payload.issue.title;\ncore.setOutput('x', 'title')", "x"),
    ("const m = context.payload.comment.body.match(/\\/run (\\d+)/);\ncore.setOutput('x', m[1])", "x"),
    ("core.setOutput('x', Number(context.payload.comment.body))", "x"),
    ("core.setOutput('y', context.payload.issue.title)", "x"),
    ("const { data: pr } = await github.rest.pulls.get({pull_number: 1});\ncore.setOutput('x', pr.number);", "x"),
    ("const { data: pr } = await github.rest.pulls.get({pull_number: 1});\ncore.setOutput('x', pr.base.ref);", "x"),
    ("const {data} = await github.rest.repos.get({});\ncore.setOutput('x', data.default_branch)", "x"),
    ("const a = [1].map(x => { return context.payload.issue.title });\nreturn a.length", "result"),
    ("// core.setOutput('x', context.payload.issue.title)\ncore.setOutput('x', 'a')", "x"),
]
FETCHES = [
    "- run: git clone https://github.com/${{ github.event.pull_request.head.repo.full_name }} x && cd x && make",
    "- run: gh repo clone ${{ github.event.pull_request.head.repo.full_name }} src\n- run: make\n  working-directory: src",
    "- run: |\n    curl -L https://github.com/$REPO/archive/$SHA.tar.gz | tar xz --strip-components=1\n    make\n  env: {REPO: '${{ github.event.pull_request.head.repo.full_name }}', SHA: '${{ github.event.pull_request.head.sha }}'}",
    "- uses: actions/checkout@v4\n- run: |\n    gh pr diff 1 | git apply\n    npm test",
    "- uses: actions/checkout@v4\n- run: |\n    curl -sL ${{ github.event.pull_request.patch_url }} > p.patch\n    git am p.patch\n    make",
    "- uses: actions/checkout@v4\n- run: git -C . fetch origin pull/$N/head && git checkout FETCH_HEAD && make",
    "- uses: actions/checkout@v4\n- run: |\n    git remote add pr $URL\n    git fetch pr\n    git merge pr/main\n    make\n  env: {URL: '${{ github.event.pull_request.head.repo.clone_url }}'}",
    "- run: pip install git+https://github.com/${{ github.event.pull_request.head.repo.full_name }}@${{ github.event.pull_request.head.sha }}",
    "- uses: actions/checkout@v4\n- run: |\n    sha=$(gh pr view 1 --json headRefOid -q .headRefOid)\n    git fetch origin $sha\n    git checkout $sha\n    make",
    "- run: hub pr checkout 5 && make",
    "- id: s\n  uses: actions/github-script@v8\n  with:\n    script: |\n      const { data: pr } = await github.rest.pulls.get({pull_number: 1});\n      core.setOutput('repo', pr.head.repo.full_name);\n      core.setOutput('sha', pr.head.sha);\n- uses: actions/checkout@v4.2.2\n  with: {repository: '${{ steps.s.outputs.repo }}'}\n- run: make",
    "- uses: actions/github-script@v8\n  with:\n    script: |\n      core.exportVariable('SHA', context.payload.pull_request.head.sha)\n- uses: actions/checkout@v4.2.2\n  with: {ref: '${{ env.SHA }}'}\n- run: make",
    "- run: git worktree add pr ${{ github.event.pull_request.head.sha }} && cd pr && make",
    "- run: npx degit ${{ github.event.pull_request.head.repo.full_name }} x && cd x && npm ci",
]
FETCHES_NOTHING = [
    "- run: git clone https://github.com/acme/x && cd x && make",
    "- uses: actions/checkout@v4\n- run: git fetch origin main && git checkout main && make",
    "- uses: actions/checkout@v4\n- run: gh pr diff 1 > d.txt && wc -l d.txt\n- run: make",
    "- run: gh api repos/x/pulls/1 > a.json",
    "- uses: actions/checkout@v4\n- run: curl -L https://github.com/acme/x/archive/v1.tar.gz | tar xz && make",
    "- uses: actions/checkout@v4\n- run: git fetch origin ${{ github.event.pull_request.head.sha }}\n- run: git diff FETCH_HEAD\n- run: make",
]


def rules(root: Path, steps: str, event: str) -> set[str]:
    path = root / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    path.write_text(HEAD.format(event=event) + textwrap.indent(steps, "      ") + "\n")
    return {each.rule for each in infralint.check([root], root=root).findings}


def is_injected(root: Path, script: str, output: str) -> bool:
    steps = (
        "- id: s\n  uses: actions/github-script@v8\n  with:\n    script: |\n"
        + textwrap.indent(script, "      ")
        + f"\n- run: echo ${{{{ steps.s.outputs.{output} }}}}"
    )
    return "any/template-injection" in rules(root, steps, "issue_comment")


@pytest.mark.parametrize(("script", "output"), CARRIES)
def test_a_script_that_carries_untrusted_text(tmp_path: Path, script: str, output: str) -> None:
    assert is_injected(tmp_path, script, output)


@pytest.mark.parametrize(("script", "output"), CARRIES_NOTHING)
def test_a_script_that_carries_no_untrusted_text(tmp_path: Path, script: str, output: str) -> None:
    assert not is_injected(tmp_path, script, output)


@pytest.mark.parametrize("steps", FETCHES)
def test_a_head_that_is_fetched_and_run(tmp_path: Path, steps: str) -> None:
    assert "workflow/untrusted-checkout" in rules(tmp_path, steps, "pull_request_target")


@pytest.mark.parametrize("steps", FETCHES_NOTHING)
def test_what_is_fetched_is_no_head(tmp_path: Path, steps: str) -> None:
    assert "workflow/untrusted-checkout" not in rules(tmp_path, steps, "pull_request_target")


@pytest.mark.parametrize("field", ["comment.diff_hunk", "comment.path"])
def test_what_a_review_comment_quotes_is_text_of_the_pull_request(tmp_path: Path, field: str) -> None:
    found = rules(tmp_path, f"- run: echo ${{{{ github.event.{field} }}}}", "pull_request_review_comment")
    assert "any/template-injection" in found


@pytest.mark.parametrize(
    ("shell", "script"),
    [
        ("pwsh", '"x=$env:TITLE" >> $env:GITHUB_OUTPUT'),
        ("pwsh", '$t = $env:TITLE.Trim()\nAdd-Content -Path $env:GITHUB_OUTPUT -Value "x=$t"'),
        ("powershell", 'Write-Output "x=$env:TITLE" | Out-File $env:GITHUB_OUTPUT -Append'),
        (
            "python",
            "with open(os.environ['GITHUB_OUTPUT'], 'a') as out:\n    print(f'x={os.environ[\"TITLE\"]}', file=out)",
        ),
        ("python", "t = os.getenv('TITLE')\nout = open(os.environ['GITHUB_OUTPUT'], 'a')\nout.write('x=' + t)"),
    ],
)
def test_scripts_of_other_shells_put_out_what_they_read(tmp_path: Path, shell: str, script: str) -> None:
    assert _is_injected(tmp_path, shell, script)


@pytest.mark.parametrize(
    ("shell", "script"),
    [
        ("pwsh", "$t = $env:TITLE -replace '[^a-z0-9]', ''\n\"x=$t\" >> $env:GITHUB_OUTPUT"),
        ("python", "t = re.sub(r'[^a-z]', '', os.environ['TITLE'])\nwith open(os.environ['GITHUB_OUTPUT'], 'a') as f:\n    f.write(f'x={t}')"),
        ("python", "t = len(os.environ['TITLE'])\nwith open(os.environ['GITHUB_OUTPUT'], 'a') as f:\n    f.write(f'x={t}')"),
    ],
)  # fmt: skip
def test_what_they_take_out_is_gone(tmp_path: Path, shell: str, script: str) -> None:
    assert not _is_injected(tmp_path, shell, script)


def _is_injected(root: Path, shell: str, script: str) -> bool:
    body = textwrap.indent(script, " " * 10)
    text = HEAD.format(event="issues") + (
        f"      - id: a\n        shell: {shell}\n        env: {{TITLE: '${{{{ github.event.issue.title }}}}'}}\n"
        f"        run: |\n{body}\n      - run: echo ${{{{ steps.a.outputs.x }}}}\n"
    )
    path = root / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    path.write_text(text)
    return bool(infralint.check([root], root=root, select=["template-injection"]).findings)


def test_a_called_workflow_is_given_the_ref_of_a_pull_request(tmp_path: Path) -> None:
    folder = tmp_path / ".github/workflows"
    folder.mkdir(parents=True)
    (folder / "a.yml").write_text(
        "on: issue_comment\njobs:\n  a:\n    uses: ./.github/workflows/b.yml\n"
        "    with: {ref: 'refs/pull/${{ github.event.issue.number }}/merge'}\n"
    )
    (folder / "b.yml").write_text(
        "on: {workflow_call: {inputs: {ref: {type: string}}}}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n"
        "      - uses: actions/checkout@v5\n        with: {ref: '${{ inputs.ref }}'}\n      - run: make\n"
    )
    found = infralint.check([tmp_path], root=tmp_path, select=["untrusted-checkout"]).findings
    assert [each.place.path for each in found] == [".github/workflows/b.yml"]


def test_an_artifact_is_downloaded_and_run_by_one_script(tmp_path: Path) -> None:
    path = tmp_path / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    head = HEAD.format(event="{workflow_run: {workflows: [CI]}}")
    path.write_text(head + "      - run: |\n          gh run download 1 -n tool\n          ./tool\n")
    assert infralint.check([tmp_path], root=tmp_path, select=["artifact-poisoning"]).findings
    path.write_text(head + "      - run: |\n          ./tool\n          gh run download 1 -n tool\n")
    assert not infralint.check([tmp_path], root=tmp_path, select=["artifact-poisoning"]).findings


def _found(root: Path, event: str, steps: str, rule: str) -> bool:
    path = root / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD.format(event=event) + steps)
    return bool(infralint.check([root], root=root, select=[rule]).findings)


def test_actions_put_out_what_outsiders_wrote(tmp_path: Path) -> None:
    echo = "      - run: echo ${{{{ steps.a.outputs.{} }}}}\n"
    parser = "      - {id: a, uses: stefanbuck/github-issue-parser@v3}\n" + echo.format("issueparser_url")
    assert _found(tmp_path, "issues", parser, "template-injection")
    comment = "      - {id: a, uses: peter-evans/find-comment@v3, with: {issue-number: 1}}\n" + echo.format(
        "comment-body"
    )
    assert _found(tmp_path, "pull_request_target", comment, "template-injection")
    by_bot = comment.replace("issue-number: 1", "issue-number: 1, comment-author: 'github-actions[bot]'")
    assert not _found(tmp_path, "pull_request_target", by_bot, "template-injection")
    match = (
        "      - {id: a, uses: actions-ecosystem/action-regex-match@v2, "
        "with: {text: '${{ github.event.comment.body }}', regex: '^/run (.*)$'}}\n"
    ) + echo.format("group1")
    assert _found(tmp_path, "issue_comment", match, "template-injection")
    assert not _found(tmp_path, "issue_comment", match.replace("(.*)", "([a-z]+)"), "template-injection")


@pytest.mark.parametrize(
    ("script", "is_fetched"),
    [
        ('curl -fsSL "https://raw.githubusercontent.com/$REPO/$SHA/run.sh" | bash', True),
        ('curl -fsSL "https://raw.githubusercontent.com/$REPO/$SHA/Makefile" -o Makefile', True),
        ('curl -fsSL "https://raw.githubusercontent.com/$REPO/$SHA/CHANGES.md" -o /tmp/changes.md', False),
        ('curl -fsSL "https://raw.githubusercontent.com/$REPO/$SHA/CHANGES.md" | wc -l', False),
    ],
)
def test_one_file_of_the_head(tmp_path: Path, script: str, is_fetched: bool) -> None:
    head = "${{ github.event.pull_request.head"
    step = f"      - env: {{REPO: '{head}.repo.full_name }}}}', SHA: '{head}.sha }}}}'}}\n        run: |\n          {script}\n"
    assert _found(tmp_path, "pull_request_target", step, "untrusted-checkout") is is_fetched


def test_names_of_changed_files_come_from_gh(tmp_path: Path) -> None:
    path = tmp_path / ".github/workflows/a.yml"
    path.parent.mkdir(parents=True)
    path.write_text(
        HEAD.format(event="pull_request_target")
        + '      - id: a\n        run: echo "x=$(gh pr diff 1 --name-only | xargs -n1 dirname)" >> $GITHUB_OUTPUT\n'
        + "      - run: ls ${{ steps.a.outputs.x }}\n"
    )
    assert infralint.check([tmp_path], root=tmp_path, select=["template-injection"]).findings
