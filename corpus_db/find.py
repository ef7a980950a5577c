"""Paths to items: walks folders, opens archives, and yields every document, or why there is none, in a fixed order.

Nothing larger than one document is held in memory. What could run away (links in a circle, archives that expand
without end, a line of a gigabyte) ends at a bound and becomes a `Reject` with the reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpus_db.archives import entries
from corpus_db.errors import InputError, UsageError
from corpus_db.records import Item, Reject
from corpus_db.sources import documents
from corpus_db.sources.stream import Stream

_MAX_FOLDERS_DEEP = 64


def find(paths: Sequence[Path | str]) -> Iterator[Item | Reject]:
    """Every document under `paths`, and a `Reject` for everything that gives none.

    Paths of items are relative to the folder given, or to the folder that all the given paths share, so they do not
    depend on where that stands. Raises `UsageError` if a path does not exist; a file that fails or vanishes later
    is a reject.
    """
    given = [Path(path) for path in paths]
    for path in given:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder; check the path")
    base = _base(given)
    ancestors: set[Path] = set()
    for path in given:
        absolute = _absolute(path)
        if not any(parent in ancestors for parent in (absolute, *absolute.parents)):
            ancestors.add(absolute)
            yield from _walk(absolute, base)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links and change the names


def _base(given: Sequence[Path]) -> Path:
    folders = [str(_absolute(path) if path.is_dir() else _absolute(path).parent) for path in given]
    return Path(os.path.commonpath(folders)) if folders else Path()


def _walk(top: Path, base: Path) -> Iterator[Item | Reject]:
    if top.is_dir():
        yield from _folder(top, base, 0, set())
    else:
        yield from _file(top, _name(top, base))


def _name(path: Path, base: Path) -> str:
    """The path relative to `base`, '/' between parts, valid Unicode whatever the file system holds."""
    relative = os.path.relpath(path, base).replace(os.sep, "/")
    return os.fsencode(relative).decode("utf-8", "replace")


def _folder(folder: Path, base: Path, depth: int, seen: set[tuple[int, int]]) -> Iterator[Item | Reject]:
    name = _name(folder, base)
    try:
        status = folder.stat()
        children = sorted(entry.name for entry in os.scandir(folder))
    except OSError as error:
        yield _unreadable(name, error)
        return
    identity = (status.st_dev, status.st_ino)
    if identity in seen or depth > _MAX_FOLDERS_DEEP:
        detail = "a link leads back to a folder that is read elsewhere: nothing is lost"
        yield Reject(name, None, "find", "link loop", detail)
        return
    seen.add(identity)
    for child in children:
        path = folder / child
        if child.startswith(".") or child == "__MACOSX":
            detail = "files of the system are not read: rename it, or give its path, to have it read"
            yield Reject(_name(path, base), None, "find", "hidden file", detail)
        elif path.is_dir():
            yield from _folder(path, base, depth + 1, seen)
        else:
            yield from _file(path, _name(path, base))


def _file(path: Path, name: str) -> Iterator[Item | Reject]:
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            yield Reject(name, None, "find", "not a file", "a device, pipe or socket: remove it")
            return
        with path.open("rb") as file:
            for found in entries(Stream(name, None, path.name, file, status.st_size)):
                yield from [found] if isinstance(found, Reject) else _documents(found)
    except OSError as error:
        yield _unreadable(name, error)


def _documents(stream: Stream) -> Iterator[Item | Reject]:
    try:
        yield from documents(stream)
    except InputError as error:
        yield Reject(stream.path, stream.member, error.stage, error.reason, error.detail)


def _unreadable(name: str, error: OSError) -> Reject:
    gone = isinstance(error, FileNotFoundError)
    reason = "vanished" if gone else "unreadable"
    remedy = "it was removed during the build" if gone else "check its permissions"
    return Reject(name, None, "find", reason, f"{error.strerror or error}: {remedy}")
