"""What calls of GitHub's API return, as the object of a payload that holds the same: for scripts of `actions/github-script`.

As of 2026-11, from https://octokit.github.io/rest.js. A call that is not here returns nothing that is known.
"""

# ruff: noqa: SIM905 - the tables read better as words

from __future__ import annotations

_PULL = ("github", "event", "pull_request")
_ISSUE = ("github", "event", "issue")
_COMMENT = ("github", "event", "comment")
_REVIEW = ("github", "event", "review")
_COMMIT = ("github", "event", "head_commit")
_FILE = ("$file",)

CALLS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        """pulls.get pulls.list repos.listPullRequestsAssociatedWithCommit
        repos.listPullRequestsAssociatedWithCommit""".split(),
        _PULL,
    ),
    **dict.fromkeys("issues.get issues.list issues.listForRepo search.issuesAndPullRequests".split(), _ISSUE),
    **dict.fromkeys(
        """issues.getComment issues.listComments pulls.getReviewComment pulls.listReviewComments
        issues.listCommentsForRepo""".split(),
        _COMMENT,
    ),
    **dict.fromkeys("pulls.getReview pulls.listReviews".split(), _REVIEW),
    **dict.fromkeys("repos.getCommit repos.listCommits pulls.listCommits git.getCommit".split(), _COMMIT),
    **dict.fromkeys("pulls.listFiles repos.compareCommits repos.compareCommitsWithBasehead".split(), _FILE),
}
"""Methods of `github.rest`, by the payload's object that they return, one or a list of it."""

FILE_FIELDS = frozenset(("filename", "previous_filename", "patch"))
"""What of a changed file is text of the pull request."""
