"""What a platform refuses in its file, or passes over: by the shape of the format, and by checks that a shape cannot say."""

from __future__ import annotations

from functools import cache

from infralint.analysis.platform.fly_checks import fly_faults
from infralint.analysis.platform.netlify_checks import netlify_faults
from infralint.analysis.platform.render_checks import railway_faults, render_faults
from infralint.analysis.platform.serverless_checks import serverless_faults
from infralint.analysis.platform.vercel_checks import vercel_faults
from infralint.analysis.shared.fault import Fault
from infralint.analysis.shared.structure import MAX_FAULTS, Form, schema_faults, validator_of
from infralint.model.element import Element, noun_of
from infralint.model.platform.document import PlatformDocument
from infralint.model.platform.ecs import EcsDocument
from infralint.model.platform.fly import FlyDocument
from infralint.model.platform.netlify import NetlifyDocument
from infralint.model.platform.railway import RailwayDocument
from infralint.model.platform.render import RenderDocument
from infralint.model.platform.serverless import ServerlessDocument
from infralint.model.platform.vercel import VercelDocument
from infralint.tables.platform_devcontainer import DEVCONTAINER
from infralint.tables.platform_ecs import ECS
from infralint.tables.platform_fly import FLY
from infralint.tables.platform_heroku import APP_JSON, HEROKU_YML
from infralint.tables.platform_netlify import NETLIFY
from infralint.tables.platform_railway import RAILWAY
from infralint.tables.platform_render import RENDER
from infralint.tables.platform_vercel import VERCEL
from infralint.tables.platform_wrangler import WRANGLER
from infralint.text import regex as re

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_SHAPES = {
    "fly": FLY,
    "netlify": NETLIFY,
    "vercel": VERCEL,
    "render": RENDER,
    "railway": RAILWAY,
    "devcontainer": DEVCONTAINER,
    "wrangler": WRANGLER,
    "heroku.yml": HEROKU_YML,
    "app.json": APP_JSON,
    "ecs": ECS,
}
"""The shapes by the kind of file; where one has several forms, by its name."""


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
    faults += _of_shape(file)
    if isinstance(file, FlyDocument):
        faults += fly_faults(file)
    elif isinstance(file, NetlifyDocument):
        faults += netlify_faults(file)
    elif isinstance(file, VercelDocument):
        faults += vercel_faults(file)
    elif isinstance(file, RenderDocument):
        faults = _with_own(faults, list(render_faults(file)))
    elif isinstance(file, RailwayDocument):
        faults = _with_own(faults, list(railway_faults(file)))
    elif isinstance(file, ServerlessDocument):
        faults += serverless_faults(file)
    return faults[:MAX_FAULTS]


def _of_shape(file: PlatformDocument) -> list[Fault]:
    """What the shape of the format does not allow."""
    name = file.source.path.rpartition("/")[2].lower()
    shape = next((one for one in (file.kind, name) if one in _SHAPES), None)
    if shape is None:
        return []
    form = Form(file.platform, _SHAPES[shape], is_exact=file.kind != "ecs")
    if not isinstance(file, EcsDocument):
        return schema_faults(form, file.root, _validator(shape))
    faults = [fault for task in file.tasks for fault in schema_faults(form, task.node, _validator(shape))]
    for fault in faults:
        fault.is_certain = fault.is_certain and not _is_filled_in(file.source.text[fault.start : fault.end])
    return faults


_FILLED_IN = re.compile(
    r"<[^<>\n]{1,80}>|%\w{1,80}%|__\w{1,80}__|@\w{1,80}@|(?:\w{1,60}_)?PLACEHOLDER(?:_\w{1,60})?|(?:REPLACE|CHANGE)_?\w{1,60}"
)
"""What a script puts a value in place of before it registers the task."""


def _is_filled_in(raw: str) -> bool:
    return _FILLED_IN.fullmatch(raw.strip("\"'")) is not None


def _with_own(faults: list[Fault], own: list[Fault]) -> list[Fault]:
    """Faults of the shape and of own checks; the own ones where both stand at one place."""
    places = {(one.start, one.end) for one in own}
    return [one for one in faults if (one.start, one.end) not in places] + own


@cache
def _validator(kind: str) -> Any:
    return validator_of(_SHAPES[kind])
