"""Files to documents to sources: one module per format.

Each has ``read(item) -> Source``, which says what each stretch of a document's text is (a field, the title, text of the
body, markup) and changes nothing; a format that holds many documents in one file also has
``split(stream) -> Iterator[Item | Reject]``, which gives them one by one, so that memory does not grow with the file.
"""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources.stream import Stream, whole

READERS = {
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "json": "json",
    "csv": "csv",
    "xml": "xml",
    "warc": "warc",
}
"""Format → module under `corpus_db.sources` that reads it, loaded when first needed."""

ENDINGS = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".jl"), "json"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "xml"),
    ".warc": "warc",
}
"""Ending of a file's name → format; what has another ending is text, if it turns out to be text."""


def format_of(name: str) -> str:
    """The format that a file's name says.

    >>> format_of("a.MD"), format_of("README")
    ('markdown', 'text')
    """
    dot = name.rfind(".")
    return ENDINGS.get(name[dot:].lower(), "text") if dot >= 0 else "text"


def documents(stream: Stream) -> Iterator[Item | Reject]:
    """The documents of a file, in order; raises `InputError` where the file, or the rest of it, can not be split."""
    kind = format_of(stream.name)
    # Only the workers that read pages need the reader of HTML, and a page is one document.
    split = None if kind == "html" else getattr(_module(kind), "split", None)
    if split:
        yield from split(stream)
    else:
        yield Item(stream.path, stream.member, kind, whole(stream), None)


def read(item: Item) -> Source:
    """The source that `item` holds; raises `InputError` if it holds none."""
    if item.format not in READERS:
        raise InputError("read", "unknown format", f"{item.format}: known are {', '.join(READERS)}")
    try:
        source: Source = _module(item.format).read(item)
    except RecursionError:
        raise InputError("read", "nested too deeply", "flatten it, or cut the nested part out") from None
    return source


@cache
def _module(kind: str) -> ModuleType:
    return importlib.import_module(f"corpus_db.sources.{READERS[kind]}")
