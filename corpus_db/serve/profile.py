"""Descriptions, settings and queries → what Datasette is told about a corpus file; the only place that joins them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from corpus_db import sql

Profile = dict[str, Any]  # a database's part of Datasette's metadata: title, description …, tables, queries

_ARTICLE_FACETS: list[Any] = ["site", "publisher", "year", "section", {"array": "keywords"}]

# How a table's page looks before anyone has clicked. The keys are Datasette's.
TABLES: dict[str, dict[str, Any]] = {
    "articles": {"facets": _ARTICLE_FACETS, "facet_size": 10, "label_column": "title", "size": 20},
    "ranked": {"facets": _ARTICLE_FACETS, "facet_size": 10, "sort": "rank", "size": 20},
    "rejects": {"facets": ["stage", "reason"]},
    "terms": {"sort_desc": "occurrences", "label_column": "term"},
    "entities": {"facets": ["kind"], "label_column": "name"},
    "figures": {"facets": ["kind", "unit"]},
    "dates": {"facets": ["precision", "basis"]},
    "quotes": {"facets": ["speaker", "direct"]},
    "facts_figures": {"facets": ["kind", "currency", "unit", "year", "site"], "sort_desc": "value"},
    "facts_dates": {"facets": ["precision", "basis", "year", "site"], "sort": "start_date"},
    "facts_quotes": {"facets": ["speaker", "year", "site"]},
    "facts_names": {"facets": ["kind", "name", "year", "site"]},
    "similar": {"facets": ["relation"]},
    "span_kinds": {"hidden": True},
    "span_starts": {"hidden": True},
    "paragraph_bounds": {"hidden": True},
    "sentence_bounds": {"hidden": True},
    "folds": {"hidden": True},
    "char_kinds": {"hidden": True},
    "char_stats": {"hidden": True},
    "common_tokens": {"hidden": True},
    "lexicon_words": {"hidden": True},
    "pinyin": {"hidden": True},
}

# Fact of the table `about` → key of Datasette's metadata. Nothing else of a file is taken: it may come from anywhere.
_ABOUT = {
    "title": "title",
    "description": "description",
    "licence": "license",
    "licence_url": "license_url",
    "source": "source",
    "source_url": "source_url",
}
_LONGEST = 2_000  # characters of a text from the file


def profile(descriptions: Iterable[tuple[str, str, str]], about: Mapping[str, str]) -> Profile:
    """A database's metadata from the rows of its `descriptions` and its `about`; plain text only.

    >>> found = profile([("articles", "", "Articles."), ("articles", "key", "name")], {"title": "T", "allow": "x"})
    >>> found["title"], found["tables"]["articles"]["columns"], "allow" in found
    ('T', {'key': 'name'}, False)
    """
    tables: dict[str, dict[str, Any]] = {name: dict(settings) for name, settings in TABLES.items()}
    for table, column, text in descriptions:
        told = tables.setdefault(table, {})
        if column:
            told.setdefault("columns", {})[column] = text[:_LONGEST]
        else:
            told["description"] = text[:_LONGEST]
    facts = {key: about[fact][:_LONGEST] for fact, key in _ABOUT.items() if _harmless(fact, about.get(fact))}
    return {**facts, "tables": tables, "queries": {query.name: canned(query) for query in sql.queries()}}


def queries_beside_tables(told: Profile) -> dict[str, dict[str, Any]]:
    """The queries under names that no table has, for Datasette 1.0: there a query called as a table is out of reach.

    0.65 shows the query in the table's place, which is what figures, quotes, similar and about are for.

    >>> list(queries_beside_tables({"tables": {"figures": {}}, "queries": {"search": {}, "figures": {}}}))
    ['search', 'figures_query']
    """
    return {f"{name}_query" if name in told["tables"] else name: query for name, query in told["queries"].items()}


def canned(query: sql.Query) -> dict[str, Any]:
    """A query in Datasette's form, its parameters explained behind its description."""
    asked = "; ".join(f"{name}: {text}" for name, text in query.params.items())
    return {
        "title": query.title,
        "description": query.description + (f" — {asked}." if asked else ""),
        "params": list(query.params),
        "hide_sql": True,
        "sql": query.sql,
    }


def without_params(description: str) -> str:
    """A query's description as `canned` gives it, without its parameters: our pages show them in a list.

    >>> without_params(canned(sql.load("phrase"))["description"]) == sql.load("phrase").description
    True
    """
    return description.partition(" — ")[0]


def _harmless(fact: str, value: object) -> bool:
    if not isinstance(value, str) or not value:
        return False
    return value.startswith(("https://", "http://")) if fact.endswith("_url") else True
