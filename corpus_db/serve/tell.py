"""Profiles of corpus files → Datasette's metadata: returned to 0.65, set in 1.0. What the user configured wins."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from corpus_db.serve.profile import Profile, queries_beside_tables, without_params

_CONFIGURED = frozenset({"facet_size", "facets", "fts_table", "hidden", "label_column", "size", "sort", "sort_desc"})
_NEVER = frozenset({"allow", "allow_sql", "plugins", "custom_units", "extra_css_urls", "extra_js_urls"})  # never told


def is_told(datasette: Any) -> bool:
    """Whether this Datasette is told of titles, settings and queries when it starts, as 1.0 is; 0.65 asks for them."""
    return hasattr(datasette, "set_instance_metadata")


def metadata(datasette: Any, found: dict[str, Profile], key: str | None = None) -> dict[str, Any]:
    """What Datasette 0.65 is given where it looks for `key`: that of each corpus, and of the instance.

    It merges and copies what it is given many times a page, so it gets no more than can have that key; and since it
    merges what the user configured into the very dictionaries that it is given, they are copies.
    """
    if key in _NEVER:
        return {}
    part: Callable[[Profile], Profile] = _PARTS.get(key or "", _copied)
    return {**_instance_facts(datasette, found), "databases": {name: part(profile) for name, profile in found.items()}}


def _copied(profile: Any) -> Any:
    """The same, in dictionaries of its own."""
    return {key: _copied(value) for key, value in profile.items()} if isinstance(profile, dict) else profile


def _queries(profile: Profile) -> Profile:
    return {"queries": _copied(profile["queries"])}


def _settings(profile: Profile) -> Profile:
    tables = {name: {key: told[key] for key in _CONFIGURED & told.keys()} for name, told in profile["tables"].items()}
    return {"tables": {name: settings for name, settings in tables.items() if settings}}


def _facts(profile: Profile) -> dict[str, str]:
    return {key: value for key, value in profile.items() if isinstance(value, str)}


# What can have a key; of others, the whole profile.
_PARTS: dict[str, Callable[[Profile], Profile]] = {
    "tables": _settings,
    "queries": _queries,
    **dict.fromkeys(("source", "source_url", "license", "license_url", "about", "about_url"), _facts),
}


async def tell(datasette: Any, found: dict[str, Profile]) -> None:
    """Sets titles, descriptions, table settings and queries in a Datasette 1.0, where nothing is set yet."""
    told = await datasette.get_instance_metadata()
    for key, value in _instance_facts(datasette, found).items():
        if key not in told:
            await datasette.set_instance_metadata(key, value)
    for database, profile in found.items():
        await _tell_database(datasette, database, profile)


async def _tell_database(datasette: Any, database: str, profile: Profile) -> None:
    told = await datasette.get_database_metadata(database)
    for key, value in _facts(profile).items():
        if key not in told:
            await datasette.set_database_metadata(database, key, value)
    for table, settings in profile["tables"].items():
        await _tell_table(datasette, database, table, settings)
    for name, query in queries_beside_tables(profile).items():
        if await datasette.get_query(database, name) is None:
            await datasette.add_query(
                database,
                name,
                query["sql"],
                title=query["title"],
                description=without_params(query["description"]),
                hide_sql=query["hide_sql"],
                parameters=query["params"],
                is_trusted=True,
            )


async def _tell_table(datasette: Any, database: str, table: str, settings: dict[str, Any]) -> None:
    described = await datasette.get_resource_metadata(database, table)
    if "description" in settings and "description" not in described:
        await datasette.set_resource_metadata(database, table, "description", settings["description"])
    for column, text in settings.get("columns", {}).items():
        if "description" not in await datasette.get_column_metadata(database, table, column):
            await datasette.set_column_metadata(database, table, column, "description", text)
    tables = datasette.config.setdefault("databases", {}).setdefault(database, {}).setdefault("tables", {})
    configured = tables.setdefault(table, {})
    for key in _CONFIGURED & settings.keys():
        configured.setdefault(key, settings[key])


def _instance_facts(datasette: Any, found: dict[str, Profile]) -> dict[str, str]:
    """The facts of the only database, where it is a corpus: a site of one corpus has its title."""
    files = [name for name, database in datasette.databases.items() if not database.is_memory]
    return _facts(found[files[0]]) if len(files) == 1 and files[0] in found else {}
