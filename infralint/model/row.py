"""The row of a kind of file in the table of kinds."""

from __future__ import annotations

from infralint.text.record import NamedTuple

YAML = (".yml", ".yaml")
"""The endings of YAML files."""
PIPELINE = "pipeline"
"""The folder of the rules that judge the files of all CI systems alike."""
PLATFORM = "platform"
"""The folder of the rules that judge the files of all deployment platforms and development environments alike."""


class Row(NamedTuple):
    """A kind of file: how it is recognised, its model, and how rules show examples of it."""

    name: str
    module: str
    """The module of its model, loaded when a file of the kind is met."""
    document: str
    """The class of the model in that module."""
    names: tuple[str, ...] = ()
    """File names, in lower case, that are always of this kind."""
    prefixes: tuple[str, ...] = ()
    suffixes: tuple[str, ...] = ()
    """Beginnings and endings of file names, in lower case."""
    folders: tuple[str, ...] = ()
    """Where given, the end of the folder's path must be one of these."""
    homes: tuple[str, ...] = ()
    """Folders of the root whose YAML files are of this kind, whatever they are called."""
    unless: tuple[str, ...] = ()
    """Endings of names that are not of this kind after all."""
    looks_like: str = ""
    """A pattern that the text must hold, where the name is not one of `names`."""
    asks_always: bool = False
    """Whether other programs have files of the very same names, so that `looks_like` holds for all of them."""
    shared_names: tuple[str, ...] = ()
    """Patterns of paths, in lower case, that other programs use too: of this kind where all of `shared_like` stand in the text."""
    shared_like: tuple[str, ...] = ()
    shared_unless: str = ""
    """A pattern that shows that another program reads the file."""
    templates: bool = False
    """Whether an ending that says that a template engine makes the file (`.j2`) may follow the name."""
    language: str = "yaml"
    """The word behind the fence of its examples."""
    example: str = ""
    """The path of an example whose fence names no file."""
    summary: str = ""
    """`module:function` that sums a document up for the cross-file rules; empty where they need nothing of it."""
    may_be_templated: bool = True
    """Whether a file of it may still hold the marks of a template engine, so that only its secrets can be judged."""
    family: str = ""
    """`pipeline` or `platform`, where the rules of that folder judge it too."""
    also: tuple[str, ...] = ()
    """Other kinds whose nouns it has too, so that their rules judge it: `iam` for a template that grants."""
    content: str = ""
    """A pattern by which a file of any name is of this kind."""
    content_endings: tuple[str, ...] = YAML
    """The endings of the files that are asked for that pattern."""
    own_word: str = ""
    """A word that its files' names usually hold, and that says nothing of what they are there for: `template`."""
    is_judged_as_text: bool = False
    """Whether it is no format of its own: what cannot be parsed is searched for secrets and not reported as unreadable."""
