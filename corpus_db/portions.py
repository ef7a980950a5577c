"""Documents to portions of the input, each the work of one call of an executor.

A portion ends where its last document says so, by its digest and its size: a change in the input changes the portions
that it lies in, and leaves the others as they were. That is what lets an update prepare only what changed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from corpus_db.records import Item, Reject

BYTES = 64 * 1024  # of a portion, on average: smaller ones cost more of everything else, larger ones more of an update
MOST_BYTES, MOST_ITEMS = 8 * BYTES, 512


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
    """Whether a portion ends with a document: the likelier, the larger it is."""
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
