"""An article → a page to read: its text with names, figures, dates and quotations marked, and where it comes from."""

from __future__ import annotations

import json
import sqlite3
from typing import Any

from corpus_db.search.language import parse
from corpus_db.search.marks import find_marks
from corpus_db.search.searching import question_terms
from corpus_db.serve.pages.answer import Asked, Moved, Page
from corpus_db.serve.pages.ask import row, rows
from corpus_db.serve.pages.permanent import VERSION
from corpus_db.serve.pages.text import Layer, Stretch, paragraphs

_MAX_CHARS = 200_000  # of the body that are shown; the table has all
_MOST = 20_000  # rows of each kind
_MOST_LISTED = 200  # rows of a list below the text
_MAX_REMOVED_CHARS = 300


def make(db: sqlite3.Connection, asked: Asked) -> dict[str, Any] | None:
    """The values of `article.html`; None: there is no such article."""
    article = row(db, "article", id=asked.named["id"], key=None, chars=_MAX_CHARS)
    if article is None:
        return None
    id, body = article["id"], article["body"]
    q, any = asked.args.get("q", ""), asked.args.get("any") == "1"
    mentions = rows(db, "article_mentions", id=id, most=_MOST)
    figures = rows(db, "article_figures", id=id, most=_MOST)
    dates = rows(db, "article_dates", id=id, most=_MOST)
    quotes = rows(db, "article_quotes", id=id, most=_MOST)
    terms = question_terms(db, q) if any else parse(q).terms
    hits = find_marks(body, terms) if terms else ()
    sentences = [(r["id"], r["start"], r["end"]) for r in rows(db, "article_sentences", id=id, most=_MOST)]
    layers = (
        Layer(
            Stretch(r["start"], r["end"], {"what": what, "row": r})
            for what, found in (("entity", mentions), ("figure", figures), ("date", dates))
            for r in found
        ),
        Layer(Stretch(r["start"], r["end"], r) for r in quotes),
        Layer(Stretch(start, end, None) for start, end in hits),
    )
    bounds = [(r["kind"], r["start"], r["end"]) for r in rows(db, "article_paragraphs", id=id, most=_MOST)]
    return {
        "permanent": asked.links.key(article["key"], q=q, any="1" if any else ""),
        "q": q,
        "any": any,
        "article": article,
        "cut": article["chars"] > _MAX_CHARS,
        "paragraphs": paragraphs(body, bounds, sentences, layers),
        "hits": len(hits),
        "first_hit": _sentence_at(sentences, hits[0][0]) if hits else None,
        "facts": bool(mentions or figures or dates or quotes),
        "entities": _most_named(mentions),
        "figures": figures[:_MOST_LISTED],
        "dates": sorted(dates, key=lambda r: (r["start_date"], r["end_date"]))[:_MOST_LISTED],
        "quotes": quotes[:_MOST_LISTED],
        "keywords": _listed(article["keywords"]),
        "extra": _facts(article["extra"]),
        "spans": rows(db, "article_spans", source_id=article["source_id"]),
        "removed": rows(
            db, "article_removed", source_id=article["source_id"], chars=_MAX_REMOVED_CHARS, most=_MOST_LISTED
        ),
        "removed_chars": _MAX_REMOVED_CHARS,
        "similar": rows(db, "article_similar", id=id, chars=_MAX_REMOVED_CHARS, most=_MOST_LISTED),
        "reprints": rows(db, "article_reprints", id=id, most=_MOST_LISTED),
    }


def find(db: sqlite3.Connection, asked: Asked) -> Moved | None:
    """The page of the article with a key, which stays the same from build to build."""
    found = row(db, "article", id=None, key=asked.args.get("key", ""), chars=0)
    kept = {name: asked.args.get(name) for name in ("q", "any", VERSION)}
    return Moved(asked.links.article(found["id"], **kept)) if found else None


def _sentence_at(sentences: list[tuple[int, int, int]], offset: int) -> int | None:
    return next((id for id, start, end in sentences if start <= offset < end), None)


def _most_named(mentions: list[sqlite3.Row]) -> list[tuple[sqlite3.Row, int]]:
    """Each name with how often it stands here, most often first."""
    found: dict[int, tuple[sqlite3.Row, int]] = {}
    for mention in mentions:
        found[mention["id"]] = (mention, found.get(mention["id"], (mention, 0))[1] + 1)
    return sorted(found.values(), key=lambda pair: -pair[1])[:_MOST_LISTED]


def _listed(text: object) -> list[str]:
    found = _json(text)
    return [str(value) for value in found] if isinstance(found, list) else []


def _facts(text: object) -> dict[str, str]:
    found = _json(text)
    return {str(name): str(value) for name, value in found.items()} if isinstance(found, dict) else {}


def _json(text: object) -> object:
    """What a JSON text says; None where it is none: a file may come from anywhere."""
    try:
        return json.loads(text) if isinstance(text, str) else None
    except ValueError:
        return None


_TABLES = ("articles", "sources", "spans", "entities", "mentions", "figures", "dates", "quotes", "similar")
PAGE = Page(r"article/(?P<id>[^/]+)", "article.html", _TABLES, make)
BY_KEY = Page("article", "", ("articles", "sources"), find)
