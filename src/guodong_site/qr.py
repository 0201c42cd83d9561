"""The QR code of an address as the path of an SVG: the only segno."""

from __future__ import annotations

import re
from dataclasses import dataclass

import segno

_QUIET = 4
"""Modules of white round the code (ISO/IEC 18004, 6.3.8)."""

_MASK = 0
"""Any of the eight masks can be read; trying all of them, as segno does unasked, costs five times as much on every page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QrCode:
    """A square of `size` modules, white border included; `path` is a line of stroke width 1 along the dark ones."""

    size: int
    path: str


def qr_code(address: str) -> QrCode:
    """The code of a complete address.  Raises ValueError where it is too long for any code (2,953 bytes)."""
    try:
        rows = segno.make(address, error="l", mask=_MASK, micro=False).matrix
    except segno.DataOverflowError as fault:
        raise ValueError(address) from fault
    parts = []
    for y, row in enumerate(rows):
        x = -_QUIET
        for run in re.finditer(b"\x01+", row):
            parts.append(
                f"m{run.start() - x} 0h{len(run[0])}" if x >= 0 else f"M{run.start() + _QUIET} {y + _QUIET}.5h{len(run[0])}"
            )
            x = run.end()
    return QrCode(size=len(rows) + 2 * _QUIET, path="".join(parts))
