"""How each tool wants the archive on disk: ours one file an issue, the others one an article and what indexes they cannot make.

A layout gives files by path, relative to the tool's folder: those of one issue, and those that list all issues.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from archive import SECTIONS, Article, Issue

NAME = "工作动态"
"""What the peers' site is called."""

Files = dict[str, str]
"""Path → text."""

_PAGE = 100  # rows of a section's list


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where sources lie, and what is written for an issue and for all of them."""

    issue: Callable[[Issue], Files]
    lists: Callable[[Sequence[Issue]], Files]

    def files(self, issues: Sequence[Issue]) -> Iterator[tuple[str, str]]:
        """All files of an archive."""
        for one in issues:
            yield from self.issue(one).items()
        yield from self.lists(issues).items()

    def between(self, old: Sequence[Issue], new: Sequence[Issue]) -> dict[str, str | None]:
        """What is to be written to make one archive another; None is a file that goes."""
        left, right = ({one.id: one for one in issues} for issues in (old, new))
        changed = [key for key in left | right if left.get(key) != right.get(key)]
        before, after = (
            {path: text for key in changed if key in side for path, text in self.issue(side[key]).items()} | self.lists(issues)
            for side, issues in ((left, old), (right, new))
        )
        return {path: after.get(path) for path in before | after if before.get(path) != after.get(path)}


def address(issue: Issue, article: Article) -> str:
    """Of an article's page in the peers' sites, without its ending."""
    return f"{issue.year}/{issue.id}/{article.number:02}"


def _front(facts: Mapping[str, object]) -> str:
    return "---\n" + "".join(f"{key}: {value}\n" for key, value in facts.items()) + "---\n\n"


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _body(article: Article) -> str:
    return "\n\n".join(article.blocks) + "\n"


def _no_lists(_: Sequence[Issue]) -> Files:
    return {}


def _ours(issue: Issue) -> Files:
    facts = {
        "number": issue.month,
        "total": issue.total,
        "date": issue.signed,
        "published": f"{issue.published} 09:00",
        "distribution": "市人防指挥部成员单位，各区（市）国动办，市国动办领导、各处（中心、站）",
        "channels": "[工作动态, 国动办门户网]",
    }
    parts, section = [_front(facts)], ""
    for article in issue.articles:
        if article.section != section:
            section = article.section
            parts.append(f"# {SECTIONS[section]}\n\n")
        parts.append(f"## {article.title}\n\n{_body(article)}\n")
    return {f"issues/{issue.year}/{issue.id}.md": "".join(parts)}


def _hugo(issue: Issue) -> Files:
    files = {f"content/{issue.year}/{issue.id}/_index.md": _front({"title": _quoted(issue.title), "date": issue.published})}
    for article in issue.articles:
        facts = {
            "title": _quoted(article.title),
            "date": issue.published,
            "weight": article.number,
            "lanmu": f"[{article.section}]",
        }
        files[f"content/{address(issue, article)}.md"] = _front(facts) + _body(article)
    return files


def _hugo_lists(issues: Sequence[Issue]) -> Files:
    years = {f"content/{one.year}/_index.md": _front({"title": f'"{one.year}年"'}) for one in issues}
    return {"content/_index.md": _front({"title": NAME}), **years}


def _eleventy(issue: Issue) -> Files:
    common = {"date": issue.published, "issue": _quoted(issue.id)}
    facts: dict[str, object] = {"title": _quoted(issue.title), **common, "layout": "issue.njk", "kind": "issue"}
    files = {f"content/{issue.year}/{issue.id}/index.md": _front(facts)}
    for article in issue.articles:
        facts = {"title": _quoted(article.title), **common, "sec": article.section, "layout": "article.njk", "kind": "article"}
        files[f"content/{address(issue, article)}.md"] = _front(facts) + _body(article)
    return files


def _pelican(issue: Issue) -> Files:
    files = {}
    for article in issue.articles:
        slug = address(issue, article)
        head = (
            f"Title: {article.title}\nDate: {issue.published}\nCategory: {article.section}\nSlug: {slug}\nIssue: {issue.id}\n\n"
        )
        files[f"content/{slug}.md"] = head + _body(article)
    return files


def _mkdocs(issue: Issue) -> Files:
    common = {"date": issue.published, "issue": _quoted(issue.id)}
    files, parts, section = {}, [_front({"title": _quoted(issue.title), "kind": "issue"})], ""
    for article in issue.articles:
        facts = {"title": _quoted(article.title), **common, "sec": article.section, "kind": "article"}
        files[f"docs/{address(issue, article)}.md"] = _front(facts) + _body(article)
        if article.section != section:
            section = article.section
            parts.append(f"\n## {SECTIONS[section]}\n\n")
        parts.append(f"- [{article.title}]({article.number:02}.md)\n")
    files[f"docs/{issue.year}/{issue.id}/index.md"] = "".join(parts)
    return files


def _mkdocs_lists(issues: Sequence[Issue]) -> Files:
    """Years and sections: MkDocs makes no indexes, so that they are written out for it."""
    years: defaultdict[int, list[Issue]] = defaultdict(list)
    rows: dict[str, list[str]] = {key: [] for key in SECTIONS}
    for one in issues:
        years[one.year].append(one)
        for article in one.articles:
            rows[article.section].append(f"- [{article.title}](../../{address(one, article)}.md) {one.published}\n")
    files = {"docs/index.md": _front({"title": NAME}) + "".join(f"- [{year}年]({year}/index.md)\n" for year in reversed(years))}
    for year, held in years.items():
        links = "".join(f"- [{one.title}]({one.id}/index.md)\n" for one in held)
        files[f"docs/{year}/index.md"] = _front({"title": f'"{year}年"'}) + links
    for key, name in SECTIONS.items():
        newest = rows[key][::-1]
        for at in range(0, len(newest), _PAGE):
            files[f"docs/lanmu/{key}/{at // _PAGE + 1}.md"] = _front({"title": name}) + "".join(newest[at : at + _PAGE])
    return files


OURS = Layout(issue=_ours, lists=_no_lists)
HUGO = Layout(issue=_hugo, lists=_hugo_lists)
ELEVENTY = Layout(issue=_eleventy, lists=_no_lists)
PELICAN = Layout(issue=_pelican, lists=_no_lists)
MKDOCS = Layout(issue=_mkdocs, lists=_mkdocs_lists)
