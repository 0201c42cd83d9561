"""A text in the cell of a spreadsheet: what Excel and WPS would take for a formula is none, what no file may hold is gone."""

from __future__ import annotations

import re

_FORMULA = ("=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠")
"""How a cell begins that a spreadsheet takes for a formula (OWASP, CSV injection); East Asian ones take the wide marks too."""

_ILLEGAL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
"""What XML 1.0 cannot hold, and so no workbook."""


def guarded(text: str) -> str:
    """The text as a CSV file may hold it: an apostrophe in front keeps a spreadsheet from reckoning."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def legal(text: str) -> str:
    """The text as XML can hold it: what it cannot is shown as missing."""
    return _ILLEGAL.sub("\ufffd", text)
