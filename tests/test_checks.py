"""One case a check: a small archive that breaks its rule once, and nothing else."""

from __future__ import annotations

import datetime

import pytest
from conftest import FACTS, GOOD, ROOT, Project, jpeg

from guodong_site import checks
from guodong_site.artifact import Check
from guodong_site.pipeline import Options, make
from guodong_site.registry import discover

ISSUE = "issues/2024-03.md"
TODAY = datetime.date(2024, 3, 20)
LATER = "issues/2024-04.md"
AGAIN = "市北区组织居民参观人防工程，讲解防空警报的识别和疏散路线，发放宣传手册三百份，现场解答群众提出的问题，并听取对人防工程平时使用的意见。"


def other(
    facts: str, section: str = "简讯", text: str = "崂山区组织防空警报试鸣，检验警报器的完好情况，居民按照预案有序疏散。"
) -> str:
    """Another issue, of one brief."""
    return f"---\n{facts}\n---\n\n# {section}\n\n{text}\n"


WORDING = (ROOT / "editorial/wording.yaml").read_text(encoding="utf-8")
EXTRA: dict[str, tuple[str, str | bytes]] = {
    "number-order": (LATER, other("number: 4\ndate: 2024-03-16")),
    "number-gap": (LATER, other("number: 4\ndate: 2024-03-16")),
    "total-order": (LATER, other("number: 4\ntotal: 11\ndate: 2024-03-16")),
    "near-same-article": (LATER, other("number: 4\ndate: 2024-03-16", text=AGAIN.replace("三百", "五百"))),
    "stale-home": (LATER, other("number: 2\ndate: 2024-03-08\ndraft: true")),
    "stale-column": (LATER, other("number: 4\ndate: 2024-03-16\npublished: 2024-03-19 09:00")),
    "awkward-asset-name": ("issues/2024-03/表 1.pdf", b"%PDF-1.4"),
    "heavy-attachment": ("issues/2024-03/图册.pdf", b"%PDF-1.4" + bytes(11 << 20)),
    "pictured-minors": ("issues/2024-03/a.jpg", jpeg(1)),
    "near-name": ("editorial/wording.yaml", WORDING + "\nposts:\n  - {name: 张三川, post: 党组书记, source: 测试}\n"),
}
"""What else there is, before anything is wrong."""

CASES: dict[str, tuple[str, str, str, str]] = {
    "title-full-stop": (ISSUE, "## 市国动办召开工作会议", "## 市国动办召开工作会议。", "以句号结尾"),
    "not-public": (ISSUE, "number: 3", "number: 3\nclassification: 秘密", "密级写的是“秘密”"),
    "distribution-in-body": (
        ISSUE,
        "手册200余份。",
        "手册200余份。\n\n## 附\n\n发：市人防指挥部成员单位，各区（市）国动办",
        "是发送范围",
    ),
    "title-markup": (ISSUE, "## 市国动办召开工作会议", "## 市国动办召开**工作**会议", "排版记号"),
    "published-before-date": (ISSUE, "number: 3", "number: 3\npublished: 2024-03-14 09:00", "早于签发日期"),
    "dead-link": (ISSUE, "总结去年工作", "总结[去年](2023-12.md)工作", "指向的页面不存在"),
    "missing-furniture": ("site.yaml", "contact: 0532-12345678\n", "", "联系方式"),
    "untold-column": ("site.yaml", "    description: 本办和各区（市）的短消息，一段一条。\n", "", "“简讯”没有说明"),
    "resident-id": (ISSUE, "总结去年工作", "总结去年工作（11010519491231002X）", "公民身份号码"),
    "mobile-number": (ISSUE, "总结去年工作", "致电13812345678，总结去年工作", "手机号码"),
    "bank-card": (ISSUE, "总结去年工作", "汇至6222 0202 0011 2230 061，总结去年工作", "银行卡号"),
    "plate-number": (ISSUE, "总结去年工作", "乘鲁B12345，总结去年工作", "“鲁B12345”是车牌号"),
    "email-address": (ISSUE, "总结去年工作", "写信到zhang@example.com，总结去年工作", "邮箱地址"),
    "classification-mark": (ISSUE, "3月6日上午", "机密★10年\n\n3月6日上午", "“机密★”是密级"),
    "secret-hint": (ISSUE, "总结去年工作", "总结去年短波电台、呼号工作", "“短波电台”、“呼号”"),
    "pictured-minors": (ISSUE, "今年任务。", "今年任务。小学生参观。\n\n![学生](2024-03/a.jpg)", "“小学”，又有照片"),
    "no-such-day": (ISSUE, "3月6日上午", "2月30日上午", "没有“2月30日”这一天"),
    "wrong-weekday": (ISSUE, "3月6日上午", "3月6日（星期四）上午", "这一天是星期三"),
    "unclear-year": (ISSUE, "3月6日上午", "12月20日上午", "2023年还是2024年"),
    "number-order": (ISSUE, "number: 3", "number: 4", "也是第4期"),
    "number-gap": (ISSUE, "number: 3", "number: 2", "缺第3期"),
    "total-order": (ISSUE, "number: 3", "number: 3\ntotal: 9", "总第11期"),
    "placeholder": (ISSUE, "3月6日上午", "3月XX日上午", "占位内容"),
    "untold-reprint": (ISSUE, "今年任务。", "今年任务。（来源：中国国防报）", "没有写作者、原文日期、原文链接"),
    "long-title": (ISSUE, "## 市国动办召开工作会议", "## 市国动办" + "召开重要工作会议" * 5, "标题有 44 字"),
    "thin-article": (ISSUE, "3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。", "会议召开。", "只有 5 字"),
    "near-same-article": (ISSUE, "市国动办开展志愿服务活动，向居民发放手册200余份。", AGAIN, "几乎相同"),
    "published-in-future": (ISSUE, "number: 3", "number: 3\npublished: 2024-03-21 09:00", "之后"),
    "late-publication": (ISSUE, "date: 2024-03-15", "date: 2024-01-15\npublished: 2024-03-19 09:00", "第 46 个工作日"),
    "stale-home": (LATER, "draft: true", "published: 2024-03-08 09:00", "已经 12 天没有更新"),
    "stale-column": (
        ISSUE,
        "date: 2024-03-15",
        "date: 2024-03-08\npublished: 2024-03-08 09:00",
        "“要闻”上一次更新是 2024-03-08",
    ),
    "unlisted-host": (ISSUE, "总结去年工作", "总结[去年](https://www.example.com/a)工作", "外站 www.example.com"),
    "insecure-link": (ISSUE, "总结去年工作", "总结[去年](http://www.gov.cn/a)工作", "不加密"),
    "awkward-asset-name": (ISSUE, "总结去年工作", "总结[去年](<2024-03/表 1.pdf>)工作", "有空格"),
    "heavy-attachment": (ISSUE, "总结去年工作", "总结[去年](2024-03/图册.pdf)工作", "附件“图册.pdf”有 11 MB"),
    "half-width-mark": (ISSUE, "上午，市国动办", "上午,市国动办", "半角的“,”"),
    "unpaired-mark": (ISSUE, "总结去年工作", "总结“去年工作", "引号 “ 没有配对"),
    "doubled-mark": (ISSUE, "上午，市国动办", "上午，，市国动办", "标点重复：“，，”"),
    "blank-between": (ISSUE, "部署今年任务", "部署 今年任务", "“署”和“今”之间有空格"),
    "dun-between-quotes": (ISSUE, "总结去年工作", "总结“去年”、“前年”工作", "顿号"),
    "full-width-digit": (ISSUE, "总结去年工作", "总结２０２３年工作", "“２０２３”是全角的"),
    "broken-sequence": (ISSUE, "今年任务。", "今年任务：一、学习。二、落实。四、督查。", "序号“四、”不连续"),
    "adverbial-de": (ISSUE, "部署今年任务", "坚定不移的推进今年任务", "修饰动词用“地”"),
    "confused-word": (ISSUE, "部署今年任务", "布署今年任务", "“布署”应当写成“部署”"),
    "repeated-phrase": (
        ISSUE,
        "总结去年工作",
        "传达学习上级重要会议精神主题内容，并传达学习上级重要会议精神主题内容",
        "说了两遍",
    ),
    "unsimplified": (ISSUE, "部署今年任务", "部署今年任務", "“務”是繁体字"),
    "number-form": (ISSUE, "手册200余份", "手册1～3万份", "前一个数没有写“万”"),
    "series-ordinal": (ISSUE, "总结去年工作", "迎接第50个“国际民防日”", "2024年应当是第52个国际民防日"),
    "former-name": (ISSUE, "上午，市国动办", "上午，莱西市人防办", "2023年1月起称“国动办”"),
    "near-phrase": (ISSUE, "总结去年工作", "学习习近平新时代中国特色社会主意思想", "与固定表述"),
    "near-name": (ISSUE, "总结去年工作", "党组书记张山川总结去年工作", "党组书记是“张三川”"),
    "name-variants": (ISSUE, "总结去年工作", "走访青岛电子学校、青岛市电子学校", "是同一个单位吗"),
    "example-address": ("site.yaml", "https://www.qingdao.gov.cn/gdb/", "https://www.example.org/", "占位"),
}


@pytest.mark.parametrize("check", discover(checks, "CHECK", Check), ids=lambda check: check.rule.name)
def test_a_check_finds_its_case_and_only_that(good: Project, check: Check) -> None:
    """The good archive has nothing; the case breaks this rule once."""
    site_yaml = (good.root / "site.yaml").read_text(encoding="utf-8")
    site_yaml = FACTS + site_yaml.replace("https://example.org/", "https://www.qingdao.gov.cn/gdb/")
    good.write("site.yaml", site_yaml)
    if check.rule.name in EXTRA:
        good.write(*EXTRA[check.rule.name])
    asked = Options(root=good.root, search=False, drafts=True, day=TODAY)
    before = make(asked).found
    name, old, new, said = CASES[check.rule.name]
    text = site_yaml if name == "site.yaml" else (good.root / name).read_text(encoding="utf-8")
    assert old in text
    good.write(name, text.replace(old, new))
    found = make(asked).found

    assert before == ()
    assert [(d.rule.name, said in d.message) for d in found] == [(check.rule.name, True)]


def test_the_office_weighs_a_check(good: Project) -> None:
    """`checks:` in site.yaml sets a severity: `check` then fails, `build` does not stop for language."""
    site_yaml = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", site_yaml + "\nchecks:\n  title-full-stop: error\n")
    good.write(ISSUE, GOOD.replace("召开工作会议\n", "召开工作会议。\n", 1))

    assert good.run("check").code == 1
    assert good.run("build", "--no-search").code == 0


def test_an_unknown_check_in_site_yaml_is_said(good: Project) -> None:
    """A misspelt check name would silently do nothing."""
    site_yaml = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", site_yaml + "\nchecks:\n  title-fullstop: error\n")
    done = good.run("check")

    assert (done.code, "title-full-stop" in done.out) == (1, True)
