"""Small real projects in a temporary folder, real commands, a real Chromium."""

from __future__ import annotations

import atexit
import functools
import io
import shutil
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from browsers.install import find_chromium
from PIL import Image
from press import Press, loaded

from guodong_site.pipeline import Options, make
from guodong_site.write import WORKSHOP

hypothesis.settings.register_profile("ours", deadline=None)  # jieba's dictionary takes a second to load, once
hypothesis.settings.load_profile("ours")

ROOT = Path(__file__).parent.parent

GOOD = """---
number: 3
date: 2024-03-15
---

# 要闻

## 市国动办召开工作会议

3月6日上午，市国动办召开工作会议，总结去年工作，部署今年任务。

# 简讯

市国动办开展志愿服务活动，向居民发放手册200余份。
"""


FACTS = """site_id_code: "3702000000"
icp: 鲁ICP备12345678号
police: 鲁公网安备37020002000001号
contact: 0532-12345678
party_mark: https://bszs.example.gov.cn/show?id=1
report_errors: https://zfwzgl.example.gov.cn/jiucuo?site_code=3702000000
"""
"""What a new site.yaml does not know yet."""

UNTOLD = frozenset({"M001", "M002", "D013", "D014", "D019"})
"""What a check says of every new project: its address is a placeholder, its footer is not known; and of small archives made
for a test: their numbers do not follow, their articles are short."""


def jpeg(number: int, size: tuple[int, int] = (40, 30), **options: Any) -> bytes:
    """A small photograph; another number is another one."""
    page = io.BytesIO()
    Image.new("RGB", size, (number * 37 % 256, number * 91 % 256, number // 7 % 256)).save(page, "JPEG", **options)
    return page.getvalue()


@dataclass(frozen=True)
class Done:
    """How a command ended: exit code and what it printed."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        return self.out + self.err


@functools.cache
def program() -> Press:
    """The program of this test run, loaded when the first command is wanted, ended with the run."""
    held = ExitStack()
    atexit.register(held.close)
    return held.enter_context(loaded())


def typeless(arguments: tuple[str, ...]) -> tuple[str, ...]:
    """A command that builds without setting type: what is not about print need not wait for it."""
    return (*arguments, "--no-pdf") if {"build", "publish", "package"} & {*arguments} else arguments


@dataclass(frozen=True)
class Project:
    """A project folder of its own with the real templates, styles and settings, and no issue yet."""

    root: Path

    @property
    def out(self) -> Path:
        return self.root / "public"

    def write(self, name: str, content: str | bytes) -> Path:
        """Puts a file at `name` (relative to the project), folders included."""
        path = self.root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    def run(self, *arguments: str, timeout: float = 120, pdf: bool = False, fresh: bool = False) -> Done:
        """Runs `guodong …` inside the project, `fresh` with a Python that starts from nothing, as a clerk would.

        A build sets no type unless `pdf` is what is tried.
        """
        if not pdf:
            arguments = typeless(arguments)
        if not fresh:
            return Done(*program().run(self.root, arguments, timeout))
        done = subprocess.run(
            [sys.executable, "-m", "guodong_site", *arguments],
            cwd=self.root,
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=timeout,
            check=False,
        )
        return Done(done.returncode, done.stdout, done.stderr)

    def site(self) -> dict[str, bytes]:
        """Every published file of public/ by path: what readers see."""
        return snapshot(self.out)

    def found(self, **choice: Any) -> list[tuple[str, str, int, int, str]]:
        """What `check` would say, in this process: (code, file, line, column, message)."""
        made = make(Options(root=self.root, search=False, **choice))
        return [
            (d.rule.code, d.where.path, d.where.line, d.where.column, d.message)
            for d in made.found
            if d.rule.code not in UNTOLD
        ]


def snapshot(folder: Path) -> dict[str, bytes]:
    """The published files of an output folder."""
    return {
        p.relative_to(folder).as_posix(): p.read_bytes()
        for p in sorted(folder.rglob("*"))
        if p.is_file() and p.relative_to(folder).parts[0] != WORKSHOP
    }


def new_project(folder: Path, *, cold: bool = False) -> Project:
    """A project in `folder`, without issues; unless it is to be `cold`, its cache knows the libraries' dictionaries already."""
    for name in ("templates", "static", "editorial"):
        shutil.copytree(ROOT / name, folder / name)
    shutil.copy(ROOT / "site.yaml", folder)
    (folder / "issues").mkdir()
    if not cold:
        shutil.copytree(libraries(), folder / LIBRARIES)
    return Project(folder)


LIBRARIES = ".cache/libraries"


@functools.cache
def libraries() -> Path:
    """What a first build keeps of dictionaries and templates: two of its three seconds, which the other projects of a run are spared."""
    folder = Path(tempfile.mkdtemp())
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    first = new_project(folder, cold=True)
    first.write("issues/2024-03.md", GOOD)
    done = first.run("build")
    assert done.code == 0, done.said
    return folder / LIBRARIES


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """An empty project."""
    folder = tmp_path / "project"
    folder.mkdir()
    return new_project(folder)


@pytest.fixture
def good(project: Project) -> Project:
    """A project with one faultless issue."""
    project.write("issues/2024-03.md", GOOD)
    return project


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


def served(folder: Path) -> Iterator[str]:
    """The folder over HTTP on the loopback address; yields the address of its root, without a final slash."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Quiet, directory=str(folder)))
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@pytest.fixture(scope="session")
def given(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """The project itself with the given issue, built once, below the base path /gzdt/."""
    project = new_project(tmp_path_factory.mktemp("given"))
    shutil.copy(ROOT / "issues" / "2023-03.md", project.root / "issues")
    done = project.run("build", "--base-url", "https://example.org/gzdt/", "--out", "www/gzdt")
    assert done.code == 0, done.said
    return project


@pytest.fixture(scope="session")
def given_site(given: Project) -> Iterator[str]:
    """The given issue's site over HTTP: the address of its home page, with the final slash."""
    for address in served(given.root / "www"):
        yield address + "/gzdt/"


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """A real headless Chromium, driven by Playwright."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=find_chromium(),
            args=["--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking", "--disable-sync"],
        )
        yield browser
        browser.close()


def pytest_addoption(parser: pytest.Parser) -> None:
    """`--accept` rewrites generated docs."""
    parser.addoption("--accept", action="store_true", help="rewrite what is generated instead of comparing")
