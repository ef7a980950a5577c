"""An HTML page to a source: its article's text, title, author, publisher, time, and the reason why all else is not text.

    tokens.py ─▶ tree.py ─▶ main_text.py ─▶ article.py ─▶ pieces.py
    characters   lines      which are prose  metadata.py   what each stretch of the page is
                                             byline.py

No extractor library is at work: they return text without saying where it stood. That every character of the page is
accounted for is the point here, and on Chinese news pages this reads more than they do (tests/bench/extraction.py).
"""

from __future__ import annotations

import hashlib

from corpus_db.decode import Decoded, decode
from corpus_db.records import Item, Source
from corpus_db.sources.html.article import article
from corpus_db.sources.html.pieces import pieces
from corpus_db.sources.html.tree import parse

__all__ = ["read"]


def read(item: Item) -> Source:
    """The source that an HTML page gives.

    Raises `InputError` for a page without an article ('no article in the page') and for one with more tags than a
    page of text can have ('page too large').
    """
    if isinstance(item.data, str):
        data = item.data.encode(item.encoding or "utf-8", "surrogatepass")
        decoded = Decoded(item.data, item.encoding or "utf-8")
    else:
        data, decoded = item.data, decode(item.data)
    page = parse(decoded.text)
    found = article(page)
    return Source(
        path=item.path,
        member=item.member,
        format=item.format,
        encoding=decoded.encoding,
        sha256=hashlib.sha256(data).hexdigest(),
        bytes=len(data),
        raw=decoded.text,
        pieces=pieces(page, found),
        fields=found.fields,
        notes=decoded.notes,
    )
