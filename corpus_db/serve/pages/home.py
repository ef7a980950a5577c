"""A corpus → its home page: what is in it, and examples of searches that find something here."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from itertools import groupby
from typing import Any, NamedTuple

from corpus_db.search import found_ids
from corpus_db.serve.pages.answer import Asked, Page
from corpus_db.serve.pages.ask import row, rows
from corpus_db.serve.pages.memo import Memo
from corpus_db.serve.pages.years import bars

_MOST = 12  # of each list
_FIRST_ENTITIES = 2_000
_FIRST_ARTICLES = 300  # that keywords are taken from
_MAX_COUNTED = 10_000  # articles an example's number is counted to
_TABLES = (
    *("articles", "entities", "facts_names", "facts_figures", "facts_dates", "facts_quotes"),
    *("terms", "similar", "sources", "spans", "rejects"),
)
_ENOUGH = 3  # articles that an example should find; the best of its kind is shown where none does
_TRIED = 6  # names, for two that stand in the same articles or do not
_CLAUSE = re.compile(r"[\w ]{4,14}")  # of a title, for a phrase


class Example(NamedTuple):
    """A search to try."""

    label: str  # what it shows, in `templates/labels.tsv`
    q: str
    any: bool = False


_memo: Memo[dict[str, Any]] = Memo()  # the same for everyone, and it reads every article


def make(db: sqlite3.Connection, asked: Asked) -> dict[str, Any]:
    """The values of `home.html`."""
    return {**_memo.get(db, _values), "permanent": asked.links.home()}


def _values(db: sqlite3.Connection) -> dict[str, Any]:
    entities = rows(db, "home_entities", first=_FIRST_ENTITIES, most=_MOST)
    sources = rows(db, "home_sources", most=_MOST)
    years = rows(db, "home_years")
    keywords = rows(db, "home_keywords", first=_FIRST_ARTICLES, most=_MOST)
    candidates = examples(
        [r["keyword"] for r in keywords],
        [r["name"] for r in sorted(entities, key=lambda r: r["id"])],
        [r["year"] for r in years],
        [r["value"] for r in sources if r["field"] == "site"],
        (row(db, "home_title") or [None])[0],
    )
    shown: dict[str, tuple[Example, int]] = {}
    for example in candidates:
        _, most = shown.get(example.label, (example, 0))
        if most < _ENOUGH and (found := len(found_ids(db, example.q, any=example.any, limit=_MAX_COUNTED))) > most:
            shown[example.label] = (example, found)
    return {
        "counts": row(db, "home_counts"),
        "years": bars((r["year"], r["articles"]) for r in years),
        "sources": {field: list(found) for field, found in groupby(sources, key=lambda r: r["field"])},
        "entities": {kind: list(found) for kind, found in groupby(entities, key=lambda r: r["kind"])},
        "keywords": keywords,
        "examples": list(shown.values()),
        "most": _MAX_COUNTED,
        "tables": _TABLES,
        "about": {r["key"]: r["value"] for r in rows(db, "about")},
    }


def examples(
    keywords: list[Any], names: list[Any], years: list[int], sites: list[Any], title: object
) -> Iterator[Example]:
    """Searches in the words of a corpus, for each thing that the search box understands; of one label, the first that
    finds enough is shown.

    >>> [e.q for e in examples(["平台"], ["甲", "乙"], [2013, 2016], ["example.com"], "标题，其余")][:4]
    ['平台', '甲 乙', '甲 -乙', '甲 OR 平台']
    """
    words = [str(word) for word in keywords[:_TRIED]]
    for word in words:
        yield Example("example_word", word)
    for other in names[1:_TRIED]:
        yield Example("example_all", f"{names[0]} {other}")
    for other in names[1:_TRIED]:
        yield Example("example_without", f"{names[0]} -{other}")
    if words and names:
        yield Example("example_or", f"{names[0]} OR {words[0]}")
    if isinstance(title, str) and (clause := _CLAUSE.search(title)):
        yield Example("example_phrase", f'"{clause[0].strip()}"')
        yield Example("example_title", f"title:{clause[0].strip()[:2]}")
    if names and years:
        yield Example("example_year", f"{names[0]} year:{years[0]}..{years[len(years) // 2]}")
    if names and sites:
        yield Example("example_site", f"{names[0]} site:{sites[0]}")
    if len(names) > 1:
        yield Example("example_question", f"{names[0]}和{names[1]}有什么关系？", any=True)


PAGE = Page("home", "home.html", ("articles", "entities", "figures", "dates", "quotes"), make)
