"""What is in a release → its `croissant.json`: Croissant (https://mlcommons.org/croissant), a record set for each Parquet file.

Which columns refer to which tables is said by `datapackage.json` alone: mlcroissant 1.1 can describe references, but can
not load a record set that has one.
"""

from __future__ import annotations

from typing import Any

from corpus_db.export import parquet
from corpus_db.export.contents import Contents, File
from corpus_db.export.tables import Column, Kind, Table

_NAMES = (
    *("citeAs", "column", "equivalentProperty", "extract", "field", "fileObject", "fileProperty", "fileSet", "format"),
    *("includes", "isLiveDataset", "jsonPath", "key", "md5", "parentField", "path", "recordSet", "references", "regex"),
    *("repeated", "replace", "samplingRate", "separator", "source", "subField", "transform"),
)
# The context of Croissant 1.0: https://docs.mlcommons.org/croissant/docs/croissant-spec-1.0.html
_CONTEXT = {
    "@language": "en",
    "@vocab": "https://schema.org/",
    "sc": "https://schema.org/",
    "cr": "http://mlcommons.org/croissant/",
    "rai": "http://mlcommons.org/croissant/RAI/",
    "dct": "http://purl.org/dc/terms/",
    "conformsTo": "dct:conformsTo",
    "data": {"@id": "cr:data", "@type": "@json"},
    "dataType": {"@id": "cr:dataType", "@type": "@vocab"},
    "examples": {"@id": "cr:examples", "@type": "@json"},
    **{name: f"cr:{name}" for name in _NAMES},
}
_TYPES: dict[Kind, str] = {
    "integer": "sc:Integer",
    "number": "sc:Float",
    "boolean": "sc:Boolean",
    "date": "sc:Date",
    "text": "sc:Text",
    "list": "sc:Text",
    "object": "sc:Text",
}


def describe(contents: Contents) -> dict[str, Any]:
    """The JSON-LD document."""
    return {
        "@context": _CONTEXT,
        "@type": "sc:Dataset",
        "conformsTo": "http://mlcommons.org/croissant/1.0",
        "name": contents.title,
        "description": contents.description,
        "version": contents.version,
        "license": contents.licence_url or contents.licence,
        "citeAs": contents.citation,
        "inLanguage": "zh",
        "keywords": ["chinese", "corpus", "full-text search"],
        "distribution": [_file(contents.file(f"parquet/{table.name}.parquet")) for table in contents.tables],
        "recordSet": [_record_set(contents, table) for table in contents.tables],
    }


def _file(file: File) -> dict[str, Any]:
    return {
        "@type": "cr:FileObject",
        "@id": file.path,
        "name": file.name,
        "contentUrl": file.path,
        "contentSize": f"{file.bytes} B",
        "encodingFormat": "application/x-parquet",
        "sha256": file.sha256,
    }


def _record_set(contents: Contents, table: Table) -> dict[str, Any]:
    records: dict[str, Any] = {
        "@type": "cr:RecordSet",
        "@id": table.name,
        "name": table.name,
        "description": table.description,
    }
    if table.key:
        records["key"] = [{"@id": f"{table.name}/{column}"} for column in table.key]
    return {**records, "field": [_field(table, column) for column in parquet.columns_of(table)]}


def _field(table: Table, column: Column) -> dict[str, Any]:
    field: dict[str, Any] = {
        "@type": "cr:Field",
        "@id": f"{table.name}/{column.name}",
        "name": column.name,
        "description": column.description,
        "dataType": _TYPES[column.kind],
        "source": {
            "fileObject": {"@id": f"parquet/{table.name}.parquet"},
            "extract": {"column": column.name},
        },
    }
    if column.kind == "list":
        field["repeated"] = True
    return field
