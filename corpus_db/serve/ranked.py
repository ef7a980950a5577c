"""The search box of the view `ranked` → a MATCH for its ORDER BY rank, with Datasette's facets, pages and CSV."""

from __future__ import annotations

from typing import Any

from datasette.filters import FilterArguments
from datasette.utils.asgi import Request

VIEW = "ranked"


def filters(request: Request) -> FilterArguments:
    """What `filters_from_request` gives for the view: the search box, and the condition that is typed there."""
    searched: str = request.args.get("_search") or ""
    context: dict[str, Any] = {"supports_search": True, "search": searched}
    if not searched.strip():
        return FilterArguments([], extra_context=context)
    return FilterArguments(
        ["found match zh_query(:search)"],
        params={"search": searched},
        human_descriptions=[f'search matches "{searched}"'],
        extra_context=context,
    )
