"""The number of a bank card: 16 to 19 digits that fulfil Luhn's check (ISO/IEC 7812)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from guodong_site.artifact import Check
from guodong_site.diagnostics import Diagnostic, Rule
from guodong_site.model import Site
from guodong_site.proof import proofs

RULE = Rule(
    code="S012",
    name="bank-card",
    title="有银行卡号",
    why="银行卡号是敏感个人信息（《个人信息保护法》第二十八条）。按卡号的校验位认定。",
    wrong="捐款汇至6222020200112230069",
    right="捐款方式见市红十字会网站",
)
_NUMBER = re.compile(r"[3-9](?<![0-9A-Za-z.].)\d{3}(?:[ -]?\d{4}){2}(?:[ -]?\d{4,7}|[ -]?\d{4}[ -]?\d{1,3})(?![0-9A-Za-z])")


def run(site: Site) -> Iterator[Diagnostic]:
    """Numbers whose last digit fits."""
    for proof in proofs(site):
        for mark in proof.marks(_NUMBER):
            if _fits(re.sub(r"\D", "", mark.text)):
                yield mark.at(RULE, "这像是银行卡号", "删去；确实要公开的单位账户，请先核实，再在 allow 里写明理由")


def _fits(number: str) -> bool:
    """Luhn: of every second digit from the right, twice, all digits summed, come tens."""
    doubled = [int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(number))]
    return sum(value - 9 * (value > 9) for value in doubled) % 10 == 0


CHECK = Check(rule=RULE, run=run)
