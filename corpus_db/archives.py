"""Archives → the files in them: .zip, .tar, .tar.gz, .tgz and .gz, one inside another to a small depth.

Members are read as streams and never unpacked to disk, but for a zip inside an archive. Bounds: what comes out of one
archive may be `MAX_RATIO` times its size (Chinese text packs 2 to 20 times, repeated log lines 200; a bomb 1,000 and
more), and nesting `_MAX_DEPTH`.
"""

from __future__ import annotations

import contextlib
import gzip
import io
import shutil
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from typing import IO

from corpus_db.errors import InputError
from corpus_db.records import Reject
from corpus_db.sources.stream import MAX_RATIO, Stream
from corpus_db.text.likeness import SURE, likeness

_MAX_DEPTH = 3
_FREE_BYTES = 64 << 20  # that may come out whatever the ratio
_BUFFER_BYTES = 1 << 18
_SUFFIXES = ((".tar.gz", "tar"), (".tgz", "tar"), (".tar", "tar"), (".gz", "gz"), (".zip", "zip"), (".wacz", "zip"))
_UNSAFE = ("unsafe member path", "pack the archive without '..' and without a path from the root")
_OF_SYSTEM = frozenset(
    ("__macosx", "thumbs.db", "ehthumbs.db", "desktop.ini", "icon\r", "$recycle.bin", "system volume information")
)
_BROKEN = (  # what the standard library raises for damaged and unsupported archives
    EOFError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    struct.error,
    zlib.error,
    zipfile.BadZipFile,
    tarfile.TarError,
    gzip.BadGzipFile,
)


class _Meter(io.RawIOBase):
    """A file that counts what is read from it against a budget shared by all members of an archive.

    What goes wrong below it, at whatever moment the consumer reads, comes out as `InputError`.
    """

    def __init__(self, file: IO[bytes] | gzip.GzipFile, budget: list[int]) -> None:
        # What is sound of a cut archive comes out before the error: no more is unpacked at once than comes in one piece.
        self._read = getattr(file, "read1", file.read)
        self._budget = budget
        self.failed = False  # the consumer has had the error: it is not to be reported again

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        try:
            data = self._read(len(buffer))
        except _BROKEN as error:
            self.failed = True
            raise _broken(error) from None
        buffer[: len(data)] = data
        self._budget[0] -= len(data)
        if self._budget[0] < 0:
            self.failed = True
            detail = f"more than {MAX_RATIO} times its size: unpack it by hand if it is sound"
            raise InputError("find", "archive expands too far", detail)
        return len(data)


def _broken(error: Exception) -> InputError:
    return InputError("find", "broken archive", f"{error}: pack it anew")


def entries(stream: Stream, depth: int = 0, budget: list[int] | None = None) -> Iterator[Stream | Reject]:
    """The files in `stream`, or itself if it is no archive; each is valid until the next is asked for."""
    kind = _kind(stream.name)
    if kind is None:
        yield stream
        return
    if depth >= _MAX_DEPTH:
        yield stream.reject(
            None, InputError("find", "nested archives", f"more than {_MAX_DEPTH} deep: unpack it by hand")
        )
        return
    budget = budget or [max(_FREE_BYTES, MAX_RATIO * (stream.size or 0))]
    try:
        yield from _OPENERS[kind](stream, depth, budget)
    except _BROKEN as error:
        yield stream.reject(None, _broken(error))
    except InputError as error:
        yield stream.reject(None, error)


def _kind(name: str) -> str | None:
    lower = name.lower()
    return next((kind for suffix, kind in _SUFFIXES if lower.endswith(suffix)), None)


def _inside(stream: Stream, name: str) -> str:
    return f"{stream.member}/{name}" if stream.member else name


def _gz(stream: Stream, depth: int, budget: list[int]) -> Iterator[Stream | Reject]:
    with gzip.GzipFile(fileobj=stream.file) as packed:
        meter = io.BufferedReader(_Meter(packed, budget), _BUFFER_BYTES)
        yield from entries(Stream(stream.path, stream.member, stream.name[:-3], meter, None), depth + 1, budget)


def _zip(stream: Stream, depth: int, budget: list[int]) -> Iterator[Stream | Reject]:
    with _seekable(stream, depth) as file, zipfile.ZipFile(file) as archive:
        for info in archive.infolist():
            name = _zip_name(info)
            if info.is_dir() or (_is_safe(name) and _has_part_of_system(name)):
                continue
            if not _is_safe(name):
                yield _refused(stream, name, _UNSAFE)
            elif info.flag_bits & 1:
                yield _refused(stream, name, ("encrypted member", "unpack it with its password"))
            else:
                yield from _zip_member(stream, name, archive, info, depth, budget)
            if budget[0] < 0:
                return


def _zip_member(
    stream: Stream, name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, depth: int, budget: list[int]
) -> Iterator[Stream | Reject]:
    try:
        file = archive.open(info)
    except _BROKEN as error:  # of this member alone: the next one may be sound
        yield _refused(stream, name, (_broken(error).reason, _broken(error).detail))
        return
    with file:
        meter = io.BufferedReader(_Meter(file, budget), _BUFFER_BYTES)
        yield from entries(_member(stream, name, meter, info.file_size), depth + 1, budget)


def _tar(stream: Stream, depth: int, budget: list[int]) -> Iterator[Stream | Reject]:
    packed = gzip.GzipFile(fileobj=stream.file) if stream.name.lower().endswith("gz") else stream.file
    meter = _Meter(packed, budget)
    with tarfile.open(fileobj=io.BufferedReader(meter, _BUFFER_BYTES), mode="r|") as archive:
        for info in archive:
            name = name_of(info.name.encode("utf-8", "surrogateescape"))
            if info.isdir() or (_is_safe(name) and _has_part_of_system(name)):
                continue
            file = archive.extractfile(info) if info.isreg() else None
            if not _is_safe(name):
                yield _refused(stream, name, _UNSAFE)
            elif file is None:
                yield _refused(stream, name, ("not a file", "a link or device in an archive: pack the file itself"))
            else:
                yield from entries(_member(stream, name, file, info.size), depth + 1, budget)
            if meter.failed:
                return


def _member(stream: Stream, name: str, file: IO[bytes], size: int) -> Stream:
    return Stream(stream.path, _inside(stream, name), name.replace("\\", "/").rsplit("/", 1)[-1], file, size)


def _refused(stream: Stream, name: str, why: tuple[str, str]) -> Reject:
    return Reject(stream.path, _inside(stream, name), "find", *why)


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
    """The member's name; what is not marked as UTF-8 `zipfile` takes for cp437, which loses nothing.

    Programs outside China do so too, and pack what they unpacked under such a name: marked, and as it was never meant.
    """
    name = info.filename
    if not info.flag_bits & 0x800:
        return name_of(name.encode("cp437", "replace"))
    for codec in () if name.isascii() else ("cp437", "latin-1"):
        with contextlib.suppress(UnicodeEncodeError):
            meant = name_of(name.encode(codec))
            return meant if likeness(meant) > max(SURE, likeness(name)) else name
    return name


def name_of(data: bytes) -> str:
    """A name as text; where it is no UTF-8, programs have written it in GBK in China, in Big5 in Taiwan and Hong Kong.

    >>> name_of("早市".encode("gbk")), name_of("電子商務平臺".encode("big5"))
    ('早市', '電子商務平臺')
    """
    try:
        return data.decode()
    except UnicodeDecodeError:
        return max((data.decode(codec, "replace") for codec in ("gb18030", "big5hkscs")), key=likeness)


def is_of_system(name: str) -> bool:
    """Whether a file or folder of that name is the system's, or a program's own: hidden, a cache, a lock of Office.

    >>> is_of_system(".DS_Store"), is_of_system("~$早市.docx"), is_of_system("Thumbs.db"), is_of_system("早市.txt")
    (True, True, True, False)
    """
    return name.startswith((".", "~$")) or name.lower() in _OF_SYSTEM


def _is_safe(name: str) -> bool:
    return not name.startswith(("/", "\\")) and ".." not in name.replace("\\", "/").split("/") and ":" not in name[1:2]


def _has_part_of_system(name: str) -> bool:
    return any(is_of_system(part) for part in name.replace("\\", "/").split("/") if part not in ("", ".", ".."))
