"""The steps of a job or of a composite action: actions with their inputs, and scripts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from infralint.model.element import UNKNOWN, Element, Flag, Number, Unknown, askable, fact
from infralint.model.github.checkout import Checkout
from infralint.model.github.entry import EnvEntry, Input, variables
from infralint.model.github.expression import Condition, Expression
from infralint.model.github.run import Gate, Run
from infralint.model.github.uses import Uses
from infralint.model.github.value import Part, Route, first_line, flag, get, known, text_of, whole_number
from infralint.syntax.yaml import Mapping, Node
from infralint.tables import deploys, github
from infralint.text.source import Text

if TYPE_CHECKING:
    from infralint.model.github.job import Job

__all__ = ["Checkout", "EnvEntry", "Input", "Run", "Step", "Uses", "variables"]


class Step(Part):
    """A step; it stands at its first line."""

    job: Job | None
    position: int

    def __init__(self, file: Any, node: Node, route: Route, job: Job | None, position: int) -> None:
        super().__init__(file, node, route, *first_line(node))
        self.job = job
        self.position = position

    def get(self, *keys: str) -> Node | None:
        return get(self.node, *keys)

    def _shells(self) -> list[Node | None]:
        found = [self.get("shell")]
        if self.job is not None:
            found += [self.job.get("defaults", "run", "shell"), get(self.file.root, "defaults", "run", "shell")]
        return found

    @fact
    def id(self) -> Text | None:
        """Its id."""
        return text_of(self.get("id"))

    @fact
    def name(self) -> Text | Unknown | None:
        """The name that is shown."""
        return known(self.get("name"))

    @fact
    def uses(self) -> Uses | None:
        """The action that it uses."""
        text = text_of(self.get("uses"))
        if text is None:
            return None
        return Uses(self.file, text.slice(0, len(text.rstrip())), (*self.route, "uses"), self.job, self)

    @fact
    def run(self) -> Run | None:
        """The script that it runs."""
        text = text_of(self.get("run"))
        return None if text is None else Run(self, text)

    @fact
    def shell(self) -> Text | Unknown | None:
        """The shell that it names."""
        return known(self.get("shell"))

    @fact
    def condition(self) -> Condition | None:
        """Its `if:`."""
        return self.file.condition_at((*self.route, "if"))

    @fact
    def inputs(self) -> list[Input]:
        """Its `with:`."""
        node = self.get("with")
        if not isinstance(node, Mapping):
            return []
        return [Input(self, pair, (*self.route, "with", pair.name)) for pair in node.pairs]

    def input_named(self, name: str) -> Input | None:
        return next((each for each in reversed(self.inputs) if each.name.lower() == name), None)

    @askable
    def input(self, name: str) -> Text | Unknown | None:
        """The value of an input; UNKNOWN where it holds an expression."""
        found = self.input_named(name)
        return None if found is None else found.value

    @askable
    def has_input(self, name: str) -> bool:
        """Whether an input is written."""
        return self.input_named(name) is not None

    @fact
    def variables(self) -> list[EnvEntry]:
        """Its `env:`."""
        return variables(self.file, self.get("env"), (*self.route, "env"), self.job, self)

    @fact
    def expressions(self) -> list[Expression]:
        """Every expression of the step."""
        return self.file.expressions_below(self.route)

    @fact
    def timeout(self) -> Number | Unknown | None:
        """The minutes after which it is cancelled."""
        return whole_number(self.get("timeout-minutes"))

    @fact
    def continues_on_error(self) -> Flag | Unknown | None:
        """`continue-on-error`."""
        return flag(self.get("continue-on-error"))

    @fact
    def gates(self) -> list[Gate]:
        """Its commands and action that test or scan."""
        from infralint.model.github.checks import gates_of

        return list(gates_of(self))

    @fact
    def checkout(self) -> Checkout | None:
        """What it fetches, if it uses `actions/checkout`."""
        uses = self.uses
        return Checkout(self, uses) if uses is not None and uses.action == "actions/checkout" else None

    @fact
    def untrusted_head(self) -> Element | None:
        """What names the head of a stranger's pull request, where it fetches that."""
        from infralint.model.github.untrusted_code import untrusted_checkout

        found = untrusted_checkout(self)
        return found.at if found is not None else None

    @fact
    def has_untrusted_artifact(self) -> bool:
        """Whether it fetches, into the workspace, an artifact that a stranger's run may have made."""
        from infralint.model.github.untrusted_code import artifact_folder, is_outside

        folder = artifact_folder(self)
        return folder is not None and not is_outside(folder)

    @fact
    def first_run(self) -> Step | None:
        """The first step that runs what lies among the files it fetches."""
        from infralint.model.github.untrusted_code import Arrival, _folder, artifact_folder, first_run_of

        if self.untrusted_head is not None:
            return first_run_of(
                Arrival(self, "checkout", _folder(self, "path") if self.checkout is not None else "", None)
            )
        folder = artifact_folder(self)
        return first_run_of(Arrival(self, "artifact", folder, None)) if folder is not None else None

    @fact
    def is_used_with_heads(self) -> bool:
        """Whether, as a step of an action, it runs in a job that strangers start with this repository's token at hand."""
        from infralint.model.github.guards import calling_steps

        if self.job is not None:
            return False
        return any(step.job is not None and step.job.meets_heads for step in calling_steps(self.file))

    @fact
    def _gates(self) -> set[str]:
        from infralint.model.github.guards import gates_of

        return gates_of(self)

    @fact
    def keeps_strangers_out(self) -> bool:
        """Whether it runs only for those whom somebody trusts: by who they are, where the head is, or a label."""
        if self.has_gate("repository", "actor", "association", "permission"):
            return True
        return self.has_gate("label") and self.job is not None and not self.job.runs_on_event("issue_comment")

    @fact
    def may_change_after_approval(self) -> bool:
        """Whether what it fetches is looked up after somebody approved it, and when it was pushed is not compared."""
        job = self.job
        if job is None or self.has_gate("date", "repository"):
            return False
        if job.runs_on_event("issue_comment"):
            return self.has_gate("association", "permission", "actor")
        head = self.untrusted_head
        return (
            job.environment is not None
            and job.runs_on_event("pull_request_target")
            and not self.has_gate("actor", "association", "permission", "label")
            and head is not None
            and "head.ref" in head.raw
        )

    @askable
    def has_gate(self, *names: str) -> bool:
        """Whether it runs only behind a check of: actor, association, permission, label, repository, date of the push."""
        return not self._gates.isdisjoint(names)

    @fact
    def publishes(self) -> Element | Text | None:
        """The action or command that publishes something."""
        uses = self.uses
        if uses is not None and uses.action in github.PUBLISHING_ACTIONS:
            switch = github.PUBLISHING_ACTIONS[uses.action]
            given = self.input(switch) if switch else None
            if not switch or given is UNKNOWN or (isinstance(given, str) and given.lower() == "true"):
                return uses
        return self._command(_publishes)

    @fact
    def publishes_by_token(self) -> Element | None:
        """The command that publishes to a registry which would take the job's own identity, in a job that has none."""
        if self.job is None or self.job.effective_permissions.grants("id-token", "write"):
            return None
        from infralint.tables.actions import TRUSTING_COMMANDS

        return self._command(
            lambda words: (
                "--dry-run" not in words
                and any(
                    [word.removesuffix(".exe") for word in words[: len(wanted)]] == list(wanted)
                    for wanted in TRUSTING_COMMANDS
                )
            )
        )

    @fact
    def merges(self) -> Element | None:
        """What approves or merges a pull request."""
        if self.uses is not None and self.uses.action in github.MERGERS:
            return self.uses
        return self._command(
            lambda words: (
                words[:3] == ["gh", "pr", "merge"] or (words[:3] == ["gh", "pr", "review"] and "--approve" in words)
            )
        )

    @fact
    def merge_gate(self) -> Text | None:
        """The comparison of a bot's name with who started the run, on which the step or its job depends."""
        for holder in (self, self.job):
            condition = holder.condition if holder is not None else None
            for each in condition.expressions if condition is not None else ():
                if each.bot_comparison is not None:
                    return each.bot_comparison
        return None

    @fact
    def app_permissions(self) -> list[Text]:
        """The permissions that it asks for when it makes a token for an app."""
        return [each.name for each in self.inputs if each.name.lower().startswith("permission-")]

    @fact
    def asks_for_repositories(self) -> bool:
        """Whether such a token reaches repositories: some permission is no organisation's, or none is named."""
        from infralint.tables.actions import ORGANIZATION_PERMISSIONS

        return not self.app_permissions or any(
            name.lower() not in ORGANIZATION_PERMISSIONS for name in self.app_permissions
        )

    @fact
    def _names_deployer(self) -> bool:
        return self.run is not None and deploys.may_deploy(self.run.text)

    @fact
    def deploys(self) -> Element | Text | None:
        """The action or command that deploys."""
        if self.uses is not None and deploys.target_of_action(self.uses.action):
            return self.uses
        if not self._names_deployer:
            return None
        return self._command(lambda words: deploys.target_of_command(words) is not None)

    @fact
    def deploys_to(self) -> str | None:
        """What it deploys to, in words."""
        if self.uses is not None:
            return deploys.target_of_action(self.uses.action)
        for _, words in self.run.command_words() if self.run is not None and self._names_deployer else ():
            target = deploys.target_of_command(words)
            if target is not None:
                return target
        return None

    @fact
    def goes_back(self) -> Element | Text | None:
        """The command that brings an earlier version back."""
        return self._command(deploys.is_rollback) if self._names_deployer else None

    def _command(self, wanted: Any) -> Element | None:
        if self.run is None:
            return None
        for command, words in self.run.command_words():
            if wanted(words):
                return Element(self.source, command.start, command.end)
        return None


_PUBLISHING = (
    ("cargo", "publish"),
    ("docker", "push"),
    ("docker", "buildx", "--push"),
    ("flit", "publish"),
    ("gem", "push"),
    ("gh", "release", "create"),
    ("gh", "release", "upload"),
    ("goreleaser", "release"),
    ("hatch", "publish"),
    ("helm", "push"),
    ("mvn", "deploy"),
    ("npm", "publish"),
    ("nuget", "push"),
    ("dotnet", "nuget", "push"),
    ("pnpm", "publish"),
    ("poetry", "publish"),
    ("semantic-release",),
    ("twine", "upload"),
    ("uv", "publish"),
    ("vsce", "publish"),
    ("yarn", "publish"),
)


def _publishes(words: list[str]) -> bool:
    if not words or "--dry-run" in words:
        return False
    return any(deploys._follows(words, wanted) for wanted in _PUBLISHING)
