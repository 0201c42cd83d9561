"""What a review needs of an issue, and what the last one writes into it: the moment of publication and the items' ids."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from urllib.parse import quote

from guodong_site import urls
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic
from guodong_site.front_matter import read_front_matter
from guodong_site.load import IssueFile
from guodong_site.model import Issue
from guodong_site.numbering import numbered
from guodong_site.reviews import file_of, hashes, read_reviews, unreviewed
from guodong_site.source import SourceText

_DATE_LINE = re.compile(r"^date[ \t]*[:：].*$", re.MULTILINE)


def hashes_of(file: IssueFile, issue: Issue, settings: Settings) -> dict[str, str]:
    """What there is to review of an issue; a picture counts with what is in it."""
    paths = {settings.base_path + quote(urls.picture(file.issue_id, one.name)): one for one in file.pictures}

    def picture(address: str) -> str:
        held = paths.get(address)
        if held is None:
            return ""
        return held.digest or hashlib.sha256(Path(held.path).read_bytes()).hexdigest()

    return hashes(issue, picture)


def unreviewed_issues(
    root: Path, settings: Settings | None, read: Iterable[tuple[IssueFile, Issue | None]]
) -> Iterator[Diagnostic]:
    """What the reviews of the issues lack: of all where the office wants it, else of those whose review has begun.

    Drafts are reviewed when they are none any more; old issues (`legacy`) were reviewed on paper.
    """
    for file, issue in read:
        name = file_of(file.name)
        if (
            settings is None
            or issue is None
            or issue.draft
            or not ((settings.reviews and not issue.legacy) or (root / name).exists())
        ):
            continue
        found: list[Diagnostic] = []
        reviews = read_reviews(root, name, found)
        lacking = unreviewed(issue.id, file.name, reviews, hashes_of(file, issue, settings))
        yield from found or ((lacking,) if lacking else ())


def released(text: SourceText, settings: Settings, moment: str) -> str:
    """The text with every id written out, and with `published` where it is not said yet.  No review is touched by it."""
    facts, *_, body = read_front_matter(text, settings, [])
    written = numbered(text, body, settings.sections)
    if facts is None or facts.published is not None:
        return written
    return _DATE_LINE.sub(lambda line: f"{line[0]}\npublished: {moment}", written, count=1)
