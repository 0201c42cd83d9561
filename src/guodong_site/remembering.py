"""Issues read before from the same text: a wrapper round the reader, which knows nothing of it."""

from __future__ import annotations

import hashlib
from functools import cache, partial
from pathlib import Path

from guodong_site.cache import Cache, program
from guodong_site.config import Settings
from guodong_site.load import Reader
from guodong_site.manuscript import Manuscript, read_manuscript
from guodong_site.model import Picture
from guodong_site.source import SourceText
from guodong_site.words import Cutter


def remembering(kept: Cache) -> Reader:
    """`read_manuscript`, for texts not read before with the same settings, words, pictures and program."""

    def read(text: SourceText, issue_id: str, settings: Settings, cutter: Cutter, pictures: tuple[Picture, ...]) -> Manuscript:
        asked = (_program(), repr(settings), cutter.identity, repr(pictures), issue_id, text.path, text.text)
        identity = hashlib.sha256(repr(asked).encode("utf-8", "surrogatepass")).digest()
        return kept.value(text.path, identity, partial(read_manuscript, text, issue_id, settings, cutter, pictures))

    return read


@cache
def _program() -> bytes:
    """What of this program, and which libraries, a manuscript goes through."""
    return program(sorted(Path(__file__).parent.glob("*.py")), "markdown", "nh3", "pyyaml")
