"""Takes the pictures of docs/编辑手册.md: the desk in a real Chromium, the commands on a real terminal.

`python docs/take_manual_pictures.py` tells the manual's own story in a scratch project: its example of an issue, with one slip after
another, and the text of the given issue as a Word file.
"""

from __future__ import annotations

import io
import os
import pty
import re
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from browsers.install import find_chromium  # noqa: E402
from conftest import Project, new_project  # noqa: E402
from manuscripts import docx, p  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402
from rich.console import Console  # noqa: E402
from rich.terminal_theme import MONOKAI  # noqa: E402
from rich.text import Text  # noqa: E402
from test_desk import serving  # noqa: E402

FOLDER = ROOT / "docs/screenshots"
EXAMPLE = re.search(r"```markdown\n(---\nnumber: 7\n.*?)```", (ROOT / "docs/编辑手册.md").read_text("utf-8"), re.DOTALL)
WINDOW = """<style>body{{margin:0;background:#272822;color:#f8f8f2;padding:14px 20px;width:max-content;max-width:1040px}}
pre{{font:16px/1.5 "DejaVu Sans Mono","Noto Sans Mono CJK SC",monospace;margin:0;white-space:pre-wrap;word-break:break-all}}
{stylesheet}</style><pre>{code}</pre>"""


def typed(project: Project, *arguments: str) -> str:
    """What a terminal of 100 columns shows after `guodong …`, as a page."""
    ours, theirs = pty.openpty()
    command = [sys.executable, "-m", "guodong_site", *arguments]
    environment = {**os.environ, "TERM": "xterm-256color", "COLUMNS": "100"}
    environment.pop("NO_COLOR", None)
    process = subprocess.Popen(command, cwd=project.root, stdin=theirs, stdout=theirs, stderr=theirs, env=environment)
    os.close(theirs)
    said = b""
    while True:
        try:
            data = os.read(ours, 65536)
        except OSError:  # the other end is closed
            break
        if not data:
            break
        said += data
    process.wait()
    os.close(ours)
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    console.print(Text(f"$ guodong {' '.join(arguments)}", style="bold green"))
    lines = said.decode().replace("\r\n", "\n").split("\n")
    shown = "\n".join(line.rsplit("\r", 1)[-1] for line in lines).replace(str(project.root), "项目文件夹")
    console.print(Text.from_ansi(shown), soft_wrap=True)
    return console.export_html(theme=MONOKAI, code_format=WINDOW, inline_styles=True)


def main() -> None:
    """One picture a screen, in the order of the manual."""
    if EXAMPLE is None:
        sys.exit("docs/编辑手册.md shows no example of an issue")
    example = EXAMPLE[1]
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as scratch:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox", "--disable-gpu"])
        (Path(scratch) / "desk").mkdir()
        (Path(scratch) / "word").mkdir()
        desk, word = new_project(Path(scratch) / "desk"), new_project(Path(scratch) / "word")
        lines = (ROOT / "tests/data/given-issue.txt").read_text(encoding="utf-8").splitlines()
        word.write("简报.docx", docx(*(p(line) for line in lines if line.strip())))
        shutil.copy(ROOT / "issues/2023-03.md", desk.root / "issues")
        desk.write("issues/2024-07.md", example)

        terminal(browser, "manual-doctor", typed(desk, "doctor"))
        terminal(browser, "manual-import", typed(word, "import", "简报.docx", "--date", "2023-03"))
        (report,) = (word.root / "导入报告").glob("*.html")
        screen(browser, "manual-report", report.as_uri(), 760)
        for address in serving(desk):
            desk.write("issues/2024-07.md", example.replace("工作会议\n", "工作会议。\n", 1))
            screen(browser, "manual-preview", f"{address}issues/2024-07/1/", 900, "text=句号")
            desk.write("issues/2024-07.md", example.replace("date:", "daet:", 1))
            screen(browser, "manual-fault", f"{address}issues/2024-07/1/", 760, "text=先看页面")
            desk.write("issues/2024-07.md", example)
            screen(browser, "manual-usage", f"{address}__preview/usage", 620)
        for level, name in (("初审", "张三"), ("复审", "李四"), ("保密", "王五")):
            desk.run("sign", "2024-07", "--level", level, "--name", name)
        terminal(browser, "manual-sign", typed(desk, "sign", "2024-07"))
        desk.run("sign", "2024-07", "--form", "审核表.html")
        screen(browser, "manual-form", (desk.root / "审核表.html").as_uri(), 820)
        browser.close()


def screen(browser: Browser, name: str, address: str, height: int, awaited: str = "body") -> None:
    """A page as a desk's screen of 1100 px shows it, once `awaited` is there."""
    page = browser.new_page(viewport={"width": 1100, "height": height})
    page.goto(address)
    page.wait_for_selector(awaited, timeout=20000)
    page.screenshot(path=FOLDER / f"{name}.png")
    page.close()


def terminal(browser: Browser, name: str, html: str) -> None:
    """A terminal's window, as high as what it says."""
    page = browser.new_page(viewport={"width": 1100, "height": 200})
    page.set_content(html)
    page.locator("body").screenshot(path=FOLDER / f"{name}.png")
    page.close()


if __name__ == "__main__":
    main()
