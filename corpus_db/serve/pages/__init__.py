"""Our own pages of a corpus, under /DATABASE/-/: home, search, articles, names, words. No script, nothing from elsewhere."""

from __future__ import annotations

from typing import Any

from markupsafe import Markup

from corpus_db.serve.pages import article, chart, entity, home, search, word
from corpus_db.serve.pages.answer import View, route

PAGES = (home.PAGE, search.PAGE, article.PAGE, article.BY_KEY, entity.PAGE, entity.BY_NAME, word.PAGE)


def routes() -> list[tuple[str, View]]:
    """All of them, as Datasette's `register_routes` takes them."""
    return [*map(route, PAGES), (chart.ROUTE, chart.view)]


def addresses(datasette: Any, database: str) -> dict[str, str]:
    """Label → address of the pages that Datasette's own pages point to."""
    root = datasette.urls.database(database)
    return {"home": f"{root}/-/home", "search": f"{root}/-/search", "word": f"{root}/-/word"}


def pointer(datasette: Any, database: str, told: dict[str, Any]) -> Markup:
    """A line for Datasette's own pages: from there to the pages of a corpus."""
    found = addresses(datasette, database)
    return Markup(
        '<p><a href="{}"><strong>{}: pages to read</strong></a> · <a href="{}">Search</a> · <a href="{}">Words in numbers</a></p>'
    ).format(found["home"], told.get("title") or database, found["search"], found["word"])
