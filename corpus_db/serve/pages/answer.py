"""Request → permission, a connection in Datasette's thread pool, a page; the only module of the pages that knows Datasette.

All of a page's work, template included, is done in the thread: no request holds the event loop. SQLite is stopped after
`PATIENCE` times Datasette's own limit for one query.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Awaitable, Callable, Mapping
from math import inf
from time import monotonic, perf_counter
from typing import Any, NamedTuple

from datasette.utils import sqlite_timelimit, tilde_decode
from datasette.utils.asgi import Forbidden, NotFound, Request, Response

from corpus_db.serve.corpora import corpora
from corpus_db.serve.pages.labels import Labels, labels
from corpus_db.serve.pages.links import Links, links
from corpus_db.serve.pages.permanent import permanent, version_of
from corpus_db.serve.pages.render import HEADERS, render
from corpus_db.serve.profile import Profile

PATIENCE = 3
_ALLOWED = "_corpus_db_allowed"  # kept on the Datasette object: (database, tables) that everyone may see → until when
_MAX_ARGUMENT_CHARS = 500  # every link of a page repeats them

View = Callable[[Request, Any], Awaitable[Response]]


class Asked(NamedTuple):
    """What a page is made from, beside the connection."""

    named: Mapping[str, str]  # the parts of the address that have names: id
    args: Mapping[str, str]  # the arguments behind the question mark, the last of each, cut
    links: Links
    until: float = inf  # when the page has to be made, by `time.perf_counter`

    def left_ms(self) -> float:
        """How long its queries may still take."""
        return max(0.0, (self.until - perf_counter()) * 1000)

    def number(self, name: str, default: int, largest: int) -> int:
        """An argument as a whole number from 1 to `largest`."""
        typed = self.args.get(name, "")
        return min(max(int(typed), 1), largest) if typed.isdecimal() and len(typed) < 10 else default


class Moved(NamedTuple):
    """Instead of a page: where it is."""

    address: str


class Page(NamedTuple):
    """One kind of page."""

    route: str  # regular expression of what follows the database in its address
    template: str
    tables: tuple[str, ...]  # whoever may not see one of these may not see the page
    # Gives the template's values, `permanent` (the page's address in every version) among them; None: no such thing.
    make: Callable[[sqlite3.Connection, Asked], dict[str, Any] | Moved | None]
    queries: tuple[str, ...] = ()  # canned queries, likewise


def route(page: Page) -> tuple[str, View]:
    """The page as Datasette's `register_routes` takes it."""

    async def view(request: Request, datasette: Any) -> Response:
        return await answer(page, request, datasette)

    return rf"^/(?P<database>[^/.]+)/-/{page.route}$", view


async def answer(page: Page, request: Request, datasette: Any) -> Response:
    """The page, for one request. Raises `NotFound` where there is no such corpus and `Forbidden`, which Datasette answers."""
    database, profile = asked_corpus(request, datasette)
    found = links(datasette, database.name, profile)
    queries = tuple(found.queries[query] for query in page.queries)
    await check_permissions(datasette, request.actor, database.name, page.tables, queries)
    told = labels(request.headers.get("accept-language", ""))
    limit_ms = datasette.setting("sql_time_limit_ms") * PATIENCE
    args = arguments(request)

    def whole(address: str) -> str:
        return str(datasette.absolute_url(request, address))

    def make(db: sqlite3.Connection) -> tuple[int, str] | Moved:
        asked = Asked(request.url_vars, args, found, perf_counter() + limit_ms / 1000)
        return _make(db, page, asked, told, profile, whole)

    made = await database.execute_fn(make)
    if isinstance(made, Moved):
        return Response.redirect(made.address)
    status, html = made
    return Response.html(html, status=status, headers={**HEADERS, **cache_headers(datasette, request, status)})


def asked_corpus(request: Request, datasette: Any) -> tuple[Any, Profile]:
    """The database that the address names, and what is told about it. Raises `NotFound` where it is no corpus."""
    try:
        database = datasette.get_database(route=tilde_decode(request.url_vars["database"]))
    except KeyError:
        raise NotFound("Database not found") from None
    profile = corpora(datasette).get(database.name)
    if profile is None:
        raise NotFound("This database is not a corpus")
    return database, profile


def arguments(request: Request) -> dict[str, str]:
    """What stands behind the question mark: the last of each name, cut."""
    return {name: request.args[name][:_MAX_ARGUMENT_CHARS] for name in request.args}


def cache_headers(datasette: Any, request: Request, status: int = 200) -> dict[str, str]:
    """How long an answer may be kept, as on Datasette's own pages; by a proxy only if it is for everyone."""
    if status != 200 or not getattr(datasette, "cache_headers", True):
        return {}
    age_s = int(datasette.setting("default_cache_ttl"))
    kept = f"max-age={age_s}" if age_s else "no-cache"
    return {"Cache-Control": f"private, {kept}" if request.actor else kept}


def _make(
    db: sqlite3.Connection,
    page: Page,
    asked: Asked,
    told: Labels,
    profile: dict[str, Any],
    whole: Callable[[str], str],
) -> tuple[int, str] | Moved:
    """(status, HTML)"""
    shared = {"t": told, "links": asked.links, "corpus": profile.get("title") or "Corpus", "profile": profile, "q": ""}
    shared["cited"] = permanent(None, {}, None)
    try:
        with sqlite_timelimit(db, asked.left_ms()):
            version = version_of(db)
            shared["cited"] = permanent(version, asked.args, None)
            made = page.make(db, asked)
    except sqlite3.Error:  # out of time, whatever it says; or a file that says it is a corpus, and is not
        return _problem(503, "problem_late", shared) if not asked.left_ms() else _problem(500, "problem_file", shared)
    if isinstance(made, Moved):
        return made
    if made is None:
        return _problem(404, "problem_missing", shared)
    cited = permanent(version, asked.args, made.get("permanent"))
    shared["cited"] = cited._replace(address=whole(cited.address)) if cited.address else cited
    return 200, render(page.template, **{**shared, **made})


def _problem(status: int, label: str, shared: dict[str, Any]) -> tuple[int, str]:
    return status, render("problem.html", **shared, label=label)


async def check_permissions(
    datasette: Any, actor: Any, database: str, tables: tuple[str, ...], queries: tuple[str, ...] = ()
) -> None:
    """Raises `Forbidden` where `actor` may not see one of the tables or queries, named as this Datasette knows them.

    Datasette looks up each of them in a thread, behind the queries of other readers. So what everyone was just allowed
    is not asked again for as long as everyone's pages may be kept, see `cache_headers`.
    """
    allowed: dict[tuple[str, tuple[str, ...], tuple[str, ...]], float]
    allowed = datasette.__dict__.setdefault(_ALLOWED, {})
    asked = (database, tables, queries)
    if actor is None and allowed.get(asked, 0) > monotonic():
        return
    for action, names in (("view-table", tables), ("view-query", queries)):
        for name in names:
            await _check_permission(datasette, actor, action, database, name)
    if actor is None:
        allowed[asked] = monotonic() + int(datasette.setting("default_cache_ttl"))


async def _check_permission(datasette: Any, actor: Any, action: str, database: str, name: str) -> None:
    if hasattr(datasette, "allowed"):
        from datasette.resources import QueryResource, TableResource  # only Datasette 1.0 has them

        resource = (TableResource if action == "view-table" else QueryResource)(database, name)
        if not await datasette.allowed(action=action, resource=resource, actor=actor):
            raise Forbidden(action)
    else:
        permissions = [(action, (database, name)), ("view-database", database), "view-instance"]
        await datasette.ensure_permissions(actor, permissions)
