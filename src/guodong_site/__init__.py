"""guodong-site: the archive of a government bulletin, from Markdown to a searchable static site."""

__version__ = "0.1.0"
