"""What every reader needs: an item's text and digest, and pieces that tile it by construction."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from corpus_db.decode import decode
from corpus_db.records import Item, Piece, Role, Source


class Opened(NamedTuple):
    """An item decoded: its exact text, and what goes into `Source` as it is."""

    raw: str
    encoding: str
    sha256: str  # of the bytes as found
    bytes: int
    notes: tuple[str, ...]


def opened(item: Item) -> Opened:
    """The text of an item; raises `InputError` for an empty or binary one."""
    if isinstance(item.data, bytes):
        found = decode(item.data, item.encoding)
        return Opened(found.text, found.encoding, _digest(item.data), len(item.data), found.notes)
    encoding = item.encoding or "utf-8"
    data = item.data.encode(encoding, "replace")
    lost = item.data.count("\ufffd")
    notes = (f"replaced {lost} undecodable sequences",) if lost else ()
    return Opened(item.data, encoding, _digest(data), len(data), notes)


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def source(item: Item, text: Opened, pieces: Tiling, fields: dict[str, str], *notes: str) -> Source:
    """The `Source` that a reader returns; whatever `pieces` has not reached yet becomes markup."""
    pieces.add(len(text.raw), "markup", "rest")
    return Source(
        item.path,
        item.member,
        item.format,
        text.encoding,
        text.sha256,
        text.bytes,
        text.raw,
        tuple(pieces.pieces),
        fields,
        (*text.notes, *notes),
    )


class Tiling:
    """Pieces of a text from left to right: each begins where the last one ended, so there is no gap and no overlap.

    >>> tiling = Tiling()
    >>> tiling.add(2, "markup", "heading mark"); tiling.add(2, "body", "text"); tiling.add(4, "title", "heading")
    >>> [piece[:3] for piece in tiling.pieces]
    [(0, 2, 'markup'), (2, 4, 'title')]
    """

    __slots__ = ("at", "pieces")

    def __init__(self) -> None:
        self.at = 0
        self.pieces: list[Piece] = []

    def add(self, end: int, role: Role, reason: str, text: str | None = None) -> None:
        """A piece from where the last one ended to `end`; nothing if that is no character."""
        if end > self.at:
            self.pieces.append(Piece(self.at, end, role, reason, text))
            self.at = end
