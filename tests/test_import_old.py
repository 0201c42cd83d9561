"""Documents of old Words, of WPS, as RTF and OpenDocument: a real LibreOffice converts them, the import says so."""

from __future__ import annotations

import random
import re
import struct
import subprocess
import sys
from pathlib import Path
from typing import cast

import pytest
from browsers.install import OFFICE
from conftest import ROOT, Project
from manuscripts import docx, p, run, title
from test_import_docx import BODY, DELETED, INSERTED, reading

from guodong_site.intake.paragraphs import Paragraph
from guodong_site.intake.word97 import _Compound, _text, lacking, said

FORMATS = ("doc", "rtf", "odt")
REAL = [next((ROOT / "tests/data/docx").glob("02*.docx")), ROOT / "tests/data/docx/ocr_test_table_image.docx"]
BY = ' w:author="甲" w:date="2024-01-01T00:00:00Z"'
UNSETTLED = p(
    run("三月"),
    INSERTED.replace(' w:id="1"', f' w:id="1"{BY}'),
    DELETED.replace(' w:id="2"', f' w:id="2"{BY}'),
    run("，结束。"),
    run("藏起来的字", hidden=True),
)


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with every document in every format, `0.doc` … `unsettled.odt`, and as .docx where it came from."""
    folder = tmp_path_factory.mktemp("old")
    for at, path in enumerate(REAL):
        (folder / f"{at}.docx").write_bytes(path.read_bytes())
    (folder / "unsettled.docx").write_bytes(docx(title("市国动办开会"), UNSETTLED, p(BODY)))
    for to in FORMATS:
        command = [OFFICE.found(), "--headless", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--convert-to", to]
        made = [*command, "--outdir", str(folder), *map(str, folder.glob("*.docx"))]
        subprocess.run(made, check=True, capture_output=True, timeout=300)
    return folder


def drafted(project: Project, source: Path, name: str) -> str:
    """The draft, without the one line of alternative text that .doc and .rtf have no place for."""
    done = project.run("import", str(source), "--date", "2024-07-15", "--out", f"issues/{name}.md")
    assert done.code == 0, done.said
    assert ("LibreOffice 转换成的 Word 文档（.docx）" in done.out) is (source.suffix != ".docx")
    told = "转换以后一个字也没有丢" in done.out, "转换时有没有丢字，本程序看不出来" in done.out
    assert told == ((False, False) if source.suffix in (".docx", ".doc") else (True, True))  # a .doc is read by us as well
    text = (project.root / f"issues/{name}.md").read_text(encoding="utf-8")
    return re.sub(r"!\[.*?\]\(.*?/", "![](", text)


@pytest.mark.parametrize("at", range(len(REAL)))
def test_real_documents_read_as_their_docx(project: Project, old: Path, at: int) -> None:
    """The same draft, whatever the document was saved as: titles, paragraphs, table, picture."""
    wanted = drafted(project, old / f"{at}.docx", "2024-10")

    for number, to in enumerate(FORMATS, 11):
        assert drafted(project, old / f"{at}.{to}", f"2024-{number}") == wanted


@pytest.mark.parametrize("to", FORMATS)
def test_what_is_not_settled_stops_there_too(project: Project, old: Path, to: str) -> None:
    """Tracked changes and hidden text come through the conversion, and are not published by accident."""
    done = project.run("import", str(old / f"unsettled.{to}"), "--date", "2024-07-15")

    assert done.code == 1, done.said
    assert all(f"{what} 1 处" in done.out for what in ("修订插入的文字", "修订删除的文字", "隐藏文字")), done.said
    assert not list((project.root / "issues").glob("*"))


@pytest.mark.parametrize("to", FORMATS)
def test_half_a_file(project: Project, old: Path, to: str) -> None:
    """LibreOffice makes nothing of it, or something that would be garbage: nothing is written."""
    whole = (old / f"0.{to}").read_bytes()
    for share in (0.5, 0.95):
        project.write(f"half.{to}", whole[: int(len(whole) * share)])
        done = project.run("import", f"half.{to}", "--date", "2024-07-15")

        assert (done.code, "损坏" in done.out) == (1, True), done.said
        assert not list((project.root / "issues").glob("*"))


def test_a_conversion_that_loses_something_is_found_out(
    project: Project, old: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A .doc is held to its own characters: here to a conversion, by a program that obeys badly, of half the document."""
    pieces = reading((old / "0.docx").read_bytes()).pieces
    whole = [one.text for one in pieces if isinstance(one, Paragraph)]
    half = docx(*(p(line) for line in whole[: len(whole) // 2]))
    (tmp_path / "half.docx").write_bytes(half)
    office = project.write(
        "bin/soffice",
        f"#!{sys.executable}\nimport shutil, sys\nout = sys.argv[sys.argv.index('--outdir') + 1]\n"
        f"shutil.copy({str(tmp_path / 'half.docx')!r}, out + '/source.docx')\n",
    )
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(office.parent))
    done = project.run("import", str(old / "0.doc"), "--date", "2024-07-15")
    rest = "".join(filter(str.isalnum, "".join(whole[len(whole) // 2 :])))

    assert done.code == 0, done.said
    assert f"LibreOffice 转换时丢了 {len(rest)} 个字" in done.out
    assert "转换以后一个字也没有丢" in done.out
    assert lacking("青岛青", "青") == "岛青"


def test_any_bytes_are_a_document_or_none(old: Path) -> None:
    """Cut, flipped, chained in rings: never an exception, never for ever."""
    whole = (old / "0.doc").read_bytes()
    dice = random.Random(5)
    assert said(whole)
    for _ in range(400):
        data = bytearray(whole)
        for _ in range(dice.choice((1, 3, 30))):
            data[dice.randrange(dice.choice((600, len(data))))] = dice.randrange(256)
        said(bytes(data[: dice.choice((len(data), dice.randrange(len(data))))]))
    for number in (1, 0, 2**31):  # a table of sectors that leads back to itself, or out
        said(whole[:76] + number.to_bytes(4, "little") * 109 + whole[512:])


def test_pieces_that_lie_on_one_another_are_refused() -> None:
    """A small file whose pieces each claim all of it would fill the memory."""
    places = range(0, 4_000, 400)
    table = struct.pack("<10I", *places) + bytes(8 * 9)
    document = bytearray(1_000)
    struct.pack_into("<HH", document, 0, 0xA5EC, 0xC1)
    struct.pack_into("<II", document, 0x1A2, 0, 5 + len(table))

    class Package:
        def stream(self, name: str) -> bytes:
            return bytes(document) if name == "WordDocument" else b"\x02" + struct.pack("<I", len(table)) + table

    with pytest.raises(ValueError, match="more text than there are bytes"):
        _text(cast("_Compound", Package()))
