"""An IAM policy in a JSON file of its own."""

from __future__ import annotations

from functools import cached_property

from infralint.model.document import Noun
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.iam import ManagedPolicy, Statement, managed_policies_in, statements_in


class IamDocument(PlatformDocument):
    """A JSON file with statements of IAM policies."""

    platform = "AWS IAM"

    @cached_property
    def statements(self) -> list[Statement]:
        """The statements of its policies."""
        return statements_in(self.stream)

    nouns = {
        **PlatformDocument.nouns,
        "statement": Noun(Statement, lambda file: file.statements),
        "managed_policy": Noun(ManagedPolicy, lambda file: managed_policies_in(file.stream)),
    }
