#!/usr/bin/env python3
"""`python build.py …` is `guodong build …`: a door, nothing else."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent / "src"))

from guodong_site.door import main  # found beside this file, installed or not

sys.exit(main(["build", *sys.argv[1:]]))
