"""A name → its dossier: when and where it is mentioned, dates, figures and quotations, and the names beside it."""

from __future__ import annotations

import sqlite3
from typing import Any

from corpus_db.serve.charts import Figure
from corpus_db.serve.pages.answer import Asked, Moved, Page
from corpus_db.serve.pages.ask import row, rows
from corpus_db.serve.pages.canned import collocates, content_words
from corpus_db.serve.pages.permanent import VERSION
from corpus_db.serve.pages.years import bars

_FIRST = 5_000  # sentences that dates, figures and companions are taken from
_MOST = 100  # rows of a list
_COLLOCATES = 12


def make(db: sqlite3.Connection, asked: Asked) -> dict[str, Any] | None:
    """The values of `entity.html`; None: there is no such name."""
    entity = row(db, "entity", id=asked.named["id"], name=None)
    if entity is None:
        return None
    id = entity["id"]
    found = {
        what: rows(db, f"entity_{what}", id=id, first=_FIRST, most=_MOST) for what in ("dates", "figures", "companions")
    }
    return {
        "permanent": asked.links.named(entity["name"], entity["kind"]),
        "entity": entity,
        "forms": rows(db, "entity_forms", id=id, most=_MOST),
        "years": bars((r["year"], r["mentions"]) for r in rows(db, "entity_years", id=id)),
        "articles": rows(db, "entity_articles", id=id, most=_MOST),
        "quotes": rows(db, "entity_quotes", id=id, most=_MOST),
        "most": _MOST,
        **found,
        "over_time": [Figure(r["day"], r["value"], r["raw"], r["unit"]) for r in found["figures"]],
        # Last, as no other limit holds after it.
        "collocates": _collocates(db, asked, entity),
    }


def _collocates(db: sqlite3.Connection, asked: Asked, entity: sqlite3.Row) -> list[sqlite3.Row]:
    return content_words(collocates(db, {"q": entity["name"]}, asked.left_ms()), _COLLOCATES)


def find(db: sqlite3.Connection, asked: Asked) -> Moved | None:
    """The dossier of a name, of the kind asked for where there is one; or of another form of it."""
    name, kind = (asked.args.get(argument, "").strip() for argument in ("name", "kind"))
    found = row(db, "entity_of_kind", name=name, kind=kind) or row(db, "entity", id=None, name=name)
    return Moved(asked.links.entity(found["id"], **{VERSION: asked.args.get(VERSION)})) if found else None


_TABLES = ("articles", "entities", "mentions", "figures", "dates", "quotes")
PAGE = Page(r"entity/(?P<id>[^/]+)", "entity.html", _TABLES, make, ("collocates",))
BY_NAME = Page("entity", "", ("entities",), find)
