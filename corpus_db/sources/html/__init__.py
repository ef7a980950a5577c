"""An HTML page → a source: its article's text, title, author, publisher, time, and why all else is not text.

    tokens.py ──▶ tree.py ──▶ main_text.py ──▶ article.py ──▶ pieces.py
    characters    lines       which are prose   title.py       what each stretch of the page is
                                                fields.py, by metadata.py and byline.py
                                                held.py, by scripts.py: what no markup holds

No extractor library is at work: they return text without saying where it stood. That every character of the page is
accounted for is the point here, and on Chinese news pages this reads more than they do (tests/bench/extraction.py).
"""

from __future__ import annotations

import contextlib

from corpus_db.errors import InputError
from corpus_db.records import Item, Source
from corpus_db.sources.base import opened, source
from corpus_db.sources.html.article import PageArticle, article, goes_on, is_folded
from corpus_db.sources.html.pieces import tiling
from corpus_db.sources.html.tree import Page, parse

__all__ = ["read"]


def read(item: Item) -> Source:
    """The source that an HTML page gives.

    Raises `InputError` for a page without an article ('no article in the page') and for one with more tags than a
    page of text can have ('page too large').
    """
    text = opened(item)
    page = parse(text.raw)
    try:
        found = article(page)
    except InputError:
        page = parse(text.raw, styled=False)  # some pages are hidden until a script has run
        found = article(page)
    else:
        page, found = _unfolded(page, found)
    return source(item, text, tiling(page, found, item), found.fields.values, *found.notes)


def _unfolded(page: Page, found: PageArticle) -> tuple[Page, PageArticle]:
    """A page and its article, with what a button shows of it."""
    if is_folded(page, found):
        shown = parse(page.raw, styled=False)
        with contextlib.suppress(InputError):
            if goes_on(page, found, shown, whole := article(shown)):
                return shown, whole
    return page, found
