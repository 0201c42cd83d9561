"""The full-text index.  Pagefind makes it, static/js/ reads it: exact sets over any number of bundles, as if they were one.

tokens → records → pagefind → bundle → facets, vocabulary → index.
"""
