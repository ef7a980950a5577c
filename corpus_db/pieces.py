"""Pieces of work → their results, in order: few are under way at a time, wherever they are done."""

from __future__ import annotations

import concurrent.futures
from collections import deque
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice
from typing import Generic, TypeVar

from corpus_db.errors import BuildError
from corpus_db.spool import Spool

AHEAD = 12  # pieces under way: enough to keep the workers busy, few enough to bound the memory
MOST_BYTES = 64 << 20  # of them: a few large documents keep the workers busy, too
In = TypeVar("In")
Out = TypeVar("Out")
Other = TypeVar("Other")


def pieces(items: Iterable[In], size: int) -> Iterator[list[In]]:
    """`items` in lists of `size`, the last one shorter.

    >>> list(pieces("abc", 2))
    [['a', 'b'], ['c']]
    """
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


def ordered(
    submit: Callable[[In], concurrent.futures.Future[Out]],
    inputs: Iterable[In],
    *,
    ahead: int,
    size: Callable[[In], int] = lambda _: 0,
) -> Iterator[tuple[In, Out]]:
    """(input, result of ``submit(input)``) for each input, in order, with at most `ahead` of them under way, fewer where
    they take more than `MOST_BYTES` by `size`: the first of them from this call on.

    Raises `BuildError` if the executor loses a worker.
    """
    rest = iter(inputs)
    waiting = deque[tuple[In, concurrent.futures.Future[Out]]]()
    for one in islice(rest, ahead - 1):
        waiting.append((one, submit(one)))
        if _are_many(waiting, ahead, size):
            break
    return _ordered(submit, rest, waiting, ahead, size)


def _are_many(
    waiting: Collection[tuple[In, concurrent.futures.Future[Out]]], ahead: int, size: Callable[[In], int]
) -> bool:
    return len(waiting) >= ahead or (len(waiting) > 1 and sum(size(one) for one, _ in waiting) > MOST_BYTES)


def _ordered(
    submit: Callable[[In], concurrent.futures.Future[Out]],
    rest: Iterator[In],
    waiting: deque[tuple[In, concurrent.futures.Future[Out]]],
    ahead: int,
    size: Callable[[In], int],
) -> Iterator[tuple[In, Out]]:
    try:
        for one in rest:
            waiting.append((one, submit(one)))
            while _are_many(waiting, ahead, size):
                first, future = waiting.popleft()
                yield first, _result(future)
        while waiting:
            first, future = waiting.popleft()
            yield first, _result(future)
    finally:
        for _, future in waiting:
            future.cancel()


class Aside(Generic[In, Out]):
    """Pieces of work that are done while this process does something else. Leaving the block gives up what is not done.

    >>> from corpus_db.executors import Inline
    >>> with Inline() as pool, Aside(lambda n: pool.submit(abs, n), [-1, -2], ahead=2) as work:
    ...     list(work.beside("a")), list(work.results()), list(work.once())
    (['a'], [1, 2], [1, 2])
    """

    def __init__(
        self, submit: Callable[[In], concurrent.futures.Future[Out]], inputs: Iterable[In], *, ahead: int
    ) -> None:
        self._submit, self._inputs = submit, iter(inputs)
        self._waiting: deque[concurrent.futures.Future[Out]] = deque()
        self._done: Spool[Out] = Spool()
        self._hand_out(ahead)

    def __enter__(self) -> Aside[In, Out]:
        return self

    def __exit__(self, *error: object) -> None:
        for future in self._waiting:
            future.cancel()

    def _hand_out(self, pieces: int) -> None:
        self._waiting.extend(map(self._submit, islice(self._inputs, pieces)))

    def _take(self) -> None:
        self._done.add(_result(self._waiting.popleft()))
        self._hand_out(1)

    def beside(self, items: Iterable[Other]) -> Iterator[Other]:
        """`items`, unchanged; between them finished work is taken and new work handed out."""
        for item in items:
            while self._waiting and self._waiting[0].done():
                self._take()
            yield item

    def once(self) -> Iterator[Out]:
        """All results, in the order of the inputs, to be asked for once: none is put away first."""
        yield from self._done
        while self._waiting:
            result = _result(self._waiting.popleft())
            self._hand_out(1)
            yield result

    def results(self) -> Iterator[Out]:
        """All results, in the order of the inputs, however long they take; as often as they are asked for."""
        while self._waiting:
            self._take()
        yield from self._done


def _result(future: concurrent.futures.Future[Out]) -> Out:
    try:
        return future.result()
    except concurrent.futures.BrokenExecutor as error:
        reason = "a worker process died; was it killed, or the memory full? Try fewer of them (--jobs 1)"
        raise BuildError(reason) from error
