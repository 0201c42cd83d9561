"""The benchmark of reading: `python benchmarks/reader/run.py --work DIR [--runs 5] [--write]`.

Lighthouse (npm's, in a folder of its own under DIR) looks at the built site of this project, served with compression on loopback,
with its desktop and its mobile preset; medians of the runs.  And what a page weighs: HTML, CSS and font as they are sent.
Lighthouse is a tool of those who build the site, never of those who run it.
"""

from __future__ import annotations

import argparse
import contextlib
import functools
import gzip
import http.server
import json
import os
import re
import shutil
import statistics
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

PROJECT = Path(__file__).parent.parent.parent
RESULTS = Path(__file__).parent / "results.json"
LIGHTHOUSE = "lighthouse@12.8.2"
PAGES = {"home": "", "issue": "issues/2023-03/", "article": "issues/2023-03/2/", "search": "search/"}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
LONG = "public, max-age=31536000, immutable"


class _Compressing(http.server.SimpleHTTPRequestHandler):
    """A server as a portal has one: gzip, and what is named by its content kept for ever."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        if path.is_dir():
            path /= "index.html"
        if not path.is_file():
            self.send_error(404)
            return
        kind = {".js": "text/javascript", ".woff2": "font/woff2"}.get(path.suffix) or self.guess_type(str(path))
        body = path.read_bytes()
        packed = kind.startswith(("text/", "application/")) or kind.endswith("svg+xml")
        self.send_response(200)
        self.send_header("Content-Type", kind + ("; charset=utf-8" if kind.startswith("text/") else ""))
        if packed:
            body = gzip.compress(body, 6)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Cache-Control", LONG if "/assets/" in self.path else "no-cache")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002
        pass


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """The folder on loopback; gives the address of its root."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(_Compressing, directory=str(folder)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()


def lighthouse(work: Path) -> Path:
    """The program, installed the first time."""
    program = work / "node_modules" / ".bin" / "lighthouse"
    if not program.exists():
        work.mkdir(parents=True, exist_ok=True)
        (work / "package.json").write_text("{}", encoding="utf-8")
        subprocess.run(["npm", "install", "--silent", "--no-audit", "--no-fund", LIGHTHOUSE], cwd=work, check=True)
    return program


def looked(program: Path, url: str, preset: str, chromium: str) -> dict[str, float]:
    """One look: the four scores, LCP in milliseconds, and what the first three categories complain of."""
    flags = "--headless=new --no-sandbox --disable-gpu"
    command = [
        str(program),
        url,
        "--quiet",
        "--output=json",
        f"--chrome-flags={flags}",
        f"--only-categories={','.join(CATEGORIES)}",
    ]
    command += ["--preset=desktop"] if preset == "desktop" else []
    done = subprocess.run(command, capture_output=True, text=True, check=True, env={**os.environ, "CHROME_PATH": chromium})
    report = json.loads(done.stdout)
    failed = [
        key
        for name in CATEGORIES[1:]
        for reference in report["categories"][name]["auditRefs"]
        if (key := reference["id"]) and report["audits"][key]["score"] not in (1, None)
    ]
    scores = {name: round(100 * report["categories"][name]["score"]) for name in CATEGORIES}
    audits = report["audits"]
    return {
        **scores,
        "lcp": audits["largest-contentful-paint"]["numericValue"],
        "cls": audits["cumulative-layout-shift"]["numericValue"],
        "failed": failed,
    }


def weight(folder: Path, path: str) -> dict[str, int]:
    """What a first visit loads before it can be read, as sent: HTML and CSS with gzip, the font as it is."""
    page = folder / path / "index.html"
    text = page.read_text(encoding="utf-8")
    (sheet,) = re.findall(r'<link rel="stylesheet" href="/([^"]+)"', text)
    font = re.findall(r'as="font"[^>]*href="/([^"]+)"', text) or [
        str(next((folder / "assets").rglob("*.woff2")).relative_to(folder))
    ]
    return {
        "html": len(gzip.compress(page.read_bytes(), 6)),
        "css": len(gzip.compress((folder / sheet).read_bytes(), 6)),
        "font": (folder / font[0]).stat().st_size,
    }


def measure(work: Path, runs: int) -> dict[str, Any]:
    """All figures."""
    out = work / "site"
    shutil.rmtree(out, ignore_errors=True)
    with served(out) as address:
        build = [sys.executable, "build.py", "--out", str(out), "--base-url", address, "--quiet"]
        subprocess.run(build, cwd=PROJECT, check=True)
        program, chromium = lighthouse(work), shutil.which("chromium") or "chromium"
        found: dict[str, Any] = {"tool": LIGHTHOUSE, "runs": runs, "pages": {}}
        for name, path in PAGES.items():
            page: dict[str, Any] = {"weight": weight(out, path)}
            for preset in ("desktop", "mobile"):
                looks = [looked(program, address + path, preset, chromium) for _ in range(runs)]
                page[preset] = {key: statistics.median(look[key] for look in looks) for key in (*CATEGORIES, "lcp", "cls")}
                page[preset]["failed"] = sorted({key for look in looks for key in look["failed"]})
                print(name, preset, page[preset], flush=True)
            found["pages"][name] = page
    found["chromium"] = subprocess.run([chromium, "--version"], capture_output=True, text=True, check=True).stdout.strip()
    found["commit"] = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"], cwd=PROJECT, capture_output=True, text=True, check=True
    ).stdout.strip()
    found["day"] = subprocess.run(["date", "+%F"], capture_output=True, text=True, check=True).stdout.strip()
    return found


def main() -> None:
    """Measures, and writes what was asked for."""
    parser = argparse.ArgumentParser(description="The benchmark of reading.")
    parser.add_argument("--work", type=Path, required=True, help="where Lighthouse and the built site lie")
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.md")
    arguments = parser.parse_args()
    found = measure(arguments.work.resolve(), arguments.runs)
    if arguments.write:
        RESULTS.write_text(json.dumps(found, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        subprocess.run([sys.executable, str(PROJECT / "benchmarks" / "document.py")], check=True)


if __name__ == "__main__":
    main()
