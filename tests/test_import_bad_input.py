"""What must not be imported: each with its message, its exit code, and nothing written."""

from __future__ import annotations

import io
import struct
import zipfile
from pathlib import Path

import pytest
from conftest import ROOT, Project, snapshot
from manuscripts import docx, drawing, p, table, title, zipped
from test_rights import as_clerk

BODY = "3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。"
GOOD = docx(title("市国动办召开工作会议"), p(BODY))
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 2000
OLD = OLE + "WordDocument".encode("utf-16-le")
MAIN = "word/document.xml"


def parts() -> dict[str, str | bytes]:
    """The files of a good document."""
    with zipfile.ZipFile(io.BytesIO(GOOD)) as package:
        return {name: package.read(name) for name in package.namelist()}


def lying() -> bytes:
    """A zip whose list of contents says its document is small, which it is not."""
    data = bytearray(zipped({MAIN: b" " * 200_000_000}))
    at = data.rfind(b"PK\x01\x02")
    data[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(data)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]><w:document xmlns:w="x"><w:body>&b;</w:body></w:document>'
OUTSIDE = '<?xml version="1.0"?><!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]><w:document xmlns:w="x"><w:body>&f;</w:body></w:document>'
GIVEN = (ROOT / "tests/data/given-issue.txt").read_text(encoding="utf-8")
MIXED = f"{BODY}\n{BODY}".encode("gb18030") + b"\n" + BODY.encode() + b"\n" + BODY.encode("gb18030")


@pytest.mark.parametrize(
    ("name", "data", "code", "said"),
    [
        ("a.docx", zipped({"readme.txt": "你好"}), 1, "这是压缩包，里面没有 Word 文档的内容"),
        (
            "a.xlsx",
            zipped({"_rels/.rels": '<R><R Type="x/officeDocument" Target="xl/workbook.xml"/></R>'}),
            1,
            "这是 Excel 表格",
        ),
        ("a.docx", OLE + "EncryptedPackage".encode("utf-16-le"), 1, "文档加了打开密码"),
        ("a.docx", GOOD[: len(GOOD) // 2], 1, "文件不完整或已损坏"),
        ("a.docx", GOOD[:300] + GOOD[340:], 1, "文件"),
        ("a.docx", zipped(parts() | {MAIN: "<w:document"}), 1, "其中的 document.xml 不完整"),
        ("a.docx", zipped(parts() | {"../../evil.xml": "x"}), 1, "指向外面的路径“../../evil.xml”"),
        ("a.docx", zipped(parts() | {"/etc/x": "x"}), 1, "指向外面的路径"),
        ("a.docx", zipped(parts() | {"C:\\x": "x"}), 1, "指向外面的路径"),
        ("a.docx", zipped(parts() | {MAIN: LAUGHS}), 1, "外部实体声明（DTD）"),
        ("a.docx", zipped(parts() | {MAIN: LAUGHS.encode("utf-16")}), 1, "外部实体声明（DTD）"),
        ("a.docx", zipped(parts() | {MAIN: OUTSIDE}), 1, "外部实体声明（DTD）"),
        ("a.docx", zipped({MAIN: b" " * 100_000_000}), 1, "document.xml 有 95 MB，太大了"),
        ("a.docx", zipped({f"{n}.xml": b" " * 60_000_000 for n in range(5)}), 1, "解压后有 286 MB"),
        ("a.docx", lying(), 1, "document.xml"),
        ("a.docx", docx("<w:sdt>" * 5000 + "</w:sdt>" * 5000), 1, "文档套得太深"),
        ("a.docx", zipped({f"{n}": b"" for n in range(6000)}), 1, "6000 个文件"),
        ("a.txt", b"", 1, "文件是空的"),
        ("a.txt", b"\r\n \n", 1, "文件是空的"),
        ("a.txt", "\u3000\u200b\n".encode(), 1, "文件里没有文字"),
        ("a.txt", MIXED, 1, "第 3 行是 UTF-8 编码，别的行不是"),
        ("a.txt", BODY.encode() + b"\n\xff\xff\xff\n", 1, "第 1 行是 UTF-8 编码"),
        ("a.txt", "国动\n".encode("gb18030") + b"\xff\xff\n", 1, "第 2 行里的字节既不是 UTF-8 也不是 GB18030"),
        ("a.txt", b"\0\1\2\3" * 100, 1, "里面是二进制内容"),
        ("a.pdf", b"%PDF-1.7\n", 1, "这是PDF，不是文字文档"),
        ("a.jpg", b"\xff\xd8\xff\xe0", 1, "这是图片，不是文字文档"),
        ("a.txt", "会".encode() * 3_000_000, 1, "太大了，不像一期简报"),
        ("a.doc", OLD, 4, "这是旧格式的文档，这台电脑没有 LibreOffice"),
        ("a.doc", OLE, 1, "这不是 Word 或 WPS 的文字文档"),
        ("a.doc", b"\0\1\2" * 900, 1, "这不是 Word 或 WPS 的文字文档"),
        ("a.wps", OLD, 4, "请在 WPS 中另存为 .docx"),
        ("a.rtf", rb"{\rtf1 x}", 4, "请在 WPS 中另存为 .docx"),
        (
            "a.odt",
            zipped({"mimetype": "application/vnd.oasis.opendocument.text"}, zipfile.ZIP_STORED),
            4,
            "请在 WPS 中另存为 .docx",
        ),
    ],
)
def test_refused(project: Project, monkeypatch: pytest.MonkeyPatch, name: str, data: bytes, code: int, said: str) -> None:
    """One fault in Chinese with its cure; the project is as it was."""
    monkeypatch.setenv("PATH", str(project.root))  # no LibreOffice, whatever this machine has
    project.write(name, data)
    before = snapshot(project.root)
    done = project.run("import", name, "--date", "2024-07-15")

    assert (done.code, said in done.out, "改法：" in done.out) == (code, True, True), done.said
    assert snapshot(project.root) == before


def test_a_picture_of_80_megabytes(project: Project) -> None:
    """Told with its size, before it is unpacked."""
    project.write(
        "a.docx", docx(title("市国动办开会"), p(BODY), p(drawing("rId1")), parts={"media/image1.png": b"\0" * 80 * 1024 * 1024})
    )
    before = snapshot(project.root)
    done = project.run("import", "a.docx", "--date", "2024-07-15")

    assert (done.code, "图片 image1.png 有 80 MB，太大了" in done.out, "压缩图片" in done.out) == (1, True, True), done.said
    assert snapshot(project.root) == before


@pytest.mark.parametrize(("name", "said"), [("没有.docx", "文件不在"), ("issues", "它是文件夹"), ("长" * 300, "文件名太长")])
def test_no_such_file(project: Project, name: str, said: str) -> None:
    """A path that is none."""
    done = project.run("import", name, "--date", "2024-07-15")

    assert (done.code, said in done.out) == (1, True), done.said


def test_no_right_to_read(project: Project) -> None:
    """A file of somebody else."""
    project.write("a.docx", GOOD).chmod(0)
    done = as_clerk(project, "import", "a.docx", "--date", "2024-07-15")

    assert (done.code, "没有读取权限" in done.out) == (1, True)


def test_three_hundred_pages(project: Project) -> None:
    """A document of 300 pages, tables and all; about a second."""
    blocks = [title("市国动办召开工作会议")]
    for at in range(3000):
        blocks.append(p(f"第{at}段，{BODY}" * 2))
        if at % 100 == 0:
            blocks += [table(("甲", "乙"), ("丙", "丁")), title(f"第{at}次会议召开")]
    project.write("a.docx", docx(*blocks))
    done = project.run("import", "a.docx", "--date", "2024-07-15", timeout=60)

    assert done.code == 0, done.said
    assert "一个字也没有丢" in done.out


def test_an_office_that_fails_is_told(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A LibreOffice that makes nothing of a broken file."""
    office = project.write("bin/soffice", "#!/bin/sh\nexit 1\n")
    office.chmod(0o755)
    monkeypatch.setenv("PATH", str(office.parent))
    project.write("a.doc", OLD)
    done = project.run("import", "a.doc", "--date", "2024-07-15")

    assert (done.code, "LibreOffice 打不开这个文档" in done.out) == (1, True), done.said


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "gbk", "utf-16", "utf-16-le", "utf-16-be", "utf-32"])
def test_encodings(project: Project, encoding: str) -> None:
    """Any of them is read, and said."""
    project.write("a.txt", GIVEN.encode(encoding))
    done = project.run("import", "a.txt", "--date", "2023-03")
    names = {"utf-8": "UTF-8", "utf-8-sig": "UTF-8（带 BOM）", "gbk": "GB18030（GBK）", "gb18030": "GB18030（GBK）"}

    assert f"已按 {names.get(encoding, encoding[:6].upper())} 文本导入" in done.out, done.said
    assert "认出：要闻 3 篇；区市动态 1 篇；简讯 6 篇；人防科技撷英 1 篇。" in done.out


def test_big5_is_doubted(project: Project) -> None:
    """Traditional text in Big5 can be taken for GB18030; then it is rubbish, which is noticed."""
    text = "市國動辦召開工作會議，總結去年工作，部署今年任務，學習貫徹重要講話精神，堅持黨對國防動員的領導。"
    project.write("a.txt", f"會議\n{text}\n".encode("big5"))
    done = project.run("import", "a.txt", "--date", "2024-07-15")

    assert done.code == 1 or "生僻字" in done.out, done.said


def test_strange_characters_are_said(project: Project) -> None:
    """Private characters and those lost before."""
    project.write("a.txt", f"市国动办召开会议\n张\ue000出席，李\ufffd主持。{BODY}\n")
    done = project.run("import", "a.txt", "--date", "2024-07-15")

    assert ("有 1 个造字（PUA）" in done.out, "有 1 个变成了 � 的字" in done.out) == (True, True), done.said


@pytest.mark.parametrize(
    "name", [one.name for one in sorted((ROOT / "tests/data").glob("*/*")) if one.suffix in (".txt", ".md")]
)
def test_foreign_texts(project: Project, name: str) -> None:
    """Reports and newsletters, which are no bulletins: imported with honest doubts, nothing lost; the draft is well formed."""
    source = next(Path(ROOT / "tests/data").glob(f"*/{name}"))
    done = project.run("import", str(source), "--date", "2022-03-15")

    assert done.code == 0, done.said
    assert "没有找到栏目" in done.out
    assert not [one for one in project.found(drafts=True) if one[0][0] == "F"]
