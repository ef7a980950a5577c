"""Requests too long to be a question → 414, before anything reads them.

Datasette repeats what was asked in every link of a table page: a question of a megabyte would hold its event loop for a
minute and a half. The server that Datasette comes with takes no more than 64 kB of a request, others may.
"""

from __future__ import annotations

from typing import Any

from corpus_db.serve.highlight import App, Scope

MAX_QUERY_BYTES = 32_000  # as sent, where a Han character is nine: 3,500 of them; the search reads 2,000
_HEADERS = [(b"content-type", b"text/plain; charset=utf-8")]


def refuse_long(app: App) -> App:
    """`app`, which is not asked where the part of the address behind the question mark is too long."""

    async def limited(scope: Scope, receive: Any, send: Any) -> None:
        if len(scope.get("query_string", b"")) <= MAX_QUERY_BYTES:
            await app(scope, receive, send)
            return
        await send({"type": "http.response.start", "status": 414, "headers": _HEADERS})
        await send({"type": "http.response.body", "body": b"This address is too long.\n"})

    return limited
