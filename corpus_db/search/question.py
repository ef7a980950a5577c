"""A question or a pasted paragraph → a MATCH on any of its words and character pairs, for ranking."""

from __future__ import annotations

import sqlite3

from corpus_db.search.language import NOTHING, clean
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold
from corpus_db.text.segment import segmenter, words


def zh_query_any(db: sqlite3.Connection, text: str) -> str:
    """The FTS5 MATCH of the articles with any word or character pair of `text`; valid for every string."""
    folded = fold(clean(text))
    parts = [
        f"{columns} : ({' OR '.join(quoted)})"
        for columns, tokens in (
            ("{title body}", words(folded, segmenter().cut)),
            ("{title_bigrams body_bigrams}", bigram_stream(folded).split()),
        )
        if (quoted := [f'"{token}"' for token in dict.fromkeys(tokens) if token[0].isalnum()])
    ]
    return " OR ".join(parts) or NOTHING
