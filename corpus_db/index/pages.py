"""Doclists → the pages that they are stored on.

This is what FTS5 itself does when it merges all its segments into one (fts5_index.c: fts5WriteAppendTerm,
fts5WriteAppendRowid, fts5WriteAppendPoslistData, fts5WriteFlushLeaf): the same pages, cut from what `doclists` wrote as
if there were no pages.

A page begins with where its first rowid is, if that comes before any term, and where its content ends; behind the content
stands where each of its terms begins. The first term of a page is written whole, and its first rowid as it is.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.index.doclists import Doclists, doclists
from corpus_db.index.gather import Piece
from corpus_db.index.varints import encoded, lengths, put, varint

PAGE_BYTES = 4070  # as sql/settings.sql tells FTS5
_HEADER = 4


class Page(NamedTuple):
    """A page, and what the pages above it need to know."""

    content: bytes
    rowid: int | None  # the first that begins on it, if it comes before any term
    first: bytes  # the first term that begins on it; none: empty
    last: bytes  # the last


class Paged(NamedTuple):
    """The pages of a range of terms."""

    pages: list[Page]
    common: list[tuple[str, int]]  # terms in more than so many documents, and in how many they are


def paged(pieces: Sequence[Piece], more_than: float) -> Paged:
    """The pages of a range of terms, and those that stand in more documents than that."""
    whole = doclists(pieces)
    common = np.flatnonzero(whole.documents > more_than).tolist()
    terms = (whole.term(number)[1:].decode("utf-8", "replace") for number in common)
    return Paged(list(cut(whole)), list(zip(terms, whole.documents[common].tolist(), strict=True)))


def cut(whole: Doclists) -> Iterator[Page]:
    """The pages of doclists."""
    if not len(whole.at):
        return
    laid, element, done = _Laid(whole), 0, 0
    while element < laid.elements:
        page = _Filling(laid)
        element, done = page.fill(element, done)
        yield page.page()


class _Laid:
    """Doclists, and what is needed to find where pages end."""

    def __init__(self, doclists: Doclists) -> None:
        self.doclists = doclists
        at, starts = doclists.at, doclists.starts
        self.elements = len(starts) - 1
        # Where each term begins on a page, as the page states it: the distance from the term before it.
        steps = np.diff(starts[at], prepend=0)
        sizes = lengths(steps)
        self.step_ends = np.cumsum(sizes, dtype=np.int64)
        steps_data = np.empty(int(self.step_ends[-1]), np.uint8)
        put(steps_data, self.step_ends, steps, sizes)
        self.steps = steps_data.tobytes()
        of_element = np.zeros(self.elements + 1, np.int64)
        of_element[at + 1] = sizes
        self.filled = starts + np.cumsum(of_element)  # of an endless page, when each element begins
        # An element goes to the next page where the page would be full with so much of it.
        needed = np.diff(starts)
        needed[at] = np.diff(doclists.term_ends, prepend=0) + 2
        needed[doclists.rowid_at] = 0
        self.reach = self.filled[:-1] + needed

    def ends(self, element: int, limit: int, size: int) -> int | None:
        """The first element from there up to `limit` that is too much for a page of `size` bytes before it; None: none."""
        last = min(limit + 1, element + PAGE_BYTES + 1)
        over = self.reach[element:last] >= PAGE_BYTES - size + self.filled[element]
        first = int(over.argmax()) if len(over) else 0
        return element + first if len(over) and over[first] else None

    def is_positions(self, element: int) -> bool:
        """Whether an element is a position list."""
        terms = int(np.searchsorted(self.doclists.at, element, "right"))  # up to it
        return element != self.doclists.at[terms - 1] and (element - terms) % 2 == 1

    def next_term(self, element: int) -> tuple[int, int]:
        """Number and element of the first term from an element on."""
        number = int(np.searchsorted(self.doclists.at, element))
        return number, self.element_of(number)

    def element_of(self, term: int) -> int:
        """The element that a term is; behind the last, the end."""
        return int(self.doclists.at[term]) if term < len(self.doclists.at) else self.elements


class _Filling:
    """A page: `fill` it, then take it."""

    def __init__(self, laid: _Laid) -> None:
        self._rowid: int | None = None
        self._terms = range(0)  # that begin on it
        self._laid = laid
        self._parts: list[bytes | memoryview] = []
        self._bytes = self._size = _HEADER  # of its content; and with what states where its terms begin
        self._rowid_at = 0
        self._listed = b""  # where its terms begin

    def page(self) -> Page:
        """The page as it is stored."""
        header = self._rowid_at.to_bytes(2, "big") + self._bytes.to_bytes(2, "big")
        ends = (self._terms[0], self._terms[-1]) if self._terms else ()
        first, last = map(self._laid.doclists.term, ends) if ends else (b"", b"")
        return Page(b"".join((header, *self._parts, self._listed)), self._rowid, first, last)

    def fill(self, element: int, done: int) -> tuple[int, int]:
        """Take as much as there is room for, from an element on of which the page before has so many bytes; what is next."""
        laid = self._laid
        if laid.is_positions(element):
            rest = int(laid.doclists.starts[element + 1] - laid.doclists.starts[element]) - done
            if self._size + rest >= PAGE_BYTES:
                return self._cut(element, done)
            self._take(element, element + 1, done)
            element += 1
        number, term = laid.next_term(element)
        if element < term:
            self._begin_with_rowid((element - number) // 2)
            element += 1
        if self._bytes > _HEADER and (following := self._run(element, term)):
            return following
        if term == laid.elements:
            return term, 0
        following = self._from_term(number)
        self._terms = range(number, laid.next_term(following[0])[0])
        second = min(number + 1, self._terms[-1])
        self._listed += laid.steps[laid.step_ends[second] : laid.step_ends[self._terms[-1]]]
        return following

    def _begin_with_rowid(self, posting: int) -> None:
        doclists = self._laid.doclists
        self._rowid, self._rowid_at = int(doclists.rowids[posting]), self._bytes
        self._write(encoded((self._rowid, 2 * int(doclists.sizes[posting]))))

    def _from_term(self, number: int) -> tuple[int, int]:
        """Take all from a term on, which is the first of the page."""
        laid = self._laid
        first, second, whole = self._bytes, laid.element_of(number + 1), laid.doclists.term(number)
        self._list(first)
        self._write(varint(len(whole)) + whole)
        following = self._run(laid.element_of(number) + 1, second)
        if following or second == laid.elements:
            return following or (second, 0)
        self._list(self._bytes - first)  # else than on an endless page, since the first is written whole
        self._size -= int(laid.step_ends[number + 1] - laid.step_ends[number])
        return self._run(second, laid.elements, fits=1) or (laid.elements, 0)

    def _run(self, element: int, limit: int, fits: int = 0) -> tuple[int, int] | None:
        """Take the elements up to `limit`, which is a term or the end; where the page ends before it, what is next.

        `fits`: how many of the elements are known to.
        """
        laid = self._laid
        over = laid.ends(element + fits, limit, self._size + int(laid.filled[element + fits] - laid.filled[element]))
        stop = limit if over is None else over
        self._take(element, stop)
        if over is None:
            return None
        return self._cut(over, 0) if laid.is_positions(over) else (over, 0)

    def _cut(self, element: int, done: int) -> tuple[int, int]:
        """Take a position list as far as there is room for, up to the end of a number."""
        data, start = self._laid.doclists.data, int(self._laid.doclists.starts[element]) + done
        end = start + max(PAGE_BYTES - self._size, 0)
        while end > start and data[end - 1] >= 0x80:
            end += 1
        self._write(data[start:end])
        whole = end == int(self._laid.doclists.starts[element + 1])
        return (element + 1, 0) if whole else (element, done + end - start)

    def _take(self, element: int, stop: int, done: int = 0) -> None:
        """Take elements as they stand, but for bytes of the first that are done."""
        doclists, filled = self._laid.doclists, self._laid.filled
        start, end = int(doclists.starts[element]) + done, int(doclists.starts[stop])
        self._parts.append(doclists.data[start:end])
        self._bytes += end - start
        self._size += int(filled[stop] - filled[element]) - done

    def _write(self, data: bytes | memoryview) -> None:
        self._parts.append(data)
        self._bytes += len(data)
        self._size += len(data)

    def _list(self, place: int) -> None:
        """State where a term begins."""
        listed = varint(place)
        self._listed += listed
        self._size += len(listed)
