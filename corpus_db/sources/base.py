"""What every reader needs: an item's text and digest, and pieces that tile it by construction."""

from __future__ import annotations

import hashlib
from typing import NamedTuple

from corpus_db.decode import decode
from corpus_db.errors import InputError
from corpus_db.mojibake import repaired
from corpus_db.records import Item, Piece, Role, Source, records

# How many pieces a source can have; a long page has a few thousand.
MAX_PIECES = 500_000


def too_much_markup() -> InputError:
    """The error for a text with more markup than an article can have."""
    return InputError("read", "too much markup", f"more than {MAX_PIECES:,} pieces: is it an article?")


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
        return _without_nul(Opened(found.text, found.encoding, digest(item.data), len(item.data), found.notes))
    encoding, shown = item.encoding or "utf-8", item.data
    data = shown.encode(encoding, "replace")
    notes: tuple[str, ...] = ()
    if encoding == "utf-8" and item.format != "html":  # a page in a record: places in it are places in the record
        shown, cause = repaired(shown, data)
        notes = (f"mojibake repaired: {cause}",) if cause else ()
    if lost := shown.count("\ufffd"):
        notes = (*notes, f"replaced {lost} undecodable sequences")
    return _without_nul(Opened(shown, encoding, digest(data), len(data), notes))


def _without_nul(text: Opened) -> Opened:
    """NUL as U+FFFD, as in HTML: for SQLite's functions, a text ends at one."""
    if "\0" not in text.raw:
        return text
    note = f"replaced {text.raw.count(chr(0))} NUL characters"
    return text._replace(raw=text.raw.replace("\0", "\ufffd"), notes=(*text.notes, note))


def digest(data: bytes) -> str:
    """The SHA-256 of `data` in hexadecimal."""
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

    Neighbours of one kind become one piece.

    >>> tiling = Tiling()
    >>> for end, role in [(2, "markup"), (2, "body"), (4, "title"), (5, "title")]:
    ...     tiling.add(end, role, "example")
    >>> [piece[:3] for piece in tiling.pieces]
    [(0, 2, 'markup'), (2, 5, 'title')]
    """

    __slots__ = ("_pieces", "at")

    def __init__(self) -> None:
        self.at = 0
        self._pieces: list[tuple[int, int, Role, str, str | None]] = []

    @property
    def pieces(self) -> list[Piece]:
        """The pieces so far."""
        return list(records(Piece, self._pieces))

    def add(self, end: int, role: Role, reason: str, text: str | None = None) -> None:
        """A piece from where the last one ended to `end`; nothing if that is no character."""
        if end <= self.at:
            return
        start = self.at
        if text is None and self._pieces:
            last = self._pieces[-1]
            if last[2] == role and last[3] == reason and last[4] is None:
                start = self._pieces.pop()[0]
        if len(self._pieces) >= MAX_PIECES:
            raise too_much_markup()
        self._pieces.append((start, end, role, reason, text))
        self.at = end
