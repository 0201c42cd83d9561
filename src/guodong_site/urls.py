"""The shape of every address on the site, as pure functions.  Addresses are relative to the base path, without `/` in front.

A page's address ends in `/` (or is empty: the home page); its file is `<address>index.html`.
"""

from __future__ import annotations

from urllib.parse import SplitResult, quote, unquote, urlsplit

HOME = ""
SECTIONS = "sections/"
YEARS = "years/"
DISTRICTS = "districts/"
TOPICS = "topics/"
STATISTICS = "statistics/"
SOURCES = "sources/"
TODAY = "today/"
FEEDS = "feeds/"
API = "api/"
SEARCH = "search/"
ABOUT = "about/"
ACCESSIBILITY = "accessibility/"
OFFLINE = "offline/"
SITEMAP_PAGE = "sitemap/"
NOT_FOUND = "404.html"
RSS = "feed.xml"
ATOM = "atom.xml"
JSON_FEED = "feed.json"
"""The names of feeds, below the address of what they follow: the site, a section, a district."""
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"
SERVICE_WORKER = "sw.js"
ARCHIVE_JSON = "api/archive.json"
ARCHIVE_SCHEMA = "api/schema/archive.json"
ISSUE_SCHEMA = "api/schema/issue.json"
INDEX_FOLDER = "search/index/"
"""Where the full-text index lies; its files are named by their content."""


def issue(issue_id: str) -> str:
    """The whole issue."""
    return f"issues/{issue_id}/"


def article(issue_id: str, item: str) -> str:
    """One article."""
    return f"issues/{issue_id}/{item}/"


def picture(issue_id: str, name: str) -> str:
    """A picture of an issue, below the issue's own address."""
    return f"issues/{issue_id}/{name}"


def pdf(issue_id: str) -> str:
    """The printed edition of an issue."""
    return f"issues/{issue_id}/{issue_id}.pdf"


def cover(issue_id: str) -> str:
    """The first page of the printed edition, as a picture."""
    return f"issues/{issue_id}/{issue_id}-cover.png"


def picture_name(issue_id: str, address: str) -> str:
    """The name of a picture of an issue from its address on a page, as `manuscript` writes it; empty where it is another's."""
    return unquote(address.partition("?")[0].partition("#")[0]).partition("/" + issue(issue_id))[2]


def section(key: str, year: int | None = None) -> str:
    """A section: its newest items, or those of one year."""
    return f"sections/{key}/" if year is None else f"sections/{key}/{year}/"


def year(number: int) -> str:
    """The issues of one year."""
    return f"years/{number}/"


def year_book(number: int) -> str:
    """The issues of one year as one book (合订本)."""
    return f"years/{number}/{number}.epub"


def issue_book(issue_id: str) -> str:
    """One issue as a book."""
    return f"issues/{issue_id}/{issue_id}.epub"


def district(slug: str, year: int | None = None) -> str:
    """What one of the 区市 did: its newest year, or one year."""
    return f"districts/{slug}/" if year is None else f"districts/{slug}/{year}/"


def source(slug: str, year: int | None = None) -> str:
    """The articles from one source: those of its newest year, or of one year."""
    return f"{SOURCES}{slug}/" if year is None else f"{SOURCES}{slug}/{year}/"


def month(number: int) -> str:
    """The issues of one month in all years."""
    return f"{TODAY}{number:02}/"


def month_json(number: int) -> str:
    """The same as data."""
    return f"{TODAY}{number:02}.json"


def issue_json(issue_id: str) -> str:
    """One issue as data."""
    return f"api/issues/{issue_id}.json"


def sitemap(year: int | None = None) -> str:
    """What search engines read of one year's issues, or of all lists."""
    return f"sitemaps/{year or 'lists'}.xml"


def letter(name: str) -> str:
    """The keywords whose reading begins with a letter."""
    return f"{TOPICS}{name}/"


def topic(term: str, name: str) -> str:
    """A keyword's place in the index: on the page of its letter."""
    return f"{letter(name)}#{quote(term)}"


def query(text: str) -> str:
    """A search for a text."""
    return f"{SEARCH}?q={quote(text)}"


def file_of(address: str) -> str:
    """The file in the output that a server sends for an address."""
    return address + "index.html" if address == HOME or address.endswith("/") else address


def split(text: str) -> SplitResult | None:
    """An address as its parts; None where it is none (`//[x`, a full-width mark in the host)."""
    try:
        parts = urlsplit(text)
        parts.port  # noqa: B018  # looked at because it raises for a port that is no number
    except ValueError:
        return None
    return parts
