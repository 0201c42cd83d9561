"""What is measured of a subject: sets against truth, bytes and latency of a session, order, titles, questions."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from asked import EXACT
from browser import Cold, Session, Subject, chromium, cold
from corpus import Question
from queries import Query
from server import Server

_ALL = 1_000_000
"""A limit that lets every hit through."""

_FALLBACK = ("glued", "traditional")
"""Sets no article holds as typed: what is found otherwise counts here, and only here."""


def session(subject: Subject, sets: Mapping[str, Sequence[Query]], starts: int = 9) -> dict[str, Any]:
    """`starts` cold starts, then all sets in one session: first, again, and whole.

    An answer that says it is not exact counts as no hit, but for the sets that are about such answers.
    """
    with chromium() as browser, Server(subject.root) as server:
        server.warm()
        firsts = [sets[name][1].text for name in EXACT if name in sets and name != "single"]
        began = cold(browser, subject, server, firsts[:starts])
        queries = [(name, query) for name, held in sets.items() for query in held]
        with Session(browser, subject, server) as reader:
            reader.ask(firsts[0])
            first = [reader.ask(query.text) for _, query in queries]
            again = [reader.ask(query.text) for _, query in queries]
            whole = [reader.ask(query.text, _ALL) for _, query in queries] if subject.limited else first
            faults = reader.faults
    asked = [at for at, (name, _) in enumerate(queries) if name in EXACT]
    quality: dict[str, dict[str, float]] = {}
    missed = []
    for name in sets:
        rows = []
        for (held, query), answer, top in zip(queries, whole, first, strict=True):
            if held != name:
                continue
            counts = answer.exact or name in _FALLBACK
            found = set(answer.ids) if counts else set()
            row = against(found, list(top.ids) if counts else [], query.truth)
            rows.append(row)
            if name in (*EXACT, "zero") and min(row) < 1:
                missed.append({"set": name, "query": query.text, "expected": len(query.truth), "got": len(found)})
        recall, precision, top_ten = (statistics.mean(column) for column in zip(*rows, strict=True))
        quality[name] = {"queries": len(rows), "recall": recall, "precision": precision, "top_ten": top_ten}
    return {
        "sets": quality,
        "missed": missed[:40],
        "cold": _cold(began),
        "next_kb": spread([first[at].sent / 1024 for at in asked]),
        "next_kb_all": spread([answer.sent / 1024 for answer in first]),
        "list_ms": spread([first[at].ms for at in asked]),
        "list_ms_all": spread([answer.ms for answer in first]),
        "again_ms": spread([again[at].ms for at in asked]),
        "again_ms_all": spread([answer.ms for answer in again]),
        "faults": faults[:5],
    }


def against(found: set[int], top: Sequence[int], truth: frozenset[int]) -> tuple[float, float, float]:
    """Recall, precision, precision of the ten shown; where nothing is to be found, finding nothing is right."""
    if not truth:
        right = 0.0 if found else 1.0
        return right, right, right
    recall = len(found & truth) / len(truth)
    precision = len(found & truth) / len(found) if found else 0.0
    shown = list(top)[:10]
    return recall, precision, sum(number in truth for number in shown) / len(shown) if shown else 0.0


def top_share(subject: Subject, queries: Sequence[Query]) -> dict[str, float]:
    """How many of the ten first answers are right, and in how many queries the very first is."""
    with chromium() as browser, Server(subject.root) as server, Session(browser, subject, server) as reader:
        tops = [(reader.ask(query.text).ids[:10], query.truth) for query in queries]
    shares = [sum(number in truth for number in top) / len(top) if top else 0.0 for top, truth in tops]
    first = [bool(top) and top[0] in truth for top, truth in tops]
    return {"queries": len(queries), "share": statistics.mean(shares), "first": statistics.mean(first)}


def questions(subject: Subject, asked: Sequence[Question]) -> dict[str, Any]:
    """Where the first right answer stands: hit@1, hit@10, MRR@10; first-time milliseconds and KB in one session."""
    with chromium() as browser, Server(subject.root) as server:
        server.warm()
        with Session(browser, subject, server) as reader:
            answers = [reader.ask(question.text) for question in asked]
        first_kb = []
        for question in asked[:: max(1, len(asked) // 12)]:
            with Session(browser, subject, server) as reader:
                first_kb.append(reader.ask(question.text).sent / 1024)
    ranks = []
    for question, answer in zip(asked, answers, strict=True):
        ranks.append(next((place for place, number in enumerate(answer.ids[:10], 1) if number in question.answers), 0))
    missed = [question.text for question, rank in zip(asked, ranks, strict=True) if not rank]
    return {
        "questions": len(asked),
        "hit1": statistics.mean(rank == 1 for rank in ranks),
        "hit10": statistics.mean(rank > 0 for rank in ranks),
        "mrr": statistics.mean(1 / rank if rank else 0 for rank in ranks),
        "first_kb": spread(first_kb),
        "ms": spread([answer.ms for answer in answers]),
        "missed": missed[:40],
    }


def spread(values: Sequence[float]) -> dict[str, float]:
    """Median, 95th percentile and largest."""
    ordered = sorted(values)
    place = min(len(ordered) - 1, int(len(ordered) * 0.95))
    return {"median": statistics.median(ordered), "p95": ordered[place], "max": ordered[-1]}


def _cold(began: Cold) -> dict[str, float]:
    return {"kb": began.kb, "kb_max": began.kb_max, "shell_kb": began.shell_kb, "ms": began.ms}
