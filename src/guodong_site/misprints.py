"""The rules of the printed edition: where one is broken the site goes out without that PDF, and says so.  Codes are never re-used."""

from __future__ import annotations

from guodong_site.diagnostics import Rule, Severity

MISSING_GLYPH = Rule(
    code="P010",
    name="missing-glyph",
    title="字库里没有这个字，印不出来",
    why="印刷版只用能公开发布的字库；缺字印出来是一个方框，所以宁可不生成这一期的 PDF。网页不受影响。",
    wrong="𠮷",
    right="吉（确是人名的，请技术人员加字库）",
    severity=Severity.WARNING,
)
PRIVATE_CHARACTER = Rule(
    code="P011",
    name="private-character",
    title="自造字",
    why="用造字程序造的字，换一台电脑就成了方框或别的字，长期保存的 PDF（PDF/A）也不准有。",
    wrong="\ue000",
    right="（左月右星）",
    severity=Severity.WARNING,
)
UNPRINTABLE_PICTURE = Rule(
    code="P012",
    name="unprintable-picture",
    title="图片印不出来",
    why="印刷用的四色（CMYK）图片、损坏的图片，进不了长期保存的 PDF。安装 pillow 后，四色图片会自动转换。",
    wrong="（CMYK 的 JPEG）",
    right="另存为 RGB 的 JPEG 或 PNG",
    severity=Severity.WARNING,
)
NO_TYPESETTER = Rule(
    code="P013",
    name="no-typesetter",
    title="没有安装排版程序",
    why="没有 typst，网站照样生成，只是没有各期的 PDF。",
    wrong="（没有安装附加组件 pdf）",
    right="pip install --editable '.[pdf]'",
    severity=Severity.WARNING,
)
NO_FONTS = Rule(
    code="P014",
    name="no-fonts",
    title="没有可以排版的中文字体",
    why="印刷版不用这台电脑自己的字体，免得换一台电脑就变样；要用附加组件 pdf 带的，或放在项目 fonts/ 里的。",
    wrong="（没有安装附加组件 pdf）",
    right="pip install --editable '.[pdf]'",
    severity=Severity.WARNING,
)
BROKEN_PRINT_TEMPLATE = Rule(
    code="P015",
    name="broken-print-template",
    title="印刷版没有排成",
    why="排版程序不认模板里的写法。网站照样生成，这一期没有 PDF；改好之前不发布。",
    wrong="#let size = 16bt",
    right="#let size = 16pt",
)
TAKEN_EDITION = Rule(
    code="P016",
    name="taken-edition",
    title="印刷版的名称已经有文件",
    why="这一期的文件夹里已经有同名的 PDF，多半是原件的扫描本。以放进来的文件为准，网站不另生成。",
    wrong="issues/2024-03/2024-03.pdf",
    right="issues/2024-03/扫描件.pdf",
    severity=Severity.INFO,
)

ALL: tuple[Rule, ...] = tuple(value for value in list(globals().values()) if isinstance(value, Rule))
