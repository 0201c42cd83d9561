"""Everyone can read it: axe-core on every kind of page in every theme, reflow, large letters, the keyboard, no script."""

from __future__ import annotations

from typing import Any

import pytest
from conftest import Project, served
from faces import AXE, EVERY_MODE, MODES, PAGES, fetched, opened, reader

OPEN = "document.querySelectorAll('main details').forEach(one => { one.open = true })"
BEYOND = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const box = one.getBoundingClientRect();
  const scrolls = one.closest('.scrollx, pre, .vh, .rail.stick');
  const closed = one.closest('details:not([open]) > :not(summary)');
  return box.width && !scrolls && !closed && (box.right > innerWidth + 1 || box.left < -1) && getComputedStyle(one).position !== 'absolute';
}).map((one) => `${one.tagName}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`)"""
SPACED = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
CLIPPED = """() => [...document.querySelectorAll('body *')].filter((one) => {
  const style = getComputedStyle(one);
  const hides = ['hidden', 'clip'].includes(style.overflowX) || ['hidden', 'clip'].includes(style.overflowY);
  return hides && !one.closest('.vh') && (one.scrollWidth > one.clientWidth + 1 || one.scrollHeight > one.clientHeight + 1);
}).map((one) => one.tagName + '.' + one.className)"""


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_axe_finds_nothing(chromium: Any, given_site: str, mode: str) -> None:
    """No violation of any rule on any kind of page, its panels open."""
    axe = fetched(AXE).read_text(encoding="utf-8")
    found = []
    with reader(chromium, MODES[mode]) as page:
        for kind, path in PAGES.items():
            opened(page, given_site + path)
            page.evaluate(OPEN)
            page.evaluate(axe)
            violations = page.evaluate("axe.run({ resultTypes: ['violations'] })")["violations"]
            found += [(kind, one["id"], [node["target"] for node in one["nodes"]][:3]) for one in violations]

    assert found == []


MORE: tuple[tuple[int, dict[str, str]], ...] = (
    (768, {}),
    (360, {"size": "200"}),
    (320, {"contrast": "more"}),
    (360, {}),
    (1440, {}),
    (768, {"size": "200"}),
    (320, {"size": "125"}),
    (768, {"mode": "elder"}),
    (360, {"mode": "elder", "size": "150"}),
)


@pytest.mark.parametrize(
    ("width", "chosen"),
    [
        *((320, {}), (1280, {"size": "200"}), (320, {"mode": "elder"})),
        *(pytest.param(*more, marks=pytest.mark.long) for more in MORE),
    ],
    ids=lambda value: str(value) if isinstance(value, int) else "-".join(value.values()) or "plain",
)  # fmt: skip
def test_nothing_runs_out_of_the_page(chromium: Any, given_site: str, width: int, chosen: dict[str, str]) -> None:
    """No kind of page scrolls sideways, at any width and size of letters."""
    beyond = []
    with reader(chromium, chosen, width) as page:
        for kind, path in PAGES.items():
            opened(page, given_site + path)
            beyond += [(kind, one) for one in page.evaluate(BEYOND)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                beyond.append((kind, "scrolls"))

    assert beyond == []


def test_panels_stay_in_the_page(chromium: Any, given_site: str) -> None:
    """Every panel of the tools and the strip, on the smallest phone with the largest letters."""
    beyond = []
    for chosen in ({}, {"size": "200"}, {"mode": "elder"}):
        with reader(chromium, chosen, 320) as page:
            opened(page, given_site + PAGES["article"])
            for at in range(page.locator("details.tool, details.menu").count()):
                panel = page.locator("details.tool, details.menu").nth(at)
                if panel.is_visible():
                    panel.locator("summary").first.click()
                    box = panel.locator(".pop, .choices").bounding_box()
                    if box["x"] < 0 or box["x"] + box["width"] > 320:
                        beyond.append((chosen, at, box))
                    panel.locator("summary").first.click()

    assert beyond == []


def test_wider_spacing_clips_nothing(chromium: Any, given_site: str) -> None:
    """The text-spacing test of WCAG 1.4.12."""
    clipped = []
    with reader(chromium, {}, 360, bypass_csp=True) as page:
        for kind, path in PAGES.items():
            opened(page, given_site + path)
            page.add_style_tag(content=SPACED)
            clipped += [(kind, one) for one in page.evaluate(CLIPPED)]
            if page.evaluate("document.documentElement.scrollWidth > innerWidth"):
                clipped.append((kind, "scrolls"))

    assert clipped == []


TAB = """() => {
  const one = document.activeElement;
  if (!one || one === document.body) return null;
  const box = one.getBoundingClientRect(), style = getComputedStyle(one), frame = one.closest('.sbox');
  const ring = style.outlineStyle !== 'none' || (frame && getComputedStyle(frame).outlineStyle !== 'none');
  return { name: (one.getAttribute('aria-label') || one.labels?.[0]?.textContent || one.textContent || '').trim().slice(0, 30),
           tag: one.tagName, top: box.top + scrollY, shown: box.width > 1 && box.height > 1, ring };
}"""


@pytest.mark.parametrize("kind", ["home", "article", "found"])
def test_the_keyboard_reaches_everything(chromium: Any, given_site: str, kind: str) -> None:
    """Tab walks through all that can be pressed, in reading order, always seen, and out again: the first stop skips to the text."""
    with reader(chromium) as page:
        opened(page, given_site + PAGES[kind])
        stops: list[dict[str, Any]] = []
        while len(stops) < 400:
            page.keyboard.press("Tab")
            stop = page.evaluate(TAB)
            if stop is None or (stops and stop == stops[0]):
                break
            stops.append(stop)
        pressable = page.evaluate(
            "[...document.querySelectorAll('a[href], button, input, summary, select, [tabindex=\"0\"]')]"
            ".filter((one) => one.offsetParent !== null && !['hidden', 'radio'].includes(one.type)"
            " && !one.closest('details:not([open]) > :not(summary)')).length"
        )

    assert stops[0]["name"] == "跳到正文"
    assert [stop for stop in stops if not (stop["shown"] and stop["ring"] and stop["name"])] == []
    assert len(stops) >= pressable


def test_the_skip_link_leads_to_the_text(chromium: Any, given_site: str) -> None:
    """Enter on it moves the focus into main."""
    with reader(chromium) as page:
        opened(page, given_site + PAGES["article"])
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")

        assert page.evaluate("document.activeElement.id") == "main"


def test_every_page_is_complete_without_a_script(chromium: Any, given_site: str) -> None:
    """Text, contents, ways on, citation and QR code are there; what needs a script is not shown."""
    lacking = []
    with reader(chromium, java_script_enabled=False) as page:
        for kind, path in PAGES.items():
            page.goto(given_site + path)
            shown = page.locator("[data-js]:visible, [data-do]:visible, [data-set]:visible").count()
            if shown or not page.locator("h1").count() or not page.locator("footer a").count():
                lacking.append((kind, shown))
        page.goto(given_site + PAGES["article"])
        page.click("summary:has-text('引用')")
        cite = page.inner_text(".cite >> nth=0")
        page.click("summary:has-text('二维码')")

        assert "[J/OL]. 工作动态, 2023[访问日期]" in cite
        assert page.is_visible(".qr svg")
    assert lacking == []


@pytest.mark.parametrize("mode", EVERY_MODE)
def test_what_can_be_pressed_is_large_enough(chromium: Any, given_site: str, mode: str) -> None:
    """44 px in general, 24 px in dense lists and within text; 60 px in 长辈版 (WCAG 2.5.8; 适老化 2.1)."""
    small = []
    least = 60 if mode == "elder" else 24
    script = """(least) => [...document.querySelectorAll('a[href], button, summary, input')].filter((one) => {
      const box = one.getBoundingClientRect();
      if (!box.width || one.closest('.prose p, .skip, .lede, .notice p, .hits, .prose td') || one.type === 'checkbox' || one.type === 'hidden') return false;
      return box.height < least - .5;
    }).map((one) => `${one.textContent.trim().slice(0, 12)} ${Math.round(one.getBoundingClientRect().height)}`)"""
    with reader(chromium, MODES[mode], 360) as page:
        for kind in (
            "home",
            "issue",
            "article",
            "section",
            "year",
            "districts",
            "statistics",
            "sources",
            "month",
            "feeds",
            "api",
            "not-found",
        ):
            opened(page, given_site + PAGES[kind])
            small += [(kind, one) for one in page.evaluate(script, least)]

    assert small == []


def test_a_name_of_the_bulletin_the_font_cannot_say(chromium: Any, good: Project) -> None:
    """A masthead is of one face: where the subset lacks a character, the site does without it."""
    settings = (good.root / "site.yaml").read_text(encoding="utf-8")
    good.write("site.yaml", settings.replace("name: 工作动态", "name: 国防动员工作动态", 1))
    done = good.run("build", "--no-search")
    for address in served(good.out):
        with reader(chromium) as page:
            page.goto(address + "/")
            family = page.evaluate("getComputedStyle(document.querySelector('.mast h1')).fontFamily")
            preloaded = page.locator("link[rel=preload][as=font]").count()

    assert (done.code, preloaded) == (0, 0)
    assert "Masthead Song" not in family
