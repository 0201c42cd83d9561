"""Asks each module of an extension folder for the one value it offers.  Importing has no side effects."""

from __future__ import annotations

import importlib
import pkgutil
from types import ModuleType
from typing import TypeVar

T = TypeVar("T")


def discover(folder: ModuleType, offered: str, kind: type[T], *, only: str = "") -> tuple[T, ...]:
    """The value named `offered` of every module in `folder`, in file order; of the module named `only` alone, where there is one.

    A module may end in _ to be no keyword of Python.  Raises TypeError for one that does not offer a value: that is our bug,
    never an editor's.
    """
    names = sorted(module.name for module in pkgutil.iter_modules(folder.__path__))
    values: list[T] = []
    for name in [name for name in names if name.removesuffix("_") == only] or names:
        value = getattr(importlib.import_module(f"{folder.__name__}.{name}"), offered, None)
        if not isinstance(value, kind):
            message = f"{folder.__name__}.{name} must offer {offered}: {kind.__name__}"
            raise TypeError(message)
        values.append(value)
    return tuple(values)
