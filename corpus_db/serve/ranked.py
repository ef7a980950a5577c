"""What is typed into the search boxes of `articles` and `ranked` → conditions; and how the view `ranked` looks.

The view gives what Datasette's table pages lack, ORDER BY rank, with their facets, pages, CSV and JSON.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from datasette.filters import FilterArguments
from datasette.utils.asgi import Request
from markupsafe import Markup

from corpus_db.search import Relaxation, parse
from corpus_db.search.searching import filter_sql
from corpus_db.serve import highlight

TABLE, VIEW = "articles", "ranked"


def filters(request: Request, table: str) -> FilterArguments:
    """What `filters_from_request` gives for the two: Datasette itself matches the words against `articles` only.

    A search of nothing but filters or excluded words, which no MATCH can express, works on the view alone.
    """
    searched: str = request.args.get("_search") or ""
    query = parse(searched)
    condition, params = _named(*filter_sql(query.filters))
    clauses = [f"id in (select a.id from articles a where {condition})"] if query.filters else []
    if table == TABLE:
        return FilterArguments(clauses, params)
    context: dict[str, Any] = {"supports_search": True, "search": searched}
    if not searched.strip():
        return FilterArguments([], extra_context=context)
    if query.groups or not (query.filters or query.excluded):
        clauses.append("found match zh_query(:search)")
    elif query.excluded:
        clauses.append("id not in (select rowid from articles_fts where articles_fts match :without)")
        params["without"] = query.without
    return FilterArguments(clauses, {**params, "search": searched}, [f'search matches "{searched}"'], context)


def offer(instead: Sequence[Relaxation]) -> list[str]:
    """What a page says where nothing is found, in Datasette's list of conditions.

    >>> from corpus_db.search.relax import Change
    >>> offer([Relaxation("马云", 3, Change("pinyin", "mayun", "马云"))])
    ['nothing does; these would be found: 马云 (3; 马云 for mayun (pinyin))']
    """
    found = "; ".join(f"{one.query} ({one.count}; {one.why})" for one in instead)
    return [f"nothing does; these would be found: {found}"] if found else []


def cell(datasette: Any, database: str, row: Any, column: str, value: object, marked: Markup | None) -> Markup | None:
    """A cell of the view: the title leads to the page of the article, the rank is short. `marked` is the cell with marks, if any."""
    if column == "rank" and isinstance(value, float):
        return Markup(f"{value:.2f}")
    if column == "title" and value is not None and "id" in row.keys():  # noqa: SIM118 - a row is no dict
        asked = f"?{urlencode({'q': searched})}" if (searched := highlight.searched()) else ""
        address = f"{datasette.urls.database(database)}/-/article/{row['id']}{asked}"
        return Markup('<a href="{}">{}</a>').format(address, str(value) if marked is None else marked)
    return marked


def number(column: str, value: object) -> Markup | None:
    """A whole value of a figure without the .0 that a REAL has, its thousands parted.

    >>> number("value", 4190000000.0), number("value", 41.5), number("rank", 2.0)
    (Markup('4,190,000,000'), None, None)
    """
    whole = column in ("value", "value_max") and isinstance(value, float) and value.is_integer()
    return Markup(f"{value:,.0f}") if whole else None


def lead(datasette: Any, database: str, row: Any, column: str, value: object, marked: Markup | None) -> Markup | None:
    """A cell of rows that name articles by `key` and `title`, of a query or a view: both lead to the page of the article."""
    if column not in ("key", "title") or not value or not {"key", "title"} <= set(row.keys()) or not row["key"]:
        return marked
    asked = {"key": row["key"], **({"q": searched} if (searched := highlight.searched()) else {})}
    address = f"{datasette.urls.database(database)}/-/article?{urlencode(asked)}"
    return Markup('<a href="{}">{}</a>').format(address, str(value) if marked is None else marked)


def _named(condition: str, values: list[object]) -> tuple[str, dict[str, object]]:
    """A condition with ? → the same with names, as Datasette wants it."""
    numbers = itertools.count()
    named = re.sub(r"\?", lambda _: f":filter_{next(numbers)}", condition)
    return named, {f"filter_{n}": value for n, value in enumerate(values)}
