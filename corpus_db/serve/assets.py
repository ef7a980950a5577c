"""Files of `styles/` → answers under /-/corpus-db/; nothing comes from another server.

The folder is not called `static`, nor is there one called `templates` beside it: from Python 3.12 on, Datasette takes those
of the folder that a plugin's module lies in for the plugin's own, and puts them in the place of its pages.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path

from datasette.utils.asgi import NotFound, Request, Response

ROUTE = r"^/-/corpus-db/(?P<name>[a-z_]+\.css)$"
STYLE = "/-/corpus-db/tables.css"  # for Datasette's pages
PAGES_STYLE = "/-/corpus-db/pages.css"  # for ours
_STYLES = Path(__file__).with_name("styles")
_AGE_S = 3600


async def serve(request: Request) -> Response:
    """The file that the address names."""
    text = _read().get(request.url_vars["name"])
    if text is None:
        raise NotFound("no such file")
    return Response(text, content_type="text/css; charset=utf-8", headers={"Cache-Control": f"max-age={_AGE_S}"})


@cache
def _read() -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in _STYLES.glob("*.css")}
