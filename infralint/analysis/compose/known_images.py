"""What is known of the programs that images hold."""

from __future__ import annotations

from infralint.model.compose.service import Service
from infralint.model.element import UNKNOWN, Element, Unknown, fact_of, remembered
from infralint.tables.compose_images import DATA_FOLDERS, HEALTH_TESTS
from infralint.tables.host_tools import asked_of_host


class KnownImage(Element):
    """A program by its image's name: `postgres` for the official image, `postgis/postgis` for another."""

    __slots__ = ("name", "service")
    name: str

    def __init__(self, name: str, service: Service) -> None:
        super().__init__(service.source, service.start, service.end)
        self.name = name.removeprefix("docker.io/").removeprefix("library/")
        self.service = service

    def __str__(self) -> str:
        return self.name


@remembered
def health_test(image: KnownImage) -> str | None:
    """What succeeds when it is well, as a list of words; absent where that is not known."""
    return HEALTH_TESTS.get(image.name)


@fact_of(KnownImage)
def is_database(image: KnownImage) -> bool:
    """Whether it keeps data that must not be lost."""
    return image.name in DATA_FOLDERS


@fact_of(KnownImage)
def keeps_its_data(image: KnownImage) -> bool | Unknown:
    """Whether a volume or folder with a name holds what its database must not lose; unknown for other products."""
    folders = DATA_FOLDERS.get(image.name)
    if folders is None:
        return UNKNOWN
    for mount in image.service.mounts:
        target = mount.target
        if isinstance(target, Unknown) or target is None:
            return UNKNOWN
        above = any((one + "/").startswith(target.rstrip("/") + "/") or target.startswith(one + "/") for one in folders)
        if above and mount.is_anonymous is not True:
            return True
    view = image.service.view
    return any(view.get(key) is not None for key in ("volumes_from", "tmpfs"))


@fact_of(Service)
def known_image(service: Service) -> KnownImage | None:
    """The well-known program that its image holds, by the image's name; absent where the image is built."""
    name = service.image.full_name if service.image is not None and service.build is None else None
    return None if name is None or isinstance(name, Unknown) else KnownImage(name, service)


@fact_of(Service)
def is_made_for(service: Service, access: str) -> bool:
    """Whether its program is one whose purpose needs that access to the host: `docker`, `devices`, `privileged`, `host-folders`,
    `processes`, or the name of a capability or of a security module."""
    if service.image is None or service.build is not None:
        return False
    name = service.image.name
    return name is not None and not isinstance(name, Unknown) and access in asked_of_host(str(name))
