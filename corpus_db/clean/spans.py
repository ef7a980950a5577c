"""Decisions about the content of a source ⇄ spans of its raw text; the only module that maps offsets between the two.

The content of a source is what its body pieces stand for, joined. Cleaning works on the content alone and says what
became of it in `Mark`s; `tile` carries the marks back to `Source.raw` and fills what lies between with spaces.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from corpus_db.records import Piece, Role, Source, Span
from corpus_db.text.fold import ZERO_WIDTH

# What a line is stripped of: everything that shows nothing.
BLANK = ZERO_WIDTH + "".join(chr(c) for c in range(0x3001) if chr(c).isspace())
_ZERO_WIDTH_RUN = re.compile(f"[{ZERO_WIDTH}]+")

# Where one piece of raw text stands for content with several roles, the piece takes the first of these.
_ROLES: tuple[Role, ...] = ("body", "summary", "title", "field", "duplicate", "chrome", "markup", "space")
_RANK = {role: rank for rank, role in enumerate(_ROLES)}


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


def content(source: Source) -> Content:
    """The content of `source`: its body pieces, and markup that stands for text (a tag for a line break)."""
    pieces = tuple(p for p in source.pieces if p.role == "body" or (p.role == "markup" and p.text))
    if len(pieces) == 1 and pieces[0].text is None:
        piece = pieces[0]
        return Content(source.raw[piece.start : piece.end], pieces, (0,))
    parts: list[str] = []
    starts: list[int] = []
    at = 0
    for piece in pieces:
        text = source.raw[piece.start : piece.end] if piece.text is None else piece.text
        parts.append(text)
        starts.append(at)
        at += len(text)
    return Content("".join(parts), pieces, tuple(starts))


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


def without_zero_width(marks: Iterable[Mark], text: str) -> Iterator[Mark]:
    """`marks` with the characters that show nothing cut out of them as spaces, so that kept text is what the spans say.

    >>> list(without_zero_width([Mark(0, 4, "body")], "电\\u200b商。"))[1]
    Mark(start=1, end=2, role='space', reason='zero-width character')
    """
    hidden = [match.span() for match in _ZERO_WIDTH_RUN.finditer(text)]
    if not hidden:
        yield from marks
        return
    starts = [start for start, _ in hidden]
    for mark in marks:
        at = mark.start
        for start, end in hidden[bisect_left(starts, mark.start) : bisect_left(starts, mark.end)]:
            if start > at:
                yield Mark(at, start, mark.role, mark.reason)
            yield Mark(start, end, "space", "zero-width character")
            at = end
        if at < mark.end:
            yield Mark(at, mark.end, mark.role, mark.reason)


def tile(source: Source, content: Content, marks: Sequence[Mark]) -> tuple[Span, ...]:
    """The spans of `source`: its own fields and markup, `marks` where they lead, and spaces between them.

    `marks` are in order and do not overlap; what none of them covers is blank. They tile `source.raw`.
    """
    full = list(_filled(without_zero_width(marks, content.text), len(content.text)))
    begins = [mark.start for mark in full]
    offset = dict(zip(content.pieces, content.starts, strict=True))
    spans: list[Span] = []
    for piece in source.pieces:
        if piece.start == piece.end:
            continue
        if piece.role != "body":
            spans.append(Span(piece.start, piece.end, piece.role, piece.reason or None))
            continue
        at = offset[piece]
        size = piece.end - piece.start if piece.text is None else len(piece.text)
        under = full[max(bisect_right(begins, at) - 1, 0) : bisect_left(begins, at + size)]
        if piece.text is None and len(under) == 1:
            spans.append(Span(piece.start, piece.end, under[0].role, under[0].reason))
        elif piece.text is None:
            shift = piece.start - at
            spans += [Span(max(m.start, at) + shift, min(m.end, at + size) + shift, m.role, m.reason) for m in under]
        else:
            spans.append(_whole(source, piece, under))
    return tuple(_merged(spans))


def _whole(source: Source, piece: Piece, under: list[Mark]) -> Span:
    best = min(under, key=lambda m: _RANK[m.role], default=None)
    if best is None or (best.role == "space" and source.raw[piece.start : piece.end].strip(BLANK)):
        return Span(piece.start, piece.end, "markup", piece.reason or "stands for a space")
    return Span(piece.start, piece.end, best.role, best.reason)


def _filled(marks: Iterable[Mark], size: int) -> Iterator[Mark]:
    at = 0
    for mark in marks:
        if mark.start > at:
            yield Mark(at, mark.start, "space")
        yield mark
        at = mark.end
    if at < size:
        yield Mark(at, size, "space")


def _merged(spans: Iterable[Span]) -> Iterator[Span]:
    last: Span | None = None
    for span in spans:
        if last is not None and last.role == span.role and last.reason == span.reason:
            last = last._replace(end=span.end)
            continue
        if last is not None:
            yield last
        last = span
    if last is not None:
        yield last
