"""Datasette plugin: search, descriptions, facets and queries for corpus files; thin, for 0.65 and 1.0 alike.

What a Datasette can do is asked of it (`tell.is_told`), never its version: 0.65 calls `get_metadata`, 1.0 is told the
same in `startup`. Files that are no corpus are left alone. A hook that has to wait gives a function, not a coroutine:
Datasette calls it when its turn comes, which it does not where another plugin has ended the page with an error before.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable
from functools import partial
from typing import Any
from urllib.parse import urlencode

from datasette import hookimpl
from datasette.utils import tilde_decode
from datasette.utils.asgi import Request
from markupsafe import Markup

from corpus_db.search import register, relaxations, zh_query
from corpus_db.search.database import map_file
from corpus_db.serve import assets, beside, feed, highlight, limits, llms, pages, ranked, tell
from corpus_db.serve.corpora import corpora, find_corpora, is_corpus


@hookimpl(trylast=True)  # Datasette's own escape_fts is registered before ours, and the last one counts
def prepare_connection(conn: sqlite3.Connection) -> None:
    """The SQL functions; corpus files are mapped, and their table page's search box understands what `zh_query` does."""
    register(conn)
    if is_corpus(conn):
        map_file(conn)
        conn.create_function("escape_fts", 1, lambda typed: zh_query(str(typed or "")), deterministic=True)


@hookimpl
def startup(datasette: Any) -> Callable[[], Awaitable[None]]:
    """Looks for corpus files, wakes the segmenter, and tells Datasette 1.0 about them."""

    async def begin() -> None:
        found = await find_corpora(datasette)
        if found and tell.is_told(datasette):
            await tell.tell(datasette, found)

    return begin


@hookimpl
def get_metadata(datasette: Any, key: str | None) -> dict[str, Any]:
    """Datasette 0.65: what is told about the corpus files. Called many times a page."""
    return tell.metadata(datasette, corpora(datasette), key)


@hookimpl(trylast=True)  # Datasette's own says that a view has no search box; the last one counts
def filters_from_request(request: Request, database: str, table: str, datasette: Any) -> Any:
    """The search boxes of `articles` and `ranked`; where nothing is found, they say what would be."""
    if database not in corpora(datasette) or table not in (ranked.TABLE, ranked.VIEW):
        return None

    async def asked() -> Any:
        filters = ranked.filters(request, table)
        if searched := request.args.get("_search"):
            instead = await datasette.get_database(database).execute_fn(lambda db: relaxations(db, searched))
            filters.human_descriptions += ranked.offer(instead)
        return filters

    return asked


@hookimpl
def render_cell(row: Any, value: object, column: str, table: str | None, database: str, datasette: Any) -> Any:
    """Marks what was searched for; articles lead to their pages; large numbers are readable."""
    if database not in corpora(datasette):
        return None
    marked = highlight.mark(column, value) or ranked.number(column, value)
    if table is None or table.startswith("facts_"):
        return ranked.lead(datasette, database, row, column, value, marked)
    return ranked.cell(datasette, database, row, column, value, marked) if table == ranked.VIEW else marked


@hookimpl
def asgi_wrapper() -> Callable[[highlight.App], highlight.App]:
    """Lets `render_cell` know what was searched for, and refuses what is too long to be a question."""
    return lambda app: limits.refuse_long(highlight.remember_search(app))


@hookimpl
def extra_template_vars(
    template: str, database: str | None, table: str | None, request: Request | None, datasette: Any
) -> Any:
    """What was searched for stays in the search box; Datasette 1.0a41 leaves it empty. On 0.65's own pages: see `beside`."""
    asks = not tell.is_told(datasette)  # it is 0.65, whose pages ask for their metadata
    if asks and template == "index.html":
        return beside.pointed(datasette)
    if request is None or database not in corpora(datasette):
        return {}
    if asks and template == "database.html":
        return beside.pointed(datasette, database)
    if asks and template == "query.html":
        return partial(beside.described, datasette, request, database, tilde_decode(request.url_vars.get("table", "")))
    return {} if table is None else {"search": request.args.get("_search") or ""}


@hookimpl(trylast=True)  # where another plugin has a robots.txt or llms.txt, the first one counts
def register_routes() -> list[tuple[str, Any]]:
    """Our own addresses."""
    texts = [(feed.ROUTE, feed.serve), (llms.LLMS_ROUTE, llms.llms), (llms.ROBOTS_ROUTE, llms.robots)]
    return [(assets.ROUTE, assets.serve), *texts, *pages.routes()]


@hookimpl(optionalhook=True)  # of the plugin datasette-mcp
def register_mcp_tools(datasette: Any, mcp: Any) -> None:
    """Search, articles and facts for programs that speak the Model Context Protocol."""
    from corpus_db.serve import mcp as tools  # what it imports comes with datasette-mcp

    tools.register(datasette, mcp)


@hookimpl
def menu_links(datasette: Any, request: Request | None) -> list[dict[str, str]]:
    """The home page of every corpus, in the menu of each page."""
    return [
        {"href": pages.addresses(datasette, database)["home"], "label": profile.get("title") or database}
        for database, profile in corpora(datasette).items()
    ]


@hookimpl
def top_homepage(datasette: Any) -> Markup:
    """Datasette 1.0: the pages of every corpus, on top of the first page. For 0.65, see `beside.pointed`."""
    return Markup("").join(pages.pointer(datasette, database, told) for database, told in corpora(datasette).items())


@hookimpl
def top_database(datasette: Any, database: str) -> Markup:
    """Datasette 1.0: our pages, on top of the page of a corpus file."""
    told = corpora(datasette).get(database)
    return Markup("") if told is None else pages.pointer(datasette, database, told)


@hookimpl
def top_stored_query(datasette: Any, request: Request, database: str, query_name: str) -> Any:
    """Datasette 1.0: the chart and the permanent link of a canned query."""
    return partial(beside.above, datasette, request, database, query_name)


@hookimpl
def top_canned_query(datasette: Any, request: Request, database: str, query_name: str) -> Any:
    """The same, as earlier alphas of 1.0 call it."""
    return partial(beside.above, datasette, request, database, query_name)


@hookimpl
def database_actions(datasette: Any, database: str) -> list[dict[str, str]]:
    """From the page of a corpus file to our pages."""
    if database not in corpora(datasette):
        return []
    found = pages.addresses(datasette, database)
    return [
        {"href": found["home"], "label": "Home page"},
        {"href": found["search"], "label": "Search page"},
        {"href": found["word"], "label": "Words in numbers"},
    ]


@hookimpl
def extra_css_urls(database: str | None, datasette: Any) -> list[str]:
    """Our style sheet, on the pages of corpus files."""
    return [datasette.urls.path(assets.STYLE)] if database in corpora(datasette) else []


@hookimpl
def table_actions(datasette: Any, database: str, table: str, request: Request | None) -> list[dict[str, str]]:
    """From the table of articles to the same search by relevance."""
    if table != "articles" or database not in corpora(datasette):
        return []
    searched = request.args.get("_search") if request else None
    query = f"?{urlencode({'_search': searched})}" if searched else ""
    return [{"href": datasette.urls.table(database, ranked.VIEW) + query, "label": "Order by relevance"}]
