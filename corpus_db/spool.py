"""Objects on disk: what the end of a build needs again of every document, and what is too much to be put in order in memory."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterable, Iterator
from heapq import merge
from itertools import islice
from typing import Any, Generic, TypeVar

T = TypeVar("T")
_HELD = 1 << 16  # objects that are put in order in memory
_READ = 500  # objects of a run that are read at a time


class Spool(Generic[T]):
    """A list that lies in a temporary file, which vanishes with it.

    >>> spool = Spool[str]()
    >>> spool.add("a"), spool.add("b"), list(spool)
    (None, None, ['a', 'b'])
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as the spool
        self._size = 0

    def add(self, item: T) -> None:
        """Append `item`, anything that can be pickled."""
        pickle.dump(item, self._file, pickle.HIGHEST_PROTOCOL)
        self._size += 1

    def __len__(self) -> int:
        return self._size

    def __iter__(self) -> Iterator[T]:
        self._file.seek(0)
        for _ in range(self._size):
            yield pickle.load(self._file)


class Runs(Generic[T]):
    """Runs of objects in ascending order, in a temporary file, to be merged into one.

    >>> runs = Runs[int]()
    >>> runs.add([2, 3]), runs.add([1, 4]), list(runs.merged([0, 3]))
    (None, None, [0, 1, 2, 3, 3, 4])
    """

    def __init__(self) -> None:
        self._file = tempfile.TemporaryFile(prefix="corpus_db-")  # noqa: SIM115 -- lives as long as the runs
        self._bounds = [0]  # in the file

    def __len__(self) -> int:
        """How many runs were put away."""
        return len(self._bounds) - 1

    def add(self, run: Iterable[T]) -> None:
        """Put away a run."""
        items = iter(run)
        while piece := list(islice(items, _READ)):
            pickle.dump(piece, self._file, pickle.HIGHEST_PROTOCOL)
        self._bounds.append(self._file.tell())

    def merged(self, last: Iterable[T] = ()) -> Iterator[T]:
        """The objects of all runs, and of one more that is in memory; of equal ones those of the earlier run first."""
        return merge(*map(self._run, self._bounds, self._bounds[1:]), last)  # type: ignore[type-var]

    def _run(self, start: int, end: int) -> Iterator[T]:
        while start < end:
            self._file.seek(start)
            piece = pickle.load(self._file)
            start = self._file.tell()
            yield from piece


def in_order(items: Iterable[T], held: int = _HELD) -> Iterator[T]:
    """`items` in ascending order, however many they are; `held` of them are in memory at a time.

    >>> list(in_order("spool", held=2))
    ['l', 'o', 'o', 'p', 's']
    """
    iterator, runs = iter(items), Runs[Any]()
    while len(piece := sorted(islice(iterator, held))) == held:  # type: ignore[type-var]
        runs.add(piece)
    return runs.merged(piece)
