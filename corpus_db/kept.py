"""What builds made of the portions of their input, kept for the next build of the same target.

The file lies in the user's cache folder, where nobody else writes: its contents are unpickled. It may be removed at any
time, and costs about six times the text. Whatever is wrong with it, the build does without.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import pickle
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple

from corpus_db import cache
from corpus_db.about import sha256
from corpus_db.calls import Call, Function, Result, key_of, packed, program
from corpus_db.ledger import Entry, Ledger
from corpus_db.packing import DamagedError, unpacked
from corpus_db.pieces import ordered

Parts = Iterable[tuple[bytes, int, bytes]]  # key, number of the part, the part


class Afresh:
    """Keeps nothing and knows nothing."""

    def results(
        self, pool: concurrent.futures.Executor, function: Function, calls: Iterable[Call], *, ahead: int
    ) -> Iterator[tuple[Call, Result]]:
        """Each call with ``function(items, *arguments)``, in order; no more than `ahead` calls are under way."""
        for call, value in ordered(
            lambda call: pool.submit(function, call.portion.items, *call.arguments),
            calls,
            ahead=ahead,
            size=lambda call: call.portion.bytes,
        ):
            yield call, _Fresh(value)

    def made(self, target: Path, recipe: bytes) -> None:
        """Not known."""

    def portions(self) -> frozenset[bytes]:
        """None is known."""
        return frozenset()

    def ledger(self, target: Path, settings: bytes) -> None:
        """Not known."""

    def entry(self, position: int) -> None:
        """Not known."""

    def part(self, key: bytes, n: int) -> None:
        """Not known."""

    def stays(self, key: bytes) -> None:
        """Nothing to do."""

    def finish(
        self, recipe: bytes, digest: str, report: object, ledger: Ledger, entries: Iterable[Entry], left: Parts
    ) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


class _Fresh(NamedTuple):
    value: tuple[Any, ...]
    key: bytes = b""

    def part(self, n: int) -> Any:
        return self.value[n]


class Kept:
    """The file of one target. `reuse`: whether what earlier builds kept is taken for the result."""

    def __init__(self, path: Path, target: Path, *, reuse: bool) -> None:
        self._db: sqlite3.Connection | None = cache.opened(path, target)
        self._reuse = reuse
        self._used: set[bytes] = set()
        self._digest: str | None = None  # of the target's bytes

    def results(
        self, pool: concurrent.futures.Executor, function: Function, calls: Iterable[Call], *, ahead: int
    ) -> Iterator[tuple[Call, Result]]:
        """Each call with ``function(items, *arguments)``, in order; what is known is not worked on again."""

        def submit(keyed: tuple[bytes, Call]) -> concurrent.futures.Future[list[bytes]]:
            key, call = keyed
            return _done([]) if self._reuse and self._has(key) else pool.submit(packed, function, call)

        keyed_calls = ((key_of(function, call.portion.digest, call.depends_on), call) for call in calls)
        return self._kept(function, ordered(submit, keyed_calls, ahead=ahead, size=lambda one: one[1].portion.bytes))

    def _kept(
        self, function: Function, made: Iterable[tuple[tuple[bytes, Call], list[bytes]]]
    ) -> Iterator[tuple[Call, Result]]:
        for (key, call), parts in made:
            self._keep(key, parts)
            yield call, _Packed(self, key, parts, partial(packed, function, call))

    def part(self, key: bytes, n: int) -> Any:
        """A part of a result that is kept; None: it is not, or damaged."""
        for (part,) in self._execute("SELECT bytes FROM results WHERE key = ? AND part = ?", (key, n)):
            with contextlib.suppress(DamagedError):
                return unpacked(part)
        return None

    def replace(self, key: bytes, made: list[bytes]) -> None:
        """Keep a result in place of one that is damaged."""
        self._forget(key)
        self._keep(key, made)

    def made(self, target: Path, recipe: bytes) -> Any:
        """The report of the last build, if `target` is what it made, of the very same `recipe`; else None."""
        if not self._reuse:
            return None
        rows = self._execute("SELECT sha256, report FROM made WHERE recipe = ?", (_by_this_program(recipe),))
        return pickle.loads(rows[0][1]) if rows and self._is(target, rows[0][0]) else None

    def portions(self) -> frozenset[bytes]:
        """Digests of the portions of the last build."""
        rows = self._execute("SELECT portion FROM entries") if self._reuse else []
        return frozenset(portion for (portion,) in rows)

    def ledger(self, target: Path, settings: bytes) -> Ledger | None:
        """What the last build made of its input, if `target` is what it made, with these settings; else None."""
        if not self._reuse:
            return None
        rows = self._execute("SELECT sha256, ledger FROM made WHERE settings = ?", (_by_this_program(settings),))
        if not rows or not self._is(target, rows[0][0]):
            return None
        identities = self._execute("SELECT identity FROM entries ORDER BY position")
        ledger: Ledger = pickle.loads(rows[0][1])
        return ledger._replace(identities=[identity for (identity,) in identities])

    def entry(self, position: int) -> Entry | None:
        """What became of a portion of the ledger."""
        rows = self._execute("SELECT entry FROM entries WHERE position = ?", (position,))
        return pickle.loads(rows[0][0]) if rows else None

    def finish(
        self, recipe: bytes, digest: str, report: object, ledger: Ledger, entries: Iterable[Entry], left: Parts
    ) -> None:
        """Note what was made, a file of that SHA-256, with what it leaves, and forget what this build had no use for."""
        self._execute("BEGIN")
        self._execute("DELETE FROM made")
        self._execute("DELETE FROM entries")
        self._insert("entries", ((n, one.identity, one.portion, pickle.dumps(one)) for n, one in enumerate(entries)))
        self._insert("results", self._used_with(left))
        digests = _by_this_program(recipe), _by_this_program(ledger.settings), digest
        self._insert("made", [(*digests, pickle.dumps(report), pickle.dumps(ledger))])
        known = self._execute("SELECT DISTINCT key FROM results")
        forgotten = [key for (key,) in known if key not in self._used]
        for key in forgotten:
            self._forget(key)
        self._execute("COMMIT")
        if forgotten:
            self._execute("PRAGMA incremental_vacuum")

    def stays(self, key: bytes) -> None:
        """What is kept under that key is of use for the next build too."""
        self._used.add(key)

    def _used_with(self, left: Parts) -> Iterator[tuple[bytes, int, bytes]]:
        for key, part, bytes_ in left:
            self._used.add(key)
            yield key, part, bytes_

    def close(self) -> None:
        if self._db is not None:
            self._db.close()

    def _is(self, target: Path, digest: str) -> bool:
        if self._digest is None and target.exists():
            self._digest = sha256(target)
        return self._digest == digest

    def _has(self, key: bytes) -> bool:
        if not self._execute("SELECT 1 FROM results WHERE key = ? AND part = 0", (key,)):
            return False
        self._used.add(key)
        return True

    def _keep(self, key: bytes, made: list[bytes]) -> None:
        """Keep a result; one of no parts is kept already."""
        if key not in self._used:
            self._used.add(key)
            self._execute("BEGIN")
            self._insert("results", ((key, n, part) for n, part in enumerate(made)))
            self._execute("COMMIT")

    def _forget(self, key: bytes) -> None:
        self._used.discard(key)
        self._execute("DELETE FROM results WHERE key = ?", (key,))

    def _insert(self, table: str, rows: Iterable[tuple[Any, ...]]) -> None:
        for row in rows:
            self._execute(f"INSERT OR REPLACE INTO {table} VALUES ({', '.join('?' * len(row))})", row)

    def _execute(self, statement: str, values: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
        """The rows of a statement. Where the file fails, because the disk is full or it is damaged, it is done without."""
        try:
            return self._db.execute(statement, values).fetchall() if self._db is not None else []
        except sqlite3.Error:
            self.close()
            self._db = None
            return []


@contextlib.contextmanager
def keeping(target: Path, *, keep: bool, reuse: bool) -> Iterator[Afresh | Kept]:
    """What is kept of earlier builds of `target`; nothing without `keep`, or where the user has no cache folder."""
    folder = cache.folder() if keep else None
    if folder is None:
        yield Afresh()
        return
    cache.tidy(folder)
    name = hashlib.sha256(str(target.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    with contextlib.closing(Kept(folder / f"{name}.kept", target.absolute(), reuse=reuse)) as kept:
        yield kept


class _Packed(NamedTuple):
    """A result whose parts are unpacked when they are asked for."""

    kept: Kept
    key: bytes
    made: list[bytes]  # empty: it is kept
    again: Callable[[], list[bytes]]

    def part(self, n: int) -> Any:
        if self.made:
            return unpacked(self.made[n])
        found = self.kept.part(self.key, n)
        if found is None:  # what was kept is damaged: it is made again
            made = self.again()
            self.kept.replace(self.key, made)
            found = unpacked(made[n])
        return found


def _by_this_program(digest: bytes) -> bytes:
    """The digest of what a file is made from, and of the program that makes it."""
    return hashlib.sha256(program().encode() + digest).digest()


def _done(result: list[bytes]) -> concurrent.futures.Future[list[bytes]]:
    future: concurrent.futures.Future[list[bytes]] = concurrent.futures.Future()
    future.set_result(result)
    return future
