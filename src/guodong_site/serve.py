"""Live preview on 127.0.0.1: the browser shows what `preview` holds and reloads when that changes; faults are a page."""

from __future__ import annotations

import base64
import hashlib
import html
import mimetypes
import threading
from dataclasses import replace
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import unquote, urlsplit

from guodong_site import urls
from guodong_site.diagnostics import Diagnostic
from guodong_site.pipeline import Options
from guodong_site.preview import Preview
from guodong_site.report import Reporter
from guodong_site.tags import policy

_SIGN_OF_LIFE = 5  # seconds; a page that was closed is noticed by writing to it
_EVENTS, _SCRIPT = "__preview/events", "__preview/reload.js"
_RELOAD = b"""const at = document.currentScript.src.replace("reload.js", "events");
const events = new EventSource(at);
let version = null;
events.onmessage = (e) => { if (version !== null && e.data !== version) location.reload(); version = e.data; };
"""
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("application/xml", ".xml")


def serve(options: Options, port: int, reporter: Reporter) -> int:
    """Serves until interrupted; exit code 2 where the port cannot be had."""
    try:
        server = _Server(("127.0.0.1", port), _Handler)
    except OSError:
        other = port + 1 if port < 65535 else port - 1
        reporter.refuse(f"端口 {port} 用不了（可能已有一个预览在运行），请换一个：guodong serve --port {other}")
        return 2
    server.preview = Preview(replace(options, base_url=f"http://127.0.0.1:{port}/"), reporter.say)
    threading.Thread(target=server.preview.watch, daemon=True).start()
    reporter.say(f"预览：http://127.0.0.1:{port}/　（保存文件后页面自动刷新；按 Ctrl+C 停止）")
    server.preview.complain()
    with server:
        server.serve_forever()
    return 0


def hindrances(found: tuple[Diagnostic, ...]) -> tuple[Diagnostic, ...]:
    """The faults for which there is no site to show; warnings are not to blame."""
    return tuple(d for d in found if d.stops_build)


class _Server(ThreadingHTTPServer):
    """Holds what its handlers show."""

    daemon_threads = True
    preview: Preview


class _Handler(BaseHTTPRequestHandler):
    """Answers from memory; a fault is a page, not a dead server."""

    server: _Server
    protocol_version = "HTTP/1.1"

    def do_HEAD(self) -> None:  # the library's name
        self.do_GET()

    def do_GET(self) -> None:  # the library's name
        address = unquote(urlsplit(self.path).path).lstrip("/")
        if address == _EVENTS:
            self._events()
        elif address == _SCRIPT:
            self._send(HTTPStatus.OK, "text/javascript", _RELOAD)
        elif self.server.preview.made.printed is None:
            page = error_page(self.server.preview.made.found, self.server.preview.bug)
            self._send(HTTPStatus.OK, "text/html; charset=utf-8", page.encode(), _ERROR_POLICY)
        else:
            self._file(address, self.server.preview)

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
            body = body.replace(b"</body>", f'<script src="/{_SCRIPT}"></script></body>'.encode())
        archive = preview.made.archive
        first = next((asset.data for asset in archive.assets if asset.name == "first.js"), b"") if archive else b""
        self._send(status, kind + ("; charset=utf-8" if kind.startswith("text/") else ""), body, policy(first.strip()))

    def _send(self, status: HTTPStatus, kind: str, body: bytes, held_to: str = "default-src 'none'") -> None:
        self.send_response(status)
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
                    news, sent = preview.version != sent, preview.version
                self.wfile.write(f"data: {sent}\n\n".encode() if news else b": here\n\n")
                self.wfile.flush()
        except OSError:
            return  # the reader has closed the page

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002  # the library's name
        """Requests are no news to an editor."""


_STYLE = """
body { margin: 0; background: #fbf9f4; color: #1d1b18; font: 16px/1.7 "PingFang SC", "Microsoft YaHei", "Noto Sans CJK SC", sans-serif; }
main { max-width: 54rem; margin: 0 auto; padding: 2rem 1rem 4rem; }
h1 { font: 700 1.6rem/1.4 "Noto Serif CJK SC", STZhongsong, SimSun, serif; border-top: 4px solid #b3121a; padding-top: 1.2rem; margin: 0; }
.sum { color: #5a554c; }
article { border-top: 1px solid #1d1b18; margin-top: 1.5rem; padding-top: 1rem; }
h2 { font-size: 1.15rem; margin: 0; }
h2 span { background: #b3121a; color: #fff; padding: 0 .5em; margin-right: .5em; font-size: .85rem; }
.where { color: #5a554c; margin: .2rem 0 .6rem; font-size: .9rem; }
pre { background: #f3efe6; padding: .6rem .8rem; margin: 0; white-space: pre-wrap; overflow-wrap: anywhere; font: 15px/1.8 "Noto Sans Mono CJK SC", Consolas, monospace; }
pre b { color: #b3121a; border-bottom: 3px solid #b3121a; }
.fix { margin: .6rem 0 0; }
@media (prefers-color-scheme: dark) { body { background: #171614; color: #e9e3d7; } pre { background: #22201d; } .sum, .where { color: #b0a898; } pre b { color: #f1746a; } article { border-color: #7a7366; } }
"""


_ERROR_POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; "
    f"style-src 'sha256-{base64.b64encode(hashlib.sha256(_STYLE.encode()).digest()).decode()}'"
)


def error_page(found: tuple[Diagnostic, ...], bug: str = "") -> str:
    """The faults as a page that needs no template: a template may be what is broken."""
    parts = [f"<article><h2>程序出错了，这不是稿件的问题</h2><pre>{html.escape(bug)}</pre></article>"] if bug else []
    stopping = hindrances(found)
    for d in () if bug else (*stopping, *(d for d in found if not d.stops_build)):
        source = ""
        if d.where.excerpt:
            line = d.where.excerpt[-1]
            a, b = d.where.column - 1, max(d.where.end_column, d.where.column)
            marked = f"{html.escape(line[:a])}<b>{html.escape(line[a:b])}</b>{html.escape(line[b:])}"
            source = f"<pre>{marked}</pre>"
        fix = f'<p class="fix"><b>改法：</b>{html.escape(d.hint)}</p>' if d.hint else ""
        parts.append(
            f"<article><h2><span>{d.severity.chinese}</span>{html.escape(d.message)}</h2>"
            f'<p class="where">{html.escape(d.where.path)}{_place(d)}　{d.rule.code}</p>'
            f"{source}{fix}</article>"
        )
    return (
        '<!doctype html><html lang="zh-CN"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>有 {len(stopping)} 个问题</title><style>{_STYLE}</style></head><body><main>"
        f'<h1>有 {len(stopping)} 个问题，还不能生成</h1><p class="sum">改好并保存后，这一页自动刷新。公开的网站不受影响。</p>'
        f'{"".join(parts)}</main><script src="/{_SCRIPT}"></script></body></html>'
    )


def _place(diagnostic: Diagnostic) -> str:
    """Line and column; only what is known of a fault of the file as such."""
    where = diagnostic.where
    if where.excerpt:
        return f"　第 {where.line} 行第 {where.column} 列"
    return f"　第 {where.line} 行" if where.line > 1 else ""
