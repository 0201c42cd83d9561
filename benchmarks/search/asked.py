"""How much is asked: the sets of queries and how large they are.  Loads nothing, so that the report needs no engine."""

SET = 40
"""Queries of a set."""

EXACT = "word phrase person place substring mixed width long single multi".split()
"""The sets an exact search answers with all articles that hold the query, and no others."""

SLIPS = 200
"""Slips of a set."""
