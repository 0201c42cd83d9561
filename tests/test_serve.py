"""Live preview in a real browser: reloads after a save, shows faults over the last good page, never touches the output."""

from __future__ import annotations

import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import GOOD, Project
from faces import reader

from guodong_site.desk.findings import Beside, error_page
from guodong_site.pipeline import Options, make


@pytest.fixture
def preview(good: Project) -> Iterator[str]:
    """`guodong serve` running on a free port; its address."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-m", "guodong_site", "serve", "--port", str(port)]
    process = subprocess.Popen(command, cwd=good.root, stdout=subprocess.DEVNULL)
    address = f"http://127.0.0.1:{port}/"
    for _ in range(100):
        try:
            urllib.request.urlopen(address)  # our own address
            break
        except OSError:
            time.sleep(0.1)
    yield address
    process.terminate()
    process.wait()


def test_a_save_reloads_the_page_and_a_fault_stands_over_it(preview: str, good: Project, chromium: Any) -> None:
    """Edit, break, mend, rename a template's word, add an issue: the open page follows each time."""
    page = chromium.new_page()
    page.goto(preview)
    page.wait_for_selector("h1")
    good.write("issues/2024-03.md", GOOD.replace("市国动办召开工作会议", "市国动办召开动员会议"))
    page.wait_for_selector("text=市国动办召开动员会议")
    good.write("issues/2024-03.md", GOOD.replace("# 要闻", "# 要聞"))
    page.wait_for_selector("text=您是不是想写“# 要闻”")
    marked = page.inner_text("pre b")
    good.write("issues/2024-03.md", GOOD)
    page.wait_for_selector("text=市国动办召开工作会议")
    good.write("issues/2024-04.md", GOOD.replace("number: 3", "number: 4").replace("03-15", "04-15"))
    page.wait_for_selector("text=2024年第4期")
    base = good.root / "templates/base.html"
    base.write_text(base.read_text(encoding="utf-8").replace("主办：", "主办单位："), encoding="utf-8")
    page.wait_for_selector("text=主办单位：")
    page.goto(preview + "search/?q=动员")
    page.wait_for_selector("#status")
    page.close()

    assert marked == "要聞"
    assert not good.out.exists()


def test_the_preview_holds_pages_to_the_policy(preview: str, good: Project, chromium: Any) -> None:
    """A breach is seen while writing: the policy is sent, no page breaks it, nor do the faults with their own look."""
    with reader(chromium) as page:
        answer = page.goto(preview + "issues/2024-03/1/")
        page.wait_for_selector("text=长辈版")
        good.write("issues/2024-03.md", GOOD.replace("# 要闻", "# 要聞"))
        page.wait_for_selector("text=您是不是想写“# 要闻”")
        place = page.evaluate(
            "getComputedStyle(document.querySelector('guodong-desk').shadowRoot.querySelector('.over')).position"
        )

    assert "script-src 'self' 'sha256-" in answer.headers["content-security-policy"]
    assert place == "fixed"


def test_drafts_are_shown_and_missing_pages_are_404(preview: str, good: Project) -> None:
    """Drafts are part of the preview; an address that does not exist is answered as such."""
    good.write("issues/2024-05.md", GOOD.replace("number: 3", "number: 5\ndraft: true"))
    page, codes = "", set()
    for _ in range(50):
        try:
            page = urllib.request.urlopen(preview + "issues/2024-05/").read().decode()  # noqa: S310
            break
        except urllib.error.HTTPError as fault:
            codes.add(fault.code)
            time.sleep(0.1)

    assert codes <= {404}
    assert "2024年第5期" in page


def test_a_fault_page_counts_what_is_in_the_way(good: Project) -> None:
    """A file as such has no line or column, a warning is shown last and not counted."""
    good.write("issues/2024-04.md", "")
    good.write("issues/2024-03.md", GOOD.replace("召开工作会议\n", "召开工作会议。\n", 1))
    found = make(Options(root=good.root, base_url="http://127.0.0.1:8000/")).found
    page = error_page(Beside(root=good.root, found=found, faulty=True))

    assert "<h1>有 1 个问题，还不能生成</h1>" in page
    assert ">issues/2024-04.md</a>" in page
    assert ">issues/2024-03.md　第 8 行第 4 列</a>" in page
    assert page.index("F001") < page.index("L001")


def test_head_is_answered(preview: str) -> None:
    """Link checkers ask for the head of a page alone."""
    request = urllib.request.Request(preview, method="HEAD")  # noqa: S310  # our own address
    with urllib.request.urlopen(request) as answer:  # noqa: S310
        seen = (answer.status, int(answer.headers["Content-Length"]) > 1000, answer.read())

    assert seen == (200, True, b"")


def test_a_taken_port_is_said(good: Project) -> None:
    """A port in use: one Chinese sentence with another port, exit code 2."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = good.run("serve", "--port", str(port))

    assert done.code == 2
    assert f"--port {port + 1}" in done.err


@pytest.mark.skipif(sys.platform != "linux", reason="children are read from /proc")
def test_nothing_is_left_running(good: Project) -> None:
    """However a preview ends, the process that makes its index ends with it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    serve = [sys.executable, "-m", "guodong_site", "serve", "--port", str(port)]
    command = ["env", "--default-signal=INT", *serve]  # a suite in the background has Ctrl+C ignored, and its children too
    left = []
    for end in (signal.SIGINT, signal.SIGTERM, signal.SIGKILL):
        with subprocess.Popen(command, cwd=good.root, stdout=subprocess.DEVNULL) as process:
            children: list[int] = []
            while not children and process.poll() is None:
                time.sleep(0.1)
                threads = Path(f"/proc/{process.pid}/task").glob("*/children")
                children = [int(child) for one in threads for child in one.read_text(encoding="ascii").split()]
            process.send_signal(end)
        for _ in range(100):
            if not any(Path(f"/proc/{child}").exists() for child in children):
                break
            time.sleep(0.1)
        left += [(end.name, child) for child in children if Path(f"/proc/{child}").exists()]
        assert children, end.name

    assert left == []
