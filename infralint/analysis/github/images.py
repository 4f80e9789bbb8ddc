"""Container images of jobs and actions."""

from __future__ import annotations

from infralint.analysis.github.matrix import matrix_values
from infralint.model.element import UNKNOWN, Unknown, fact_of, noun_of
from infralint.model.github.action import Action
from infralint.model.github.document import Part
from infralint.model.github.job import Job
from infralint.model.github.value import get, known, text_of
from infralint.model.github.workflow import WorkflowDocument
from infralint.model.shared.image import Image
from infralint.syntax.yaml import Mapping, Node
from infralint.text.source import Text


class ImageUse(Part):
    """A place where a job names an image; it stands there, also where a matrix gives the image."""

    job: Job
    image: Image

    def __init__(self, job: Job, text: Text, image: Image) -> None:
        super().__init__(job.file, None, job.route, text.start, text.end)
        self.job = job
        self.image = image


@noun_of(WorkflowDocument, "image_use")
def image_uses_in(file: WorkflowDocument) -> list[ImageUse]:
    """Where jobs name images, with each image that may be meant."""
    return [use for job in file.jobs for use in _image_uses(job)]


def _image_uses(job: Job) -> list[ImageUse]:
    """Where its container and services name an image, with each image that may be meant."""
    found = []
    for node in _containers(job):
        text = text_of(get(node, "image") if isinstance(node, Mapping) else node)
        if text is None or not text:
            continue
        values = matrix_values(job, str(text)) if "${{" in text else None
        for value in values or [text]:
            found.append(ImageUse(job, text, Image(value, _resolve)))
    return found


def _containers(job: Job) -> list[Node]:
    services = job.get("services")
    held = [value for _, value in services.items()] if isinstance(services, Mapping) else []
    own = job.get("container")
    return [own, *held] if own is not None else held


def images_of_job(job: Job) -> list[Image]:
    """The images of its container and services; those that an expression decides have an unknown name."""
    found = [text_of(get(node, "image") if isinstance(node, Mapping) else node) for node in _containers(job)]
    return [Image(text, _resolve) for text in found if text is not None]


def container_image(job: Job) -> Image | None:
    """The image of the container that its steps run in."""
    node = job.get("container")
    text = text_of(get(node, "image") if isinstance(node, Mapping) else node)
    return Image(text, _resolve) if text is not None else None


@fact_of(Job)
def hardcoded_registry_passwords(job: Job) -> list[Text]:
    """Registry passwords of its container and services that are written out."""
    found = [known(get(node, "credentials", "password")) for node in _containers(job)]
    return [text for text in found if isinstance(text, Text) and text]


def _resolve(text: str) -> str | Unknown:
    return UNKNOWN if "${{" in text else text


@noun_of(WorkflowDocument, "image")
def images_in(file: WorkflowDocument) -> list[Image]:
    """The images of containers, services and `docker://` actions."""
    found = [image for job in file.jobs for image in images_of_job(job)]
    return found + [each.image for each in file.uses if each.image is not None]


@fact_of(Action)
def unpinned_part(action: Action) -> Part | Image | None:
    """What of it may change under the same name, so that pinning the action itself pins nothing."""
    image = action.registry_image
    if image is not None and image.is_pinned is False:
        return image
    for step in action.steps:
        uses = step.uses
        if uses is not None and uses.ref is not None and not uses.ref.is_commit:
            return uses.ref
        if uses is not None and uses.image is not None and uses.image.is_pinned is False:
            return uses.image
    return None
