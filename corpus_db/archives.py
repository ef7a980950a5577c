"""Archives to the files in them: .zip, .tar, .tar.gz, .tgz and .gz, one inside another to a small depth.

Members are read as streams and never unpacked to disk, but for a zip inside an archive. Bounds: what comes out of one
archive may be `_MAX_RATIO` times its size (Chinese text packs 2 to 20 times, repeated log lines 200; a bomb 1,000 and
more), and nesting `_MAX_DEPTH`.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import shutil
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from corpus_db.errors import InputError
from corpus_db.records import Reject
from corpus_db.sources.stream import Stream

_MAX_DEPTH = 3
_MAX_RATIO = 200
_FREE_BYTES = 64 << 20  # that may come out whatever the ratio
_SUFFIXES = ((".tar.gz", "tar"), (".tgz", "tar"), (".tar", "tar"), (".gz", "gz"), (".zip", "zip"))  # longest first
_BROKEN = (EOFError, zlib.error, zipfile.BadZipFile, tarfile.TarError, gzip.BadGzipFile)


class _Meter(io.RawIOBase):
    """A file that counts what is read from it, and stops at a limit shared by all members of an archive."""

    def __init__(self, file: IO[bytes] | gzip.GzipFile, budget: list[int]) -> None:
        self._file = file
        self._budget = budget

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        data = self._file.read(len(buffer))
        buffer[: len(data)] = data
        self._budget[0] -= len(data)
        if self._budget[0] < 0:
            detail = f"more than {_MAX_RATIO} times its size: unpack it by hand if it is sound"
            raise InputError("find", "archive expands too far", detail)
        return len(data)


def entries(stream: Stream, depth: int = 0, budget: list[int] | None = None) -> Iterator[Stream | Reject]:
    """The files in `stream`, or itself if it is no archive; each is valid until the next is asked for."""
    kind = _kind(stream.name)
    if kind is None:
        yield stream
        return
    if depth >= _MAX_DEPTH:
        yield _reject(stream, "nested archives", f"deeper than {_MAX_DEPTH} levels: unpack it by hand")
        return
    budget = budget or [max(_FREE_BYTES, _MAX_RATIO * (stream.size or 0))]
    try:
        yield from _OPENERS[kind](stream, depth, budget)
    except _BROKEN as error:
        yield _reject(stream, "broken archive", f"{error}: pack it anew")
    except InputError as error:
        yield _reject(stream, error.reason, error.detail)


def _kind(name: str) -> str | None:
    lower = name.lower()
    return next((kind for suffix, kind in _SUFFIXES if lower.endswith(suffix)), None)


def _reject(stream: Stream, reason: str, detail: str) -> Reject:
    return Reject(stream.path, stream.member, "find", reason, detail)


def _inside(stream: Stream, name: str) -> str:
    return f"{stream.member}/{name}" if stream.member else name


def _metered(file: IO[bytes] | gzip.GzipFile, budget: list[int]) -> io.BufferedReader:
    return io.BufferedReader(_Meter(file, budget), 1 << 18)


def _gz(stream: Stream, depth: int, budget: list[int]) -> Iterator[Stream | Reject]:
    name = stream.name[:-3]
    with gzip.GzipFile(fileobj=stream.file) as packed:
        inner = Stream(stream.path, stream.member, name, _metered(packed, budget), None)
        yield from entries(inner, depth + 1, budget)


def _zip(stream: Stream, depth: int, budget: list[int]) -> Iterator[Stream | Reject]:
    with _seekable(stream, depth) as file, zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            if info.is_dir() or _is_system(name):
                continue
            member = _inside(stream, name)
            if info.flag_bits & 1:
                yield Reject(stream.path, member, "find", "encrypted member", "unpack it with its password")
            elif not _is_safe(name):
                yield Reject(stream.path, member, "find", "unsafe member path", "pack the archive without '..' and '/'")
            else:
                with archive.open(info) as inner:
                    opened = Stream(stream.path, member, _last(name), _metered(inner, budget), info.file_size)
                    yield from entries(opened, depth + 1, budget)


def _tar(stream: Stream, depth: int, budget: list[int]) -> Iterator[Stream | Reject]:
    packed = gzip.GzipFile(fileobj=stream.file) if stream.name.lower().endswith("gz") else stream.file
    with tarfile.open(fileobj=_metered(packed, budget), mode="r|") as archive:
        for info in archive:
            name, member = info.name, _inside(stream, info.name)
            if info.isdir() or _is_system(name):
                continue
            if not _is_safe(name):
                yield Reject(stream.path, member, "find", "unsafe member path", "pack the archive without '..' and '/'")
                continue
            inner = archive.extractfile(info) if info.isreg() else None
            if inner is None:
                yield Reject(stream.path, member, "find", "not a file", "a link or device in an archive: pack the file")
                continue
            opened = Stream(stream.path, member, _last(name), inner, info.size)
            yield from entries(opened, depth + 1, budget)


_OPENERS = {"gz": _gz, "zip": _zip, "tar": _tar}


@contextlib.contextmanager
def _seekable(stream: Stream, depth: int) -> Iterator[IO[bytes]]:
    """The file, or a copy of it that can be read from its end, which is where a zip file's directory stands."""
    if depth == 0:
        yield stream.file
        return
    with tempfile.TemporaryFile() as copy:
        shutil.copyfileobj(stream.file, copy, 1 << 20)
        copy.seek(0)
        yield copy


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The member's name; where it is not marked as UTF-8, Windows programs in China have written it in GBK."""
    if info.flag_bits & 0x800 or info.filename.isascii():
        return info.filename
    data = info.filename.encode("cp437", "replace")
    for encoding in ("utf-8", "gb18030"):
        try:
            return data.decode(encoding)
        except UnicodeDecodeError:
            continue
    return info.filename


def _is_safe(name: str) -> bool:
    return not name.startswith(("/", "\\")) and ".." not in name.replace("\\", "/").split("/") and ":" not in name[1:2]


def _is_system(name: str) -> bool:
    parts = set(name.split("/")) - {".", ".."}
    return "__MACOSX" in parts or any(part.startswith(".") for part in parts)


def _last(name: str) -> str:
    return name.replace("\\", "/").rsplit("/", 1)[-1]
