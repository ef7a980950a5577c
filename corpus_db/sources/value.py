"""A value of a record, as it stands in its file → pieces: its escapes undone, and HTML in it taken apart.

Records hold pages as programs fetched them: a whole page is read as one, a stretch of HTML is text between tags. What
stands where is found in what the value stands for, and carried back to the file.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable
from html import unescape
from typing import NamedTuple

from corpus_db.records import Item, Role
from corpus_db.sources.base import Tiling
from corpus_db.sources.markup import REFERENCE, is_escaped, is_html, marks, place

_PAGE = re.compile(r"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_PAGE_CHARS = 2_000  # in which a page says that it is one


class Escapes(NamedTuple):
    """How a format writes what can not stand for itself."""

    runs: re.Pattern[str]  # escapes that follow one another
    each: re.Pattern[str]  # what stands for one character
    meaning: Callable[[str], str]  # of a run

    def meant(self, text: str) -> str:
        """What a text stands for.

        >>> REFERENCES.meant("&#20170;&#22825;，早市")
        '今天，早市'
        """
        return self.runs.sub(lambda run: self.meaning(run[0]), text)


def in_runs(each: re.Pattern[str], meaning: Callable[[str], str]) -> Escapes:
    """Escapes that are read in runs of any length."""
    return Escapes(re.compile(rf"(?:{each.pattern})+", each.flags), each, meaning)


REFERENCES = in_runs(re.compile(rf"&(?:{REFERENCE});"), unescape)


class Value(NamedTuple):
    """A value that is text."""

    raw: str  # the text that it stands in
    start: int  # quotation marks left out
    end: int
    text: str  # what it stands for

    @property
    def is_written(self) -> bool:
        """Whether it stands for itself: there are no escapes in it."""
        return self.end - self.start == len(self.text)


def is_page(text: str) -> bool:
    """Whether a value is a whole page rather than a stretch of one.

    >>> is_page("<!DOCTYPE html><p>一</p>"), is_page("<p>一</p>")
    (True, False)
    """
    return text[:99].lstrip("\ufeff \t\r\n")[:1] == "<" and _PAGE.search(text, 0, _PAGE_CHARS) is not None


def add_plain(value: Value, tiling: Tiling, role: Role, reason: str, escapes: Escapes) -> None:
    """Add the pieces of a value that holds no HTML."""
    if not value.is_written:
        add_escapes(value.raw, value.start, value.end, tiling, role, reason, escapes)
    tiling.add(value.end, role, reason)


def add_body(value: Value, tiling: Tiling, item: Item, escapes: Escapes) -> dict[str, str]:
    """Add the pieces of a value that is the text of a record; returns the fields that a page in it states.

    Raises `InputError` for a page without an article.
    """
    if is_page(value.text):
        return _add_page(value, tiling, item, escapes)
    if not is_html(value.text):
        add_plain(value, tiling, "body", "text", escapes)
        return {}
    places = _Places(value, tiling, escapes)
    for mark in marks(value.text, 0, len(value.text), escaped=is_escaped(value.text)):
        places.add(mark.start, "body", "text")
        place(mark, places.in_raw(mark.end), tiling, "body")
    places.add(len(value.text), "body", "text")
    return {}


def _add_page(value: Value, tiling: Tiling, item: Item, escapes: Escapes) -> dict[str, str]:
    from corpus_db.sources import html  # few records hold a page

    page = html.read(item._replace(format="html", data=value.text, encoding="utf-8"))
    places = _Places(value, tiling, escapes)
    for piece in page.pieces:
        if piece.text is None:
            places.add(piece.end, piece.role, piece.reason)
        else:
            tiling.add(places.in_raw(piece.end), piece.role, piece.reason, piece.text)
    return page.fields


def add_escapes(raw: str, start: int, end: int, tiling: Tiling, role: Role, reason: str, escapes: Escapes) -> None:
    """Add the pieces of ``raw[start:end]`` up to its last escape, each run of them with what it stands for."""
    for run in escapes.runs.finditer(raw, start, end):
        tiling.add(run.start(), role, reason)
        tiling.add(run.end(), role, "escape", escapes.meaning(run[0]))


class _Places:
    """Where the characters that a value stands for are in the raw text, and pieces up to one of them."""

    def __init__(self, value: Value, tiling: Tiling, escapes: Escapes) -> None:
        self._raw, self._tiling, self._escapes = value.raw, tiling, escapes
        self._meant, self._written = [0], [value.start]  # after each escape: offset in the value's text, and in raw
        if not value.is_written:
            for escape in escapes.each.finditer(value.raw, value.start, value.end):
                self._meant.append(self._meant[-1] + escape.start() - self._written[-1] + 1)
                self._written.append(escape.end())

    def in_raw(self, offset: int) -> int:
        """The place in the raw text of a character of the value."""
        at = bisect_right(self._meant, offset) - 1
        return self._written[at] + offset - self._meant[at]

    def add(self, end: int, role: Role, reason: str) -> None:
        """A piece from where the tiling stands to a character of the value; escapes in text are pieces of their own."""
        stop = self.in_raw(end)
        if role in ("body", "title") and len(self._meant) > 1:
            add_escapes(self._raw, self._tiling.at, stop, self._tiling, role, reason, self._escapes)
        self._tiling.add(stop, role, reason)
