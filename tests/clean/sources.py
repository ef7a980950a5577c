"""Sources for tests: the seeds as their reader gives them, and texts and pieces as a test wants them."""

from __future__ import annotations

import hashlib
from pathlib import Path

from corpus_db.records import Item, Piece, Source
from corpus_db.sources import plain

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def read(text: str) -> Source:
    """A plain text file as its reader gives it, front matter and all."""
    return plain.read(Item("a.txt", None, "text", text.encode("utf-8"), None))


def seed(number: int) -> Source:
    """A seed, read."""
    return plain.read(Item(SEEDS[number].name, None, "text", SEEDS[number].read_bytes(), None))


def text_source(raw: str, **fields: str) -> Source:
    """A source that is all body, with these fields stated elsewhere."""
    return made(raw, [Piece(0, len(raw), "body", "text")] if raw else [], fields)


def made(raw: str, pieces: list[Piece], fields: dict[str, str] | None = None) -> Source:
    """A source of these pieces."""
    data = raw.encode("utf-8", "surrogatepass")
    digest = hashlib.sha256(data).hexdigest()
    return Source("a.txt", None, "text", "utf-8", digest, len(data), raw, tuple(pieces), fields or {})
