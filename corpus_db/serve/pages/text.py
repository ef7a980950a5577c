"""A body and what was found in it → paragraphs of sentences of pieces, each piece marked in one way; pure.

A body is marked in three layers: facts (names, figures, dates), quotations, and what was searched for. Within a layer
nothing overlaps; between layers it may, so the text is cut wherever any of the three begins or ends.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import Any, NamedTuple


class Stretch(NamedTuple):
    """A marked part of a text."""

    start: int
    end: int
    row: Any  # what is known of it


class Layer:
    """Stretches of a text that do not overlap: of two that would, the earlier stays, and of two that begin together the longer."""

    def __init__(self, stretches: Iterable[Stretch]) -> None:
        self.stretches: list[Stretch] = []
        last = 0
        for stretch in sorted(stretches, key=lambda s: (s.start, -s.end)):
            if last <= stretch.start < stretch.end:
                self.stretches.append(stretch)
                last = stretch.end
        self._starts = [stretch.start for stretch in self.stretches]

    def at(self, offset: int) -> Stretch | None:
        """The stretch that the character at `offset` is in."""
        before = bisect_right(self._starts, offset) - 1
        return self.stretches[before] if before >= 0 and offset < self.stretches[before].end else None

    def bounds(self, start: int, end: int) -> Iterator[int]:
        """Where stretches begin and end between `start` and `end`."""
        for stretch in self.stretches[max(bisect_right(self._starts, start) - 1, 0) :]:
            if stretch.start >= end:
                return
            yield from (offset for offset in stretch[:2] if start < offset < end)


class Piece(NamedTuple):
    """A run of characters that are marked alike."""

    text: str
    fact: Stretch | None
    quote: Stretch | None
    hit: bool
    ends_quote: bool  # the quotation ends with this piece


class Sentence(NamedTuple):
    """A sentence, or what stands between two."""

    id: int | None  # None: no sentence
    pieces: list[Piece]


class Paragraph(NamedTuple):
    """A paragraph of the body."""

    kind: str
    sentences: list[Sentence]


def paragraphs(
    body: str,
    bounds: Iterable[tuple[str, int, int]],
    sentences: list[tuple[int, int, int]],
    layers: tuple[Layer, Layer, Layer],
) -> list[Paragraph]:
    """The paragraphs of `body`: `bounds` are their (kind, start, end), `sentences` are (id, start, end), both in order.

    `layers` are facts, quotations, hits. Offsets outside the body, or before what was already shown, are cut.
    """
    told = []
    starts = [start for _, start, _ in sentences]
    for kind, start, end in bounds:
        end = min(end, len(body))
        found, at = [], start
        for id, first, last in sentences[bisect_right(starts, start - 1) : bisect_right(starts, end - 1)]:
            first, last = max(first, at), min(last, end)
            if first >= last:
                continue
            if at < first:
                found.append(Sentence(None, pieces(body, at, first, layers)))
            found.append(Sentence(id, pieces(body, first, last, layers)))
            at = last
        if 0 <= at < end:
            found.append(Sentence(None, pieces(body, at, end, layers)))
        if found:
            told.append(Paragraph(kind, found))
    return told


def pieces(body: str, start: int, end: int, layers: tuple[Layer, Layer, Layer]) -> list[Piece]:
    """``body[start:end]``, cut wherever a mark begins or ends.

    >>> layers = (Layer([Stretch(1, 3, "x")]), Layer([Stretch(2, 4, "q")]), Layer([]))
    >>> [(p.text, p.fact is not None, p.ends_quote) for p in pieces("abcde", 0, 5, layers)]
    [('a', False, False), ('b', True, False), ('c', True, False), ('d', False, True), ('e', False, False)]
    """
    cuts = sorted({start, end, *(offset for layer in layers for offset in layer.bounds(start, end))})
    facts, quotes, hits = layers
    found = []
    for first, last in pairwise(cuts):
        quote = quotes.at(first)
        ends = quote is not None and quote.end == last
        found.append(Piece(body[first:last], facts.at(first), quote, hits.at(first) is not None, ends))
    return found
