"""The words of the request being answered → marks in the cells of Datasette's own tables.

Datasette 0.65 gives `render_cell` no request: what was searched for travels in a context variable, set for each one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from markupsafe import Markup, escape

from corpus_db.search import zh_highlight, zh_snippet


class _Search:
    """What one request searches for, and how many more bodies may be read for it."""

    def __init__(self, text: str = "") -> None:
        self.text = text
        self.bodies = MAX_BODIES


_searched: ContextVar[_Search | None] = ContextVar("searched", default=None)
_SNIPPET_CHARS = 160
MAX_BODIES = 200  # cells are marked in the event loop, where nobody else is answered meanwhile: some 0.2 s
_MARKED = frozenset({"title", "snippet"})
_CUT = "body"

Scope = Mapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


def remember_search(app: App) -> App:
    """`app` with what the request searches for (``_search``, or ``q`` of a query) known to `mark`."""

    async def remembering(scope: Scope, receive: Any, send: Any) -> None:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"), errors="replace")
        token = _searched.set(_Search((asked.get("_search") or asked.get("q") or [""])[-1]))
        try:
            await app(scope, receive, send)
        finally:
            _searched.reset(token)

    return remembering


def searched() -> str:
    """What the request being answered searches for; '' where it does not."""
    search = _searched.get()
    return search.text if search else ""


def mark(column: str, value: object) -> Markup | None:
    """The cell as HTML with <mark>s, a body cut to where they stand (after `MAX_BODIES` of them, to its beginning);
    None: show it as it is."""
    search = _searched.get()
    if search is None or not search.text or not isinstance(value, str):
        return None
    if column in _MARKED:
        return Markup(zh_highlight(value, search.text))
    if column == _CUT:
        search.bodies -= 1
        if search.bodies < 0:
            return escape(value[:_SNIPPET_CHARS] + "…")
        return Markup(zh_snippet(value, search.text, _SNIPPET_CHARS))
    return None
