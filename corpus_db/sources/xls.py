"""A file that is called .xls → records: a table in HTML, XML or tab-separated text, as web sites export it, or a workbook.

Excel opens them all. Of a table in HTML and in the XML of Excel 2003 (SpreadsheetML), rows and cells are told by their
tags; a page in which no table has a column of text is read as a page.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from html import unescape
from itertools import chain

from corpus_db.decode import decode
from corpus_db.records import Item, Reject
from corpus_db.signatures import refuse
from corpus_db.sources import csv, xlsx
from corpus_db.sources.csv import read
from corpus_db.sources.html.tokens import attributes, tokens
from corpus_db.sources.stream import Stream, whole

__all__ = ["read", "split"]

_ROWS, _CELLS = ("tr", "row"), ("td", "th", "cell")
_BREAKS = ("br", "p", "div")
_SPACE = re.compile(r"[ \t\r\n\xa0]+")


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The rows below the header; raises `InputError` where there is none, or the file is a workbook of old Excel."""
    data = whole(stream)
    stream = stream._replace(file=io.BytesIO(data))
    if data.startswith(b"PK"):
        yield from xlsx.split(stream)
        return
    refuse(data)
    head = data[:4096].replace(b"\0", b"").lower()
    if b"<table" not in head and b"<html" not in head and b"<workbook" not in head:
        yield from csv.split(stream)
        return
    found = decode(data)
    rows = xlsx.records(stream, "xls", None, _rows(found.text), found.encoding)
    first = next(rows, None)
    if first is None or (isinstance(first, Reject) and first.reason == "no text column"):
        yield stream.item("html", None, data, None)
    else:
        yield from chain([first], rows)


def _rows(text: str) -> Iterator[xlsx.Row]:
    """The rows of the tables in a page."""
    number = 0
    cells: list[list[str]] = []
    for token in tokens(text):
        name = token.name.rpartition(":")[2]
        if token.kind == "text" and cells:
            cells[-1].append(unescape(_SPACE.sub(" ", text[token.start : token.end])))
        elif name in _BREAKS and cells and (token.kind == "close") == (name != "br"):
            cells[-1].append("\n")
        elif name in _CELLS and token.kind == "open":
            cells += _beside(text[token.start : token.end], len(cells))
        elif name in _ROWS:
            number += token.kind == "open"
            shown = ["".join(parts).strip() for parts in cells]
            if any(shown):
                yield number - (token.kind == "open"), shown
            cells = []


def _beside(tag: str, before: int) -> Iterator[list[str]]:
    """A new cell, and the empty ones before it, of which its tag tells."""
    stated = attributes(tag)
    index = stated.get("ss:index", "")
    if index.isdecimal() and len(index) < 6:
        yield from ([] for _ in range(before + 1, min(int(index), xlsx.MOST_COLUMNS)))
    yield []
