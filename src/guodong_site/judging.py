"""What all opinions say together: of one issue, of the whole archive, on a day; and how much each counts here."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from dataclasses import replace

from guodong_site import checks, faults, misprints, refusals
from guodong_site.archive import Archive
from guodong_site.artifact import Check
from guodong_site.config import Settings
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.fields import near
from guodong_site.model import Issue, Site
from guodong_site.registry import discover
from guodong_site.reviews import RULE as UNREVIEWED
from guodong_site.waiver import Waiver, waived


def rules() -> dict[str, Rule]:
    """Every rule by code: the readers' own, those of publishing and the checks'."""
    own = (check.rule for check in discover(checks, "CHECK", Check))
    return {rule.code: rule for rule in (*faults.ALL, *misprints.ALL, *refusals.ALL, UNREVIEWED, *own)}


def judged(issue: Issue, settings: Settings) -> Iterator[Diagnostic]:
    """What the checks say of an issue by itself."""
    site = Site(settings=settings, issues=(issue,))
    return (found for check in discover(checks, "CHECK", Check) for found in check.run(site))


def judged_together(
    found: list[Diagnostic], archive: Archive, waivers: Iterable[Waiver], today: datetime.date | None
) -> list[Diagnostic]:
    """What was `found` of each issue with what the archive as a whole has against it, waived and weighed.

    Without `today` nothing is said that depends on the day, or takes its time.
    """
    opinions = discover(checks, "CHECK", Check)
    said = [*found, *(d for check in opinions for d in check.across(archive))]
    if today is not None:
        said += [d for check in opinions for d in check.on(archive, today)]
    named = {rule.name: rule for rule in rules().values()}
    return weighed(waived(said, waivers, named, today), archive.settings)


def weighed(found: list[Diagnostic], settings: Settings) -> list[Diagnostic]:
    """The findings with the weight the office gave their rules; what cannot be read (F) or run (E) cannot be waved through,
    nor what publishing demands (X)."""
    weights = settings.weights
    names = {rule.name for rule in rules().values() if rule.code[0] not in "FEX"}
    chosen = {name: weight.severity for name, weight in weights.items() if name in names and weight.severity}
    again = [replace(d, severity=chosen.get(d.rule.name, d.severity)) for d in found]
    for name in weights.keys() - names:
        guess = near(name, names)
        hint = f"您是不是想写“{guess}”？" if guess else "可以写：" + "、".join(sorted(names))
        again.append(faults.UNKNOWN_KEY.at(weights[name].where, f"checks 里不认识的检查“{name}”", hint))
    return again
