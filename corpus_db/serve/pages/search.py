"""What is typed → the search page: results, facets with counts, pages, and what to try where nothing is found."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Sequence
from itertools import groupby
from typing import Any, NamedTuple

from markupsafe import Markup

from corpus_db.search import Hit, found_ids, relaxations, search
from corpus_db.search.language import Term, parse
from corpus_db.search.marks import find_marks, render
from corpus_db.search.searching import question_terms
from corpus_db.serve.pages.answer import Asked, Page
from corpus_db.serve.pages.ask import rows

FACETS = ("site", "publisher", "year", "section", "keyword")
_SIZE = 20  # results on a page
_MAX_PAGES = 50
_MAX_COUNTED = 20_000  # articles that are counted and grouped
_MAX_KEYWORDS_OF = 500  # articles whose keywords are read: they stand behind the body, which is slow to pass over
_MOST = 10  # values of a facet
_MAX_TITLE_CHARS = 200


class Result(NamedTuple):
    """A line of the list."""

    hit: Hit
    more: sqlite3.Row  # see search_hits.sql
    title: Markup | None
    snippet: Markup


class Facet(NamedTuple):
    """A way to narrow the list."""

    field: str
    chosen: str | None
    values: list[tuple[str, int]]  # with the number of articles


def make(db: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The values of `search.html`."""
    q = asked.args.get("q", "").strip()
    any = asked.args.get("any") == "1"
    exact = {field: value for field in FACETS if (value := asked.args.get(field, "").strip())}
    narrowed = exact_values(exact)
    given = bool(q or exact)
    ids = found_ids(db, q, any=any and bool(q), limit=_MAX_COUNTED, exact=narrowed) if given else []
    pages = min(-(-len(ids) // _SIZE), _MAX_PAGES)
    page = asked.number("page", 1, max(pages, 1))
    hits = search(db, q, any=any and bool(q), limit=_SIZE, offset=(page - 1) * _SIZE, exact=narrowed) if ids else []
    stated = {"q": q, "any": "1" if any else "", **exact}
    return {
        "permanent": asked.links.search(**stated, page=page if page > 1 else "") if given else None,
        "q": q,
        "any": any,
        "word": _one_text(q) if not any else None,
        "given": given,
        "exact": exact,
        "count": len(ids),
        "more_than_counted": len(ids) == _MAX_COUNTED,
        "results": _results(db, hits, q, any),
        "facets": _facets(db, ids, exact) if given else [],
        "keywords_of": _MAX_KEYWORDS_OF if len(ids) > _MAX_KEYWORDS_OF else None,
        "relaxations": relaxations(db, q) if q and not ids and not any else [],
        "page": page,
        "pages": pages,
        "shown_of_all": pages * _SIZE if page == pages and pages * _SIZE < len(ids) else None,
        "first": (page - 1) * _SIZE + 1,
        "ranked": {"keywords__arraycontains" if field == "keyword" else field: value for field, value in exact.items()},
        "asked": stated,
    }


def _one_text(q: str) -> str | None:
    """What is searched for, where it is one word or phrase: that has a page of numbers."""
    query = parse(q)
    term = query.terms[0] if len(query.terms) == 1 and not (query.filters or query.excluded) else None
    return q.strip(' "“”') if term and not (term.title or term.prefix) else None


def exact_values(exact: dict[str, str]) -> dict[str, str | int]:
    """The facets with the year as a number; one that is none finds nothing."""
    return {
        field: (int(value) if value.isdecimal() and len(value) < 10 else -1) if field == "year" else value
        for field, value in exact.items()
    }


def _results(db: sqlite3.Connection, hits: list[Hit], q: str, any: bool) -> list[Result]:
    more = {found["key"]: found for found in rows(db, "search_hits", keys=json.dumps([hit.key for hit in hits]))}
    terms = question_terms(db, q) if any else parse(q).terms
    return [
        Result(
            hit,
            more[hit.key],
            _title(hit.title, terms) if hit.title else None,
            Markup(render(hit.snippet, hit.marks)),
        )
        for hit in hits
    ]


def _title(title: str, terms: Sequence[Term]) -> Markup:
    """The title, or the beginning of one that is as long as a text, with marks."""
    shown = title if len(title) <= _MAX_TITLE_CHARS else title[:_MAX_TITLE_CHARS] + "…"
    return Markup(render(shown, find_marks(shown, terms)))


def _facets(db: sqlite3.Connection, ids: list[int], exact: dict[str, str]) -> list[Facet]:
    found = rows(db, "search_facets", ids=json.dumps(ids), first_ids=json.dumps(ids[:_MAX_KEYWORDS_OF]), most=_MOST)
    values = {
        field: [(str(r["value"]), r["articles"]) for r in group]
        for field, group in groupby(found, key=lambda r: r["field"])
    }
    facets = [Facet(field, exact.get(field), values.get(field, [])) for field in FACETS]
    return [facet for facet in facets if facet.chosen or facet.values]


PAGE = Page("search", "search.html", ("articles",), make)
