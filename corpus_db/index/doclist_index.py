"""The pages that a long doclist runs over → its index: the first rowid of each, so that a reader need not go through all.

The format is that of fts5_index.c (fts5WriteDlidxAppend): a tree of pages. Each holds whether it is not the root, the page
that it begins with, and the first rowid there; then, for every page that follows, how far its first rowid is from the one
before, or 0 where no rowid begins on it.
"""

from __future__ import annotations

from collections.abc import Iterator

from corpus_db.index import pages
from corpus_db.index.varints import encoded


class _Level:
    """The page of one level of the tree that is being written."""

    def __init__(self, page: int) -> None:
        self.page = page  # its number
        self.data = bytearray()
        self.first = self.last = 0  # rowids

    def begin(self, child: int, rowid: int, *, is_root: bool) -> None:
        self.data = bytearray(encoded((not is_root, child, rowid)))
        self.first = self.last = rowid

    def append(self, rowid: int) -> None:
        self.data += encoded((rowid - self.last,))
        self.last = rowid


class DoclistIndex:
    """The index of the doclist being written, if it comes to need one."""

    def __init__(self) -> None:
        self._levels = [_Level(0)]
        self._written: list[tuple[int, int, bytes]] = []

    def begin(self, page: int) -> None:
        """The doclist begins on that page."""
        self._levels = [_Level(page)]
        self._written = []

    def append(self, page: int, rowid: int) -> None:
        """The first rowid on a page that is not the doclist's first."""
        child = page
        for height, level in enumerate(self._levels):
            full = len(level.data) >= pages.PAGE_BYTES
            if full:
                self._end(height, level)
            if level.data:
                level.append(rowid)
            else:
                level.begin(child, rowid, is_root=not full)
            if not full:
                return
            child = level.page

    def skip(self) -> None:
        """A page on which no rowid begins."""
        if self._levels[0].data:
            self._levels[0].data += encoded((0,))

    def pages(self) -> Iterator[tuple[int, int, bytes]]:
        """(height, number, content) of each page."""
        yield from self._written
        yield from ((n, level.page, bytes(level.data)) for n, level in enumerate(self._levels) if level.data)

    def __bool__(self) -> bool:
        return bool(self._levels[0].data)

    def _end(self, height: int, level: _Level) -> None:
        """Write a full page, and begin the next; where it was the root, there is a new one above it."""
        level.data[0] = 1
        self._written.append((height, level.page, bytes(level.data)))
        if height + 1 == len(self._levels):
            root = _Level(level.page)
            root.begin(level.page, level.first, is_root=True)
            self._levels.append(root)
        level.data.clear()
        level.page += 1
