"""Plain text → a source: one piece of body, under front matter if there is any; what is spelt out in ASCII is read."""

from __future__ import annotations

from corpus_db.records import Item, Source
from corpus_db.sources.base import Tiling, opened, source
from corpus_db.sources.frontmatter import read_block
from corpus_db.sources.spelt_out import SPELT, way
from corpus_db.sources.value import add_escapes


def read(item: Item) -> Source:
    """The source of a text file; raises `InputError` for an empty or binary one."""
    text = opened(item)
    tiling, fields = Tiling(), dict[str, str]()
    notes = read_block(text.raw, tiling, fields)
    if text.raw.startswith("\ufeff"):
        tiling.add(1, "markup", "byte order mark")
    if escapes := way(text.raw):
        add_escapes(text.raw, tiling.at, len(text.raw), tiling, "body", "text", escapes)
        notes = [*notes, SPELT]
    tiling.add(len(text.raw), "body", "text")
    return source(item, text, tiling, fields, *notes)
