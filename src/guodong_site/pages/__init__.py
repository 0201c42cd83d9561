"""One file a kind of page: what its template receives (`Context`), and `plan(site)`, which says every page of the kind.

A page kind never imports another; what they share is in `views`.
"""
