"""What a platform refuses in its file, or passes over: by the shape of the format, and by checks that a shape cannot say."""

from __future__ import annotations

from functools import cache
from typing import Any

from infralint.analysis.platform.fly_checks import fly_faults
from infralint.analysis.platform.netlify_checks import netlify_faults
from infralint.analysis.platform.vercel_checks import vercel_faults
from infralint.analysis.shared.fault import Fault
from infralint.analysis.shared.structure import MAX_FAULTS, Form, schema_faults, validator_of
from infralint.model.element import Element, noun_of
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.fly import FlyDocument
from infralint.model.platform.netlify import NetlifyDocument
from infralint.model.platform.vercel import VercelDocument
from infralint.tables.platform_fly import FLY
from infralint.tables.platform_netlify import NETLIFY
from infralint.tables.platform_vercel import VERCEL

_SHAPES = {"fly": FLY, "netlify": NETLIFY, "vercel": VERCEL}


@noun_of(PlatformDocument, "fault")
def faults_in_platform_file(file: PlatformDocument) -> list[Fault]:
    """What the platform refuses in the file, or reads otherwise than it is written."""
    source = file.source
    faults = []
    for problem in file.stream.problems:
        if problem.name == "duplicate-key":
            at = Element(source, problem.start, problem.end)
            key = source.text[problem.start : problem.end].strip("\"'")
            faults.append(Fault(problem.name, f"key `{key}` is written twice; only the last value counts", at))
    if file.stream.partial:
        return faults
    if file.kind in _SHAPES:
        form = Form(file.platform, _SHAPES[file.kind], is_exact=True)
        faults += schema_faults(form, file.root, _validator(file.kind))
    if isinstance(file, FlyDocument):
        faults += fly_faults(file)
    elif isinstance(file, NetlifyDocument):
        faults += netlify_faults(file)
    elif isinstance(file, VercelDocument):
        faults += vercel_faults(file)
    return faults[:MAX_FAULTS]


@cache
def _validator(kind: str) -> Any:
    return validator_of(_SHAPES[kind])
