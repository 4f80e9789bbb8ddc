"""Untrusted text in expressions."""

from __future__ import annotations

from github_documents import steps

from infralint.analysis.github.placement import is_in_script
from infralint.analysis.github.untrusted_input import is_untrusted
from infralint.model.github.expression import expressions_of


def test_untrusted_text_in_a_script_is_found_through_env_too() -> None:
    document = steps(
        """\
        - run: echo ${{ github.event.issue.title }} ${{ github.sha }}
        - run: echo ${{ env.TITLE }}
          env:
            TITLE: ${{ github.event.issue.title }}
        - run: echo ${{ contains(github.head_ref, 'x') }} ${{ toJSON(github.event) }}
        """
    )
    seen = [(str(each.text), is_in_script(each), is_untrusted(each)) for each in expressions_of(document)]
    assert seen == [
        ("github.event.issue.title", True, True),
        ("github.sha", True, False),
        ("env.TITLE", True, True),
        ("github.event.issue.title", False, True),
        ("contains(github.head_ref, 'x')", True, False),
        ("toJSON(github.event)", True, True),
    ]
