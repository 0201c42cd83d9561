"""A project as an office keeps it: in git, committed, with a folder to publish to."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

from conftest import GOOD, Project

TARGETS = """
reviews: false
targets:
  portal:
    kind: folder
    path: ../www
"""
"""Most tests are about what comes after the reviews."""

THREE = GOOD.replace("# 简讯", "## 胶州市开展防空警报试鸣\n\n胶州市按计划开展防空警报试鸣，居民有序疏散。\n\n# 简讯")
"""An issue of two articles and a brief, with no ids written."""


def git(project: Project, *arguments: str) -> str:
    """What git says."""
    known = ("-c", "user.name=编辑", "-c", "user.email=editor@example.org", "-c", "commit.gpgsign=false")
    command = ["git", "-C", str(project.root), *known, *arguments]
    return subprocess.run(command, capture_output=True, check=True, text=True, encoding="utf-8").stdout.strip()


def commit(project: Project, message: str = "改") -> str:
    """Everything as it is now, committed; the commit."""
    git(project, "add", "--all")
    git(project, "commit", "--quiet", "--allow-empty", "--message", message)
    return git(project, "rev-parse", "HEAD")


def office(project: Project, targets: str = TARGETS) -> Project:
    """The project in git, its one issue committed."""
    project.write("site.yaml", (project.root / "site.yaml").read_text(encoding="utf-8") + targets)
    project.write(".gitignore", ".cache/\npublic/\n")
    project.write("issues/2024-03.md", THREE)
    git(project, "init", "--quiet")
    commit(project, "第一期")
    return project


def www(project: Project) -> Path:
    """The folder the target of TARGETS publishes to."""
    return project.root.parent / "www"


def release(folder: Path) -> dict[str, Any]:
    """The release.json of a published folder."""
    held: dict[str, Any] = json.loads((folder / "release.json").read_bytes())
    return held
