"""What a run itself finds wrong: files it could not read, suppressions that do nothing, rules that misbehave."""

from __future__ import annotations

from infralint.model.document import Noun, Problem

KIND = "infralint"
NOUNS = {"problem": Noun(Problem, lambda problems: problems)}
