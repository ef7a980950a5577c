"""Objects in order, on disk: what the end of a build needs again of every document, without keeping it in memory."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from typing import Generic, TypeVar

T = TypeVar("T")


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
