"""A page and the headers that it came with → one source, in which the headers are markup but for the fields in them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.records import Item, Piece, Source
from corpus_db.sources.base import Tiling, digest


def below(head: str, stated: re.Pattern[str], page: Source, item: Item, data: bytes, notes: Sequence[str]) -> Source:
    """`page`, read from a part of `data`, below the text of its headers; the groups of `stated` find fields in them."""
    tiling, fields = Tiling(), dict[str, str]()
    for found in stated.finditer(head):
        name = found.lastgroup
        if name and name not in fields:
            fields[name] = found[name]
            tiling.add(found.start(name), "markup", "headers")
            tiling.add(found.end(name), "field", name)
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
