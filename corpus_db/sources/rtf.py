"""A rich text document (.rtf, often called .doc) to a source: its text as lines of plain HTML, as that of Word documents.

rich.py ──▶ docx.py
blocks      articles, their title, and what each stretch is
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_db.records import Item, Source
from corpus_db.sources.docx import parts, source_of
from corpus_db.sources.rich import document_of
from corpus_db.sources.sections import LEAST_SECTIONS
from corpus_db.sources.stream import Stream, whole

_HEADING = re.compile(rb"\\outlinelevel[01](?![0-9])")  # a quick look: stands in each heading, and in its style


def split(stream: Stream) -> Iterator[Item]:
    """The articles of a document of several, numbered by their headings (0: what stands above the first), or the file."""
    data = whole(stream)
    several = parts(stream, "rtf", document_of(data)) if len(_HEADING.findall(data)) >= LEAST_SECTIONS else []
    yield from several or [stream.item("rtf", None, data, None)]


def read(item: Item) -> Source:
    """The source of a document, or of a part of one; raises `InputError` if it holds no text."""
    return source_of(item, document_of(item.data) if isinstance(item.data, bytes) else None)
