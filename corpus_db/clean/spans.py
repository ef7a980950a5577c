"""Decisions about the content of a source ⇄ spans of its raw text; the only module that maps offsets between the two.

The content of a source is what its body pieces stand for, joined. Cleaning works on the content alone and says what
became of it in `Mark`s; `tile` carries the marks back to `Source.raw` and fills what lies between with spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from itertools import accumulate
from operator import eq
from typing import NamedTuple

from corpus_db.records import Piece, Role, Source, Span, records
from corpus_db.text.fold import ZERO_WIDTH

# What a line is stripped of: everything that shows nothing.
BLANK = ZERO_WIDTH + "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_ZERO_WIDTH_RUN = re.compile(f"[{ZERO_WIDTH}]+")

# Where one piece of raw text stands for content with several roles, the piece takes the first of these.
_ROLES: tuple[Role, ...] = ("body", "summary", "title", "field", "duplicate", "chrome", "markup", "space")
_RANK = {role: rank for rank, role in enumerate(_ROLES)}


_Row = tuple[int, int, Role, str | None]  # of a Span


class Mark(NamedTuple):
    """What became of a stretch of the content."""

    start: int
    end: int
    role: Role
    reason: str | None = None


class Line(NamedTuple):
    """A line of the content that shows something, without the blanks around it."""

    start: int
    end: int
    text: str  # content[start:end]
    apart: bool  # an empty line, or the beginning of the content, stands before it
    indented: bool  # it began with two blanks or more, or with an ideographic space


class Content(NamedTuple):
    """What the body pieces of a source stand for."""

    text: str
    pieces: tuple[Piece, ...]  # those that `text` is made of, in order
    starts: tuple[int, ...]  # where each of them begins in `text`
    hidden: Sequence[tuple[int, int]] = ()  # its zero-width characters
    is_printable: bool = True  # line ends aside


def content(source: Source) -> Content:
    """The content of `source`: its body pieces, and markup that stands for text (a tag for a line break)."""
    pieces = tuple([p for p in source.pieces if p.role == "body" or (p.role == "markup" and p.text)])
    parts = [piece.content(source.raw) for piece in pieces]
    starts = tuple(accumulate(map(len, parts), initial=0))[:-1]
    text = "".join(parts)
    if not may_hide(text) or not may_hide(text.replace("\n", "")):  # most texts are one line, or several
        return Content(text, pieces, starts)
    hidden = [match.span() for match in _ZERO_WIDTH_RUN.finditer(text)]
    return Content(text, pieces, starts, hidden, is_printable=False)


def lines(text: str) -> list[Line]:
    """The lines of `text` that show something.

    >>> [(line.text, line.apart, line.indented) for line in lines("题\\r\\n\\r\\n　　一。 \\n二。")]
    [('题', True, False), ('一。', True, True), ('二。', False, False)]
    """
    found: list[Line] = []
    apart = True
    at = 0
    for line in text.splitlines(keepends=True):
        shown = line.lstrip(BLANK)
        start = at + len(line) - len(shown)
        shown = shown.rstrip(BLANK)
        if shown:
            indented = start - at > 1 or (start > at and line[0] == "\u3000")
            found.append(Line(start, start + len(shown), shown, apart, indented))
        apart = not shown
        at += len(line)
    return found


def may_hide(text: str) -> bool:
    """Whether `text` may hold a zero-width character, or a blank other than the space: a quick look before a close one.

    None of these is printable, as Unicode has it; nor is a line's end.

    >>> may_hide("电商 B2B，在线。"), may_hide("电\\u200b商"), may_hide("电\\u3000商")
    (False, True, True)
    """
    return not text.isprintable()


def without_zero_width(marks: Sequence[Mark], hidden: Sequence[tuple[int, int]]) -> Sequence[Mark]:
    """`marks` with the `hidden` characters cut out of them as spaces, so that kept text is what the spans say.

    >>> without_zero_width([Mark(0, 4, "body")], [(1, 2)])[1]
    Mark(start=1, end=2, role='space', reason='zero-width character')
    """
    if not hidden:
        return marks
    starts = [start for start, _ in hidden]
    shown: list[Mark] = []
    for mark in marks:
        at = mark.start
        for start, end in hidden[bisect_left(starts, mark.start) : bisect_left(starts, mark.end)]:
            if start > at:
                shown.append(Mark(at, start, mark.role, mark.reason))
            shown.append(Mark(start, end, "space", "zero-width character"))
            at = end
        if at < mark.end:
            shown.append(Mark(at, mark.end, mark.role, mark.reason))
    return shown


def tile(source: Source, content: Content, marks: Sequence[Mark]) -> tuple[Span, ...]:
    """The spans of `source`: its own fields and markup, `marks` where they lead, and spaces between them.

    `marks` are in order and do not overlap; what none of them covers is blank. They tile `source.raw`.
    """
    full = _filled(without_zero_width(marks, content.hidden), len(content.text))
    begins = [mark.start for mark in full]
    spans: list[_Row] = []
    offsets = iter(content.starts)
    for piece in source.pieces:
        start, end, role, reason, text = piece
        if role != "body":
            if role == "markup" and text:
                next(offsets)
            if start < end:
                spans.append((start, end, role, reason or None))
            continue
        at = next(offsets)
        if start == end:
            continue
        size = end - start if text is None else len(text)
        under = full[max(bisect_right(begins, at) - 1, 0) : bisect_left(begins, at + size)]
        spans += _moved(under, piece, start - at) if text is None else [_whole(source, piece, under)]
    return _merged(spans)


def _moved(under: list[Mark], piece: Piece, shift: int) -> list[_Row]:
    """The marks `under` a piece, cut to it, where they stand in the source."""
    if len(under) == 1:
        return [(piece.start, piece.end, *under[0][2:])]
    rows = [(start + shift, end + shift, role, reason) for start, end, role, reason in under]
    rows[0] = piece.start, *rows[0][1:]
    rows[-1] = rows[-1][0], piece.end, *rows[-1][2:]
    return rows


def _whole(source: Source, piece: Piece, under: list[Mark]) -> _Row:
    best = min(under, key=lambda m: _RANK[m.role], default=None)
    if best is None or (best.role == "space" and source.raw[piece.start : piece.end].strip(BLANK)):
        return piece.start, piece.end, "markup", piece.reason or "stands for a space"
    return piece.start, piece.end, best.role, best.reason


def _filled(marks: Iterable[Mark], size: int) -> list[Mark]:
    """`marks` and the spaces between them."""
    full: list[Mark] = []
    at = 0
    for mark in marks:
        if mark.start > at:
            full.append(Mark(at, mark.start, "space"))
        full.append(mark)
        at = mark.end
    if at < size:
        full.append(Mark(at, size, "space"))
    return full


def _merged(spans: list[_Row]) -> tuple[Span, ...]:
    """`spans` with neighbours of one kind as one."""
    kinds = [span[2:] for span in spans]
    if any(map(eq, kinds, kinds[1:])):
        first = [i for i, kind in enumerate(kinds) if not i or kind != kinds[i - 1]]
        last = [*(i - 1 for i in first[1:]), len(spans) - 1]
        spans = [(spans[i][0], spans[j][1], *kinds[i]) for i, j in zip(first, last, strict=True)]
    return tuple(records(Span, spans))
