"""A loopback server that counts what it sends: bodies only, text gzipped, index files as they are."""

from __future__ import annotations

import gzip
import http.server
import threading
import urllib.parse
from pathlib import Path
from typing import Self

TYPES = {
    ".css": "text/css; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".xml": "application/xml",
}
"""Kinds that a server gzips; all others go as they are."""


class Server:
    """Serves one folder on a free port; `sent` lists (path, bytes) in order."""

    def __init__(self, root: Path) -> None:
        self.sent: list[tuple[str, int]] = []
        self._bodies: dict[str, tuple[bytes, str] | None] = {}
        self._root = root
        self._http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self._http.daemon_threads = True
        self.address = f"http://127.0.0.1:{self._http.server_port}"
        threading.Thread(target=self._http.serve_forever, daemon=True).start()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._http.shutdown()
        self._http.server_close()

    def body(self, path: str) -> tuple[bytes, str] | None:
        """What is sent for a path, and its type; kept, so that no answer waits for gzip twice."""
        if path not in self._bodies:
            file = self._root / (path.lstrip("/") + ("index.html" if path.endswith("/") else ""))
            data = file.read_bytes() if file.is_file() else None
            kind = TYPES.get(file.suffix, "application/octet-stream")
            self._bodies[path] = None if data is None else (gzip.compress(data, 9) if file.suffix in TYPES else data, kind)
        return self._bodies[path]

    def warm(self) -> None:
        """Reads every file once: latencies are the search's, not the disk's or gzip's."""
        for file in self._root.rglob("*"):
            if file.is_file() and file.suffix != ".html":
                self.body("/" + file.relative_to(self._root).as_posix())


def _handler(server: Server) -> type[http.server.BaseHTTPRequestHandler]:
    class Handler(http.server.BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"
        disable_nagle_algorithm = True
        wbufsize = -1

        def log_message(self, *_: object) -> None:
            """Says nothing."""

        def do_GET(self) -> None:
            """One file."""
            path = urllib.parse.unquote(self.path.split("?")[0])
            found = server.body(path)
            if found is None:
                self.send_response(404)
                self.send_header("Content-Length", "0")
                self.end_headers()
                return
            data, kind = found
            server.sent.append((path, len(data)))
            self.send_response(200)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.send_header("Cache-Control", "max-age=3600")
            if Path(path).suffix in TYPES or path.endswith("/"):
                self.send_header("Content-Encoding", "gzip")
            self.end_headers()
            self.wfile.write(data)

    return Handler
