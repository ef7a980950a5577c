"""Sources for tests, made as the reader for plain text makes them."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from corpus_db.records import Piece, Source

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))
_KEYS = {"time": "published", "name": "author"}
_FRONT = re.compile(r"---\r?\n(?P<block>(?:.*\r?\n)*?)---\r?\n")


def text_source(raw: str, **fields: str) -> Source:
    """The source of a plain text: front matter, if there is any, and body."""
    pieces: list[Piece] = []
    stated = dict(fields)
    front = _FRONT.match(raw)
    at = 0
    if front:
        pieces.append(Piece(0, front.start("block"), "markup", "front matter fence"))
        at = front.start("block")
        for line in front["block"].splitlines(keepends=True):
            key, _, value = line.partition(":")
            name = _KEYS.get(key.strip(), key.strip())
            stated[name] = value.strip()
            pieces.append(Piece(at, at + len(line), "title" if name == "title" else "field", name))
            at += len(line)
        pieces.append(Piece(at, front.end(), "markup", "front matter fence"))
        at = front.end()
    if at < len(raw):
        pieces.append(Piece(at, len(raw), "body", "text"))
    return made(raw, pieces, stated)


def made(raw: str, pieces: list[Piece], fields: dict[str, str] | None = None) -> Source:
    """A source of these pieces."""
    data = raw.encode("utf-8", "surrogatepass")
    return Source(
        "a.txt", None, "text", "utf-8", hashlib.sha256(data).hexdigest(), len(data), raw, tuple(pieces), fields or {}
    )


def seed(number: int) -> Source:
    """A seed, read."""
    return text_source(SEEDS[number].read_bytes().decode("utf-8"))
