"""Paths → items: walks folders, opens archives, and yields every document, or why there is none, in a fixed order.

The files are listed once, so that a corpus read twice is the same corpus both times: what vanishes or changes in between
is a `Reject` that says so. Nothing larger than one document is held in memory. What could run away (links in a circle,
archives that expand without end, a line of a gigabyte) ends at a bound and becomes a `Reject` with the reason.
"""

from __future__ import annotations

import os
import stat
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from corpus_db.archives import entries, is_of_system, name_of
from corpus_db.errors import InputError, UsageError
from corpus_db.records import Item, Reject
from corpus_db.sources import documents
from corpus_db.sources.stream import Stream, most_bytes, too_large

_MAX_FOLDERS_DEEP = 64


class File(NamedTuple):
    """A file as it was listed."""

    place: str  # absolute path
    name: str  # relative to the folder that was given, '/' between parts
    size: int  # bytes
    modified_ns: int


def find(paths: Sequence[Path | str]) -> Iterator[Item | Reject]:
    """Every document under `paths`, and a `Reject` for everything that gives none: `read` of what `files` lists."""
    return read(files(paths))


def files(paths: Sequence[Path | str], leave_out: Collection[Path] = ()) -> Iterator[File | Reject]:
    """Every file under `paths`, and a `Reject` for what is none; `leave_out` are absolute paths that are passed over.

    Names are relative to the folder given, or to the folder that all the given paths share, so they do not depend on
    where that stands. Raises `UsageError` if a path does not exist.
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
            yield from _walk(absolute, base, leave_out)


def read(listed: Iterable[File | Reject]) -> Iterator[Item | Reject]:
    """The documents of files, in order. A file that fails, vanished or changed since it was listed is a reject."""
    for file in listed:
        yield from (file,) if isinstance(file, Reject) else _items(file)


def _absolute(path: Path) -> Path:
    return Path(os.path.abspath(path))  # noqa: PTH100  resolve() would follow links and change the names


def _base(given: Sequence[Path]) -> Path:
    folders = [str(_absolute(path) if path.is_dir() else _absolute(path).parent) for path in given]
    return Path(os.path.commonpath(folders)) if folders else Path()


def _walk(top: Path, base: Path, leave_out: Collection[Path]) -> Iterator[File | Reject]:
    if top.is_dir():
        yield from _folder(top, base, leave_out, 0, set())
    else:
        yield _file(str(top), _name(top, base))


def _name(path: Path, base: Path) -> str:
    """The path relative to `base`, '/' between parts, valid Unicode whatever the file system holds."""
    return _unicode(os.path.relpath(path, base).replace(os.sep, "/"))


def _unicode(name: str) -> str:
    return name if name.isascii() else name_of(os.fsencode(name))


def _folder(
    folder: Path, base: Path, leave_out: Collection[Path], depth: int, seen: set[tuple[int, int]]
) -> Iterator[File | Reject]:
    name = _name(folder, base)
    try:
        status = folder.stat()
        with os.scandir(folder) as listed:
            children = sorted(listed, key=lambda entry: entry.name)
    except OSError as error:
        yield _unreadable(name, error)
        return
    identity = (status.st_dev, status.st_ino)
    if identity in seen or depth > _MAX_FOLDERS_DEEP:
        detail = "a link leads back to a folder that is read elsewhere: nothing is lost"
        yield Reject(name, None, "find", "link loop", detail)
        return
    seen.add(identity)
    left_out = {path.name for path in leave_out if path.parent == folder}
    inside = "" if folder == base else f"{name}/"
    for child in children:
        if child.name in left_out:
            continue
        child_name = inside + _unicode(child.name)
        if is_of_system(child.name):
            detail = "files of the system are not read: rename it, or give its path, to have it read"
            yield Reject(child_name, None, "find", "hidden file", detail)
        elif _is_folder(child):
            yield from _folder(folder / child.name, base, leave_out, depth + 1, seen)
        else:
            yield _file(child.path, child_name)


def _is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether it is a folder, or a link to one."""
    try:
        return entry.is_dir()
    except OSError:  # a link to itself, or to where nobody may look
        return False


def _file(path: str, name: str) -> File | Reject:
    try:
        status = os.stat(path)  # noqa: PTH116 -- a Path for each file takes longer than asking for it
    except OSError as error:
        if isinstance(error, FileNotFoundError) and os.path.islink(path):  # noqa: PTH114 -- as above
            return Reject(name, None, "find", "broken link", "what it points to does not exist: remove it, or mend it")
        return _unreadable(name, error)
    if not stat.S_ISREG(status.st_mode):
        return Reject(name, None, "find", "not a file", "a device, pipe or socket: remove it")
    return File(path, name, status.st_size, status.st_mtime_ns)


def _items(listed: File) -> Iterator[Item | Reject]:
    path = Path(listed.place)
    held: Item | Reject | None = None  # the last document so far: of a file that changes, it may be cut off
    try:
        with path.open("rb") as file:
            for found in _entries(Stream(listed.name, None, path.name, file, listed.size)):
                if held is not None:
                    yield held
                held = found
            status = os.fstat(file.fileno())
        if (status.st_size, status.st_mtime_ns) != (listed.size, listed.modified_ns):
            held = Reject(listed.name, None, "find", "changed", "it was written to during the build: build again")
    except OSError as error:
        held = _unreadable(listed.name, error)
    if held is not None:
        yield held


def _entries(stream: Stream) -> Iterator[Item | Reject]:
    for found in entries(stream):
        yield from [found] if isinstance(found, Reject) else _documents(found)


def _documents(stream: Stream) -> Iterator[Item | Reject]:
    try:
        for found in documents(stream):
            if not isinstance(found, Reject) and len(found.data) > (most := most_bytes(found.data)):
                yield _reject(found.path, found.member, too_large(most))
            else:
                yield found
    except InputError as error:
        yield _reject(stream.path, stream.member, error)


def _reject(path: str, member: str | None, error: InputError) -> Reject:
    return Reject(path, member, error.stage, error.reason, error.detail)


def _unreadable(name: str, error: OSError) -> Reject:
    gone = isinstance(error, FileNotFoundError)
    reason = "vanished" if gone else "unreadable"
    remedy = "it was removed during the build" if gone else "check its permissions"
    return Reject(name, None, "find", reason, f"{error.strerror or error}: {remedy}")
