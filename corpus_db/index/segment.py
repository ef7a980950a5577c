"""Pages → a segment of an FTS5 index: their numbers, and what finds them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus_db.index.doclist_index import DoclistIndex
from corpus_db.index.pages import Page
from corpus_db.index.varints import encoded

NUMBER = 1  # of the only segment
_MIN_INDEXED = 4  # pages that a doclist runs over until it gets an index (FTS5_MIN_DLIDX_SIZE)

Row = tuple[int, bytes]  # of the table `_data`: a page
Entry = tuple[int, bytes, int]  # of the table `_idx`: segment, beginning of a term, page and whether there is an index


class Segment:
    """A segment being written, page after page."""

    def __init__(self) -> None:
        self.pages = 0
        self._entries: list[Entry] = []
        self._term = b""  # the last
        self._waiting = b"", 1  # the entry whose pages are being written: beginning of a term, page
        self._index = DoclistIndex()
        self._without_term = 0  # pages since the last with a term

    def add(self, pages: Iterable[Page]) -> Iterator[Row]:
        """Write the next pages. Rows of `_data`."""
        for page in pages:
            self.pages += 1
            if page.rowid is not None:
                self._index.append(self.pages, page.rowid)
            if page.first:
                yield from self._with_terms(page)
            else:
                self._without_term += 1
                if page.rowid is None:
                    self._index.skip()
            yield NUMBER << 37 | self.pages, page.content

    def finish(self) -> Iterator[Row]:
        """What is left to be written when there are no more pages."""
        if self.pages:
            yield from self._end_entry()

    def entered(self) -> list[Entry]:
        """Rows of `_idx` that have come since the last call."""
        entries, self._entries = self._entries, []
        return entries

    def structure(self, cookie: bytes) -> bytes:
        """What FTS5 knows of its segments (`_data`, row 10), as it leaves it when it has merged all into one.

        `cookie` tells one configuration of the index from another.
        """
        levels = ((0, 0), (0, 1, NUMBER, 1, self.pages)) if self.pages else ()
        return cookie + encoded((len(levels), min(self.pages, 1), 0)) + b"".join(map(encoded, levels))

    def _with_terms(self, page: Page) -> Iterator[Row]:
        if self.pages > 1:
            yield from self._end_entry()
            self._waiting = _beginning(self._term, page.first), self.pages
        self._term = page.last
        self._index.begin(self.pages)

    def _end_entry(self) -> Iterator[Row]:
        beginning, page = self._waiting
        indexed = bool(self._index) and self._without_term >= _MIN_INDEXED
        if indexed:
            for height, number, content in self._index.pages():
                yield NUMBER << 37 | 1 << 36 | height << 31 | number, content
        self._entries.append((NUMBER, beginning, page << 1 | indexed))
        self._without_term = 0


def _beginning(last: bytes, first: bytes) -> bytes:
    """What parts a term from the one before it, as short as can be.

    >>> _beginning(b"0abc", b"0abxyz")
    b'0abx'
    """
    alike = next((n for n, (one, other) in enumerate(zip(last, first, strict=False)) if one != other), len(last))
    return first[: alike + 1]
