#!/usr/bin/env python3
"""`python build.py …` is `guodong build …`: a door, nothing else."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

try:
    from guodong_site.cli import main
except ModuleNotFoundError as missing:
    sys.exit(f"缺少程序库“{missing.name}”。请先在本文件夹运行：python3 -m venv .venv && .venv/bin/pip install -e .")

sys.exit(main(["build", *sys.argv[1:]]))
