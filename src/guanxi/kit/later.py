"""Modules that are loaded when they are first used, not when they are named.

The one place that does so, for libraries that are large and seldom needed; see docs/decisions/0022. They are named at the top
of the module that uses them, like any other:

    if TYPE_CHECKING:
        import openpyxl
    else:
        openpyxl = later("openpyxl")
"""

from functools import cached_property
from importlib import import_module
from types import ModuleType


class Later:
    """Stands for a module; every name is looked up there."""

    def __init__(self, name: str) -> None:
        self._name = name

    @cached_property
    def _module(self) -> ModuleType:
        return import_module(self._name)

    def __getattr__(self, name: str) -> object:
        return getattr(self._module, name)


def later(name: str) -> Later:
    """A module by its full name. That it is there at all is found out at its first use only; tests use each."""
    return Later(name)
