"""Asks each module of an extension folder for the one value it offers.  Importing has no side effects."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def discover(folder: ModuleType, offered: str, kind: type[T]) -> tuple[T, ...]:
    """The value named `offered` of every module in `folder`, in file order.

    Raises TypeError for a module that does not offer one: that is our bug, never an editor's.
    """
    values: list[T] = []
    for module in sorted(pkgutil.iter_modules(folder.__path__), key=lambda m: m.name):
        value = getattr(importlib.import_module(f"{folder.__name__}.{module.name}"), offered, None)
        if not isinstance(value, kind):
            message = f"{folder.__name__}.{module.name} must offer {offered}: {kind.__name__}"
            raise TypeError(message)
        values.append(value)
    return tuple(values)
