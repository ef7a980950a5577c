"""An executor whose processes share what was loaded for them, while this process does not hold it.

Dictionaries and models take 130 MB. Processes that are copies of this one would share them with it; but who writes a
large corpus needs none of them until all documents are prepared, and has that much other use for the memory. So a
process between loads them, has its copies work, and hands on what goes to and fro.
"""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from multiprocessing.connection import Connection
from typing import Any

from corpus_db.executors import pool_of, uninterrupted

Ends = tuple[Connection, Connection]  # of the pipes for calls and for results, as one process holds them


@contextlib.contextmanager
def apart(jobs: int, load: Callable[[], Any]) -> Iterator[Executor]:
    """An executor over `jobs` processes that share what ``load()`` loads; where processes can be copies (`can_copy`).

    Leaving ends them at once: all that is wanted has been waited for by then.
    """
    executor = _Apart(jobs, load)
    try:
        yield executor
    finally:
        executor.shutdown()


class _Apart(Executor):
    def __init__(self, jobs: int, load: Callable[[], Any]) -> None:
        calls, self._calls = multiprocessing.Pipe(duplex=False)
        self._results, results = multiprocessing.Pipe(duplex=False)
        ours, theirs = (self._calls, self._results), (calls, results)
        self._between = multiprocessing.get_context("fork").Process(target=_hand_on, args=(ours, theirs, jobs, load))
        self._futures: dict[int, Future[Any]] = {}
        with uninterrupted():
            self._between.start()
            _close(theirs)
            self._given, self._lost = 0, False
            self._listener = threading.Thread(target=self._listen, daemon=True)
            self._listener.start()

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have one of the processes run ``fn``."""
        future: Future[Any] = Future()
        future.set_running_or_notify_cancel()
        self._futures[self._given] = future
        try:
            self._calls.send((self._given, partial(fn, *args, **kwargs)))
        except OSError:
            self._lost = True
        self._given += 1
        if self._lost:
            self._give_up()
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """End the processes, and what they are at."""
        self._calls.close()  # which the process between takes as the end
        self._between.join()
        self._listener.join()
        self._results.close()

    def _listen(self) -> None:
        """Tell the futures what comes, until nobody is there to tell it."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                number, result, error = self._results.recv()
                future = self._futures.pop(number)
                if error is None:
                    future.set_result(result)
                else:
                    future.set_exception(error)
        self._lost = True
        self._give_up()

    def _give_up(self) -> None:
        while self._futures:
            with contextlib.suppress(KeyError):  # the other thread gave it up
                self._futures.popitem()[1].set_exception(BrokenProcessPool("the process between has ended"))


def _hand_on(others: Ends, ends: Ends, jobs: int, load: Callable[[], Any]) -> None:
    """In the process between: have copies of it run what comes, until nobody is there to send it."""
    _close(others)
    calls, results = ends
    load()
    with contextlib.suppress(EOFError, OSError), pool_of(jobs) as pool:
        while True:
            number, call = calls.recv()
            pool.submit(call).add_done_callback(partial(_answer, results, number))


def _answer(results: Connection, number: int, done: Future[Any]) -> None:
    """Hand a result on; the thread of the pool calls this for one after the other."""
    if done.cancelled():  # nobody waits for it
        return
    error = done.exception()
    with contextlib.suppress(OSError):  # nobody is there to hear it
        results.send((number, None if error else done.result(), error))


def _close(ends: Ends) -> None:
    for end in ends:
        end.close()
