"""The canned queries on the newest SQLite, which the package apsw brings along: the same rows, and room below its limits."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from corpus_db import sql

apsw = pytest.importorskip("apsw")

ASKED = {"q": "平台", "name": "阿里巴巴", "field": "year", "value": "2013", "speaker": "戴珊", "least": 1}
SPARE = 200  # of the 1,000 steps that it takes: a file's owner may name more parts of the corpus in `subcorpora`


@pytest.fixture(scope="module")
def newest(seeds_path: Path) -> Iterator[Any]:
    """The seeds, opened by the newest SQLite, which counts each mention of a step and of all that it mentions (from 3.54 on)."""
    connection = apsw.Connection(str(seeds_path), flags=apsw.SQLITE_OPEN_READONLY, statementcachesize=0)
    connection.limit(apsw.SQLITE_LIMIT_EXPR_DEPTH, connection.limit(apsw.SQLITE_LIMIT_EXPR_DEPTH) - SPARE)
    yield connection
    connection.close()


@pytest.mark.parametrize("query", sql.queries(), ids=lambda query: query.name)
def test_every_query_gives_the_same_rows(newest: Any, seeds: sqlite3.Connection, query: sql.Query) -> None:
    asked = {param: ASKED.get(param) for param in query.params}
    assert list(newest.execute(query.sql, asked)) == seeds.execute(query.sql, asked).fetchall()


@pytest.mark.parametrize("n", [2, 3, 4])
def test_runs_of_every_length(newest: Any, seeds: sqlite3.Connection, n: int) -> None:
    query = sql.load("ngrams")
    asked = {**dict.fromkeys(query.params), "n": n}
    rows = list(newest.execute(query.sql, asked))
    assert rows == seeds.execute(query.sql, asked).fetchall()
    assert {row[0].count(" ") for row in rows} == {n - 1}
