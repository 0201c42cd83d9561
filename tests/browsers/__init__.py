"""The site in four browsers with one face: today's Chromium, the Chromium 86 of old office PCs, Firefox and WebKitGTK.

with started("firefox") as tab:
    tab.open("http://127.0.0.1:8000/search/", width=360)
    tab.fill("#q", "国防动员")
    tab.wait("document.querySelector('#hits li')")
    answer = tab.evaluate("window.guodong.search('国防动员')")  # promises are awaited
"""

from __future__ import annotations

from contextlib import AbstractContextManager

from browsers import chromium, firefox, webkit
from browsers.install import chromium_86, find_chromium
from browsers.tab import Tab

__all__ = ["BROWSERS", "Tab", "started"]

BROWSERS = {
    "chromium": lambda: chromium.started(find_chromium()),
    "chromium-86": lambda: chromium.started(chromium_86()),
    "firefox": firefox.started,
    "webkit": webkit.started,
}


def started(name: str) -> AbstractContextManager[Tab]:
    """The browser of that name running with a profile of its own and one tab; stopped afterwards."""
    return BROWSERS[name]()
