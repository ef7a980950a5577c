"""What builds made of the portions of their input, kept for the next build of the same target.

The file lies in the user's cache folder, where nobody else writes: its contents are unpickled. It may be removed at any
time, and costs about four times the text. Whatever is wrong with it, the build does without.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import importlib.metadata
import pickle
import sqlite3
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from corpus_db.about import sha256
from corpus_db.executors import ordered
from corpus_db.portions import Portion

Out = TypeVar("Out")
_TIDY_AFTER = 7 * 24 * 3600  # seconds
_LEVEL = 1  # of compression: a third of the size, at several hundred MB a second


class Call(NamedTuple):
    """A portion to be worked on."""

    portion: Portion
    arguments: tuple[Any, ...] = ()  # of the function, besides the portion's items
    depends_on: bytes = b""  # digest of those arguments


class Afresh:
    """Keeps nothing and knows nothing."""

    def results(
        self, pool: concurrent.futures.Executor, work: Callable[..., Out], calls: Iterable[Call], *, ahead: int
    ) -> Iterator[tuple[Call, Out]]:
        """Each call with ``work(items, *arguments)``, in order."""
        yield from ordered(lambda call: pool.submit(work, call.portion.items, *call.arguments), calls, ahead=ahead)

    def made(self, target: Path, recipe: bytes) -> None:
        """Not known."""

    def finish(self, recipe: bytes, digest: str, report: object) -> None:
        """Nothing to do."""

    def close(self) -> None:
        """Nothing to do."""


class Kept:
    """The file of one target. `reuse`: whether what earlier builds kept is taken for the result."""

    def __init__(self, path: Path, target: Path, *, reuse: bool) -> None:
        self._db: sqlite3.Connection | None = _opened(path, target)
        self._reuse = reuse
        self._used: set[bytes] = set()

    def results(
        self, pool: concurrent.futures.Executor, work: Callable[..., Out], calls: Iterable[Call], *, ahead: int
    ) -> Iterator[tuple[Call, Out]]:
        """Each call with ``work(items, *arguments)``, in order; what is known is not worked on again."""

        def submit(keyed: tuple[bytes, Call]) -> concurrent.futures.Future[bytes]:
            key, call = keyed
            found = self._known(key) if self._reuse else None
            return pool.submit(packed, work, call) if found is None else _done(found)

        import zstandard

        keyed_calls = ((_key(work, call), call) for call in calls)
        for (key, call), result in ordered(submit, keyed_calls, ahead=ahead):
            try:
                value = unpacked(result)
            except zstandard.ZstdError:  # what was kept is damaged: it is made again
                self._forget(key)
                result = packed(work, call)
                value = unpacked(result)
            self._keep(key, result)
            yield call, value

    def made(self, target: Path, recipe: bytes) -> Any:
        """The report of the last build, if `target` is what it made, of the very same `recipe`; else None."""
        rows = (
            self._execute("SELECT sha256, report FROM made WHERE recipe = ?", (_recipe(recipe),)) if self._reuse else []
        )
        if not rows or not target.exists() or sha256(target) != rows[0][0]:
            return None
        return pickle.loads(rows[0][1])

    def finish(self, recipe: bytes, digest: str, report: object) -> None:
        """Note what was made, a file of that SHA-256, and forget what this build had no use for."""
        self._execute("DELETE FROM made")
        made = _recipe(recipe), digest, pickle.dumps(report)
        self._execute("INSERT INTO made VALUES (?, ?, ?)", made)
        forgotten = [(key,) for (key,) in self._execute("SELECT key FROM results") if key not in self._used]
        for (key,) in forgotten:
            self._forget(key)
        if forgotten:
            self._execute("PRAGMA incremental_vacuum")

    def close(self) -> None:
        if self._db is not None:
            self._db.close()

    def _known(self, key: bytes) -> bytes | None:
        rows = self._execute("SELECT result FROM results WHERE key = ?", (key,))
        if not rows:
            return None
        self._used.add(key)
        result: bytes = rows[0][0]
        return result

    def _keep(self, key: bytes, result: bytes) -> None:
        """Keep a result, but for one that was found here."""
        if key not in self._used:
            self._used.add(key)
            self._execute("INSERT OR IGNORE INTO results VALUES (?, ?)", (key, result))

    def _forget(self, key: bytes) -> None:
        self._used.discard(key)
        self._execute("DELETE FROM results WHERE key = ?", (key,))

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
    folder = _folder() if keep else None
    if folder is None:
        yield Afresh()
        return
    _tidy(folder)
    name = hashlib.sha256(str(target.absolute()).encode("utf-8", "surrogateescape")).hexdigest()[:20]
    with contextlib.closing(Kept(folder / f"{name}.kept", target.absolute(), reuse=reuse)) as kept:
        yield kept


def packed(work: Callable[..., Any], call: Call) -> bytes:
    """The result of a call as bytes; runs where the executor takes it."""
    import zstandard

    result = pickle.dumps(work(call.portion.items, *call.arguments), pickle.HIGHEST_PROTOCOL)
    return zstandard.ZstdCompressor(_LEVEL, write_checksum=True).compress(result)


def unpacked(result: bytes) -> Any:
    """The result that `packed` made bytes of."""
    import zstandard

    return pickle.loads(zstandard.ZstdDecompressor().decompress(result))


def _key(work: Callable[..., Any], call: Call) -> bytes:
    digest = hashlib.sha256(f"{work.__module__}.{work.__qualname__} {_program()}\n".encode())
    digest.update(call.depends_on)
    digest.update(call.portion.digest)
    return digest.digest()


def _recipe(recipe: bytes) -> bytes:
    return hashlib.sha256(_program().encode() + recipe).digest()


@cache
def _program() -> str:
    """Digest of all that makes a result, but for its input: this package's files and the versions of what it calls."""
    digest = hashlib.sha256(repr(sys.version_info[:2]).encode())
    for name in ("rjieba", "jieba", "numpy", "opencc", "ftfy", "charset-normalizer", "pyyaml"):
        with contextlib.suppress(importlib.metadata.PackageNotFoundError):
            digest.update(f"{name} {importlib.metadata.version(name)}\n".encode())
    for file in sorted(file for file in Path(__file__).parent.rglob("*") if file.suffix in (".py", ".tsv")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _done(result: bytes) -> concurrent.futures.Future[bytes]:
    future: concurrent.futures.Future[bytes] = concurrent.futures.Future()
    future.set_result(result)
    return future


def _folder() -> Path | None:
    import platformdirs

    folder = platformdirs.user_cache_path("corpus-db", appauthor=False)
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError:
        return None
    return folder


def _opened(path: Path, target: Path) -> sqlite3.Connection | None:
    """The file, made anew if it is not sound; None where there can be none."""
    for _ in range(2):
        try:
            db = sqlite3.connect(path, isolation_level=None)
            db.execute("PRAGMA auto_vacuum = INCREMENTAL")
            db.execute("PRAGMA synchronous = OFF")  # what a power cut damages is made again
            db.execute("CREATE TABLE IF NOT EXISTS target (path TEXT PRIMARY KEY)")
            db.execute("CREATE TABLE IF NOT EXISTS results (key BLOB PRIMARY KEY, result BLOB NOT NULL)")
            db.execute("CREATE TABLE IF NOT EXISTS made (recipe BLOB, sha256 TEXT, report BLOB)")
            db.execute("INSERT OR IGNORE INTO target VALUES (?)", (str(target),))
            return db
        except sqlite3.Error:
            with contextlib.suppress(OSError):
                path.unlink(missing_ok=True)
    return None


def _tidy(folder: Path) -> None:
    """Remove what was kept, some time ago, for targets that are gone."""
    for file in folder.glob("*.kept"):
        with contextlib.suppress(sqlite3.Error, OSError, TypeError):
            if time.time() - file.stat().st_mtime < _TIDY_AFTER:
                continue
            with contextlib.closing(sqlite3.connect(f"{file.as_uri()}?mode=ro", uri=True)) as db:
                (path,) = db.execute("SELECT path FROM target").fetchone()
            if not Path(path).exists():
                file.unlink()
