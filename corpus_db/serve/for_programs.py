"""What a program asks of a corpus → values for JSON: found articles, an article, a name. Knows no protocol.

Texts are those of the articles, untouched; only their length is limited.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from corpus_db.search import found_ids, relaxations, search
from corpus_db.search.marks import render
from corpus_db.serve.pages.ask import row, rows

MAX_ARTICLES = 50
MAX_CHARS = 20_000  # of a body at once
_MAX_COUNTED = 10_000
_MAX_OFFSET = 1_000
_MAX_FACTS = 100  # of each kind
_FIRST_SENTENCES = 5_000  # that name someone, for what stands in them
_OF_ARTICLE = ("key", "title", "author", "publisher", "site", "url", "section", "published", "summary", "chars")
_FACTS = {
    "figures": ("raw", "value", "value_max", "unit", "kind", "currency", "qualifier", "noun", "start"),
    "dates": ("raw", "start_date", "end_date", "precision", "basis", "start"),
    "quotes": ("text", "speaker", "verb", "direct", "start"),
}
_OF_NAME = {
    "years": ("year", "mentions"),
    "quotes": ("text", "verb", "direct", "article_id", "title", "published"),
    "figures": ("raw", "kind", "noun", "sentence", "article_id"),
    "dates": ("raw", "start_date", "end_date", "sentence", "article_id"),
    "companions": ("name", "kind", "sentences"),
}

Values = dict[str, Any]


def found(db: sqlite3.Connection, query: str, *, any: bool, limit: int, offset: int, exact: dict[str, Any]) -> Values:
    """``{found, articles: [{key, title, site, published, snippet}], instead: [{query, found, why}]}``.

    `found` counts up to 10,000; in a snippet, what was found stands between ** and **; `instead` is not empty only where
    nothing is found, and is what would be.
    """
    limit, offset = min(max(limit, 1), MAX_ARTICLES), min(max(offset, 0), _MAX_OFFSET)
    ids = found_ids(db, query, any=any, limit=_MAX_COUNTED, exact=exact)
    hits = search(db, query, any=any, limit=limit, offset=offset, exact=exact) if ids else []
    return {
        "found": len(ids),
        "articles": [
            {
                "key": hit.key,
                "title": hit.title,
                "site": hit.site,
                "published": hit.published,
                "snippet": render(hit.snippet, hit.marks, "**", "**", escape=False),
            }
            for hit in hits
        ],
        "instead": [
            {"query": one.query, "found": one.count, "why": str(one.why)}
            for one in ([] if ids or any else relaxations(db, query))
        ],
    }


def article(db: sqlite3.Connection, *, key: str | None, id: int | None, start: int, chars: int) -> Values | None:
    """An article's facts and ``body[start:start + chars]``, with what was found in that part; None: there is none.

    `next_start` is where the body goes on; None at its end. Offsets count characters of the body.
    """
    start, chars = max(start, 0), min(max(chars, 1), MAX_CHARS)
    one = row(db, "article", id=id, key=key, chars=start + chars)
    if one is None:
        return None
    body = one["body"][start:]
    end = start + len(body)
    told: Values = {name: one[name] for name in _OF_ARTICLE}
    told |= {"body": body, "start": start, "next_start": end if end < one["chars"] else None}
    for what, names in _FACTS.items():
        listed = [r for r in rows(db, f"article_{what}", id=one["id"], most=MAX_CHARS) if start <= r["start"] < end]
        told[what] = _dicts(listed[:_MAX_FACTS], names)
    mentions = [r for r in rows(db, "article_mentions", id=one["id"], most=MAX_CHARS) if start <= r["start"] < end]
    named = {r["id"]: {"name": r["name"], "kind": r["kind"]} for r in mentions}
    told["names"] = list(named.values())[:_MAX_FACTS]
    return told


def facts(db: sqlite3.Connection, name: str) -> Values | None:
    """Everything about a name or another form of it: forms, years, quotations, figures, dates, companions; None: unknown.

    Figures and dates are those of sentences that name it.
    """
    entity = row(db, "entity", id=None, name=name)
    if entity is None:
        return None
    limits = {"id": entity["id"], "first": _FIRST_SENTENCES, "most": _MAX_FACTS}
    told: Values = {what: entity[what] for what in ("name", "kind", "mentions", "articles")}
    told["forms"] = [r["raw"] for r in rows(db, "entity_forms", **limits)]
    return told | {what: _dicts(rows(db, f"entity_{what}", **limits), names) for what, names in _OF_NAME.items()}


def _dicts(found: list[sqlite3.Row], names: tuple[str, ...]) -> list[Values]:
    return [{name: one[name] for name in names if one[name] is not None} for one in found]
