"""C extensions of libraries without the rest of their packages, which takes longer to load than a small file to judge."""

from __future__ import annotations

import sys
from importlib.machinery import ExtensionFileLoader, PathFinder

TYPE_CHECKING = False
if TYPE_CHECKING:
    from types import ModuleType


def extension(package: str, name: str) -> ModuleType | None:
    """The extension `name` of a package, which finds it when it is loaded later; None where it is built in another way."""
    whole = f"{package}.{name}"
    if whole in sys.modules:
        return sys.modules[whole]
    found = PathFinder.find_spec(package)
    folders = found.submodule_search_locations if found is not None else None
    spec = PathFinder.find_spec(whole, folders) if folders else None
    if spec is None or not isinstance(spec.loader, ExtensionFileLoader):
        return None
    module = spec.loader.create_module(spec)
    spec.loader.exec_module(module)
    sys.modules[whole] = module
    return module
