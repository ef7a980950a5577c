"""Rows of numbers → the order of their keys, however many there are: sorted runs on disk, merged stretch by stretch.

An external merge sort (Knuth, TAOCP 3, 5.4): in memory are the rows that came last, and then one stretch.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_db.text.arrays import changes

_ROWS = 1 << 19  # that are held before they are written, and that make a stretch
_BLOCK = 1 << 10  # rows of a run, of which one key is kept in memory

Column = npt.NDArray[Any]
Columns = tuple[Column, ...]  # as long as each other; the first has the keys


def same(rows: Columns) -> Columns:
    """Rows as they are."""
    return rows


def summed(rows: Columns) -> Columns:
    """Rows in the order of their keys, those of one key as one row, with the sums of the other columns.

    >>> [column.tolist() for column in summed((np.array([1, 1, 3]), np.array([10, 11, 30])))]
    [[1, 3], [21, 30]]
    """
    keys, *values = rows
    if not len(keys):
        return rows
    first = np.flatnonzero(changes(keys))
    return keys[first], *(np.add.reduceat(column, first) for column in values)


class SortedRows:
    """Rows that come in any order and leave in that of their keys; those of one key in the order in which they came.

    >>> rows = SortedRows(np.int64, np.int32)
    >>> rows.add(np.array([3, 1]), np.array([30, 10])), rows.add(np.array([1]), np.array([11]))
    (None, None)
    >>> [[column.tolist() for column in stretch] for stretch in rows.stretches()]
    [[[1, 1, 3], [10, 11, 30]]]
    """

    def __init__(self, *kinds: npt.DTypeLike, join: Callable[[Columns], Columns] = same) -> None:
        """`kinds` are the types of the columns; `join` is what is made of rows in order: `same` or `summed`."""
        self._kinds = [np.dtype(kind) for kind in kinds]
        self._join = join
        self._waiting: list[Columns] = []
        self._size = 0  # of what waits
        self._files = [tempfile.TemporaryFile(prefix="corpus_db-") for _ in kinds]  # noqa: SIM115 -- live as long as this
        self._ends = [0]  # of the runs, in rows
        self._samples: list[Column] = []  # of each run, the first key of every block

    def add(self, *columns: Column) -> None:
        """Take in rows."""
        self._waiting.append(columns)
        self._size += len(columns[0])
        if self._size >= _ROWS:
            rows = self._in_order(self._waiting)
            self._waiting, self._size = [rows], len(rows[0])
            if self._size > _ROWS // 2:  # else they were joined to few: there is room for more
                self._write(rows)

    def stretches(self) -> Iterator[Columns]:
        """All rows, in stretches of about half a million; those of one key are in one stretch."""
        rows = self._in_order(self._waiting)
        if not self._samples:
            yield rows
            return
        self._write(rows)
        keys = np.sort(np.concatenate(self._samples))
        bounds = np.unique(keys[_ROWS // _BLOCK :: _ROWS // _BLOCK])
        cuts = [
            [first, *(self._place(first, last, samples, key) for key in bounds), last]
            for (first, last), samples in zip(pairwise(self._ends), self._samples, strict=True)
        ]
        for stretch in zip(*map(pairwise, cuts), strict=True):
            yield self._in_order([tuple(self._read(i, *part) for i in range(len(self._kinds))) for part in stretch])

    def _in_order(self, parts: list[Columns]) -> Columns:
        empty = tuple(np.empty(0, kind) for kind in self._kinds)
        columns = [
            np.concatenate(column, dtype=kind, casting="same_kind")
            for column, kind in zip(zip(empty, *parts, strict=True), self._kinds, strict=True)
        ]
        order = np.argsort(columns[0], kind="stable")
        return self._join(tuple(column[order] for column in columns))

    def _write(self, rows: Columns) -> None:
        for file, column, kind in zip(self._files, rows, self._kinds, strict=True):
            file.write(column.astype(kind, copy=False).tobytes())
        self._ends.append(self._ends[-1] + len(rows[0]))
        self._samples.append(rows[0][::_BLOCK].copy())
        self._waiting, self._size = [], 0

    def _place(self, first: int, last: int, samples: Column, key: Any) -> int:
        """Where in a run the rows from `key` on begin."""
        start = first + _BLOCK * max(0, int(np.searchsorted(samples, key)) - 1)
        return start + int(np.searchsorted(self._read(0, start, min(start + _BLOCK, last)), key))

    def _read(self, column: int, first: int, last: int) -> Column:
        file, kind = self._files[column], self._kinds[column]
        file.seek(first * kind.itemsize)
        return np.frombuffer(file.read((last - first) * kind.itemsize), kind)
