"""A page and the headers that it came with → one source: the headers are markup, but for the address in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.records import Item, Piece, Source
from corpus_db.sources.base import Tiling, digest


def below(head: str, address: re.Pattern[str], page: Source, item: Item, data: bytes, notes: Sequence[str]) -> Source:
    """`page`, read from a part of `data`, below the text of its headers; `address` finds the page's in them (group 1)."""
    tiling, fields = Tiling(), dict[str, str]()
    if found := address.search(head):
        fields["url"] = found[1]
        tiling.add(found.start(1), "markup", "headers")
        tiling.add(found.end(1), "field", "url")
    tiling.add(len(head), "markup", "headers")
    return page._replace(
        format=item.format,
        sha256=digest(data),
        bytes=len(data),
        raw=head + page.raw,
        pieces=(*tiling.pieces, *(_moved(piece, len(head)) for piece in page.pieces)),
        fields={**fields, **page.fields},
        notes=tuple(dict.fromkeys((*notes, *page.notes))),
    )


def _moved(piece: Piece, by: int) -> Piece:
    return piece._replace(start=piece.start + by, end=piece.end + by)
