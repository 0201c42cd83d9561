"""The CI files of GitHub, GitLab and Gitea, as they are put into a project.  Reads the scaffolds; writes nothing."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

_FOLDER = Path(__file__).parent / "scaffolds"
_TARGET = "@TARGET@"

PLACES = {
    "gitea": ".gitea/workflows/guodong.yml",
    "github": ".github/workflows/guodong.yml",
    "gitlab": ".gitlab-ci.yml",
}
"""Where each service looks for its file."""

LOCKED = ".ci/requirements.txt"
"""The libraries with their digests, from which the files install."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Scaffold:
    """A CI file: its place in the project, and what is to stand there."""

    place: str
    text: str


def scaffold(name: str, target: str) -> Scaffold:
    """The file of one service, publishing to a target of site.yaml."""
    text = (_FOLDER / f"{name}.yml").read_text(encoding="utf-8")
    return Scaffold(place=PLACES[name], text=text.replace(_TARGET, target))
