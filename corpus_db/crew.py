"""Who works for a build: first an executor for what needs nothing but its arguments; then, phase by phase, processes that
begin as copies of this one, and so know what it knows.

What a process needs for one phase goes with it: that of preparing documents takes 100 MB in each.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Executor, Future
from typing import Concatenate, Generic, ParamSpec, TypeVar

from corpus_db.executors import Inline, can_copy, copies, give_back, with_known

Known = TypeVar("Known")
Arguments = ParamSpec("Arguments")
Out = TypeVar("Out")


class Helpers(Generic[Known]):
    """Who works on a phase of a build.

    >>> Helpers(Inline(), 2, copies=False).ask(pow, 5).result()
    32
    """

    def __init__(self, pool: Executor, known: Known, *, copies: bool) -> None:
        """`copies`: the processes of `pool` have been told what is `known`."""
        self.pool = pool  # for what needs nothing but its arguments
        self._known, self._copies = known, copies

    def ask(
        self, fn: Callable[Concatenate[Known, Arguments], Out], *args: Arguments.args, **_: Arguments.kwargs
    ) -> Future[Out]:
        """Have ``fn`` called with what is known, and `args`: by a process that knows it, or else here, at once."""
        return self.pool.submit(with_known, fn, *args) if self._copies else Inline().submit(fn, self._known, *args)


class Crew:
    """Who works for a build, to be left as a context is."""

    def __init__(self, working: contextlib.AbstractContextManager[Executor], jobs: int) -> None:
        """`working` gives the executor; `jobs`: how many processes may take its place; 1: none, it is the caller's own or
        this process."""
        self._working = contextlib.ExitStack()
        self._jobs = jobs
        self._copies = jobs > 1 and can_copy()
        self.pool = self._working.enter_context(working)

    def __enter__(self) -> Crew:
        return self

    def __exit__(self, *error: object) -> None:
        self._working.__exit__(*error)  # type: ignore[arg-type]

    def end(self) -> None:
        """Do without the executor from now on: idle, its processes hold much memory."""
        self._working.close()

    @contextlib.contextmanager
    def knowing(self, known: Known) -> Iterator[Helpers[Known]]:
        """Helpers for a phase, who know what is `known`; where processes can be copies, they take the executor's place."""
        if not self._copies:
            yield Helpers(self.pool, known, copies=False)
            return
        self.end()
        give_back()
        copied = can_copy()  # a thread may have begun since the crew did
        with copies(self._jobs, known) as pool:
            yield Helpers(pool, known, copies=copied)
