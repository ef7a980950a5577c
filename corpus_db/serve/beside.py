"""What stands on top of Datasette's own pages: of a canned query, its picture, a permanent link and its parameters.

Datasette 1.0 has hooks for the place; in 0.65 it is the page's description, which may be HTML.
"""

from __future__ import annotations

import sqlite3
from typing import Any

from datasette.utils.asgi import Request
from markupsafe import Markup

from corpus_db import sql
from corpus_db.serve import charts
from corpus_db.serve.corpora import corpora
from corpus_db.serve.pages import pointer
from corpus_db.serve.pages.answer import arguments
from corpus_db.serve.pages.canned import Answer, ask, given
from corpus_db.serve.pages.chart import title
from corpus_db.serve.pages.labels import labels
from corpus_db.serve.pages.links import links
from corpus_db.serve.pages.permanent import of_query, version_of
from corpus_db.serve.pages.render import render
from corpus_db.serve.profile import without_params


async def above(datasette: Any, request: Request, database: str, query_name: str) -> Markup:
    """The HTML for the page of the query that this Datasette calls `query_name`; '' where it is not one of ours."""
    profile = corpora(datasette).get(database)
    if profile is None:
        return Markup("")
    found = links(datasette, database, profile)
    name = next((ours for ours, theirs in found.queries.items() if theirs == query_name), None)
    if name is None:
        return Markup("")
    args = arguments(request)
    asked = given(name, args)
    limit_ms = datasette.setting("sql_time_limit_ms")

    def read(db: sqlite3.Connection) -> tuple[str | None, Answer]:
        drawn = name in charts.DRAWN and asked
        return version_of(db), ask(db, name, asked, limit_ms) if drawn else Answer([])

    version, answer = await datasette.get_database(database).execute_fn(read)
    query = sql.load(name)
    told = labels(request.headers.get("accept-language", ""))
    cited = of_query(name, version, args, found)
    whole = cited._replace(address=datasette.absolute_url(request, cited.address)) if cited.address else cited
    picture = charts.of_query(name, title(name, asked), answer.rows, told.told("chart", name), told.language)
    return Markup(
        render(
            "beside.html",
            t=told,
            links=found,
            name=name,
            asked=asked,
            title=query.title,
            params=query.params,
            corpus=profile.get("title") or database,
            picture=Markup(picture),
            cited=whole,
        )
    )


async def described(datasette: Any, request: Request, database: str, query_name: str) -> dict[str, Any]:
    """Datasette 0.65: the template's `metadata` of a canned query, with `above` before its description, as 1.0 has it."""
    query = await datasette.get_canned_query(database, query_name, request.actor)
    placed = await above(datasette, request, database, query_name) if query else None
    if not query or not placed:
        return {}
    text = Markup("<p>{}</p>").format(without_params(str(query.get("description") or "")))
    return {"metadata": {**query, "description_html": placed + text}}


def pointed(datasette: Any, database: str | None = None) -> dict[str, Any]:
    """Datasette 0.65: the template's `metadata` of its first page, or of a corpus file's, our pages before the description."""
    found = corpora(datasette)
    if database is None:
        own, shown = dict(datasette.metadata()), found
    else:
        own, shown = dict(datasette.metadata("databases")[database]), {database: found[database]}
        datasette.update_with_inherited_metadata(own)
    if not shown:
        return {}
    text = own.get("description_html") or Markup("<p>{}</p>").format(own.get("description") or "")
    return {
        "metadata": {
            **own,
            "description_html": Markup("").join(pointer(datasette, *one) for one in shown.items()) + Markup(text),
        }
    }
