"""Which scopes of the token a job is known to need, and which nothing in it can use."""

from __future__ import annotations

from pathlib import Path

import pytest

import infralint

HEAD = "on: push\njobs:\n  one:\n    permissions: {contents: read}\n    runs-on: ubuntu-24.04\n    steps:\n"
CHECKOUT = "      - uses: actions/checkout@v6\n"
TOKEN = "        env: {GH_TOKEN: '${{ github.token }}'}\n"


def findings(root: Path, rule: str, text: str) -> list[str]:
    folder = root / ".github" / "workflows"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "a.yml").write_text(text)
    return [each.message for each in infralint.check([root], root=root, select=[rule]).findings]


@pytest.mark.parametrize(
    ("steps", "scope"),
    [
        ("      - run: gh pr review --approve 3\n" + TOKEN, "pull-requests"),
        ("      - run: gh issue close 3\n" + TOKEN, "issues"),
        (
            "      - run: gh release upload v1 app.zip\n" + TOKEN.replace("github.token", "secrets.GITHUB_TOKEN"),
            "contents",
        ),
        ("      - run: gh workflow run deploy.yml\n" + TOKEN, "actions"),
        (CHECKOUT + "      - run: git commit -am x && git push\n", "contents"),
        (CHECKOUT + "      - run: git push origin HEAD:$BRANCH\n", "contents"),
        ("      - uses: softprops/action-gh-release@v2\n        with: {token: '${{ github.token }}'}\n", "contents"),
        ("      - uses: softprops/action-gh-release@v2\n        with: {token: '${{ secrets.PAT }}'}\n", None),
        ("      - uses: ossf/scorecard-action@v2\n        with: {publish_results: false}\n", None),
        ("      - uses: ossf/scorecard-action@v2\n        with: {publish_results: true}\n", "id-token"),
        (CHECKOUT + "      - run: git init x && cd x && git push\n", None),
        ("      - run: gh pr view 3\n" + TOKEN, None),
        ("      - run: uv publish --trusted-publishing always\n", "id-token"),
        ("      - run: uv publish\n", None),
        (CHECKOUT + "      - run: timeout 60 git push\n", "contents"),
        ("      - run: gh pr close 3\n", None),
        ("      - run: gh pr close -R other/name 3\n" + TOKEN, None),
        ("      - run: gh pr close 3\n" + TOKEN.replace("github.token", "secrets.PAT"), None),
        ("      - run: GH_TOKEN=$PAT gh pr close 3\n" + TOKEN, None),
        ("      - run: git push\n", None),
        (CHECKOUT + "      - run: git push --dry-run\n", None),
        (CHECKOUT + "      - run: git push https://git.example.com/x.git\n", None),
        (CHECKOUT + "      - run: git push $REMOTE\n", None),
        (
            CHECKOUT + "      - run: |\n          git remote set-url origin git@example.com:x\n          git push\n",
            None,
        ),
        (CHECKOUT + "        with: {ssh-key: '${{ secrets.KEY }}'}\n      - run: git push\n", None),
    ],
)
def test_what_a_command_needs(tmp_path: Path, steps: str, scope: str | None) -> None:
    found = findings(tmp_path, "missing-permission", HEAD + steps)
    assert [message.split("`")[3] for message in found] == ([f"{scope}: write"] if scope else [])


def test_nothing_is_missing_where_nothing_is_written_or_the_scope_is_given(tmp_path: Path) -> None:
    step = "      - run: gh pr close 3\n" + TOKEN
    for written in (
        "",
        "    permissions: write-all\n",
        "    permissions: {pull-requests: write}\n",
        "    permissions: ${{ fromJSON(inputs.p) }}\n",
    ):
        assert not findings(
            tmp_path, "missing-permission", HEAD.replace("    permissions: {contents: read}\n", written) + step
        )


@pytest.mark.parametrize(
    ("scope", "steps", "is_needless"),
    [
        ("issues", CHECKOUT + "      - run: make\n", True),
        ("contents", CHECKOUT + "      - run: make\n", False),
        ("contents", CHECKOUT + "        with: {persist-credentials: false}\n      - run: make\n", True),
        ("id-token", "      - run: make\n", False),
        ("id-token", CHECKOUT, True),
        ("packages", "      - uses: docker/login-action@v3\n", False),
        ("issues", "      - uses: ./local\n", False),
        ("issues", "      - uses: docker://alpine:3.23\n", False),
        ("issues", "      - run: ./do ${{ github.token }}\n", False),
        ("issues", "      - run: ./do\n        env: {ALL: '${{ toJSON(secrets) }}'}\n", False),
    ],
)
def test_what_can_use_a_scope(tmp_path: Path, scope: str, steps: str, is_needless: bool) -> None:
    text = HEAD.replace("{contents: read}", f"{{{scope}: write}}") + steps
    assert findings(tmp_path, "needless-permission", text) == (
        [f"permission `{scope}: write` is unused; a compromised step can abuse it"] if is_needless else []
    )


def test_rights_of_the_whole_workflow_are_needless_only_where_no_job_without_its_own_uses_them(tmp_path: Path) -> None:
    text = (
        "on: push\npermissions: {issues: write}\njobs:\n  one:\n    runs-on: ubuntu-24.04\n    steps: [{run: make}]\n"
    )
    other = "  two:\n    runs-on: ubuntu-24.04\n    steps: [{uses: 'actions/stale@v10'}]\n"
    assert findings(tmp_path, "needless-permission", text)
    assert not findings(tmp_path, "needless-permission", text + other)
    assert findings(
        tmp_path, "needless-permission", text + other.replace("    runs-on", "    permissions: {}\n    runs-on")
    )


def test_an_issue_may_be_a_pull_request(tmp_path: Path) -> None:
    text = (
        HEAD.replace("{contents: read}", "{pull-requests: write}")
        + "      - run: gh issue comment 3 --body x\n"
        + TOKEN
    )
    assert not findings(tmp_path, "missing-permission", text)


@pytest.mark.parametrize("repository", ["$GITHUB_REPOSITORY", '"${GITHUB_REPOSITORY}"', "${{ github.repository }}"])
def test_this_repository_may_be_named(tmp_path: Path, repository: str) -> None:
    steps = f"      - run: gh issue close 3 --repo {repository}\n" + TOKEN
    assert "issues" in findings(tmp_path, "missing-permission", HEAD + steps)[0]
    assert not findings(tmp_path, "missing-permission", HEAD + steps.replace(repository, "acme/other"))
