"""An article → the tokens of its columns as text, for an index that is written by FTS5 itself."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold, fold_aligned
from corpus_db.text.tokens import Tokens


class IndexRow(NamedTuple):
    """The columns of `articles_fts`: tokens joined by single spaces."""

    body_bigrams: str
    body: str
    title: str
    title_bigrams: str


def index_row(title: str, body: str, cut: Callable[[str], list[str]]) -> IndexRow:
    """What the index holds of an article; `cut` is the segmenter of the file.

    >>> index_row("", "電商", lambda text: [text])
    IndexRow(body_bigrams='电商 商', body='电商', title='', title_bigrams='')
    """
    words = Tokens([cut(fold_aligned(text)) for text in (title, body)]).indexed()
    of_title, of_body = map(" ".join, words.lists())
    return IndexRow(bigram_stream(fold(body)), of_body, of_title, bigram_stream(fold(title)))
