"""Our own pages of a corpus, under /DATABASE/-/: home, search, articles, names. No script, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from corpus_db.serve.pages import article, entity, home, search
from corpus_db.serve.pages.answer import View, route

PAGES = (home.PAGE, search.PAGE, article.PAGE, article.BY_KEY, entity.PAGE, entity.BY_NAME)


def routes() -> list[tuple[str, View]]:
    """All of them, as Datasette's `register_routes` takes them."""
    return [route(page) for page in PAGES]


def addresses(datasette: Any, database: str) -> dict[str, str]:
    """Label → address of the pages that Datasette's own pages point to."""
    root = datasette.urls.database(database)
    return {"home": f"{root}/-/home", "search": f"{root}/-/search"}
