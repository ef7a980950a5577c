"""The words of the request being answered → marks in the cells of Datasette's own tables.

Datasette 0.65 gives `render_cell` no request: what was searched for travels in a context variable, set for each one.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from contextvars import ContextVar
from typing import Any
from urllib.parse import parse_qs

from markupsafe import Markup

from corpus_db.search import zh_highlight, zh_snippet

_searched: ContextVar[str] = ContextVar("searched", default="")
_SNIPPET_CHARS = 160
_MARKED = frozenset({"title", "snippet"})
_CUT = "body"

Scope = Mapping[str, Any]
App = Callable[[Scope, Any, Any], Awaitable[None]]


def remember_search(app: App) -> App:
    """`app` with what the request searches for (``_search``, or ``q`` of a query) known to `mark`."""

    async def remembering(scope: Scope, receive: Any, send: Any) -> None:
        asked = parse_qs(scope.get("query_string", b"").decode("latin-1"), errors="replace")
        token = _searched.set((asked.get("_search") or asked.get("q") or [""])[-1])
        try:
            await app(scope, receive, send)
        finally:
            _searched.reset(token)

    return remembering


def searched() -> str:
    """What the request being answered searches for; '' where it does not."""
    return _searched.get()


def mark(column: str, value: object) -> Markup | None:
    """The cell as HTML with <mark>s, a body cut to where they stand; None: show it as it is."""
    query = searched()
    if not query or not isinstance(value, str):
        return None
    if column in _MARKED:
        return Markup(zh_highlight(value, query))
    if column == _CUT:
        return Markup(zh_snippet(value, query, _SNIPPET_CHARS))
    return None
