"""Documents to sources: one reader per format, each a function ``read(item) -> Source``.

A reader says what each stretch of the text is (a field, the title, text of the body, markup) and changes nothing.
"""

from __future__ import annotations

import importlib

from corpus_db.errors import InputError
from corpus_db.records import Item, Source

READERS = {
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "json": "records",
    "csv": "records",
    "xml": "xml",
    "warc": "warc",
}
"""Format of an item → module under `corpus_db.sources` that reads it, loaded when first needed."""


def read(item: Item) -> Source:
    """The source that `item` holds; raises `InputError` if it holds none."""
    if item.format not in READERS:
        raise InputError("read", "unknown format", f"{item.format}: known are {', '.join(READERS)}")
    try:
        source: Source = importlib.import_module(f"corpus_db.sources.{READERS[item.format]}").read(item)
    except RecursionError:
        raise InputError("read", "nested too deeply", "flatten it, or cut the nested part out") from None
    return source
