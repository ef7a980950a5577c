"""Our own pages of a corpus, under /DATABASE/-/: home, search, articles, names. No script, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

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


def pointer(datasette: Any, database: str, told: dict[str, Any]) -> Markup:
    """A line for Datasette 1.0's own pages: the corpus by its title, and its search page."""
    found = addresses(datasette, database)
    return Markup('<p><a href="{}"><strong>{}</strong></a> · <a href="{}">Search page</a></p>').format(
        found["home"], told.get("title") or database, found["search"]
    )
