"""Comments in the .sql files: what they say, and that nothing goes without."""

from __future__ import annotations

import sqlite3

import pytest

from corpus_db import sql


@pytest.fixture
def empty() -> sqlite3.Connection:
    """A file with every table, view and index, and no rows."""
    db = sqlite3.connect(":memory:")
    for statement in (
        *sql.schema_statements(),
        *sql.view_statements(),
        *sql.stranger_statements(),
        *sql.statements("indexes"),
    ):
        db.execute(statement)
    return db


def test_every_table_view_and_column_is_described_and_nothing_else(empty: sqlite3.Connection) -> None:
    names = [
        name
        for (name,) in empty.execute("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view')")
        if not name.startswith(("articles_fts_", "articles_search_"))
    ]
    there = {(name, "") for name in names} | {
        (name, column)
        for name in names
        for (column,) in empty.execute("SELECT name FROM pragma_table_xinfo(?) WHERE hidden <> 1", [name])
    }
    rows = sql.description_rows()
    assert {(row.table_name, row.column_name) for row in rows} == there
    assert len(rows) == len(there)
    assert all(row.description for row in rows)


def test_a_comment_of_two_lines_and_a_view() -> None:
    statement = "-- One\n-- two.\nCREATE VIEW v AS\nSELECT\n  a.id, -- number\n  count(*) AS n -- how many\nFROM a"
    assert sql.description_rows([statement]) == [("v", "", "One two."), ("v", "id", "number"), ("v", "n", "how many")]


def test_options_of_a_virtual_table_are_no_columns() -> None:
    rows = sql.description_rows(["-- T.\nCREATE VIRTUAL TABLE t USING fts5(\n  a, -- words\n  content = '' -- none\n)"])
    assert [row.column_name for row in rows] == ["", "a"]


def test_the_comments_of_columns_stay_in_the_file(empty: sqlite3.Connection) -> None:
    (kept,) = empty.execute("SELECT sql FROM sqlite_schema WHERE name = 'articles'").fetchone()
    assert "-- as the source states it; NULL: it states none" in kept
