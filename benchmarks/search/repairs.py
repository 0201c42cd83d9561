"""How slips are answered by our site: repaired to what was meant, to something else, or not at all; words reached by pinyin."""

from __future__ import annotations

import statistics
from collections.abc import Mapping, Sequence
from typing import Any

from browser import Session, Subject, chromium
from measures import spread
from server import Server
from slips import Slip

_LOOK_UP = """
async (slips) => {
  const folder = document.querySelector('script[src$="search-page.js"]').src.replace(/[^/]*$/, "");
  const [{ Vocabulary }, { wordsTyped }] = await Promise.all([import(folder + "vocabulary.js"), import(folder + "pinyin.js")]);
  const index = new URL(document.documentElement.dataset.root + "search/index/", location.href).href;
  const facets = await (await fetch(index + "facets.json")).json();
  const vocabulary = new Vocabulary(index + facets.vocabulary);
  const places = [];
  for (const [typed, meant] of slips) places.push((await wordsTyped(vocabulary, typed)).findIndex(([word]) => word === meant));
  return places;
}
"""


def homophones(subject: Subject, sets: Mapping[str, Sequence[Slip]]) -> dict[str, Any]:
    """Per set: repaired right, repaired wrong, not repaired (the answer, if any, is of another kind)."""
    out = {}
    with chromium() as browser, Server(subject.root) as server:
        server.warm()
        for name, slips in sets.items():
            right, wrong, none, sent, times = 0, [], [], [], []
            with Session(browser, subject, server) as reader:
                reader.ask("的")
                for slip in slips:
                    answer = reader.ask(slip.typed)
                    sent.append(answer.sent / 1024)
                    times.append(answer.ms)
                    if answer.searched == (slip.meant,):
                        right += 1
                    elif len(answer.searched) == 1 and answer.searched[0] != slip.typed and answer.ids:
                        wrong.append(f"{slip.typed} → {answer.searched[0]}, meant {slip.meant}")
                    else:
                        none.append(f"{slip.typed}, meant {slip.meant}")
            repaired = right + len(wrong)
            out[name] = {
                "slips": len(slips),
                "right": right,
                "wrong": len(wrong),
                "none": len(none),
                "precision": right / repaired if repaired else 0.0,
                "found": right / len(slips),
                "kb": spread(sent),
                "ms": spread(times),
                "wrong_ones": wrong[:40],
                "unrepaired": none[:40],
            }
    return out


def pinyin(subject: Subject, sets: Mapping[str, Sequence[Slip]]) -> dict[str, Any]:
    """Per way of typing: words in the look-up's list, words shown (searched or offered), and bytes of a first look-up.

    A look-up is its modules and the files of the vocabulary; what the found word's own search costs is counted apart.
    """
    out: dict[str, Any] = {"ways": {}}
    with chromium() as browser, Server(subject.root) as server:
        server.warm()
        folder = next(path for path in subject.root.glob("search/index/*") if (path / "sounds.txt").exists()).name
        for way, slips in sets.items():
            with Session(browser, subject, server) as reader:
                places = reader.page.evaluate(_LOOK_UP, [[slip.typed, slip.meant] for slip in slips])
                shown = []
                for slip in slips[::10]:
                    answer = reader.ask(slip.typed)
                    shown.append(slip.meant in answer.searched or slip.meant in answer.offers)
            lost = [f"{s.typed} ({s.meant})" for s, place in zip(slips, places, strict=True) if place < 0]
            out["ways"][way] = {
                "words": len(slips),
                "reached": statistics.mean(place >= 0 for place in places),
                "among_nine": statistics.mean(0 <= place < 9 for place in places),
                "shown": statistics.mean(shown),
                "unreached": lost[:40],
            }
        first, later, search = [], [], []
        slips = [slip for way in ("full", "initials") for slip in sets[way][:8]]
        for slip in slips:
            with Session(browser, subject, server) as reader:
                reader.page.wait_for_load_state("networkidle")
                for kept in (first, later):
                    before = len(server.sent)
                    reader.ask(slip.typed if kept is first else sets["full"][-1].typed)
                    new = server.sent[before:]
                    aids = sum(size for path, size in new if path.endswith(".js") or f"/{folder}/" in path)
                    kept.append(aids / 1024)
                    if kept is first:
                        search.append(sum(size for _, size in new) / 1024 - aids / 1024)
    return {**out, "first_kb": spread(first), "later_kb": spread(later), "search_kb": spread(search)}
