"""Pelican with the bare theme: articles, sections a hundred a page, years, months as issues, RSS of 20."""

import os

SITENAME = "工作动态"
SITEURL = ""
AUTHOR = "x"
TIMEZONE = "Asia/Shanghai"
DEFAULT_LANG = "zh"
PATH = "content"
THEME = "theme"
OUTPUT_PATH = "output"
RELATIVE_URLS = False

ARTICLE_URL = ARTICLE_SAVE_AS = "{slug}.html"
ARTICLE_ORDER_BY = "slug"
SLUGIFY_SOURCE = "title"
CATEGORY_URL = "lanmu/{slug}/"
CATEGORY_SAVE_AS = "lanmu/{slug}/index.html"
YEAR_ARCHIVE_SAVE_AS = "{date:%Y}/index.html"
MONTH_ARCHIVE_SAVE_AS = "{date:%Y}/{date:%Y-%m}/index.html"
AUTHOR_SAVE_AS = TAG_SAVE_AS = AUTHORS_SAVE_AS = TAGS_SAVE_AS = CATEGORIES_SAVE_AS = ARCHIVES_SAVE_AS = ""
DIRECT_TEMPLATES = ["index"]
DEFAULT_PAGINATION = False
PAGINATED_TEMPLATES = {"category": 100}

FEED_DOMAIN = "https://example.org"
FEED_RSS = "index.xml"
FEED_MAX_ITEMS = 20
FEED_ALL_ATOM = FEED_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

MARKDOWN = {
    "extensions": ["markdown.extensions.tables", "markdown.extensions.meta"],
    "extension_configs": {},
    "output_format": "html5",
}

if os.environ.get("READER_CACHE"):  # the faster of its two caches
    CACHE_CONTENT = True
    LOAD_CONTENT_CACHE = True
    CONTENT_CACHING_LAYER = "reader"
    CHECK_MODIFIED_METHOD = "mtime"
