"""Documents → portions of the input, each the work of one call of an executor.

A portion ends where its last document says so, by its digest and its size: a change in the input changes the portions
that it lies in, and leaves the others as they were. That is what lets an update prepare only what changed.
"""

from __future__ import annotations

import hashlib
from array import array
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_db.records import Item, Reject

BYTES = 64 * 1024  # of a portion, on average: smaller ones cost more of everything else, larger ones more of an update
MOST_BYTES, MOST_ITEMS = 8 * BYTES, 512  # of a portion; at either it ends, whatever its documents say


class Sites:
    """The sites of each portion, as numbers: as sets of strings they would take as much memory as all else.

    >>> sites = Sites()
    >>> sites.add(b"1", ["a.cn", None]), sites.add(b"2", [])
    (None, None)
    >>> sites.of(b"1"), sites.of(b"2"), sites.of(b"3")
    (['a.cn', None], [], None)
    """

    def __init__(self) -> None:
        self._numbers: dict[str | None, int] = {}
        self._names: list[str | None] = []
        self._of: dict[bytes, array[int]] = {}

    def add(self, digest: bytes, sites: Iterable[str | None]) -> None:
        """Note the sites of a portion."""
        numbers = array("i")
        for site in sites:
            number = self._numbers.setdefault(site, len(self._names))
            if number == len(self._names):
                self._names.append(site)
            numbers.append(number)
        self._of[digest] = numbers

    def of(self, digest: bytes) -> list[str | None] | None:
        """The sites of the portion with that digest; None: they are not known."""
        numbers = self._of.get(digest)
        return None if numbers is None else [self._names[number] for number in numbers]


class Portion(NamedTuple):
    """Documents that stand one after the other in the input."""

    items: list[Item | Reject]
    digest: bytes  # of all that the work on them depends on: not of their paths
    bytes: int

    @property
    def places(self) -> list[tuple[str, str | None]]:
        """(path, member) of each document."""
        return [(item.path, item.member) for item in self.items]


def portions(items: Iterable[Item | Reject]) -> Iterator[Portion]:
    """The documents in order, in portions of about `BYTES`."""
    portion: list[Item | Reject] = []
    digest, size = hashlib.sha256(), 0
    for item in items:
        portion.append(item)
        of_item = _digest(item)
        digest.update(of_item)
        size += _size(item)
        if _ends(of_item, _size(item)) or size >= MOST_BYTES or len(portion) >= MOST_ITEMS:
            yield Portion(portion, digest.digest(), size)
            portion, digest, size = [], hashlib.sha256(), 0
    if portion:
        yield Portion(portion, digest.digest(), size)


def _ends(digest: bytes, size: int) -> bool:
    """Whether a portion ends with a document of that digest: the likelier, the larger the document is.

    Of documents of `size` bytes, one in ``BYTES / size`` ends a portion, so that these have `BYTES` on average.
    """
    return int.from_bytes(digest[:4], "big") * BYTES < size << 32


def _digest(item: Item | Reject) -> bytes:
    if isinstance(item, Reject):
        return hashlib.sha256(repr(item[2:]).encode("utf-8", "surrogatepass")).digest()
    data = item.data.encode("utf-8", "surrogatepass") if isinstance(item.data, str) else item.data
    digest = hashlib.sha256(data)
    digest.update(repr((item.format, type(item.data).__name__, *item[4:])).encode("utf-8", "surrogatepass"))
    return digest.digest()


def _size(item: Item | Reject) -> int:
    return 0 if isinstance(item, Reject) else len(item.data)
