"""Open files → bounded stretches of text: what every splitter of files of records reads through."""

from __future__ import annotations

import codecs
from typing import IO, NamedTuple

from corpus_db.decode import encoding_of
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject

# The largest document that is read: ten times the longest novel.
MAX_DOCUMENT_BYTES = 32 << 20

# The largest PDF: most of it is pictures and fonts.
MAX_PDF_BYTES = 128 << 20

# How deep JSON or XML may be nested; articles need ten levels.
MAX_NESTING = 500

# How many times its size what is packed may be; why, see `archives`.
MAX_RATIO = 200

_BLOCK_BYTES = 1 << 18


class Stream(NamedTuple):
    """An open file, on disk or in an archive."""

    path: str
    member: str | None
    name: str  # last part, which says the format
    file: IO[bytes]
    size: int | None  # bytes, where known beforehand

    def item(self, kind: str, number: int | None, data: bytes | str, encoding: str | None) -> Item:
        """Record `number` (from 1) of this file as an item; None: the file is one document."""
        return Item(self.path, self.numbered(number), kind, data, encoding)

    def reject(self, number: int | None, error: InputError) -> Reject:
        """A reject for record `number` of this file."""
        return Reject(self.path, self.numbered(number), error.stage, error.reason, error.detail)

    def numbered(self, number: int | None) -> str | None:
        """The member name of a record: its number, after the name inside the archive if there is one."""
        if number is None:
            return self.member
        return f"{self.member}#{number}" if self.member else str(number)


def whole(stream: Stream) -> bytes:
    """All of a file that is one document; raises `InputError` if it is larger than a document can be."""
    expected = MAX_DOCUMENT_BYTES if stream.size is None else min(stream.size, MAX_DOCUMENT_BYTES)
    data = stream.file.read(expected + 1)
    most = most_bytes(data)
    if len(data) > expected:  # a PDF, or it has grown since, or an archive's directory lies
        data += stream.file.read(most + 1 - len(data))
    if len(data) > most:
        raise too_large(most)
    return data


def most_bytes(data: bytes | str) -> int:
    """How large a document may be that begins so."""
    return MAX_PDF_BYTES if isinstance(data, bytes) and data.startswith(b"%PDF-") else MAX_DOCUMENT_BYTES


def too_large(most: int = MAX_DOCUMENT_BYTES) -> InputError:
    """The error for a document that is larger than any article, or than `most` bytes."""
    limit = most >> 20
    return InputError("find", "document too large", f"more than {limit} MB: split it, one article each")


class Window:
    """A stretch of a file's text, decoded as it is needed: `text`, of which what stands before `at` is done with."""

    def __init__(self, file: IO[bytes], head: bytes = b"") -> None:
        block = head + file.read(_BLOCK_BYTES)
        self.encoding = encoding_of(block)
        self.at = 0
        self._file = file
        self._decoder = codecs.getincrementaldecoder(self.encoding)("replace")
        self.done = not block
        self.text = self._decoder.decode(block, self.done)

    def more(self) -> bool:
        """Let go of what is done with, which moves `at` to 0, and read on; False at the end of the file.

        Raises `InputError` if more would be held than a document can be.
        """
        self.text = self.text[self.at :]
        self.at = 0
        if self.done:
            return False
        if len(self.text) > MAX_DOCUMENT_BYTES:
            raise too_large()
        block = self._file.read(max(_BLOCK_BYTES, len(self.text)))  # twice as much each time: linear in all
        self.done = not block
        self.text += self._decoder.decode(block, self.done)
        return True
