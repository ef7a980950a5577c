"""What is in a release → its `datapackage.json`: Data Package v2 (https://datapackage.org).

It describes the CSV tables, with types, keys and references, and the corpus file. The Parquet files describe themselves,
and `croissant.json` lists them: tools for Data Packages read neither their types nor their lists.
"""

from __future__ import annotations

from typing import Any

from corpus_db.export.contents import Contents, File
from corpus_db.export.tables import Column, Kind, Table

_PROFILES = "https://datapackage.org/profiles/2.0"
_TYPES: dict[Kind, str] = {
    "integer": "integer",
    "number": "number",
    "boolean": "boolean",
    "date": "date",
    "text": "string",
    "list": "array",
    "object": "object",
}


def describe(contents: Contents) -> dict[str, Any]:
    """The descriptor, in the order of its keys in the file."""
    return {
        "$schema": f"{_PROFILES}/datapackage.json",
        "name": "corpus",
        "title": contents.title,
        "description": contents.description,
        "version": contents.version,
        "licenses": [_licence(contents)],
        "sources": [{"title": site or "no site stated"} for site, *_ in contents.sites],
        "resources": [*(_table(contents, table) for table in contents.tables), _file(contents.file("corpus.db"))],
    }


def _licence(contents: Contents) -> dict[str, str]:
    if contents.spdx:
        return {"name": contents.spdx, "path": str(contents.licence_url)}
    return {"path": contents.licence_url or "README.md", "title": contents.licence}


def _table(contents: Contents, table: Table) -> dict[str, Any]:
    file = contents.file(f"csv/{table.name}.csv")
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": table.name,
        "type": "table",
        "path": file.path,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": file.bytes,
        "hash": f"sha256:{file.sha256}",
        "schema": _schema(table),
    }


def _schema(table: Table) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "$schema": f"{_PROFILES}/tableschema.json",
        "fields": list(map(_field, table.columns)),
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    if table.references:
        schema["foreignKeys"] = [
            {"fields": [column], "reference": {"resource": "" if other == table.name else other, "fields": ["id"]}}
            for column, other in table.references.items()
        ]
    return schema


def _field(column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": _TYPES[column.kind],
        "description": column.description,
    }
    return {**field, "constraints": {"required": True}} if column.required else field


def _file(database: File) -> dict[str, Any]:
    return {
        "$schema": f"{_PROFILES}/dataresource.json",
        "name": "corpus",
        "path": database.path,
        "description": "All tables in one file, with the full-text index.",
        "format": "sqlite",
        "mediatype": "application/vnd.sqlite3",
        "bytes": database.bytes,
        "hash": f"sha256:{database.sha256}",
    }
