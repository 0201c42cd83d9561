"""Tables → .xlsx.  The only user of openpyxl, which is loaded when a workbook is really made.

The same tables give the same bytes on any machine: nothing is compressed, nothing says when.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Mapping, Sequence
from importlib.util import find_spec

from guodong_site.cells import legal

LIBRARY = "openpyxl"

_WIDE, _NARROW = 48, 16
_LONGEST = 32_767
"""Characters of a cell, as the format has it."""
_MOMENT = re.compile(rb"<dcterms:(created|modified)\b.*?</dcterms:\1>")
_FIRST = (1980, 1, 1, 0, 0, 0)
"""The first moment a zip file can name."""

Table = Sequence[Sequence[str]]
"""Lines of cells, the first of which is the head."""


def equipped() -> bool:
    """Whether workbooks can be made on this computer."""
    return find_spec(LIBRARY) is not None


def workbook(tables: Mapping[str, Table]) -> bytes:
    """A sheet for each table, by its name.  Every cell is a text: nothing is reckoned, no number loses its zeros."""
    from openpyxl import Workbook  # noqa: PLC0415  # 0.2 s, and few commands need it
    from openpyxl.cell import WriteOnlyCell  # noqa: PLC0415
    from openpyxl.styles import Alignment, Font  # noqa: PLC0415

    book = Workbook(write_only=True)
    for name, table in tables.items():
        sheet = book.create_sheet(name)
        sheet.freeze_panes = "A2"
        for column, cells in enumerate(zip(*table, strict=True)):
            width = _WIDE if max(map(len, cells)) > _NARROW else _NARROW
            sheet.column_dimensions[_letter(column)].width = width
        for number, line in enumerate(table):
            made = []
            for text in line:
                cell = WriteOnlyCell(sheet, value="")
                cell.value = legal(text)[:_LONGEST]
                cell.data_type = "s"  # a text, also where it begins with =
                cell.quotePrefix = True  # and remains one when somebody edits it
                cell.font = Font(bold=number == 0)
                cell.alignment = Alignment(vertical="top", wrap_text=True)
                made.append(cell)
            sheet.append(made)
    page = io.BytesIO()
    book.save(page)
    return _timeless(page.getvalue())


def _letter(column: int) -> str:
    """The name of a column, counted from 0."""
    from openpyxl.utils import get_column_letter  # noqa: PLC0415

    return str(get_column_letter(column + 1))


def _timeless(data: bytes) -> bytes:
    """The same workbook without a moment in it."""
    page = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as made, zipfile.ZipFile(page, "w", zipfile.ZIP_STORED) as kept:
        for name in sorted(made.namelist(), key=lambda name: (name != "[Content_Types].xml", name)):
            held = made.read(name)
            if name == "docProps/core.xml":
                held = _MOMENT.sub(b"", held)
            info = zipfile.ZipInfo(name, _FIRST)
            info.create_system = 3
            kept.writestr(info, held)
    return page.getvalue()
