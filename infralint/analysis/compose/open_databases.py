"""Databases that let anyone in: authentication switched off, and a port that is published on all interfaces."""

from __future__ import annotations

from infralint.analysis.compose.ports import database, is_on_every_interface
from infralint.model.compose.service import Service
from infralint.model.element import Element, fact_of
from infralint.tables.compose import WITHOUT_AUTHENTICATION
from infralint.text.source import Text


class OpenDatabase(Element):
    """The value that switches the authentication of a database off.

    `name` is the variable that has it, `product` the database (`PostgreSQL`), `published` the port by which other hosts reach it.
    """

    __slots__ = ("name", "product", "published")

    name: str
    product: str
    published: Element

    def __init__(self, name: str, value: Text, product: str, published: Element) -> None:
        super().__init__(value.source, value.start, value.end)
        self.name = name
        self.product = product
        self.published = published


@fact_of(Service)
def open_database(service: Service) -> OpenDatabase | None:
    """What lets everyone who reaches the service into its database without a password; None where nothing is known to."""
    port = next((one for one in service.ports if database(one) and is_on_every_interface(one) is True), None)
    if port is None or port.is_published is not True:
        return None
    values = {str(one.name): one for one in service.environment}
    for name, (product, off, passwords) in WITHOUT_AUTHENTICATION.items():
        setting = values.get(name)
        value = setting.value if setting is not None else None
        if setting is None or not isinstance(value, Text) or value.lower() not in off:
            continue
        if not any(password in values for password in passwords):
            return OpenDatabase(name, value, product, port)
    return None
