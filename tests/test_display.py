"""The reader's tools in a real Chromium: themes, letters, 长辈版, citation, copying, reading aloud, keys, offline."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import Any

import pytest
import segno
from conftest import ROOT, Project, served
from faces import PAGES, opened, reader

from guodong_site.citation import Citation
from guodong_site.qr import qr_code

ARTICLE = PAGES["article"]
TOKENS = (ROOT / "static/css/tokens.css").read_text(encoding="utf-8")


def chosen(page: Any) -> dict[str, str]:
    """The choices the root element bears."""
    return dict(
        page.evaluate(
            "Object.fromEntries(Object.entries({...document.documentElement.dataset}).filter(([k]) => ['theme','contrast','size','mode'].includes(k)))"
        )
    )


def test_choices_last_and_can_be_taken_back(chromium: Any, given_site: str) -> None:
    """配色, 字号 and 长辈版 hold on the next page before anything is drawn, and go back."""
    with reader(chromium) as page:
        opened(page, given_site + ARTICLE)
        page.click("summary:has-text('配色')")
        page.click("button:has-text('深色')")
        page.click("button:has-text('高对比')")
        page.keyboard.press("Escape")
        page.click("summary:has-text('字号')")
        page.click(".sizes .s150")
        page.click("button:has-text('长辈版')")
        page.goto(given_site + "years/", wait_until="commit")
        page.wait_for_selector("body", state="attached")
        first = chosen(page)
        page.wait_for_selector("button:has-text('返回标准版')")
        page.click("button:has-text('返回标准版')")
        page.click("summary:has-text('配色')")
        page.click("button:has-text('跟随系统')")
        page.click("button:has-text('高对比')")

        assert first == {"theme": "dark", "contrast": "more", "size": "150", "mode": "elder"}
        assert chosen(page) == {"size": "150"}
        assert page.evaluate("getComputedStyle(document.documentElement).fontSize") == "24px"


def test_switches_say_what_is_on(chromium: Any, given_site: str) -> None:
    """The pressed one is marked for a screen reader too; one panel at a time; Esc closes and gives the focus back."""
    with reader(chromium, {"size": "125"}) as page:
        opened(page, given_site + ARTICLE)
        page.click("summary:has-text('字号')")
        pressed = page.locator(".sizes [aria-pressed=true]").all_inner_texts()
        page.click(".tools > details > summary:has-text('引用')")
        both = page.locator("details.tool[open]").count()
        page.keyboard.press("Escape")

        assert [one.replace("\n", "") for one in pressed] == ["文大"]
        assert both == 1
        assert page.locator("details.tool[open]").count() == 0
        assert page.evaluate("document.activeElement.textContent") == "引用"


def test_forbidden_storage_breaks_nothing(chromium: Any, given_site: str) -> None:
    """Where a browser keeps nothing, a choice holds for the page."""
    with reader(chromium) as page:
        page.add_init_script("Object.defineProperty(window, 'localStorage', { get() { throw new Error('forbidden') } })")
        opened(page, given_site + ARTICLE)
        page.click("button:has-text('长辈版')")

        assert chosen(page) == {"mode": "elder"}


def test_the_citation_carries_the_readers_day(chromium: Any, given_site: str) -> None:
    """GB/T 7714 with the date of access; BibTeX and RIS beside it; each is copied as it stands."""
    with reader(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
        opened(page, given_site + ARTICLE)
        page.click(".tools > details > summary:has-text('引用')")
        cite = page.inner_text(".cite >> nth=0")
        page.click("button:has-text('复制引文')")
        page.wait_for_selector("button:has-text('已复制')")
        copied = page.evaluate("navigator.clipboard.readText()")
        page.click("summary:has-text('BibTeX')")
        page.click("button:has-text('复制 BibTeX')")
        page.wait_for_function("navigator.clipboard.readText().then((text) => text.startsWith('@article'))")

        day = page.evaluate(
            "(() => { const d = new Date(); return [d.getFullYear(), String(d.getMonth() + 1).padStart(2, '0'), String(d.getDate()).padStart(2, '0')].join('-') })()"
        )
    assert cite == copied
    assert cite == (
        "青岛市国防动员办公室. 青岛市国动办召开2023年度推进全面从严治党加强党风廉政建设工作会议[J/OL]. "
        f"工作动态, 2023[{day}]. https://example.org/gzdt/issues/2023-03/2/."
    )


def test_citations_by_the_book() -> None:
    """With a number, without one, a whole issue; what is special in BibTeX is escaped."""
    one = Citation(author="甲", title="乙{%}_。", journal="工作动态", year=2024, number=7, url="https://a/b/", key="2024-07-1")
    whole = Citation(
        author="甲", title="", journal="工作动态", year=2024, number=None, url="https://a/", key="2024-07", whole=True
    )

    assert one.before + one.after == "甲. 乙{%}_[J/OL]. 工作动态, 2024(7). https://a/b/."
    assert whole.before == "甲. 工作动态[J/OL]. 2024"
    assert one.bibtex == (
        "@article{2024-07-1,\n  author = {{甲}},\n  title = {{乙\\{\\%\\}\\_。}},\n  journal = {工作动态},\n"
        "  year = {2024},\n  number = {7},\n  url = {https://a/b/},\n  langid = {chinese},\n}"
    )
    assert one.ris.splitlines() == [
        "TY  - JOUR", "AU  - 甲", "TI  - 乙{%}_。", "T2  - 工作动态", "PY  - 2024", "IS  - 7", "UR  - https://a/b/", "LA  - zh-CN", "ER  - ",
    ]  # fmt: skip


def test_copying_an_article(chromium: Any, given_site: str) -> None:
    """复制正文 gives title, source, every paragraph in order and the address; the signposts, which are ours, are left out."""
    for secure in (True, False):
        with reader(chromium, permissions=["clipboard-read", "clipboard-write"]) as page:
            if not secure:
                page.add_init_script("Object.defineProperty(window, 'isSecureContext', { value: false })")
            opened(page, given_site + PAGES["signed"])
            page.click("summary:has-text('复制')")
            page.click("button:has-text('复制正文')")
            page.wait_for_selector("button:has-text('已复制')")
            text = page.evaluate("navigator.clipboard.readText()")
            paragraphs = page.locator(".prose p").all_text_contents()
            status = page.inner_text(".tools [role=status]")

        lines = text.splitlines()
        assert lines[0] == "各区市国动办开展“国际民防日”主题宣传活动"
        assert lines[1].startswith("来源：青岛市国防动员办公室")
        assert lines[3:-2] == paragraphs
        assert lines[-1].endswith("/gzdt/issues/2023-03/4/")
        assert status == "已复制"


VOICES = """
class Utterance extends EventTarget { constructor(text) { super(); this.text = text; } }
window.said = [];
const voices = %s;
const synthesis = Object.assign(new EventTarget(), {
  getVoices: () => voices,
  speak: (one) => { window.said.push([one.text, one.lang]); window.last = one; },
  cancel: () => { window.cancelled = (window.cancelled || 0) + 1; },
});
Object.defineProperty(window, 'speechSynthesis', { value: synthesis });
window.SpeechSynthesisUtterance = Utterance;
"""


def test_reading_aloud(chromium: Any, given_site: str) -> None:
    """Sentence by sentence, title first, by a Chinese voice; the sentence's paragraph is marked; pressed again it stops.

    Headless Chromium has no voices, so the system's speech is stood in for; all else is real.
    """
    with reader(chromium) as page:
        page.add_init_script(VOICES % "[{lang: 'en-US', localService: true}, {lang: 'zh-CN', localService: true}]")
        opened(page, given_site + ARTICLE)
        page.click("button:has-text('朗读')")
        for _ in range(3):
            page.evaluate("window.last.onend()")
        said = page.evaluate("window.said")
        spoken = page.inner_text(".spoken")
        page.click("button:has-text('停止朗读')")
        page.evaluate("window.last.onend()")

        assert said[0] == ["青岛市国动办召开2023年度推进全面从严治党加强党风廉政建设工作会议", "zh-CN"]
        assert said[1][0].startswith("2月17日上午")
        assert said[1][0].endswith("工作会议。")
        assert said[2][0] in spoken
        assert len(page.evaluate("window.said")) == 4
        assert page.locator(".spoken").count() == 0


def test_no_chinese_voice_no_button(chromium: Any, given_site: str) -> None:
    """A tool that would do nothing is not shown; it comes when a voice comes."""
    with reader(chromium) as page:
        page.add_init_script(VOICES % "[{lang: 'en-US'}]")
        opened(page, given_site + ARTICLE)
        page.wait_for_function("document.querySelector('[data-accessed]').textContent !== '访问日期'")
        before = page.locator("[data-do=read]:visible").count()
        page.evaluate(
            "speechSynthesis.getVoices().push({lang: 'zh_CN'}); speechSynthesis.dispatchEvent(new Event('voiceschanged'))"
        )

        page.wait_for_function(
            "speechSynthesis.dispatchEvent(new Event('voiceschanged')) && !document.querySelector('[data-do=read]').hidden"
        )

        assert before == 0


def test_keys_and_how_to_switch_them_off(chromium: Any, given_site: str) -> None:
    """`/` to the search, n to the next article, ? for help; off means off, on every page."""
    with reader(chromium) as page:
        opened(page, given_site + ARTICLE)
        page.keyboard.press("/")
        searching = page.evaluate("document.activeElement.type")
        page.locator("h1").click()
        page.keyboard.press("n")
        page.wait_for_url("**/issues/2023-03/3/")
        opened(page, given_site + ARTICLE)
        page.keyboard.press("?")
        page.wait_for_selector("dialog.keys[open]")
        page.uncheck("dialog.keys input")
        page.click("dialog.keys button")
        page.keyboard.press("n")
        page.keyboard.press("?")
        page.wait_for_timeout(200)

        assert searching == "search"
        assert page.url.endswith("/2/")
        assert page.locator("dialog.keys[open]").count() == 0


def test_a_long_text_remembers_the_place(chromium: Any, given_site: str) -> None:
    """Who comes back is offered the paragraph where they stopped; who was not far is not."""
    with reader(chromium) as page:
        opened(page, given_site + "issues/2023-03/")
        page.evaluate("document.querySelectorAll('.prose p')[12].scrollIntoView()")
        page.wait_for_selector(".toc.stick [aria-current=location]")
        page.goto(given_site)
        opened(page, given_site + "issues/2023-03/")
        page.click(".resume button:has-text('接着上次读')")
        top = page.evaluate("document.activeElement.getBoundingClientRect().top")
        text = page.evaluate("document.activeElement.textContent === document.querySelectorAll('.prose p')[12].textContent")
        page.evaluate("scrollTo(0, 0)")
        page.goto(given_site)
        opened(page, given_site + "issues/2023-03/")
        page.wait_for_timeout(200)

        assert abs(top) < 60
        assert text
        assert page.locator(".resume button").count() == 0


def test_read_pages_stay_readable_offline(chromium: Any, given: Project, tmp_path: Path) -> None:
    """A page that was read opens without a network, with its looks; another says so; a new release is seen at once."""
    folder = Path(shutil.copytree(given.root / "www", tmp_path / "www"))
    for address in served(folder):
        with reader(chromium) as page:
            page.goto(f"{address}/gzdt/")
            page.evaluate("navigator.serviceWorker.ready")
            opened(page, f"{address}/gzdt/{ARTICLE}")
            page.wait_for_function("caches.keys().then((names) => names.length === 2)")
            page.wait_for_timeout(300)
            path = folder / "gzdt" / ARTICLE / "index.html"
            path.write_text(path.read_text(encoding="utf-8").replace("2月17日上午", "二月十七日上午"), encoding="utf-8")
            page.reload()
            fresh = page.inner_text(".prose p >> nth=0")
            page.wait_for_timeout(300)
            page.context.set_offline(True)
            page.goto(f"{address}/gzdt/{ARTICLE}")
            kept = page.inner_text(".prose p >> nth=0")
            family = page.evaluate("getComputedStyle(document.querySelector('h1')).fontFamily")
            page.goto(f"{address}/gzdt/years/2023/")
            other = page.inner_text("h1")
            page.context.set_offline(False)
            page.goto(f"{address}/gzdt/offline/")
            page.click("button:has-text('不在这台设备上保留页面')")
            page.wait_for_function("caches.keys().then((names) => names.length === 0)")
            workers = page.evaluate("navigator.serviceWorker.getRegistrations().then((all) => all.length)")

        assert fresh.startswith("二月十七日上午")
        assert kept == fresh
        assert "Noto Serif" in family
        assert other == "没有连上网络，这一页还没有读过"
        assert workers == 0


def test_the_office_can_do_without_offline_reading(chromium: Any, good: Project) -> None:
    """`offline: false`: no worker is asked for, and one from before is sent away with all it kept."""
    assert good.run("build", "--no-search").code == 0
    for address in served(good.out):
        with reader(chromium) as page:
            page.goto(address + "/")
            page.evaluate("navigator.serviceWorker.ready")
            settings = good.root / "site.yaml"
            settings.write_text(settings.read_text(encoding="utf-8") + "\noffline: false\n", encoding="utf-8")
            assert good.run("build", "--no-search").code == 0
            page.goto(address + "/")
            page.wait_for_function("navigator.serviceWorker.getRegistrations().then((all) => all.length === 0)")
            page.wait_for_function("caches.keys().then((names) => names.length === 0)")


def blocks(css: str) -> dict[str, dict[str, str]]:
    """The sets of tokens by what asks for them: media query and selector."""
    found = {}
    for media, body in re.findall(r"@media ([^{]+)\{((?:[^{}]*\{[^{}]*\})*)\s*\}", css):
        for selector, values in re.findall(r"([^{}]+)\{([^{}]*)\}", body):
            found[f"{media.strip()} {selector.strip()}"] = dict(re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", values))
    for selector, values in re.findall(r"^(:root[^{]*)\{([^{}]*)\}", css, re.MULTILINE):
        found.setdefault(selector.strip(), {}).update(
            re.findall(r"(--[\w-]+|color-scheme):\s*([^;]+);", re.sub(r"/\*.*?\*/", "", values))
        )
    return found


DARK, MORE = ':root[data-theme="dark"]', ':root[data-contrast="more"]'
BOTH = ':root[data-contrast="more"][data-theme="dark"]'


def test_what_the_system_asks_looks_like_what_the_reader_chose() -> None:
    """The copies of each set of colours are equal."""
    sets = blocks(TOKENS)

    assert sets["(prefers-color-scheme: dark) :root:not([data-theme])"] == sets[DARK]
    assert sets['(prefers-contrast: more) :root:not([data-theme="dark"])'] == sets[MORE]
    assert sets['(prefers-color-scheme: dark) :root[data-contrast="more"]:not([data-theme="light"])'] == sets[BOTH]
    assert sets['(prefers-contrast: more) :root[data-theme="dark"]'] == sets[BOTH]
    assert sets['(prefers-contrast: more) and (prefers-color-scheme: dark) :root:not([data-theme="light"])'] == sets[BOTH]


PAIRS = [
    ("ink", "paper", 4.5), ("ink", "paper-2", 4.5), ("ink", "note", 4.5), ("ink-2", "paper", 4.5), ("ink-2", "paper-2", 4.5),
    ("ink-2", "note", 4.5), ("red", "paper", 4.5), ("red", "paper-2", 4.5), ("on-red", "red", 4.5), ("mast", "paper", 4.5),
    ("link", "paper", 4.5), ("link", "paper-2", 4.5), ("link", "note", 4.5), ("on-mark", "mark", 4.5), ("paper", "ink", 4.5),
    ("ink-2", "heat-0", 4.5), ("on-heat-lo", "heat-1", 4.5), ("on-heat-lo", "heat-2", 4.5), ("on-heat-hi", "heat-3", 4.5),
    ("on-heat-hi", "heat-4", 4.5), ("edge", "paper", 3), ("red-line", "paper", 3), ("focus", "paper", 3), ("focus", "paper-2", 3),
    ("line", "paper", 3), ("qr-dark", "qr-light", 4.5),
]  # fmt: skip


def contrast(one: str, other: str) -> float:
    """The ratio of WCAG 2.2."""

    def luminance(colour: str) -> float:
        parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        return sum(
            weight * (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4)
            for weight, part in zip((0.2126, 0.7152, 0.0722), parts, strict=True)
        )

    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("theme", [":root", DARK, MORE, BOTH])
def test_contrast_of_every_pair(theme: str) -> None:
    """Text 4.5 to 1, lines and focus 3 to 1, in every set of colours."""
    sets = blocks(TOKENS)
    colours = sets[":root"] | (sets[MORE] if theme == BOTH else {}) | sets[theme]
    weak = [
        (one, on, round(ratio, 2))
        for one, on, least in PAIRS
        if (ratio := contrast(colours[f"--{one}"], colours[f"--{on}"])) < least
    ]

    assert weak == []


def test_the_masthead_font() -> None:
    """At most 12 KB, with just the characters it is said to have, under its licence."""
    from fontTools.ttLib import TTFont

    folder = ROOT / "static/fonts"
    font = TTFont(folder / "masthead.woff2")
    held = {chr(code) for code in font.getBestCmap()}

    assert held == set((folder / "masthead.txt").read_text(encoding="utf-8").strip())
    assert (folder / "masthead.woff2").stat().st_size <= 12 * 1024
    assert "SIL OPEN FONT LICENSE Version 1.1" in (folder / "OFL.txt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    "address", ["https://a.cn/", "https://gdb.example.gov.cn/gzdt/issues/2023-03/2/", "https://a.cn/" + "x" * 300]
)
def test_the_path_draws_the_code(address: str) -> None:
    """Every dark module of segno's code, and no other."""
    drawn = qr_code(address)
    dark = set()
    x = y = 0
    for command, dx, dy, run in re.findall(r"([Mm])(\d+) ([\d.]+)h(\d+)", drawn.path):
        x, y = (int(dx), int(float(dy))) if command == "M" else (x + int(dx), y)
        dark |= {(x + at, y) for at in range(int(run))}
        x += int(run)
    rows = segno.make(address, error="l", mask=0, micro=False).matrix

    assert dark == {(at + 4, row + 4) for row, line in enumerate(rows) for at, bit in enumerate(line) if bit}
    assert drawn.size == len(rows) + 8
