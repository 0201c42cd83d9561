"""A real nginx before a folder, with the rules of docs/nginx.conf."""

from __future__ import annotations

import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from browsers.install import NGINX
from conftest import ROOT

CONF = """daemon off;
user root;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{}}
http {{
  include /etc/nginx/mime.types;
  access_log off;
  client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy; fastcgi_temp_path {folder}/f; uwsgi_temp_path {folder}/u; scgi_temp_path {folder}/s;
  server {{
    listen 127.0.0.1:{port};
    root {root};
    include {rules};
  }}
}}
"""


@contextmanager
def nginx(folder: Path, root: Path) -> Iterator[int]:
    """The server, its own files in `folder`; gives its port.  Its workers are who the tests are: temporary folders are closed to others."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    conf = folder / "nginx.conf"
    conf.write_text(CONF.format(folder=folder, port=port, root=root, rules=ROOT / "docs/nginx.conf"), encoding="utf-8")
    with subprocess.Popen([NGINX.found(), "-p", str(folder), "-c", str(conf)]) as server:
        for _ in range(100):
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield port
        server.terminate()
