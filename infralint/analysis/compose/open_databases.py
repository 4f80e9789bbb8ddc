"""Databases that let anyone in: authentication switched off, and a port that every host can reach."""

from __future__ import annotations

from infralint.analysis.compose.ports import database, is_on_every_interface
from infralint.model.compose.service import Service
from infralint.model.element import Element, fact, fact_of
from infralint.model.shared.variable import Variable
from infralint.tables.compose import NO_LOGIN
from infralint.text.source import Text


class OpenDatabase(Element):
    """A setting that switches the login of a database off, with the port by which other hosts reach it."""

    __slots__ = ("database", "port", "setting")

    def __init__(self, setting: Variable, value: Text, port: Element, database: str) -> None:
        super().__init__(value.source, value.start, value.end)
        self.setting = setting
        self.port = port
        self.database = database

    @fact
    def name(self) -> str:
        """The name of the variable that is the setting."""
        return str(self.setting.name)

    @fact
    def product(self) -> str:
        """The database by its name, such as PostgreSQL."""
        return self.database

    @fact
    def published(self) -> Element:
        """The port by which other hosts reach it."""
        return self.port


@fact_of(Service)
def open_database(service: Service) -> OpenDatabase | None:
    """What lets everyone who reaches the service into its database without a password; None where nothing is known to."""
    port = next((one for one in service.ports if database(one) and is_on_every_interface(one) is True), None)
    if port is None or port.is_published is not True:
        return None
    values = {str(one.name): one for one in service.environment}
    for name, (product, off, passwords) in NO_LOGIN.items():
        setting = values.get(name)
        value = setting.value if setting is not None else None
        if setting is None or not isinstance(value, Text) or value.lower() not in off:
            continue
        if not any(password in values for password in passwords):
            return OpenDatabase(setting, value, port, product)
    return None
