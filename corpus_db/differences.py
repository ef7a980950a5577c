"""Two tables in the order of their keys → what makes the one the other."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any


def differences(
    old: Iterator[tuple[Any, ...]], new: Iterator[tuple[Any, ...]], keys: int
) -> Iterator[tuple[tuple[Any, ...], tuple[Any, ...]]]:
    """(key of a row that goes, row that comes), either empty, of two tables in the order of their first `keys` columns.

    >>> list(differences(iter([("a", 1), ("b", 1), ("c", 1)]), iter([("a", 1), ("b", 2), ("d", 1)]), 1))
    [((), ('b', 2)), (('c',), ()), ((), ('d', 1))]
    """
    before, after = next(old, None), next(new, None)
    while before is not None or after is not None:
        if before == after:
            before, after = next(old, None), next(new, None)
        elif after is None or (before is not None and before[:keys] < after[:keys]):
            assert before is not None
            yield before[:keys], ()
            before = next(old, None)
        else:
            yield (), after
            if before is not None and before[:keys] == after[:keys]:
                before = next(old, None)
            after = next(new, None)
