"""A name → its dossier: when and where it is mentioned, dates, figures and quotations, and the names beside it."""

from __future__ import annotations

import sqlite3
from typing import Any

from corpus_db.serve.pages.answer import Asked, Moved, Page
from corpus_db.serve.pages.ask import row, rows
from corpus_db.serve.pages.years import bars

_FIRST = 5_000  # sentences that dates, figures and companions are taken from
_MOST = 100  # rows of a list


def make(db: sqlite3.Connection, asked: Asked) -> dict[str, Any] | None:
    """The values of `entity.html`; None: there is no such name."""
    entity = row(db, "entity", id=asked.named["id"], name=None)
    if entity is None:
        return None
    id = entity["id"]
    return {
        "entity": entity,
        "forms": rows(db, "entity_forms", id=id, most=_MOST),
        "years": bars((r["year"], r["mentions"]) for r in rows(db, "entity_years", id=id)),
        "articles": rows(db, "entity_articles", id=id, most=_MOST),
        "quotes": rows(db, "entity_quotes", id=id, most=_MOST),
        "most": _MOST,
        **{
            what: rows(db, f"entity_{what}", id=id, first=_FIRST, most=_MOST)
            for what in ("dates", "figures", "companions")
        },
    }


def find(db: sqlite3.Connection, asked: Asked) -> Moved | None:
    """The dossier of a name, or of another form of it."""
    found = row(db, "entity", id=None, name=asked.args.get("name", "").strip())
    return Moved(asked.links.entity(found["id"])) if found else None


_TABLES = ("articles", "entities", "mentions", "figures", "dates", "quotes")
PAGE = Page(r"entity/(?P<id>[^/]{1,15})", "entity.html", _TABLES, make)
BY_NAME = Page("entity", "", ("entities",), find)
