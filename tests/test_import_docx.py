"""Word and WPS documents: all that offices put into them is read, named or stopped for, character by character."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from conftest import ROOT, jpeg
from manuscripts import docx, drawing, p, root, run, t, table, title

from guodong_site.diagnostics import Diagnostic
from guodong_site.fields import parse_date
from guodong_site.intake.counting import Counting
from guodong_site.intake.importing import Imported, Order, imported
from guodong_site.intake.kinds.docx import KIND
from guodong_site.intake.paragraphs import Paragraph, Reading, bare
from guodong_site.office import read_office

BODY = "3月6日上午，市国动办召开会议，学习贯彻重要讲话精神，部署国防动员工作。"
_OFFICE, _ = read_office(ROOT)
assert _OFFICE is not None
OFFICE = _OFFICE
BOX = f"<w:txbxContent>{p('文本框里的字')}</w:txbxContent>"
DELETED = '<w:del w:id="2"><w:r><w:delText>删掉的字</w:delText></w:r></w:del>'
INSERTED = f'<w:ins w:id="1">{run("，新增的字")}</w:ins>'


def taken(data: bytes, **order: Any) -> Imported | Diagnostic:
    order.setdefault("date", parse_date("2024-07-15"))
    return imported(data, "a.docx", OFFICE, Order(**order), lambda _: None)


def draft(data: bytes, **order: Any) -> str:
    """The body of the draft."""
    made = taken(data, **order)
    assert isinstance(made, Imported), made
    return made.draft.text.split("---\n\n", 1)[1]


def kept(data: bytes, **order: Any) -> list[tuple[str, str]]:
    made = taken(data, **order)
    assert isinstance(made, Imported), made
    return [(one.what, bare(one.text)) for one in made.reading.kept]


def doubts(data: bytes) -> str:
    made = taken(data)
    assert isinstance(made, Imported), made
    return "\n".join(one.said for one in made.doubts)


def reading(data: bytes) -> Reading:
    made = KIND.read(data, "a.docx")
    assert isinstance(made, Reading)
    return made


def test_masthead_and_tail_become_facts() -> None:
    """刊名, number, total, date, 发 and 政务公开 go to the front matter."""
    made = taken(
        docx(
            p(run("工  作  动  态", size=72), centred=True),
            p("2024年第7期（总第320期）", centred=True),
            p("青岛市国防动员办公室编　　　　　2024年7月15日"),
            title("市国动办召开会议"),
            p(BODY),
            p("发：各区（市）国动办"),
            p("政务公开：工作动态，国动办门户网"),
        ),
        date=None,
    )
    assert isinstance(made, Imported)

    assert made.draft.text.split("---")[1].split("\n")[1:-1] == [
        "number: 7",
        "total: 320",
        "date: 2024-07-15",
        "distribution: 各区（市）国动办",
        "channels: [工作动态, 国动办门户网]",
        "draft: true",
    ]
    assert made.name == "issues/2024-07.md"


def test_titles_in_two_paragraphs_and_with_a_soft_break() -> None:
    """Both are one title, whose break is kept; what is set alike and joined needs no doubt."""
    soft = p(run("市国动办召开2024年度", size=44), "<w:r><w:br/></w:r>", run("工作会议", size=44), centred=True)
    data = docx(title("市国动办党组学习贯彻"), title("重要讲话精神"), p(BODY), soft, p(BODY))

    assert re.findall(r"^## .*", draft(data), re.MULTILINE) == [
        "## 市国动办党组学习贯彻<br>重要讲话精神 {#1}",
        "## 市国动办召开2024年度<br>工作会议 {#2}",
    ]
    assert "并成一个标题" not in doubts(data)


def test_bold_section_marks_and_indents() -> None:
    """【简讯】 as a bold paragraph opens a section; half- and full-width indents are no text."""
    data = docx(
        title("市国动办召开会议"),
        p("　　" + BODY),
        p("    会议要求抓好落实。"),
        p(run("【简讯】", bold=True)),
        p("　　市北区开展宣传。"),
        p("崂山区开展演练。"),
    )

    assert draft(data) == (
        f"# 要闻\n\n## 市国动办召开会议 {{#1}}\n\n{BODY}\n\n会议要求抓好落实。\n\n# 简讯\n\n市北区开展宣传。 {{#2}}\n\n崂山区开展演练。 {{#3}}\n"
    )


def test_a_line_that_is_not_set_as_titles_are_is_a_heading_inside() -> None:
    """Where titles are centred, a bare short line is none; it is said."""
    data = docx(title("市国动办召开会议"), p(BODY), p(run("抓好落实", bold=True)), p(BODY))

    assert "### 抓好落实" in draft(data)
    assert "“抓好落实”没有按标题的样子排" in doubts(data)


def test_photo_and_caption() -> None:
    """A picture, its caption, its place among paragraphs."""
    data = docx(
        title("市国动办召开会议"),
        p(BODY),
        p(drawing("rId1")),
        p("图1  会议现场", centred=True),
        p("会议结束。"),
        parts={"media/image1.jpeg": jpeg(1)},
    )

    assert draft(data).split("\n\n")[3:] == ['![图1  会议现场](2024-07/1.jpg "图1  会议现场")', "会议结束。\n"]


def test_alternative_text_is_used_unless_it_is_a_file_name() -> None:
    """docPr's description speaks to the blind; IMG_2034.jpg does not."""
    parts = {"media/image1.jpeg": jpeg(1)}
    good = docx(title("市国动办开会"), p(BODY), p(drawing("rId1", "会场全景")), parts=parts)
    name = docx(title("市国动办开会"), p(BODY), p(drawing("rId1", "IMG_2034.jpg")), parts=parts)

    assert "![会场全景](2024-07/1.jpg)" in draft(good)
    assert "![待补：图上是什么](2024-07/1.jpg)" in draft(name)


def test_pictures_no_browser_shows_are_said() -> None:
    """EMF, and links to a picture elsewhere."""
    data = docx(
        title("市国动办开会"), p(BODY), p(drawing("rId1")), p(drawing("rId9")), parts={"media/image1.emf": b"\x01\0\0\0"}
    )

    assert "这里的图片（EMF 格式）网页不能显示" in doubts(data)
    assert "这里的图片不在文件里" in doubts(data)


def test_tables() -> None:
    """Rows and cells, their marks harmless; a frame of one cell is no table; merged cells are said."""
    data = docx(
        title("市国动办开会"),
        p(BODY),
        table(("区市", "数量"), ("市北区", "12|3"), ("崂山区", "*4*")),
        table(("框里的一段话。",)),
    )
    merged = (
        '<w:tbl><w:tr><w:tc><w:tcPr><w:gridSpan w:val="2"/></w:tcPr>'
        + p("合计")
        + "</w:tc></w:tr><w:tr><w:tc><w:tcPr/>"
        + p("甲")
        + "</w:tc><w:tc><w:tcPr/>"
        + p("乙")
        + "</w:tc></w:tr></w:tbl>"
    )

    assert "| 区市 | 数量 |\n|---|---|\n| 市北区 | 12&#124;3 |\n| 崂山区 | \\*4\\* |\n\n框里的一段话。" in draft(data)
    assert "| 合计 |  |\n|---|---|\n| 甲 | 乙 |" in draft(docx(title("市国动办开会"), p(BODY), merged))
    assert "合并的单元格" in doubts(docx(title("市国动办开会"), p(BODY), merged))


def test_footnotes_stand_at_the_end_of_their_article() -> None:
    """A mark in the text, the note below; a second article's source is still found."""
    notes = root(
        "footnotes",
        f'<w:footnote w:type="separator" w:id="0"><w:p/></w:footnote><w:footnote w:id="2">{p("据统计局。")}</w:footnote>',
    )
    mark = '<w:r><w:footnoteReference w:id="2"/></w:r>'
    data = docx(
        title("市国动办开会"),
        p("增长一成", mark, run("。（来源：青岛日报）")),
        title("另一篇"),
        p(BODY),
        parts={"footnotes.xml": notes},
    )

    assert draft(data).split("\n\n")[1:4] == [
        '## 市国动办开会 {#1 source="青岛日报"}',
        "增长一成［1］。（来源：青岛日报）",
        "［1］据统计局。",
    ]


@pytest.mark.parametrize(
    ("inside", "said"),
    [
        (INSERTED, "修订插入的文字 1 处（第 2 段“，新增的字”）"),
        (DELETED, "修订删除的文字 1 处（第 2 段“删掉的字”）"),
        (run("藏起来的字", hidden=True), "隐藏文字 1 处（第 2 段“藏起来的字”）"),
        (f'<w:moveFrom w:id="3">{run("移走的字")}</w:moveFrom>', "修订移走的文字 1 处（第 2 段“移走的字”）"),
    ],
)
def test_what_is_not_settled_stops_the_import(inside: str, said: str) -> None:
    """Tracked changes and hidden text: named, counted, not published by accident."""
    made = taken(docx(title("市国动办开会"), p(run("三月"), inside, run("，结束。"))))

    assert isinstance(made, Diagnostic)
    assert (made.rule.code, said in made.message, "--accept-changes" in made.hint) == ("F052", True, True)


def test_accepted_changes() -> None:
    """Inserted text is text, deleted and hidden text is kept out, a deleted end of paragraph joins two; all of it is said."""
    end = '<w:rPr><w:del w:id="7"/></w:rPr>'
    data = docx(
        title("市国动办开会"),
        p(run("三月"), INSERTED, DELETED, run("，结束。"), run("藏起来的字", hidden=True)),
        p("前半句", mark=end),
        p("，后半句。"),
    )
    made = taken(data, accept=True)
    assert isinstance(made, Imported)

    assert draft(data, accept=True).split("\n\n")[2:] == ["三月，新增的字，结束。", "前半句，后半句。\n"]
    assert kept(data, accept=True) == [("修订删除的文字", "删掉的字"), ("隐藏文字", "藏起来的字")]
    assert made.doubts[0].said.endswith("按接受所有修订、去掉隐藏文字导入")


def test_hidden_by_a_style() -> None:
    """A character style can hide text too."""
    styles = root("styles", '<w:style w:type="character" w:styleId="x"><w:rPr><w:vanish/></w:rPr></w:style>')
    made = taken(
        docx(
            title("市国动办开会"),
            p(run(BODY), f'<w:r><w:rPr><w:rStyle w:val="x"/></w:rPr>{t("密")}</w:r>'),
            parts={"styles.xml": styles},
        )
    )

    assert isinstance(made, Diagnostic)
    assert "隐藏文字 1 处" in made.message


@pytest.mark.parametrize(
    "box",
    [
        f"<w:r><w:pict><v:shape><v:textbox>{BOX}</v:textbox></v:shape></w:pict></w:r>",
        (
            '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:positionH><wp:posOffset>12345</wp:posOffset></wp:positionH>'
            f"<wps:txbx>{BOX}</wps:txbx></wp:anchor></w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{BOX}</v:textbox></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
        ),
    ],
)
def test_text_boxes_are_kept_out_by_name(box: str) -> None:
    """VML and DrawingML; the paragraph they hang on stays."""
    data = docx(title("市国动办开会"), p(run("前面，"), box, run("后面。")))

    assert "前面，后面。" in draft(data)
    assert kept(data)[0] == ("文本框", "文本框里的字")
    assert "文本框里的“文本框里的字”没有放进正文" in doubts(data)


def test_header_footer_comments_fields() -> None:
    """Named and kept out; what a field shows is text."""
    field = '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>PAGE</w:instrText></w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    parts = {
        "header1.xml": root("hdr", p("页眉文字")),
        "footer1.xml": root("ftr", p("— 1 —")),
        "comments.xml": root("comments", f"<w:comment>{p('要核实')}</w:comment>"),
    }
    data = docx(title("市国动办开会"), p(field, run("共3页。")), parts=parts)

    assert sorted(kept(data)) == [("域代码", "PAGE"), ("批注", "要核实"), ("页眉", "页眉文字"), ("页脚", "—1—")]
    assert "共3页。" in draft(data)


def test_a_logo_in_the_masthead_is_no_picture_of_an_article() -> None:
    """It is left out, and said."""
    data = docx(
        p(run("工作动态")), p(drawing("rId1")), p("第7期"), title("市国动办开会"), p(BODY), parts={"media/image1.jpeg": jpeg(1)}
    )

    assert "![" not in draft(data)
    assert "刊头里的图片没有导入" in doubts(data)


def test_automatic_numbering_becomes_text() -> None:
    """一、二、 counted by Word; a heading is told by it."""
    numbering = root(
        "numbering",
        '<w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="chineseCounting"/><w:lvlText w:val="%1、"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    data = docx(
        title("市国动办开会"),
        p("建强队伍", numbered="1"),
        p(BODY),
        p("抓好落实", numbered="1"),
        p(BODY),
        parts={"numbering.xml": numbering},
    )

    assert re.findall(r"^### .*", draft(data), re.MULTILINE) == ["### 一、建强队伍", "### 二、抓好落实"]


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("decimal", "%1.", ["1.", "2.", "3."]),
        ("chineseCountingThousand", "（%1）", ["（一）", "（二）", "（三）"]),
        ("decimalEnclosedCircle", "%1", ["①", "②", "③"]),
        ("lowerRoman", "%1)", ["i)", "ii)", "iii)"]),
        ("upperLetter", "%1.", ["A.", "B.", "C."]),
        ("bullet", "\uf0b7", ["•", "•", "•"]),
        ("none", "", ["", "", ""]),
    ],
)
def test_forms_of_numbers(form: str, text: str, said: list[str]) -> None:
    """As Word shows them."""
    levels = f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
    source = root(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    counting = Counting(ET.fromstring(source))

    assert [counting.next("1", 0) for _ in range(3)] == said


def test_a_number_out_of_all_measure_is_none() -> None:
    """A list that begins at a hundred thousand million, in Roman numbers, would be a bomb: it begins at 1."""
    level = '<w:lvl w:ilvl="0"><w:start w:val="99999999999"/><w:numFmt w:val="upperRoman"/><w:lvlText w:val="%1"/></w:lvl>'
    source = root(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{level}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )

    assert Counting(ET.fromstring(source)).next("1", 0) == "I"


def test_counting_in_chinese_and_in_levels() -> None:
    """十, 二十三, 一百零五; a deeper level begins again."""
    levels = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/><w:lvlText w:val="{text}"/></w:lvl>'
        for at, form, text in ((0, "chineseCounting", "%1"), (1, "decimal", "%1.%2"))
    )
    source = root(
        "numbering",
        f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>',
    )
    counting = Counting(ET.fromstring(source))
    first = [counting.next("1", 0) for _ in range(105)]

    assert [first[at - 1] for at in (10, 11, 20, 23, 100, 105)] == ["十", "十一", "二十", "二十三", "一百", "一百零五"]
    assert [counting.next("1", at) for at in (1, 1, 0, 1)] == ["一百零五.1", "一百零五.2", "一百零六", "一百零六.1"]


def test_symbols_formulas_ruby() -> None:
    """What has no plain text is marked and said, never dropped in silence."""
    symbol = '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>'
    ruby = f"<w:r><w:ruby><w:rt><w:r>{t('kūn')}</w:r></w:rt><w:rubyBase><w:r>{t('堃')}</w:r></w:rubyBase></w:ruby></w:r>"
    data = docx(title("市国动办开会"), p(run("选项"), symbol, run("，姓名"), ruby, run("。")))

    assert "选项〓，姓名堃。" in draft(data)
    assert ("注音", "kūn") in kept(data)
    assert "Wingdings F0FE" in doubts(data)


def test_wrappers_hold_text() -> None:
    """Links, smart tags, controls, simple fields, custom XML."""
    inside = [f"<w:{name}>{run(name)}</w:{name}>" for name in ("hyperlink", "smartTag", "fldSimple", "customXml")]
    data = docx(
        title("市国动办开会"),
        p(*inside, f"<w:sdt><w:sdtContent>{run('sdt')}</w:sdtContent></w:sdt>", run("。")),
        f"<w:sdt><w:sdtContent>{p('整段控件。')}</w:sdtContent></w:sdt>",
    )

    assert "hyperlinksmartTagfldSimplecustomXmlsdt。\n\n整段控件。" in draft(data)


def test_links_keep_their_words_and_are_said() -> None:
    """An address behind words is no text; that it is gone is said."""
    data = docx(title("市国动办开会"), p(run("详见"), f'<w:hyperlink r:id="rId7">{run("官网")}</w:hyperlink>', run("。")))

    assert "详见官网。" in draft(data)
    assert "有 1 处超链接，只留下了文字" in doubts(data)


def test_strict_documents_read_the_same() -> None:
    """ISO 29500 strict, as other offices write it, with its own namespaces."""
    blocks = (title("市国动办开会"), p(BODY), table(("甲", "乙"), ("丙", "丁")))

    assert draft(docx(*blocks, strict=True)) == draft(docx(*blocks))


def test_unknown_elements_with_text_are_named() -> None:
    """A text nobody knows goes to the list."""
    data = docx(title("市国动办开会"), p(run(BODY), '<w:future xmlns:w="urn:x">将来的字</w:future>'))

    assert kept(data) == [("不认识的内容", "将来的字")]


def _given() -> list[str]:
    return sorted(one.name for one in (ROOT / "tests/data/docx").glob("*.docx"))


@pytest.mark.parametrize("name", _given())
def test_real_documents_lose_nothing(name: str) -> None:
    """Every text of the XML of real documents, counted without our reader, is in a paragraph or in the list; imports go through."""
    data = (ROOT / "tests/data/docx" / name).read_bytes()
    made = taken(data)
    with zipfile.ZipFile(io.BytesIO(data)) as package:
        tree = ET.fromstring(package.read("word/document.xml"))
    texts = "".join(one.text or "" for one in tree.iter() if one.tag.endswith(("}t", "}delText", "}instrText")))
    own = reading(data)
    numbers = sum(len(bare(piece.number)) for piece in own.pieces if isinstance(piece, Paragraph))
    held = "".join(getattr(piece, "text", "") for piece in own.pieces) + "".join(
        one.text for one in own.kept if one.what not in ("页眉", "页脚", "批注")
    )
    marks = sum(len(note.mark) for note in own.notes)

    assert isinstance(made, Imported), made
    assert len(bare(held)) - numbers - marks == len(bare(texts))
    assert made.doubts


def test_titles_of_real_documents() -> None:
    """Titles over two or three paragraphs come out whole, number and adoption stay below."""
    names = {name[:2]: name for name in _given()}
    titles = {}
    for at in ("01", "03", "07", "08"):
        made = taken((ROOT / "tests/data/docx" / names[at]).read_bytes())
        assert isinstance(made, Imported)
        titles[at] = ["".join(leaf.tidy for leaf in item.title) for item in made.bulletin.items]

    assert titles == {
        "01": ["最高人民法院人民法院对外委托司法鉴定管理规定"],
        "03": ["最高人民法院关于审理执行异议之诉案件适用法律问题的解释"],
        "07": ["最高人民法院关于审理涉执行司法赔偿案件适用法律若干问题的解释"],
        "08": ["最高人民法院关于内地与香港特别行政区相互执行仲裁裁决的补充安排"],
    }
