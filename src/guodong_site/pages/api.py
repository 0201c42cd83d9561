"""/api/: the data files, told to who wants to read them: what there is, every field, an example, what may change."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from guodong_site import frame, schema, urls
from guodong_site.archive import Archive
from guodong_site.artifact import Page, PageKind, Sheet
from guodong_site.model import Site
from guodong_site.schema import Field


@dataclass(frozen=True, slots=True, kw_only=True)
class DataFile:
    """A kind of file; `address` is how its addresses look, `href` leads to one where there is one."""

    id: str
    heading: str
    about: str
    address: str
    href: str
    schema: str
    fields: tuple[Field, ...]
    example: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ApiContext(frame.PageContext):
    """`feeds` leads to the other way of following the bulletin by machine."""

    files: tuple[DataFile, ...]
    feeds: str


def plan(_: Archive) -> Iterator[Sheet]:
    """The one page."""
    yield Sheet(name="", make=_page)


def _page(site: Site) -> Iterator[Page]:
    crumbs = (frame.LinkView(text="数据接口", href="", current=True),)
    description = f"《{site.settings.name}》的数据接口：全部目录和各期全文，JSON 格式，附模式文件。"
    one = frame.href(site, urls.issue_json("2022-07")).replace("2022-07", "〈期的编号〉")
    context = ApiContext(
        shell=frame.shell(site, urls.API, ("数据接口",), description, crumbs),
        files=(
            DataFile(
                id="archive",
                heading="全部目录",
                about="各期和各篇的标题、栏目、日期、区市、来源，新的在前，不含正文。",
                address=frame.href(site, urls.ARCHIVE_JSON),
                href=frame.href(site, urls.ARCHIVE_JSON),
                schema=frame.href(site, urls.ARCHIVE_SCHEMA),
                fields=schema.fields("archive"),
                example=schema.example("archive"),
            ),
            DataFile(
                id="issue",
                heading="一期全文",
                about="一期的刊头信息和全部文章，正文有 HTML 和纯文字两种。期的编号见全部目录。",
                address=one,
                href="",
                schema=frame.href(site, urls.ISSUE_SCHEMA),
                fields=schema.fields("issue"),
                example=schema.example("issue"),
            ),
        ),
        feeds=frame.href(site, urls.FEEDS),
    )
    yield Page(path=urls.file_of(urls.API), template=PAGE.template, context=context)


PAGE = PageKind(name="api", template="pages/api.html", context=ApiContext, plan=plan)
