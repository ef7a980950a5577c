"""One file to the documents in it: itself, or each record of a file of records, as a stream."""

from __future__ import annotations

from collections.abc import Iterator
from typing import IO

from corpus_db.archives import Stream
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject

MAX_DOCUMENT_BYTES = 32 << 20
"""The largest document that is read: ten times the longest novel."""

# Ending of a file name → format. What is not here is text if it looks like text.
FORMATS = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    ".json": "json",
    **dict.fromkeys((".jsonl", ".ndjson", ".jl"), "jsonl"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "xml"),
    ".warc": "warc",
}


def documents(stream: Stream) -> Iterator[Item | Reject]:
    """The documents of a file, in order; raises `InputError` where the file, or the rest of it, can not be read."""
    kind = format_of(stream.name)
    if kind == "jsonl":
        yield from _lines(stream)
    else:
        yield Item(stream.path, stream.member, kind, whole(stream.file), None)


def format_of(name: str) -> str:
    """The format that a file's name says; text for an unknown one, for `decode` refuses what is none.

    >>> format_of("a.MD"), format_of("README")
    ('markdown', 'text')
    """
    dot = name.rfind(".")
    return FORMATS.get(name[dot:].lower(), "text") if dot >= 0 else "text"


def whole(file: IO[bytes]) -> bytes:
    """All of a file that is one document; raises `InputError` if it is larger than a document can be."""
    data = file.read(MAX_DOCUMENT_BYTES + 1)
    if len(data) > MAX_DOCUMENT_BYTES:
        raise too_large()
    return data


def too_large() -> InputError:
    """The error for a document that is larger than any article."""
    limit = MAX_DOCUMENT_BYTES >> 20
    return InputError("find", "document too large", f"more than {limit} MB: split it, one article each")


def numbered(stream: Stream, number: int) -> str:
    """The member name of a record: its number in the file, counted from 1, after the archive member's name."""
    return f"{stream.member}#{number}" if stream.member else str(number)


def _lines(stream: Stream) -> Iterator[Item | Reject]:
    read = stream.file.readline
    number = 0
    while line := read(MAX_DOCUMENT_BYTES + 1):
        number += 1
        if len(line) > MAX_DOCUMENT_BYTES:
            while line and not line.endswith(b"\n"):
                line = read(1 << 20)
            error = too_large()
            yield Reject(stream.path, numbered(stream, number), error.stage, error.reason, error.detail)
        elif not line.isspace():
            yield Item(stream.path, numbered(stream, number), "json", line, None)
