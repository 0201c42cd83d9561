"""The whole way from issues/ to the published folder: reproducible, below any base path, every link good."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import unquote, urlsplit

from conftest import GOOD, ROOT, Project, jpeg, snapshot

PUBLISHED = GOOD.replace("date: 2024-03-15", "date: 2024-03-15\npublished: 2024-03-16 09:00\ntotal: 12\nchannels: [工作动态]")


def test_same_input_same_bytes(good: Project, tmp_path: Path) -> None:
    """Another folder, another day, another hash seed, another time zone, files in another order: identical bytes."""
    good.write("issues/2023-12.md", GOOD.replace("number: 3\ndate: 2024-03-15", "number: 12\ndate: 2023-12-15"))
    other = tmp_path / "elsewhere"
    subprocess.run(["cp", "-r", str(good.root), str(other)], check=True)
    for path in (other / "issues").iterdir():
        os.utime(path, (0, 0))
    assert good.run("build").code == 0
    environment = {**os.environ, "PYTHONHASHSEED": "7", "TZ": "America/New_York", "LC_ALL": "C"}
    command = [sys.executable, "-m", "guodong_site", "build", "--quiet", "--no-pdf"]
    late = """import sys, time; t = time.time; time.time = lambda: t() + 4e8
from guodong_site.door import main; sys.exit(main(["build", "--quiet", "--no-pdf"]))"""
    assert subprocess.run(command, cwd=other, env=environment, check=False).returncode == 0
    first = snapshot(other / "public")
    assert subprocess.run([sys.executable, "-c", late, "--out", "later"], cwd=other, check=False).returncode == 0

    assert first == good.site()
    assert snapshot(other / "public") == first


def test_no_page_carries_a_clock(given: Project) -> None:
    """No page of the given issue says any year its text does not."""
    years = set()
    for path in (given.root / "www").rglob("*.html"):
        years |= set(re.findall(r"20[2-9]\d", path.read_text(encoding="utf-8")))

    assert years <= {"2022", "2023"}


def test_every_address_of_the_design_is_there(given: Project) -> None:
    """The pages of the design's table that this version has, by their files."""
    files = set(snapshot(given.root / "www/gzdt"))
    wanted = {
        "index.html", "issues/2023-03/index.html", "issues/2023-03/1/index.html", "issues/2023-03/11/index.html",
        "sections/index.html", "sections/yaowen/index.html", "sections/yaowen/2023/index.html", "sections/jianxun/index.html",
        "years/index.html", "years/2023/index.html", "districts/index.html", "districts/shinan/index.html",
        "districts/xihaian/index.html", "search/index.html", "about/index.html", "sitemap/index.html", "404.html",
        "statistics/index.html", "sources/index.html", "today/03/index.html", "feeds/index.html", "api/index.html",
        "feed.xml", "atom.xml", "feed.json", "sections/yaowen/atom.xml", "districts/shinan/feed.json",
        "sitemap.xml", "robots.txt", "api/archive.json", "api/issues/2023-03.json", "api/schema/issue.json", "years/2023/2023.epub",
    }  # fmt: skip

    assert wanted - files == set()


def test_every_link_of_every_page_works_below_the_base_path(given: Project) -> None:
    """Each href, src and action of each page leads to a file of the site, each anchor to an id."""
    www = given.root / "www"
    bad = []
    for page in www.rglob("*.html"):
        text = page.read_text(encoding="utf-8")
        for target in re.findall(r'(?:href|src|action)="([^"]*)"', text):
            parts = urlsplit(target)
            if parts.scheme:
                continue
            place = www / unquote(parts.path).lstrip("/") if parts.path else page
            place = place / "index.html" if parts.path.endswith("/") else place
            good = place.is_file() and (not parts.path or parts.path.startswith("/gzdt/"))
            anchor = unquote(parts.fragment)
            if not good or (anchor and f'id="{anchor}"' not in place.read_text(encoding="utf-8")):
                bad.append((page.name, target))

    assert bad == []


def test_every_page_has_a_search_box(given: Project) -> None:
    """A labelled form that leads to the search page, before any script runs."""
    without = []
    for page in (given.root / "www").rglob("*.html"):
        forms = re.findall(
            r'<form class="sbox[^"]*" action="/gzdt/search/" role="search" aria-label="[^"]+"><label class="vh" for="([^"]+)">',
            page.read_text(encoding="utf-8"),
        )
        if not forms or any(f'id="{name}" name="q"' not in page.read_text(encoding="utf-8") for name in forms):
            without.append(page.relative_to(given.root).as_posix())

    assert without == []


def test_archive_json(given: Project) -> None:
    """The shape of the design: newest first, paths with the base path, section by name, districts by slug."""
    data = json.loads((given.root / "www/gzdt/api/archive.json").read_text(encoding="utf-8"))
    (issue,) = data["issues"]
    article = issue["articles"][3]

    assert {key: value for key, value in issue.items() if key != "articles"} == {
        "id": "2023-03", "url": "/gzdt/issues/2023-03/", "label": "2023年3月", "date": "2023-03", "number": None,
    }  # fmt: skip
    assert len(issue["articles"]) == 11
    assert article == {
        "id": "2023-03/4",
        "url": "/gzdt/issues/2023-03/4/",
        "title": "各区市国动办开展“国际民防日”主题宣传活动",
        "section": "区市动态",
        "date": "2023-03",
        "districts": ["shibei", "licang", "laoshan", "xihaian", "chengyang", "jimo", "jiaozhou", "pingdu", "laixi"],
        "source": "青岛市国防动员办公室",
    }


def test_feed_and_sitemap(project: Project, given: Project) -> None:
    """RSS 2.0 and the sitemaps parse and name every page once; a publication time stands only where it is known."""
    project.write("issues/2024-03.md", PUBLISHED)
    assert project.run("build", "--base-url", "https://www.example.org/a/").code == 0
    feed = ET.fromstring(project.site()["feed.xml"])
    items = feed.findall("channel/item")
    old = ET.fromstring((given.root / "www/gzdt/feed.xml").read_bytes())
    site, base = project.site(), "https://www.example.org/a/"

    def named(path: str) -> list[str]:
        return [(e.text or "").removeprefix(base) for e in ET.fromstring(site[path]).iter() if e.tag.endswith("loc")]

    locations = [page for path in named("sitemap.xml") for page in named(path)]
    pages = {path.removesuffix("index.html") for path in site if path.endswith("/index.html")} | {""}

    assert [item.findtext("title") for item in items] == ["市国动办召开工作会议", "市国动办开展志愿服务活动"]
    assert items[0].findtext("link") == "https://www.example.org/a/issues/2024-03/1/"
    assert items[0].findtext("pubDate") == "Sat, 16 Mar 2024 09:00:00 +0800"
    assert (len(old.findall("channel/item")), old.findall("channel/item/pubDate")) == (11, [])
    assert named("sitemap.xml") == ["sitemaps/lists.xml", "sitemaps/2024.xml"]
    assert sorted(locations) == sorted(pages - {"search/", "offline/"})


def test_every_page_shows_a_date_a_source_and_one_heading(given: Project, project: Project) -> None:
    """Article pages carry source and date, visible; every page has one h1 and a title of its own."""
    project.write("issues/2024-03.md", PUBLISHED)
    project.run("build", "--no-search")
    page = project.site()["issues/2024-03/1/index.html"].decode()
    titles, headings = [], []
    for path in sorted((given.root / "www").rglob("*.html")):
        text = path.read_text(encoding="utf-8")
        titles.append(re.findall("<title>(.*?)</title>", text)[0])
        headings.append(len(re.findall("<h1", text)))

    assert "发布时间：<time" in page
    assert "2024-03-16 09:00</time>" in page
    assert headings == [1] * len(headings)
    doubled = {title for title in titles if titles.count(title) > 1}
    assert doubled == set()


def test_every_page_describes_itself(given: Project) -> None:
    """No two pages are described to search engines in the same words; the navigation is called what it is."""
    pages = {path: path.read_text(encoding="utf-8") for path in sorted((given.root / "www").rglob("*.html"))}
    described = [re.findall('<meta name="description" content="([^"]+)"', text) for text in pages.values()]
    said = [one for found in described for one in found]

    assert (len(said), {one for one in said if said.count(one) > 1}) == (len(pages), set())
    assert {'aria-label="主导航"' in text for text in pages.values()} == {True}


def test_every_page_is_linked(given: Project) -> None:
    """Each page but the 404 can be reached by a link of another, /sections/ too."""
    www = given.root / "www"
    linked: dict[str, set[str]] = {}
    for page in www.rglob("*.html"):
        for target in re.findall(r'<a\b[^>]*\bhref="(/[^"#?]*)', page.read_text(encoding="utf-8")):
            linked.setdefault(unquote(target).lstrip("/") + "index.html", set()).add(page.relative_to(www).as_posix())
    alone = {name for page in www.rglob("*.html") if not linked.get(name := page.relative_to(www).as_posix(), set()) - {name}}

    assert alone == {"gzdt/404.html"}
    assert {"gzdt/sections/yaowen/index.html", "gzdt/sitemap/index.html"} <= linked["gzdt/sections/index.html"]


def test_a_new_issue_shifts_no_old_page(good: Project) -> None:
    """A new year's issue leaves the old year's pages as they were, but for the neighbours, which name it."""
    assert good.run("build", "--no-search").code == 0
    before = good.site()
    good.write("issues/2025-01.md", GOOD.replace("number: 3", "number: 1").replace("2024-03-15", "2025-01-10"))
    good.run("build", "--no-search")
    middle = good.site()
    good.write("issues/2026-01.md", GOOD.replace("number: 3", "number: 1").replace("2024-03-15", "2026-01-10"))
    good.run("build", "--no-search")
    after = good.site()
    same = {"districts/shinan/index.html", "404.html"}
    old = {path for path in middle if path.startswith("issues/2024-03/")}

    assert {path for path in same if before[path] != after[path]} == set()
    assert {path for path in old if middle[path] != after[path]} == set()
    assert len(old) == 3


def test_an_empty_archive_builds(project: Project) -> None:
    """No issue yet: every page is there and says so."""
    done = project.run("build")

    assert done.code == 0, done.said
    assert "还没有收录任何一期" in project.site()["index.html"].decode()


def test_pictures_that_are_shown_go_out_and_nothing_else(good: Project) -> None:
    """A picture an article shows is published at the issue's address; an original left in the folder is not."""
    good.write("issues/2024-03/现场 1.jpg", jpeg(1))
    good.write("issues/2024-03/原稿.docx", b"PK secret")
    good.write("issues/2024-03.md", GOOD + "\n![市民参观人防工程](<2024-03/现场 1.jpg>)\n")
    done = good.run("build", "--no-search")
    files = good.site()

    assert done.code == 0, done.said
    assert files["issues/2024-03/现场 1.jpg"] == jpeg(1)
    assert not [path for path in files if "docx" in path]
    assert 'src="/issues/2024-03/%E7%8E%B0%E5%9C%BA%201.jpg"' in files["issues/2024-03/2/index.html"].decode()


def test_links_between_issues(good: Project) -> None:
    """A link to another issue's file leads to its page, one with #3 to the article."""
    good.write(
        "issues/2024-04.md",
        GOOD.replace("number: 3", "number: 4").replace("总结去年工作", "见[上期](2024-03.md)和[会议](2024-03.md#1)"),
    )
    assert good.run("build", "--no-search").code == 0
    page = good.site()["issues/2024-04/1/index.html"].decode()

    assert '<a href="/issues/2024-03/">上期</a>' in page
    assert '<a href="/issues/2024-03/1/">会议</a>' in page


def test_the_door_script_is_the_build_command(good: Project) -> None:
    """`python build.py …` does what `guodong build …` does."""
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "--root", str(good.root), "--no-search", "--no-pdf", "--format", "json"],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (done.returncode, json.loads(done.stdout)["exit"]) == (0, 0)
    assert (good.out / "index.html").is_file()


def test_a_district_bears_the_name_of_its_time(project: Project) -> None:
    """Paragraphs of before a district was renamed are signed with its name of then, and stand on its page all the same."""
    text = GOOD.replace("3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。",
                        "即墨市人防办组织演练，群众有序疏散到位。\n\n胶州市人防办组织演练，群众有序疏散到位。")  # fmt: skip
    project.write("issues/2016-03.md", text.replace("2024-03", "2016-03"))
    project.write("issues/2024-03.md", text.replace("即墨市", "即墨区"))
    assert project.run("build", "--no-search").code == 0
    files = project.site()
    signs = {
        year: re.findall(r'class="sign"><a href="#[^"]+">([^<]+)', files[f"issues/{year}-03/1/index.html"].decode())
        for year in (2016, 2024)
    }

    assert signs == {2016: ["即墨市", "胶州市"], 2024: ["即墨区", "胶州市"]}
    assert "districts/jimo/2016/index.html" in files


def test_a_former_name_without_its_end(good: Project) -> None:
    """A name of old must say until when."""
    text = (good.root / "editorial/districts.yaml").read_text(encoding="utf-8")
    good.write("editorial/districts.yaml", re.sub(r"        until: .*\n", "", text))
    done = good.run("check")

    assert done.code == 1
    assert "缺少“until”" in done.out
