"""Where the work on documents runs: here, in processes, or wherever the caller's executor takes it."""

from __future__ import annotations

import concurrent.futures
import contextlib
import ctypes
import gc
import multiprocessing
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any, TypeVar

_MUCH = 40  # pieces of work that take one process as long as another one takes to load its dictionaries
_ENDING_S = 1.0  # in which the manager of a pool ends whose workers have, unless it waits for good
_SELDOM = (200_000, 20, 100)  # objects that come before a collection; collections before one of the older ones
Out = TypeVar("Out")


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
def processes(jobs: int) -> Iterator[concurrent.futures.Executor]:
    """An executor over `jobs` processes; leaving on an error ends them at once."""
    if jobs == 1:
        yield Inline()
        return
    with pool_of(jobs) as pool:
        yield pool


def copies(jobs: int, known: Any) -> contextlib.AbstractContextManager[concurrent.futures.Executor]:
    """An executor over `jobs` processes that begin as copies of this one, where that can be (`can_copy`): calls of `with_known`
    hear what is `known` here now, which costs no time, and no memory until it is changed.
    """
    return pool_of(jobs, known)


def with_known(fn: Callable[..., Out], *args: Any) -> Out:
    """In such a process: call ``fn`` with what is known, and `args`."""
    return fn(_known, *args)


def can_copy() -> bool:
    """Whether processes begin as copies of this one: they do on Linux, while no other thread runs.

    A fork of a program that has threads, as a caller's may, can hang for good on a lock that one of them held.
    """
    methods = multiprocessing.get_all_start_methods()
    return "fork" in methods and sys.platform == "linux" and threading.active_count() == 1


@contextlib.contextmanager
def late_processes(jobs: int, load: Callable[[], Any]) -> Iterator[concurrent.futures.Executor]:
    """An executor over processes that start when there is work for them, the others when one has been given much of it.

    After the first piece of work there is `load` to do, while this process goes on to the next.
    """
    with contextlib.ExitStack() as started:

        def start(some: int) -> concurrent.futures.Executor:
            return started.enter_context(pool_of(some))

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
def pool_of(jobs: int, known: Any = None) -> Iterator[concurrent.futures.Executor]:
    """An executor over `jobs` processes; what is `known` is told to copies alone: it can not always be sent."""
    context = _context()
    arguments = (known if context.get_start_method() == "fork" else None,)
    pool = concurrent.futures.ProcessPoolExecutor(jobs, context, initializer=_begin_worker, initargs=arguments)
    try:
        with uninterrupted():  # what starts meanwhile never hears of Ctrl-C
            for _ in range(jobs):
                pool.submit(os.getpid)
        yield pool
    except BaseException:
        _kill(pool)
        raise
    pool.shutdown()


def _kill(pool: concurrent.futures.ProcessPoolExecutor) -> None:
    """End the workers at once: they hold nothing that must be put in order, and a piece of work can take seconds.

    There is no public way to before Python 3.14 (`kill_workers`).
    """
    workers = list((pool._processes or {}).values())
    calls, results = getattr(pool, "_call_queue", None), getattr(pool, "_result_queue", None)
    manager = getattr(pool, "_executor_manager_thread", None)
    with contextlib.suppress(OSError):  # it is ending already
        pool.shutdown(wait=False, cancel_futures=True)
    for worker in workers:
        worker.kill()
    for worker in workers:
        worker.join()
    # Else the manager of the pool waits for good for the other half of a result, on a pipe that nobody writes to.
    if results:
        results._writer.close()
    if manager:
        manager.join(_ENDING_S)
    # And what hands out pieces of work, on a pipe that nobody reads. The manager closes that too, in newer Pythons: were
    # both to do it at once, what another thread has opened meanwhile under the same number would be closed.
    if calls and manager and manager.is_alive():
        calls._reader.close()


def _context() -> multiprocessing.context.BaseContext:
    if can_copy():  # which starts at once
        return multiprocessing.get_context("fork")
    if "forkserver" not in multiprocessing.get_all_start_methods():
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["corpus_db.prepare"])  # imported once, not once for each worker
    return context


def give_back() -> None:
    """Give memory that is free back to the system, where the C library can (malloc_trim(3)): what is copied is smaller then."""
    with contextlib.suppress(OSError, AttributeError, TypeError):
        ctypes.CDLL(None).malloc_trim(0)


@contextlib.contextmanager
def uninterrupted() -> Iterator[None]:
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


_known: Any = None  # in a worker: what it was started with


def _begin_worker(known: Any) -> None:
    """In a worker: leave Ctrl-C to the parent, and end when it does, however that was; collect garbage seldom, too.

    A fork holds the build's lock open too, so a worker that outlived its parent would keep the next build out.
    """
    global _known
    _known = known
    gc.freeze()  # a collection would write to the pages of what it visits, and so copy them
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*_SELDOM)  # a fork of a build has that already
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
