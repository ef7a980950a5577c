"""Numbers by year → the bars of a chart, with the years between that have none."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

_MAX_GAP_YEARS = 60  # where the first and last year are further apart, only years with a number are shown


class Bar(NamedTuple):
    """One year."""

    year: int
    number: int
    height: float  # part of the highest bar, 0 to 100


def bars(counts: Iterable[tuple[object, int]]) -> list[Bar]:
    """The bars of (year, count), in order.

    >>> [(bar.year, bar.height) for bar in bars([(2013, 2), (2015, 1)])]
    [(2013, 100.0), (2014, 0.0), (2015, 50.0)]
    """
    found = {year: count for year, count in counts if isinstance(year, int)}
    if not found:
        return []
    first, last = min(found), max(found)
    years = range(first, last + 1) if last - first <= _MAX_GAP_YEARS else sorted(found)
    highest = max(*found.values(), 1)
    return [Bar(year, found.get(year, 0), round(100 * found.get(year, 0) / highest, 1)) for year in years]
