"""Live preview on 127.0.0.1: the browser shows what `preview` holds with the desk beside it, and follows when that changes.

While there are faults the last good page goes on standing behind them; before there was one, they are the page.
"""

from __future__ import annotations

import json
import mimetypes
import threading
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from importlib.resources import files
from urllib.parse import parse_qs, unquote, urlsplit

from guodong_site import urls
from guodong_site.catalogue import Copy
from guodong_site.config import FURNITURE
from guodong_site.desk import sheet
from guodong_site.desk.findings import Beside, Draft, error_page, fragment
from guodong_site.desk.use import use_page
from guodong_site.load import ISSUES
from guodong_site.pipeline import Options
from guodong_site.preview import Preview
from guodong_site.report import Reporter
from guodong_site.tags import policy
from guodong_site.usage import as_csv, table, use_of

_SIGN_OF_LIFE = 5  # seconds; a page that was closed is noticed by writing to it
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/xml", ".xml")
mimetypes.add_type("application/epub+zip", ".epub")


def serve(options: Options, port: int, reporter: Reporter) -> int:
    """Serves until interrupted; exit code 2 where the port cannot be had."""
    try:
        server = _Server(("127.0.0.1", port), _Handler)
    except OSError:
        other = port + 1 if port < 65535 else port - 1
        reporter.refuse(f"端口 {port} 用不了（可能已有一个预览在运行），请换一个：guodong serve --port {other}")
        return 2
    server.options = options
    server.preview = Preview(replace(options, base_url=f"http://127.0.0.1:{port}/"), reporter.say)
    threading.Thread(target=server.preview.watch, daemon=True).start()
    reporter.say(f"预览：http://127.0.0.1:{port}/　（保存文件后页面自动刷新；按 Ctrl+C 停止）")
    server.preview.complain()
    with server:
        server.serve_forever()
    return 0


class _Server(ThreadingHTTPServer):
    """Holds what its handlers show."""

    daemon_threads = True
    options: Options
    preview: Preview


class _Handler(BaseHTTPRequestHandler):
    """Answers from memory; a fault is a page, not a dead server."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:  # the library's name
        self.do_GET()

    def do_GET(self) -> None:  # the library's name
        parts = urlsplit(self.path)
        address, preview = unquote(parts.path).lstrip("/"), self.server.preview
        if address.startswith(sheet.HOME):
            self._desk(address, {name: values[0] for name, values in parse_qs(parts.query).items()})
        elif preview.standing.printed is None:
            self._page(error_page(self._beside("/"), preview.version))
        else:
            self._file(address, preview)

    def _desk(self, address: str, asked: dict[str, str]) -> None:
        """What is not the site's."""
        if address == sheet.EVENTS:
            self._events()
        elif address == sheet.SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _shipped("desk.js"))
        elif address == sheet.STYLE:
            self._send(HTTPStatus.OK, "text/css; charset=utf-8", _shipped("desk.css"))
        elif address == sheet.FINDINGS:
            self._page(fragment(self._beside(asked.get("at", "/"))))
        elif address in (sheet.USE, sheet.USE_CSV):
            self._use(asked.get("year", ""), spreadsheet=address == sheet.USE_CSV)
        else:
            self._send(HTTPStatus.NOT_FOUND, "text/plain; charset=utf-8", "预览没有这一页。".encode())

    def _beside(self, address: str) -> Beside:
        """What there is to say at an address of the site."""
        preview, address = self.server.preview, unquote(address)
        made, standing = preview.made, preview.standing
        copies = made.copies or standing.copies
        _, _, shown = address.partition(f"/{ISSUES}/")
        archive = made.archive or standing.archive
        return Beside(
            root=self.server.options.root.resolve(),
            address=address,
            source=next((copy.file.name for copy in copies if copy.file.issue_id == shown.partition("/")[0]), None),
            found=made.found,
            faulty=made is not standing,
            bug=preview.bug,
            drafts=tuple(draft for copy in standing.copies for draft in _drafts(copy)),
            lacking=tuple(name for key, name in FURNITURE.items() if archive and not getattr(archive.settings, key)),
        )

    def _use(self, year: str, *, spreadsheet: bool) -> None:
        """采用统计 of a year, of the newest where none is asked for."""
        preview = self.server.preview
        archive = preview.standing.archive
        if archive is None:
            self._page(error_page(self._beside("/"), preview.version))
            return
        wanted = next((one for one in archive.years if str(one) == year), next(iter(archive.years), None))
        lines = table({one: use for one, use in archive.sums(use_of).items() if one == wanted}, archive.settings)
        if spreadsheet:
            self._send(HTTPStatus.OK, "text/csv; charset=utf-8", as_csv(lines).encode("utf-8-sig"), file=f"usage-{wanted}.csv")
        else:
            self._page(use_page(lines, archive.years, wanted, preview.version))

    def _page(self, text: str) -> None:
        self._send(HTTPStatus.OK, "text/html; charset=utf-8", text.encode(), sheet.POLICY)

    def _file(self, address: str, preview: Preview) -> None:
        if address + "/index.html" in preview.files:
            self.send_response(HTTPStatus.MOVED_PERMANENTLY)
            self.send_header("Location", f"/{address}/")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        path, status = urls.file_of(address), HTTPStatus.OK
        body = preview.file(path)
        if body is None:
            path, status = urls.NOT_FOUND, HTTPStatus.NOT_FOUND
            body = preview.files[path]
        kind = mimetypes.guess_type(path)[0] or "application/octet-stream"
        if kind == "text/html":
            body = body.replace(b"</body>", sheet.beside(preview.version, preview.shown) + b"</body>")
        archive = preview.standing.archive
        first = next((asset.data for asset in archive.assets if asset.name == "first.js"), b"") if archive else b""
        self._send(status, kind + ("; charset=utf-8" if kind.startswith("text/") else ""), body, policy(first.strip()))

    def _send(self, status: HTTPStatus, kind: str, body: bytes, held_to: str = "default-src 'none'", *, file: str = "") -> None:
        self.send_response(status)
        if file:
            self.send_header("Content-Disposition", f'attachment; filename="{file}"')
        self.send_header("Content-Type", kind)
        self.send_header("Content-Security-Policy", held_to)  # as on the portal, so that a breach is seen here first
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    def _events(self) -> None:
        """Server-sent events: the version, again whenever it changes, and a sign of life every few seconds."""
        self.send_response(HTTPStatus.OK)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-cache")
        self.end_headers()
        self.close_connection = True
        if self.command == "HEAD":
            return
        preview, sent = self.server.preview, -1
        try:
            while True:
                with preview.changed:
                    if preview.version == sent:
                        preview.changed.wait(_SIGN_OF_LIFE)
                    news, sent, shown = preview.version != sent, preview.version, preview.shown
                data = json.dumps({"version": sent, "shown": shown})
                self.wfile.write(f"data: {data}\n\n".encode() if news else b": here\n\n")
                self.wfile.flush()
        except OSError:
            return  # the reader has closed the page

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Requests are no news to an editor."""


@cache
def _shipped(name: str) -> bytes:
    """A file of the desk."""
    return (files(sheet.__package__) / name).read_bytes()


def _drafts(copy: Copy) -> Iterator[Draft]:
    """What of a file is held back: all of it, or some articles."""
    head = copy.listing.head
    if head is None or head.withdrawn:
        return
    if head.draft:
        yield Draft(name=head.label, address=f"/{urls.issue(head.id)}")
    elif copy.listing.public is not None:
        for article in copy.issue.articles:
            if article.draft:
                yield Draft(name=f"{head.label}　{article.title.text}", address=f"/{urls.article(head.id, article.id)}")
