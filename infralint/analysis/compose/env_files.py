"""Files of variables that services are given."""

from __future__ import annotations

import posixpath

from infralint.analysis.compose.loading import stands
from infralint.model.compose.parts import EnvFile
from infralint.model.element import UNKNOWN, Unknown, fact_of


@fact_of(EnvFile, name="exists")
def env_file_exists(env_file: EnvFile) -> bool | Unknown:
    """Whether it is a file of the repository."""
    return (
        UNKNOWN
        if isinstance(env_file.path, Unknown)
        else stands(env_file.interpolation, env_file.source.path, env_file.path, str(env_file.text))
    )


@fact_of(EnvFile)
def is_local(env_file: EnvFile) -> bool:
    """Whether each machine makes its own, so that a repository does not hold it: `.env` and its like."""
    name = posixpath.basename(str(env_file.text)).lower()
    return name.startswith(".env") or name.endswith((".env", ".local"))


@fact_of(EnvFile)
def has_example(env_file: EnvFile) -> bool | Unknown:
    """Whether a file beside it shows what it is to hold: `.env.example`, `app.env.sample`."""
    path = env_file.path
    if isinstance(path, Unknown):
        return UNKNOWN
    folder, name = posixpath.split(path)
    stems = (name, name.removesuffix(".env") or ".env", "env", "example.env", "sample.env")
    ends = ("example", "sample", "template", "dist", "default", "defaults", "tmpl", "tpl")
    index = env_file.interpolation.index
    for stem in stems:
        for mark in "._-":
            if any(index.is_file(posixpath.join(folder, f"{stem}{mark}{end}")) for end in ends):
                return True
    return any(
        index.is_file(posixpath.join(folder, f"{end}{mark}{name.lstrip('.')}")) for end in ends for mark in "._-"
    )
