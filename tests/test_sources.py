"""来源: every source with its articles, at an address that depends on nothing but its name."""

from __future__ import annotations

import re

from conftest import GOOD, Project

from guodong_site.pipeline import Options, make

REPRINT = """---
number: {number}
date: {date}
---

# 人防科技撷英

## {title}

国防动员要与时俱进。

（来源：{source}）
"""


def reprint(project: Project, date: str, source: str, title: str = "认清国防动员发展趋势") -> None:
    number = int(date[5:7])
    project.write(f"issues/{date[:7]}.md", REPRINT.format(number=number, date=date, title=title, source=source))


def links(project: Project, page: str) -> dict[str, str]:
    """Link → text of the main part of a page."""
    text = (project.out / page / "index.html").read_text(encoding="utf-8").split("<main")[1].split("</main>")[0]
    found = re.findall(r'<a[^>]*href="/([^"]+)"[^>]*>(.*?)</a>', text, re.DOTALL)
    return {address: re.sub(r"<[^>]+>", "", inside) for address, inside in found}


def test_a_reprint_leads_to_all_from_its_source(project: Project) -> None:
    """From the article to the source, from there to every article of it by year; what the office wrote leads nowhere."""
    reprint(project, "2023-05-10", "中国国防报", "去年的文章")
    reprint(project, "2024-05-10", "中国国防报", "今年的文章")
    project.write("issues/2024-03.md", GOOD)
    assert project.run("build", "--no-search").code == 0
    (source,) = [address for address in links(project, "issues/2024-05/1") if address.startswith("sources/")]

    assert re.fullmatch(r"sources/zhongguoguofangbao-[0-9a-f]{6}/", source)
    assert not [address for address in links(project, "issues/2024-03/1") if address.startswith("sources/")]
    assert links(project, "sources")[source] == "中国国防报2篇"
    assert list(links(project, source)) == ["issues/2024-05/1/", source + "2024/", source + "2023/"]
    assert "issues/2023-05/1/" in links(project, source + "2023/")


def test_the_list_counts_every_article(project: Project, given: Project) -> None:
    """The counts are those of the articles, the office's own apart."""
    text = (given.root / "www/gzdt/sources/index.html").read_text(encoding="utf-8")

    assert re.findall(r"<span>([^<]+)</span><small>(\d+)篇", text) == [("青岛市国防动员办公室", "10"), ("中国国防报", "1")]
    assert project.run("build", "--no-search").code == 0
    assert "还没有收录文章" in (project.out / "sources/index.html").read_text(encoding="utf-8")


def test_an_address_stays_whatever_comes(project: Project) -> None:
    """Sources alike in sound, in Latin letters, of marks only, or very long: each its own, the same before and after."""
    names = ["中国国防报", "中国国防暴", "PLA Daily", "※", "很长的来源" * 12]

    def addresses() -> set[str]:
        files = make(Options(root=project.root, search=False)).files or {}
        return {path.split("/")[1] for path in files if re.fullmatch(r"sources/[^/]+/index.html", path)}

    reprint(project, "2024-01-10", names[0])
    first = addresses()
    for month, name in enumerate(names[1:], 2):
        reprint(project, f"2024-{month:02}-10", name)
    every = addresses()

    assert first < every
    assert len(every) == len(names)
    assert all(re.fullmatch(r"[a-z0-9-]{1,47}", address) for address in every)
