"""A web server is asked for many files over a few connections that stay open.  Knows no release."""

from __future__ import annotations

import http.client
import ssl
import threading
from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from urllib.parse import quote, urlsplit

from guodong_site import __version__
from guodong_site.publishing.target import TargetError

_CONNECTIONS, _TRIES, _PATIENCE = 6, 3, 30.0
_HEADERS = {
    "User-Agent": f"guodong-site/{__version__}",
    "Accept-Encoding": "identity",
    "Cache-Control": "no-cache",  # what stands there, not what lies in between
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What a server says to one address."""

    status: int
    data: bytes = b""
    location: str = ""


class Site:
    """The site at an address; every thread that asks keeps a connection of its own."""

    def __init__(self, address: str) -> None:
        """Raises TargetError for what is no address of a site."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise TargetError(f"“{address}”不是完整的网址", "写成 https://www.example.org/gzdt/")
        self._host, self._port, self._secure = parts.hostname, parts.port, parts.scheme == "https"
        self._base = parts.path.rstrip("/") + "/"
        self._held = threading.local()

    def asked(self, path: str) -> Answer:
        """What stands at a path below the site's address.  Raises TargetError where the server does not answer."""
        for attempt in range(_TRIES):
            try:
                return self._once(path)
            except (OSError, http.client.HTTPException) as fault:
                self._held.line = None
                if attempt == _TRIES - 1:
                    why = "证书不对" if isinstance(fault, ssl.SSLCertVerificationError) else "连不上，或中途断了"
                    raise TargetError(f"{self._host}：{why}", "核对网址和网络，再试一次", passing=True) from fault
        raise AssertionError

    def all(self, paths: Iterable[str]) -> Iterator[Answer]:
        """What stands at many paths, in their order."""
        with ThreadPoolExecutor(_CONNECTIONS) as pool:
            yield from pool.map(self.asked, paths)

    def _once(self, path: str) -> Answer:
        line: http.client.HTTPConnection | None = getattr(self._held, "line", None)
        if line is None:
            kind = http.client.HTTPSConnection if self._secure else http.client.HTTPConnection
            line = self._held.line = kind(self._host, self._port, timeout=_PATIENCE)
        line.request("GET", self._base + quote(path), headers=_HEADERS)
        response = line.getresponse()
        data = response.read()
        if response.will_close:
            self._held.line = None
            line.close()
        return Answer(status=response.status, data=data, location=response.getheader("Location") or "")
