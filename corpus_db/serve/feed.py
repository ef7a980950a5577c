"""Request → the newest articles of a corpus as an Atom feed: of all, of a search, or of a name.

``/DATABASE/-/feed.atom?q=…`` takes what the search page does (q, site, publisher, year, section, keyword), and
``entity``, a name or another form of it. Articles that do not say when they were published are in no feed.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
import uuid
from collections.abc import Iterable, Mapping
from typing import Any

from datasette.utils import sqlite_timelimit
from datasette.utils.asgi import NotFound, Request, Response

from corpus_db import __version__
from corpus_db.search import found_ids
from corpus_db.search.language import Term, parse
from corpus_db.search.marks import cut_snippet
from corpus_db.serve import atom
from corpus_db.serve.pages import search
from corpus_db.serve.pages.answer import (
    PATIENCE,
    arguments,
    asked_corpus,
    cache_headers,
    check_permissions,
)
from corpus_db.serve.pages.ask import row, rows
from corpus_db.serve.pages.links import Links, links, web_address
from corpus_db.serve.pages.render import HEADERS
from corpus_db.serve.profile import Profile

ROUTE = r"^/(?P<database>[^/.]+)/-/feed\.atom$"
MAX_ENTRIES = 50
_MAX_FOUND = 20_000  # articles of a search that the newest are taken from
_MAX_BODY_CHARS = 20_000  # of a body that its summary is cut from
_SUMMARY_CHARS = 200
_TABLES = ("articles", "entities", "mentions")
ARGUMENTS = frozenset({"q", "entity", *search.FACETS})
_IDS = uuid.UUID("fe5d90ff-2c4f-4b4a-86db-173f9f4ad5e1")  # a random number, never changed


async def serve(request: Request, datasette: Any) -> Response:
    """The feed; 304 where the reader has it already."""
    database, profile = asked_corpus(request, datasette)
    await check_permissions(datasette, request.actor, database.name, _TABLES)
    asked = {name: value.strip() for name, value in arguments(request).items() if name in ARGUMENTS and value.strip()}
    known = links(datasette, database.name, profile)
    limit_ms = datasette.setting("sql_time_limit_ms") * PATIENCE

    def absolute(path: str) -> str:
        return str(datasette.absolute_url(request, path))

    def make(db: sqlite3.Connection) -> bytes | None:
        with sqlite_timelimit(db, limit_ms):
            found = newest(db, asked)
        return None if found is None else _render(found, asked, database.name, profile, known, absolute)

    try:
        made = await database.execute_fn(make)
    except sqlite3.Error:  # out of time; or a file that says it is a corpus, and is not
        return Response.text("This feed can not be made now.", status=503)
    if made is None:
        raise NotFound("No such name")
    return _answer(made, request, datasette)


def newest(db: sqlite3.Connection, asked: Mapping[str, str]) -> list[sqlite3.Row] | None:
    """The newest dated articles that `asked` finds, see feed.sql; None: it asks for a name that is not there."""
    found: set[int] | None = None
    facets = {field: asked[field] for field in search.FACETS if field in asked}
    if facets or "q" in asked:
        exact = search.exact_values(facets)
        found = set(found_ids(db, asked.get("q", ""), limit=_MAX_FOUND, exact=exact))
    if "entity" in asked:
        entity = row(db, "entity", id=None, name=asked["entity"])
        if entity is None:
            return None
        named = {r["id"] for r in rows(db, "entity_article_ids", id=entity["id"])}
        found = named if found is None else found & named
    ids = None if found is None else json.dumps(sorted(found))
    return rows(db, "feed", ids=ids, chars=_MAX_BODY_CHARS, most=MAX_ENTRIES)


def _render(
    found: Iterable[sqlite3.Row],
    asked: Mapping[str, str],
    database: str,
    profile: Profile,
    known: Links,
    absolute: Any,
) -> bytes:
    title = profile.get("title") or database
    terms = parse(asked.get("q", "")).terms
    entries = [
        _entry(article, time, terms, absolute(known.key(article["key"])))
        for article in found
        if (time := atom.time(str(article["published"])))
    ]
    page = known.named(asked["entity"]) if "entity" in asked else known.search(**asked) if asked else known.home()
    feed = atom.Feed(
        id=_id("feed", database, *(text for pair in sorted(asked.items()) for text in pair)),
        title=": ".join([title, " · ".join(asked.values())]) if asked else title,
        address=absolute(page),
        self=absolute(known.feed(**asked)),
        author=title,
        subtitle=profile.get("description"),
        rights=profile.get("license"),
        generator=f"corpus-db {__version__}",
    )
    return atom.render(feed, entries)


def _entry(article: sqlite3.Row, time: atom.Time, terms: tuple[Term, ...], address: str) -> atom.Entry:
    said = {name: article[name] for name in article.keys() if isinstance(article[name], str)}  # noqa: SIM118 - no dict
    summary = None if terms else said.get("summary")
    return atom.Entry(
        # The same article in two corpora is one entry; a key alone may be as plain as "1".
        id=_id("article", said.get("site", ""), said["key"]),
        title=said.get("title", ""),
        published=time,
        address=address,
        source=web_address(said.get("url")),
        author=said.get("author") or said.get("publisher") or said.get("site"),
        summary=summary or cut_snippet(said["body"], terms, _SUMMARY_CHARS).text,
        category=said.get("section"),
    )


def _id(*names: str) -> str:
    """What stays the same wherever and whenever the file is built and served."""
    return uuid.uuid5(_IDS, json.dumps(names, ensure_ascii=True)).urn


def _answer(feed: bytes, request: Request, datasette: Any) -> Response:
    mark = f'"{hashlib.sha256(feed).hexdigest()[:32]}"'
    headers = {**HEADERS, **cache_headers(datasette, request), "ETag": mark, "Vary": "Cookie, Authorization"}
    if mark in request.headers.get("if-none-match", ""):
        return Response("", status=304, headers=headers)
    return Response(feed, headers=headers, content_type=atom.CONTENT_TYPE)
