"""A word, or any longer or shorter text → one page with its numbers: over time, beside which words, in which lines.

Everything comes from the canned queries, the fastest first: one that takes longer than is left for the page is named as
such, and the others are shown.
"""

from __future__ import annotations

import json
import sqlite3
from typing import Any, NamedTuple

from corpus_db.serve.pages.answer import Asked, Page
from corpus_db.serve.pages.ask import row, rows
from corpus_db.serve.pages.canned import Answer, ask, collocates, content_words
from corpus_db.serve.pages.links import Links
from corpus_db.text.fold import fold

FIELDS = ("site", "publisher", "year", "subcorpus")  # what a part of the corpus is named by
BY = ("year", "site", "publisher")  # what frequencies are counted by
SORTS = ("right", "left", "date", "site", "random")
_LINES = 30  # of the concordance
_WIDTH = 40  # characters on either side
_MAX_SEED = 999_999
_MOST = 15  # rows of a table
_SUGGESTED = 30  # words, where none is typed
_SUGGESTED_FROM = 300  # articles


class Place(NamedTuple):
    """A line of the concordance."""

    line: sqlite3.Row  # see concordance.sql
    article_id: int
    sentence_id: int | None


def make(db: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The values of `word.html`."""
    q = asked.args.get("q", "").strip()
    narrowed = {field: value for field in FIELDS if (value := asked.args.get(field, "").strip())}
    if not q:
        keywords = rows(db, "home_keywords", first=_SUGGESTED_FROM, most=_SUGGESTED)
        return {"narrowed": narrowed, "keywords": keywords, "permanent": None}
    sort = asked.args.get("sort", "")
    sort = sort if sort in SORTS else SORTS[0]
    seed = asked.number("seed", 1, _MAX_SEED)
    subject = {"q": q, **narrowed}
    found = {
        "q": q,
        "narrowed": narrowed,
        "subject": subject,
        "permanent": asked.links.word(q, **narrowed, sort=sort, seed=seed),
        "quoted": _quoted(q),
        "articles": _search(asked.links, q, narrowed),
        "sort": sort,
        "sorts": SORTS,
        "seed": seed,
        "next_seed": seed % _MAX_SEED + 1,
        "word": row(db, "word", term=fold(q)),
        "entity": row(db, "entity", id=None, name=q),
        "most": _MOST,
    }
    sampled = {**subject, "sample": _LINES, "seed": seed, "sort": sort, "width": _WIDTH}

    def answer(name: str, given: dict[str, Any]) -> Answer:
        return ask(db, name, given, asked.left_ms())

    # From the first of them on, no other limit holds.
    frequency, lines = answer("frequency", subject), answer("concordance", sampled)
    figures = None if narrowed else answer("figures", {"q": q})  # that query knows no part of the corpus
    beside = collocates(db, subject, asked.left_ms())
    return {
        **found,
        "frequency": frequency,
        "by": {by: [r for r in frequency.rows if r["by"] == by and r["value"] is not None] for by in BY},
        "total": next((r for r in frequency.rows if r["by"] == "all"), None),
        "lines": lines,
        "places": _places(db, lines.rows),
        "figures": figures,
        "collocates": beside,
        "words": content_words(beside, _MOST),
    }


def _quoted(q: str) -> str:
    return '"' + q.replace('"', " ") + '"'


def _search(links: Links, q: str, narrowed: dict[str, str]) -> str | None:
    """The search that finds the articles that are counted; None: there is none, as it knows no subcorpora."""
    if "subcorpus" in narrowed:
        return None
    year = narrowed.get("year", "")
    span = f" year:{year}" if year and not year.isdecimal() else ""
    return links.search(q=_quoted(q) + span, **{**narrowed, "year": "" if span else year})


def _places(db: sqlite3.Connection, lines: list[sqlite3.Row]) -> list[Place]:
    places = json.dumps([[line["key"], line["start"]] for line in lines])
    return [
        Place(lines[found["line"]], found["article_id"], found["sentence_id"])
        for found in rows(db, "word_places", places=places)
    ]


PAGE = Page(
    "word",
    "word.html",
    ("articles", "terms", "entities", "figures"),
    make,
    ("frequency", "collocates", "concordance", "figures"),
)
