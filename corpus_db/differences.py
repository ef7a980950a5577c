"""Two tables in the order of their keys → what makes the one the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Row = tuple[Any, ...]


def differences(old: Iterator[Row], new: Iterator[Row], keys: int) -> Iterator[tuple[Row, Row]]:
    """(row as it was, row as it is) of two tables in the order of their first `keys` columns, which tell rows apart.

    Rows that are the same are passed over; of a row that is gone the second is empty, of one that has come the first.

    >>> list(differences(iter([("a", 1), ("b", 1), ("c", 1)]), iter([("a", 1), ("b", 2), ("d", 1)]), 1))
    [(('b', 1), ('b', 2)), (('c', 1), ()), ((), ('d', 1))]
    """
    was, is_ = next(old, ()), next(new, ())
    while was or is_:
        if was == is_:
            was, is_ = next(old, ()), next(new, ())
        elif not is_ or (was and was[:keys] < is_[:keys]):
            yield was, ()
            was = next(old, ())
        elif not was or is_[:keys] < was[:keys]:
            yield (), is_
            is_ = next(new, ())
        else:
            yield was, is_
            was, is_ = next(old, ()), next(new, ())
