"""Steps of composite actions are judged by the rules for steps of jobs, and by what only actions forbid."""

from __future__ import annotations

import pathlib

import pytest

from infralint import check

HEAD = "name: x\ndescription: x\ninputs:\n  a: {description: x}\nruns:\n  using: composite\n  steps:\n"


def rules_of(folder: pathlib.Path, steps: str) -> set[str]:
    (folder / "action.yml").write_text(HEAD + steps)
    return {each.rule for each in check([folder]).findings}


@pytest.mark.parametrize(
    ("steps", "rule"),
    [
        ("    - {run: make, shell: bash, timeout-minutes: 5}\n", "action/invalid-action"),
        ("    - {run: make, shell: bash, background: true}\n", "action/invalid-action"),
        ("    - {uses: actions/checkout@v6, working-directory: x}\n", "action/invalid-action"),
        ("    - {name: nothing}\n", "action/invalid-action"),
        ("    - {uses: ./.github/workflows/a.yml}\n", "any/broken-local-action"),
        ("    - text\n", "action/invalid-action"),
        ("    - {id: a, run: make, shell: bash}\n    - {id: A, run: make, shell: bash}\n", "any/invalid-id"),
        ("    - {run: 'echo ${{ inputs.b }}', shell: bash}\n", "any/expression-type-error"),
        ("    - {run: 'echo ${{ secrets.X }}', shell: bash}\n", "any/expression-type-error"),
        ("    - {run: 'echo ${{ inputs.a', shell: bash}\n", "any/broken-expression"),
        ("    - {run: echo, shell: bash, if: inputs.a == true}\n", "any/comparison-never-true"),
        ("    - {uses: actions/checkout}\n", "any/malformed-action"),
        ("    - {uses: actions/cache@v4, with: {path: x}}\n", "any/missing-action-input"),
        ("    - {uses: actions/checkout@v6, with: {fetch_depth: 0}}\n", "any/unknown-action-input"),
        ("    - {run: echo, shell: fsh}\n", "any/unavailable-shell"),
        ("    - {run: 'echo ::set-output name=a::b', shell: bash}\n", "any/deprecated-command"),
        (
            "    - run: echo \"T=$T\" >> $GITHUB_ENV\n      shell: bash\n      env: {T: '${{ github.event.issue.body }}'}\n",
            "any/env-var-injection",
        ),
        ('    - {run: eval "$(curl -s https://get.example)", shell: bash}\n', None),
        ("    - {run: 'echo ${{ inputs.a }}', shell: bash, continue-on-error: true, working-directory: x}\n", None),
        ("    - {uses: '${{ inputs.a }}'}\n", None),
        ("    - {run: echo, shell: '${{ inputs.a }}', if: inputs.a == 'true'}\n", None),
    ],
)
def test_a_step_of_an_action_is_judged(tmp_path: pathlib.Path, steps: str, rule: str | None) -> None:
    assert rules_of(tmp_path, steps) == ({rule} if rule is not None else set())


def test_an_action_used_by_trusted_runs_alone_takes_no_untrusted_text(tmp_path: pathlib.Path) -> None:
    step = (
        "    - run: echo \"T=$T\" >> $GITHUB_ENV\n      shell: bash\n      env: {T: '${{ github.event.issue.body }}'}\n"
    )
    folder = tmp_path / ".github"
    (folder / "actions" / "x").mkdir(parents=True)
    (folder / "workflows").mkdir()
    (folder / "actions" / "x" / "action.yml").write_text(HEAD + step)
    workflow = "on: push\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps:\n      - uses: ./.github/actions/x\n"
    (folder / "workflows" / "ci.yml").write_text(workflow)
    assert "any/env-var-injection" not in {each.rule for each in check([tmp_path]).findings}
    (folder / "workflows" / "ci.yml").write_text(workflow.replace("on: push", "on: issues"))
    assert "any/env-var-injection" in {each.rule for each in check([tmp_path]).findings}


def test_an_action_at_the_top_names_another_of_its_repository(tmp_path: pathlib.Path) -> None:
    other = tmp_path / "sub/action.yml"
    other.parent.mkdir()
    other.write_text(HEAD + "    - {run: make, shell: bash}\n")
    assert "any/broken-local-action" not in rules_of(tmp_path, "    - {uses: $/sub}\n")
    assert "any/broken-local-action" in rules_of(tmp_path, "    - {uses: $/none}\n")


@pytest.mark.parametrize(
    ("image", "is_wrong"), [("node:22", True), ("docker://node:22", False), ("docker/Dockerfile", False)]
)
def test_an_image_is_a_dockerfile_or_an_address(tmp_path: pathlib.Path, image: str, is_wrong: bool) -> None:
    text = f"name: x\ndescription: x\nruns: {{using: docker, image: '{image}'}}\n"
    (tmp_path / "action.yml").write_text(text)
    assert ("action/invalid-action" in {each.rule for each in check([tmp_path]).findings}) is is_wrong
