"""What is costly to find out about a file → kept for as long as the file is the same.

A file is the same where its path, its size, the time of its last change, and the version that the connection reads in it
are. The last is for files that are replaced while a connection holds the old one open: neither is given the other's values.
"""

from __future__ import annotations

import sqlite3
from collections import OrderedDict
from collections.abc import Callable, Hashable
from pathlib import Path
from threading import Lock
from typing import Generic, TypeVar

from corpus_db.serve.pages.permanent import version_of

T = TypeVar("T")
Identity = tuple[str, int, int, str | None]


def identity(db: sqlite3.Connection) -> Identity | None:
    """What tells the main file of `db` apart from any other; None: it is none, or it is gone."""
    path = next((path for _, name, path in db.execute("PRAGMA database_list") if name == "main"), "")
    try:
        found = Path(path).stat() if path else None
    except OSError:
        return None
    return (path, found.st_mtime_ns, found.st_size, version_of(db)) if found else None


class Memo(Generic[T]):
    """The latest values of a function of a connection, one for each file and thing asked."""

    def __init__(self, most: int = 16) -> None:
        self._most = most
        self._values: OrderedDict[tuple[Identity, Hashable], T] = OrderedDict()
        self._lock = Lock()

    def get(
        self,
        db: sqlite3.Connection,
        make: Callable[[sqlite3.Connection], T],
        asked: Hashable = None,
        whole: Callable[[T], bool] = lambda _: True,
    ) -> T:
        """``make(db)``, or what it gave for the same file and thing `asked` before. Two threads may both make it; none waits.

        What is not `whole` is given, and not kept.
        """
        file = identity(db)
        if file is None:
            return make(db)
        key = (file, asked)
        with self._lock:
            if key in self._values:
                self._values.move_to_end(key)
                return self._values[key]
        made = make(db)
        if not whole(made):
            return made
        with self._lock:
            self._values[key] = made
            while len(self._values) > self._most:
                self._values.popitem(last=False)
        return made
