"""Where the work on documents runs: here, in processes, or wherever the caller's executor takes it; results in order."""

from __future__ import annotations

import concurrent.futures
import contextlib
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any, Generic, TypeVar

from corpus_db.errors import BuildError
from corpus_db.spool import Spool

AHEAD = 12  # pieces of work under way: enough to keep the workers busy, few enough to bound the memory
_MUCH = 40  # pieces of work that take one process as long as another one takes to load its dictionaries
_SELDOM = (200_000, 20, 100)  # objects that come before a collection; collections before one of the older ones
In = TypeVar("In")
Out = TypeVar("Out")
Other = TypeVar("Other")


class Inline(concurrent.futures.Executor):
    """An executor that runs each call at once, in this process: for small inputs, and for `jobs=1`."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> concurrent.futures.Future[Any]:
        """Run ``fn`` now; the future is done when this returns."""
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as error:
            future.set_exception(error)
        return future


@contextlib.contextmanager
def processes(jobs: int | None) -> Iterator[concurrent.futures.Executor]:
    """An executor over `jobs` processes (None: one per core); leaving on an error ends them at once."""
    jobs = jobs or os.cpu_count() or 1
    if jobs == 1:
        yield Inline()
        return
    with _pool(jobs) as pool:
        yield pool


@contextlib.contextmanager
def late_processes(jobs: int | None, load: Callable[[], Any]) -> Iterator[concurrent.futures.Executor]:
    """An executor over processes that start when there is work for them, the others when one has been given much of it.

    After the first piece of work there is `load` to do, while this process goes on to the next.
    """
    with contextlib.ExitStack() as started:

        def start(some: int) -> concurrent.futures.Executor:
            return started.enter_context(_pool(some))

        jobs = jobs or os.cpu_count() or 1
        yield Inline() if jobs == 1 else _Late(start, jobs, load)


class _Late(concurrent.futures.Executor):
    """One process and, after `_MUCH`, all of them."""

    def __init__(self, start: Callable[[int], concurrent.futures.Executor], jobs: int, load: Callable[[], Any]) -> None:
        self._start, self._jobs, self._load = start, jobs, load
        self._pools: list[concurrent.futures.Executor] = []
        self._given = 0

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> concurrent.futures.Future[Any]:
        """Have one of them run ``fn``."""
        if not self._pools:
            self._pools.append(self._start(1))
        elif len(self._pools) == 1 and self._given >= _MUCH:
            self._pools.append(self._start(self._jobs - 1))
        self._given += 1
        others = len(self._pools) > 1 and self._given % self._jobs > 0
        future = self._pools[others].submit(fn, *args, **kwargs)
        if self._given == 1:
            self._pools[0].submit(self._load)
        return future


@contextlib.contextmanager
def _pool(jobs: int) -> Iterator[concurrent.futures.Executor]:
    pool = concurrent.futures.ProcessPoolExecutor(jobs, _context(), initializer=_begin_worker)
    try:
        with _uninterrupted():  # what starts meanwhile never hears of Ctrl-C
            for _ in range(jobs):
                pool.submit(os.getpid)
        yield pool
    except BaseException:
        _kill(pool)
        raise
    pool.shutdown()


def _kill(pool: concurrent.futures.ProcessPoolExecutor) -> None:
    """End the workers at once: they hold nothing that must be put in order, and a batch can take seconds.

    There is no public way to before Python 3.14 (`kill_workers`).
    """
    workers, calls = list((pool._processes or {}).values()), getattr(pool, "_call_queue", None)
    pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.join()
    if calls is not None:
        calls._reader.close()  # else a thread that is handing them a batch waits for good on a pipe that nobody reads


def _context() -> multiprocessing.context.BaseContext:
    methods = multiprocessing.get_all_start_methods()
    # A fork starts at once. But of a program that has threads, as a caller's may, it can hang for good on a lock that
    # one of them held.
    if "fork" in methods and sys.platform == "linux" and threading.active_count() == 1:
        return multiprocessing.get_context("fork")
    if "forkserver" not in methods:
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["corpus_db.prepare"])  # imported once, not once for each worker
    return context


@contextlib.contextmanager
def _uninterrupted() -> Iterator[None]:
    """Hold Ctrl-C back until the block ends; processes and threads that start in it hold it back for good."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


@contextlib.contextmanager
def rarely_collecting() -> Iterator[None]:
    """Look for circles of garbage seldom: a build makes millions of small records and hardly a circle, and the search for
    them takes half as long again as reading what the workers send."""
    before = gc.get_threshold()
    gc.set_threshold(*_SELDOM)
    try:
        yield
    finally:
        gc.set_threshold(*before)


def _begin_worker() -> None:
    """In a worker: leave Ctrl-C to the parent, and end when it does, however that was; collect garbage seldom, too.

    A fork holds the build's lock open too, so a worker that outlived its parent would keep the next build out.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*_SELDOM)  # a fork of a build has that already
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def pieces(items: Iterable[In], size: int) -> Iterator[list[In]]:
    """`items` in lists of `size`, the last one shorter.

    >>> list(pieces("abc", 2))
    [['a', 'b'], ['c']]
    """
    iterator = iter(items)
    while piece := list(islice(iterator, size)):
        yield piece


def ordered(
    submit: Callable[[In], concurrent.futures.Future[Out]], inputs: Iterable[In], *, ahead: int
) -> Iterator[tuple[In, Out]]:
    """(input, result of ``submit(input)``) for each input, in order, with at most `ahead` of them under way: the first of
    them from this call on.

    Raises `BuildError` if the executor loses a worker.
    """
    rest = iter(inputs)
    waiting = deque((one, submit(one)) for one in islice(rest, ahead - 1))
    return _ordered(submit, rest, waiting, ahead)


def _ordered(
    submit: Callable[[In], concurrent.futures.Future[Out]],
    rest: Iterator[In],
    waiting: deque[tuple[In, concurrent.futures.Future[Out]]],
    ahead: int,
) -> Iterator[tuple[In, Out]]:
    try:
        for one in rest:
            waiting.append((one, submit(one)))
            if len(waiting) >= ahead:
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
