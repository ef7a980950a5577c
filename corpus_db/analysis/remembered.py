"""A function of one argument → a table of its results, which costs less to ask than a call."""

from __future__ import annotations

from collections.abc import Callable
from typing import Generic, TypeVar

K = TypeVar("K")
V = TypeVar("V")


class Remembered(dict[K, V], Generic[K, V]):
    """Key → what `reckon` gives for it, reckoned when it is first asked for.

    Of more than `most` the later half is forgotten: what is asked for often has mostly been asked for early.

    >>> squares = Remembered(lambda n: n * n, most=2)
    >>> squares[3], squares[4], dict(squares), squares[5], dict(squares)
    (9, 16, {3: 9, 4: 16}, 25, {3: 9, 5: 25})
    """

    def __init__(self, reckon: Callable[[K], V], most: int) -> None:
        super().__init__()
        self._reckon = reckon
        self._most = most

    def __missing__(self, key: K) -> V:
        if len(self) >= self._most:
            for later in list(self)[self._most // 2 :]:
                del self[later]
        self[key] = value = self._reckon(key)
        return value
