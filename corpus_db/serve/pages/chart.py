"""A canned query and its parameters → its picture alone, at an address of its own: for other pages, slides and papers."""

from __future__ import annotations

from typing import Any

from datasette.utils.asgi import Request, Response

from corpus_db import sql
from corpus_db.serve import charts
from corpus_db.serve.pages.answer import arguments, asked_corpus, cache_headers, check_permissions
from corpus_db.serve.pages.canned import ask, given
from corpus_db.serve.pages.labels import labels
from corpus_db.serve.pages.links import links
from corpus_db.serve.pages.render import HEADERS

ROUTE = r"^/(?P<database>[^/.]+)/-/chart/(?P<query>[a-z_]{1,30})\.svg$"


async def view(request: Request, datasette: Any) -> Response:
    """The picture as image/svg+xml; where there is none, a line that says why."""
    database, profile = asked_corpus(request, datasette)
    name = request.url_vars["query"]
    told = labels(request.headers.get("accept-language", ""))
    if name not in charts.DRAWN:
        return _line(404, told("chart_none", queries=", ".join(charts.DRAWN)))
    query = links(datasette, database.name, profile).queries[name]
    await check_permissions(datasette, request.actor, database.name, (), (query,))
    asked = given(name, arguments(request))
    limit_ms = datasette.setting("sql_time_limit_ms")
    found = await database.execute_fn(lambda db: ask(db, name, asked, limit_ms))
    if found.late:
        return _line(503, told("problem_late"))
    drawn = charts.of_query(name, title(name, asked), found.rows, told.told("chart", name), told.language)
    if not drawn:
        return _line(404, told("chart_empty"))
    headers = {**HEADERS, **cache_headers(datasette, request)}
    return Response(drawn, content_type="image/svg+xml; charset=utf-8", headers=headers)


def title(name: str, asked: dict[str, str]) -> str:
    """What a picture of a query is called.

    >>> title("frequency", {"q": "平台", "year": "2013"})
    'Frequency: 平台, 2013'
    """
    return ": ".join(filter(None, (sql.load(name).title, ", ".join(asked.values()))))


def _line(status: int, text: str) -> Response:
    return Response(f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers=HEADERS)
