"""Takes the pictures of docs/screenshots/ from public/ in a real Chromium: `python docs/take_screenshots.py`."""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsers.install import find_chromium  # noqa: E402
from conftest import served  # noqa: E402
from playwright.sync_api import sync_playwright  # noqa: E402

PAGES = {"home": "/", "issue": "/issues/2023-03/", "item": "/issues/2023-03/2/", "search": "/search/?q=国际民防日"}
WIDTHS = {360: 800, 1280: 900}


def main() -> None:
    """Every page at every width, as much as fits the window."""
    folder = ROOT / "docs/screenshots"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        for address in served(ROOT / "public"):
            for width, height in WIDTHS.items():
                page = browser.new_page(viewport={"width": width, "height": height})
                for name, path in PAGES.items():
                    page.goto(address + path)
                    page.wait_for_load_state("networkidle")
                    page.screenshot(path=folder / f"{name}-{width}.png")
        browser.close()


if __name__ == "__main__":
    main()
