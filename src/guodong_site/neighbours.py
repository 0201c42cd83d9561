"""The articles before and after one in its own section, over all issues: a summary by years, so that none is opened for it."""

from __future__ import annotations

from collections.abc import Mapping

from guodong_site import urls
from guodong_site.archive import Archive
from guodong_site.model import Site
from guodong_site.views import title_view

Named = tuple[str, str]
"""An article as a fact: its address and its title as it is set."""

Ends = Mapping[str, tuple[Named, Named]]
"""The first and the last article of an issue in each section, by the section's key."""


def ends_of(site: Site) -> dict[str, Ends]:
    """The ends of the sections of some issues, by issue, newest first."""
    return {
        issue.id: {
            section.kind.key: (named[0], named[-1])
            for section in issue.sections
            if (named := [(urls.article(issue.id, one.id), title_view(one.title).html) for one in section.articles])
        }
        for issue in site.issues
    }


Beside = Mapping[str, tuple[Named | None, Named | None]]
"""For each section of an issue, the article before its first one and the one after its last, in other issues."""


def beside(archive: Archive) -> dict[str, Beside]:
    """What lies beside the sections of every issue, by issue."""
    every = {issue: ends for year in archive.sums(ends_of).values() for issue, ends in year.items()}
    after: dict[str, Named] = {}
    newer: dict[str, dict[str, Named | None]] = {}
    for issue, ends in every.items():
        newer[issue] = {key: after.get(key) for key in ends}
        after |= {key: first for key, (first, _) in ends.items()}
    before: dict[str, Named] = {}
    found: dict[str, Beside] = {}
    for issue, ends in reversed(every.items()):
        found[issue] = {key: (before.get(key), newer[issue][key]) for key in ends}
        before |= {key: last for key, (_, last) in ends.items()}
    return found
