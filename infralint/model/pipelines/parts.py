"""Single values of pipeline files that rules ask about: arguments, versions, steps that stand for something of their own."""

from __future__ import annotations

from infralint.model.element import Element, Unknown, fact
from infralint.model.shared.keyed import Block
from infralint.syntax.groovy import Token
from infralint.syntax.groovy_tree import Statement
from infralint.syntax.yaml import Mapping, Node
from infralint.text.source import Located, Text

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any


class Value(Element):
    """A text at a place of the file; it shows as the text."""

    __slots__ = ("text",)

    def __init__(self, text: Text) -> None:
        super().__init__(text.source, text.start, text.end)
        self.text = text

    def __str__(self) -> str:
        return str(self.text)


class SecretVersion(Value):
    """A version of a secret that a build takes."""

    __slots__ = ()


class StepArgument(Value):
    """An argument of a build step."""

    __slots__ = ()


class UndeclaredSubstitution(Value):
    """A substitution of the user that the file does not declare."""

    __slots__ = ()


class Wait(Value):
    """The id of a step that another one waits for."""

    __slots__ = ("is_unknown",)
    is_unknown: bool
    """Whether no step has that id."""

    def __init__(self, text: Text, is_unknown: bool) -> None:
        super().__init__(text)
        self.is_unknown = is_unknown


class Artifact(Value):
    """The address that an artifact is fetched from."""

    __slots__ = ()


class Manifest(Value):
    """A manifest of Kubernetes that a step applies."""

    __slots__ = ()


class WorkspacePath(Value):
    """The path within a volume that a step uses."""

    __slots__ = ()


class MachineImage(Value):
    """The image of a virtual machine that a job runs in."""

    __slots__ = ()


class CheckoutStep(Element):
    """A step that checks out a repository."""

    __slots__ = ("node",)

    def __init__(self, at: Located, node: Mapping) -> None:
        super().__init__(at.source, at.start, at.end)
        self.node = node


class SshStep(Element):
    """A step that adds SSH keys to a job."""

    __slots__ = ("node",)

    def __init__(self, at: Located, node: Node | None) -> None:
        super().__init__(at.source, at.start, at.end)
        self.node = node


class JobUse(Element):
    """A job in a workflow, with what the workflow gives it. It stands at the name."""

    __slots__ = ("context", "is_limited", "name", "role", "waits_for_approval")
    name: Text
    context: Text | None
    """The context whose secrets it gets."""
    role: Text | Unknown | None
    """The cloud role that it is told to assume."""
    is_limited: bool
    """Whether it runs for certain branches or tags alone."""
    waits_for_approval: bool
    """Whether an approval job stands before it."""

    def __init__(
        self, name: Text, context: Text | None, role: Text | Unknown | None, is_limited: bool, waits: bool
    ) -> None:
        super().__init__(name.source, name.start, name.end)
        self.name = name
        self.context = context
        self.role = role
        self.is_limited = is_limited
        self.waits_for_approval = waits


class Run(Block):
    """A run or a workflow of Kubernetes, as it is started. It stands at its name."""

    __slots__ = ()


class JenkinsStep(Element):
    """A step of a Jenkinsfile that is no shell script. It stands at its name."""

    __slots__ = ("file", "name", "statement")
    name: str

    def __init__(self, at: Text, file: Any, statement: Statement) -> None:
        super().__init__(at.source, at.start, at.end)
        self.name = str(at)
        self.file = file
        self.statement = statement


class CredentialUse(Element):
    """A place where a script uses a credential that the pipeline binds to a variable."""

    __slots__ = ("bound", "is_pasted", "is_printed", "name", "token")
    name: str
    is_pasted: bool
    """Whether Groovy puts it into the text before the shell reads that."""
    is_printed: bool
    """Whether the command prints it."""

    def __init__(
        self,
        name: str,
        at: Located,
        is_pasted: bool,
        is_printed: bool,
        token: Token | None = None,
        bound: frozenset[str] = frozenset(),
    ) -> None:
        super().__init__(at.source, at.start, at.end)
        self.token = token
        self.bound = bound
        self.name = name
        self.is_pasted = is_pasted
        self.is_printed = is_printed

    @fact
    def is_user_name(self) -> bool:
        """Whether it is the name of an account, as `credentials()` binds it beside the password."""
        return self.name.endswith("_USR")


class Agent(Value):
    """A bare word by which a pipeline chooses its agent: `any`, `none`."""

    __slots__ = ()

    @property
    def is_any(self) -> bool:
        """Whether every node may run it."""
        return self.text == "any"


class SandboxEscape(Value):
    """A name by which Groovy reaches beyond Jenkins' sandbox."""

    __slots__ = ()


class PodRight(Value):
    """A line of an agent's pod that gives it rights of its node."""

    __slots__ = ()
