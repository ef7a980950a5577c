"""Rows of an earlier file to those of a new one: what differs is written, and nothing else."""

import contextlib
import shutil
import sqlite3
import tempfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.amended import Amended
from corpus_db.prepared import Context

TABLE = st.dictionaries(
    st.text("abc的", min_size=1, max_size=3), st.tuples(st.none() | st.integers(0, 2), st.floats(0, 1))
)


@pytest.fixture(scope="module")
def store(seeds_path, tmp_path_factory):
    copy = Path(shutil.copy(seeds_path, tmp_path_factory.mktemp("amended")))
    with contextlib.closing(Amended(copy, Context())) as store:
        yield store


@given(TABLE)
def test_rows_that_stay_are_not_written(store, after):
    rows = sorted((key, value[1]) for key, value in after.items())
    store.replace("char_stats", rows)
    assert store.db.execute("SELECT char, share FROM char_stats ORDER BY char").fetchall() == rows
    changes = store.db.total_changes
    store.replace("char_stats", rows)
    assert store.db.total_changes == changes


def test_many_rows_are_changed_while_they_are_read(store, monkeypatch):
    monkeypatch.setattr("corpus_db.amended._FLUSH", 7)
    rows = sorted((f"{n:03}", n % 5, n, n) for n in range(300))
    store.replace("term_years", [row for row in rows if row[2] % 2])
    store.replace("term_years", [(*row[:2], 0, 0) if row[2] % 3 else row for row in rows if row[2] % 5])
    expected = [(*row[:2], 0, 0) if row[2] % 3 else row for row in rows if row[2] % 5]
    assert store.db.execute("SELECT * FROM term_years").fetchall() == expected


@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from("甲乙"), st.integers(1, 3)), max_size=6))
def test_spellings_are_added_up_and_what_is_left_of_none_is_gone(rows):
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "corpus.db")
        with contextlib.closing(sqlite3.connect(path)) as db:
            for statement in (
                "CREATE TABLE articles (id INTEGER)",
                "CREATE TABLE paragraph_bounds (id INTEGER)",
                "CREATE TABLE sentence_bounds (id INTEGER)",
                "CREATE TABLE span_kinds (id INTEGER, role TEXT, reason TEXT)",
                "CREATE TABLE span_starts (kind_id INTEGER)",
                "CREATE VIRTUAL TABLE articles_fts USING fts5(body)",
                "CREATE TABLE pinyin (form TEXT, name TEXT, occurrences INTEGER, PRIMARY KEY (form, name))",
            ):
                db.execute(statement)
            db.execute("INSERT INTO pinyin VALUES ('a', '甲', 1)")
            db.commit()
        with contextlib.closing(Amended(path, Context())) as store:
            store.add_spellings(rows)
            store.add_spellings((form, name, -times) for form, name, times in rows)
            store.add_spellings([("a", "甲", -1), ("b", "丙", 2)])
            store.finish()
        with contextlib.closing(sqlite3.connect(path)) as db:
            assert db.execute("SELECT * FROM pinyin").fetchall() == [("b", "丙", 2)]
