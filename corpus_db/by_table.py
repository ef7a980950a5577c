"""Rows of several tables, a few of each at a time → large batches of one table."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from typing import Any

_GATHER = 5_000  # rows of a table that are written at once
Rows = list[tuple[Any, ...]]


class ByTable(defaultdict[str, Rows]):
    """Rows by table, written whenever one of the tables has gathered enough.

    >>> rows = ByTable(lambda table, of_table: print(table, of_table))
    >>> rows["quotes"] += [(1, "好")]
    >>> rows["quotes"] += [(2, "对")]
    >>> rows.flush()
    quotes [(1, '好'), (2, '对')]
    """

    def __init__(self, write: Callable[[str, Rows], None]) -> None:
        super().__init__(list)
        self._write = write

    def __setitem__(self, table: str, rows: Rows) -> None:
        if len(rows) >= _GATHER:
            self._write(table, rows)
            rows = []
        super().__setitem__(table, rows)

    def flush(self) -> None:
        """Write what is left."""
        for table, rows in self.items():
            self._write(table, rows)
        self.clear()
