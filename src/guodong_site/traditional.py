"""Traditional and variant characters and the standard one of each, from OpenCC's TSCharacters (search/traditional.txt).

Left out are those that 《通用规范汉字表》 (国发〔2013〕23号) has as standard characters of their own.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

_TABLE = Path(__file__).parent / "search" / "traditional.txt"
_STANDARD = frozenset("乾瞭著藉徵夥於麽麼覆祇剋囉噁喂摺菴甯濛濔瀰鍾鉅餘鬱鯰髮沈坵苧昇陞淼喆堃犇猷")
"""Standard in some sense or in names, whatever simplified character it is also the traditional one of."""


@lru_cache(maxsize=1)
def simplified() -> dict[str, str]:
    """The standard character of each traditional or variant one."""
    lines = _TABLE.read_text(encoding="utf-8").splitlines()
    pairs = (line for line in lines if len(line) == 2)
    return {line[0]: line[1] for line in pairs if line[0] not in _STANDARD}
