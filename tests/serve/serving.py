"""A file → Datasette with this plugin, whichever line is installed and whether or not the package is."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from datasette.app import Datasette
from datasette.plugins import pm

from corpus_db.serve import datasette as plugin
from corpus_db.serve.tell import is_told

IS_STABLE = not is_told(Datasette)  # 0.65


@asynccontextmanager
async def served(*paths: Path, **options: Any) -> AsyncIterator[Datasette]:
    """Datasette with the files and our plugin; patient, for a busy machine fails no test."""
    options["settings"] = {"sql_time_limit_ms": 10_000, **options.get("settings", {})}
    ours = not pm.is_registered(plugin)
    if ours:
        pm.register(plugin, name="corpus_db_under_test")
    datasette = Datasette([str(path) for path in paths], **options)
    try:
        await datasette.invoke_startup()
        yield datasette
    finally:
        for database in datasette.databases.values():
            database.close()
        if ours:
            pm.unregister(plugin)


def denied(database: str) -> dict[str, Any]:
    """Options of a Datasette that shows nobody this database."""
    return {"metadata" if IS_STABLE else "config": {"databases": {database: {"allow": False}}}}
