"""What is kept about a file is never told of another one."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus_db.serve.pages.memo import Memo
from tests.corpus_fixture import SAMPLES, write_corpus


def titles(db: sqlite3.Connection) -> int:
    return int(db.execute("SELECT count(*) FROM articles").fetchone()[0])


@pytest.fixture
def counted() -> tuple[Callable[[sqlite3.Connection], int], list[int]]:
    """`titles`, and how often it was asked."""
    calls: list[int] = []

    def count(db: sqlite3.Connection) -> int:
        calls.append(1)
        return titles(db)

    return count, calls


def test_asked_once_for_a_file(corpus_path: Path, counted) -> None:
    count, calls = counted
    memo: Memo[int] = Memo()
    for _ in range(2):
        assert memo.get(sqlite3.connect(corpus_path), count) == 10
    assert len(calls) == 1


def test_a_file_that_is_written_to_or_replaced_is_asked_anew(tmp_path: Path, counted) -> None:
    count, _ = counted
    memo: Memo[int] = Memo()
    path = write_corpus(tmp_path / "corpus.db")
    old = sqlite3.connect(path)
    assert memo.get(old, count) == 10
    with old:
        old.execute("DELETE FROM articles WHERE id = 10")
    assert memo.get(old, count) == 9
    other = write_corpus(tmp_path / "other.db", SAMPLES[:3])
    with sqlite3.connect(other) as db:
        db.execute("UPDATE about SET value = 'three' WHERE key = 'version'")
    shutil.move(other, path)
    # The connection that was open still reads the file that was there, and is told about that one.
    assert [memo.get(db, count) for db in (sqlite3.connect(path), old)] == [3, 9]


def test_a_database_in_memory_is_not_kept(counted) -> None:
    count, calls = counted
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE articles (id)")
    memo: Memo[int] = Memo()
    assert [memo.get(db, count), memo.get(db, count)] == [0, 0]
    assert len(calls) == 2


def test_only_the_latest_files_are_kept(tmp_path: Path, corpus_path: Path, counted) -> None:
    count, calls = counted
    memo: Memo[int] = Memo(most=1)
    copy = Path(shutil.copy(corpus_path, tmp_path / "copy.db"))
    for path in (corpus_path, copy, corpus_path):
        memo.get(sqlite3.connect(path), count)
    assert len(calls) == 3


def test_each_thing_asked_is_kept_by_itself_and_only_if_whole(corpus_path: Path, counted) -> None:
    count, calls = counted
    memo: Memo[int] = Memo(most=2)
    db = sqlite3.connect(corpus_path)
    for asked in ("a", "b", "a", "b"):
        assert memo.get(db, count, asked) == 10
    assert len(calls) == 2
    for _ in range(2):
        assert memo.get(db, count, "c", lambda made: False) == 10
    assert len(calls) == 4
    memo.get(db, count, "c")  # the third of two: the one not asked for the longest goes
    memo.get(db, count, "b")
    assert len(calls) == 5
    memo.get(db, count, "a")
    assert len(calls) == 6
