"""What is known of the program that an image holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from infralint.model.compose.order import set_keys
from infralint.model.element import UNKNOWN, Element, Unknown, fact
from infralint.tables.compose_images import DATA_FOLDERS, HEALTH_TESTS
from infralint.text.edit import Edit

if TYPE_CHECKING:
    from infralint.model.compose.service import Service


class Product(Element):
    """A program by its image's name: `postgres` for the official image, `postgis/postgis` for another."""

    __slots__ = ("_service", "name")
    name: str

    def __init__(self, name: str, service: Service) -> None:
        super().__init__(service.source, service.start, service.end)
        self.name = name.removeprefix("docker.io/").removeprefix("library/")
        self._service = service

    @fact
    def health_test(self) -> str | None:
        """What succeeds when it is well, as a list of words; absent where that is not known."""
        return HEALTH_TESTS.get(self.name)

    @fact
    def with_healthcheck(self) -> list[Edit] | None:
        """Edits that give its service a health check; absent where no test is known for it, or one is written."""
        if self.health_test is None:
            return None
        values = {"test": self.health_test, "interval": "10s", "timeout": "5s", "retries": "5"}
        return set_keys(self._service.node, "healthcheck", values)

    @fact
    def is_database(self) -> bool:
        """Whether it keeps data that must not be lost."""
        return self.name in DATA_FOLDERS

    @fact
    def keeps_its_data(self) -> bool | Unknown:
        """Whether a volume or folder with a name holds what its database must not lose; unknown for other products."""
        folders = DATA_FOLDERS.get(self.name)
        if folders is None:
            return UNKNOWN
        for mount in self._service.mounts:
            target = mount.target
            if isinstance(target, Unknown) or target is None:
                return UNKNOWN
            above = any(
                (one + "/").startswith(target.rstrip("/") + "/") or target.startswith(one + "/") for one in folders
            )
            if above and mount.is_anonymous is not True:
                return True
        view = self._service.view
        return any(view.get(key) is not None for key in ("volumes_from", "tmpfs"))

    def __str__(self) -> str:
        return self.name
