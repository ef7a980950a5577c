"""What the tests of readers share: read a text, and look at what became of it."""

from __future__ import annotations

import io

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources.stream import Stream


def read(kind: str, data: str | bytes, **more: object) -> Source:
    """The source of one item."""
    encoding = "utf-8" if isinstance(data, str) else None
    return sources.read(Item("a", None, kind, data, encoding)._replace(**more))  # type: ignore[arg-type]


def split(name: str, data: str | bytes) -> list[Item | Reject]:
    """The documents of a file of that name."""
    content = data.encode() if isinstance(data, str) else data
    return list(sources.documents(Stream(name, None, name, io.BytesIO(content), len(content))))


def items(name: str, data: str | bytes) -> list[Item]:
    """The documents of a file that is known to be sound."""
    found = split(name, data)
    assert all(isinstance(item, Item) for item in found), found
    return [item for item in found if isinstance(item, Item)]


def body(source: Source) -> str:
    """What the body of a source stands for, as clean/ sees it."""
    return "".join(piece.content(source.raw) for piece in source.pieces)


def pieces(source: Source) -> list[tuple[str, str, str, str | None]]:
    """Of each piece of a source its stretch, role, reason, and what it stands for."""
    return [(source.raw[p.start : p.end], p.role, p.reason, p.text) for p in source.pieces]


def dropped(source: Source) -> list[tuple[str, str]]:
    """(reason, text) of the pieces that are neither body nor a field."""
    return [(p.reason, source.raw[p.start : p.end]) for p in source.pieces if p.role == "markup" and not p.text]


def check_tiling(source: Source) -> None:
    """The pieces tile the raw text."""
    assert [piece.start for piece in source.pieces] == [0, *(piece.end for piece in source.pieces)][:-1]
    assert source.pieces[-1].end == len(source.raw)
    assert all(piece.start < piece.end for piece in source.pieces)


def check_any(name: str, data: bytes) -> None:
    """Whatever stands in a file, it gives sources that tile, or rejects, or input errors."""
    try:
        found = split(name, data)
    except InputError:
        return
    for item in found:
        if isinstance(item, Reject):
            continue
        try:
            check_tiling(sources.read(item))
        except InputError:
            continue
