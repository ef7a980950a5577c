"""Numbers that share the unit of the time expression behind them → expressions of their own: 6、7月, 2013和2014年, 上、下半年."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise
from typing import NamedTuple

from corpus_db.analysis.date_parts import Parts
from corpus_db.analysis.date_words import DAY_NUMBER, MONTH_NUMBER

AND = frozenset("、和与及或")  # between the numbers of a list, the last of which is the expression behind it
_AND = f"[{''.join(sorted(AND))}]"
_CHARS = 24  # before an expression in which its list is looked for
# A small number behind none of these, or at a line's beginning, counts something else, or the points of a text: 第6、7月.
_COUNTS = r"(?<=[^0-9A-Za-z第.:：/¥$。；;！？!?\n~—-])"


class _Listed(NamedTuple):
    kinds: frozenset[str]  # of the expressions that may end such a list, as in `date_grammar`
    ending: re.Pattern[str]  # what they end with
    numbers: re.Pattern[str]  # what stands before them


def _listed(kinds: str, ending: str, number: str, before: str = _COUNTS) -> _Listed:
    return _Listed(frozenset(kinds.split()), re.compile(rf"{ending}\Z"), re.compile(rf"{before}(?:{number}{_AND})+\Z"))


# By what each number is to be read with.
_LISTS = {
    "月": _listed("month", "月份?", MONTH_NUMBER),
    "日": _listed("days", "日", DAY_NUMBER),
    "年": _listed("calendar", "[年度]", r"(?:19|20)\d\d", r"(?<![\d.])"),
    "半年": _listed("part", "半年", "[上前]", "(?<!以)"),
    "季度": _listed("part", "季度", "第?[一二三四1-4]"),
}
_NUMBER = re.compile(f"[^{_AND[1:]}+")


def before(text: str, low: int, start: int, end: int, kind: str) -> Iterator[tuple[int, int, str]]:
    """(start, end, words that it stands for) of the numbers from `low` on that lead to the expression start … end.

    >>> list(before("在6、7月份", 0, 3, 6, "month")), list(before("第6、7月", 0, 3, 5, "month"))
    ([(1, 2, '6月')], [])
    """
    for unit, (kinds, ending, numbers) in _LISTS.items():
        if kind in kinds and ending.search(text, start, end):
            found = numbers.search(text, max(low, start - _CHARS), start)
            for number in _NUMBER.finditer(text, found.start(), start) if found else ():
                yield *number.span(), number[0] + unit


def ascend(parts: list[Parts]) -> bool:
    """Whether each is later than the one before it, in its own unit."""
    order = [(one.year, one.month or 0, one.day or 0, one.part or "") for one in parts]
    return all(earlier < later for earlier, later in pairwise(order))
