"""The files in the cache folder: sound or made anew, and taken away once their target is gone."""

from __future__ import annotations

import contextlib
import os
import sqlite3
import time
from pathlib import Path

import pytest

from corpus_db import cache

LONG_AGO = time.time() - 30 * 24 * 3600


def kept(path: Path, target: Path) -> Path:
    """A file as a build of `target` leaves it."""
    db = cache.opened(path, target)
    assert db is not None
    with contextlib.closing(db):
        db.execute("INSERT INTO results VALUES (?, 0, ?)", (b"key", b"bytes"))
    return path


def results(path: Path, target: Path) -> list[bytes]:
    db = cache.opened(path, target)
    assert db is not None
    with contextlib.closing(db):
        return [key for (key,) in db.execute("SELECT key FROM results")]


def test_what_is_kept_is_there_the_next_time(tmp_path):
    path = kept(tmp_path / "a.kept", tmp_path / "a.db")
    assert results(path, tmp_path / "a.db") == [b"key"]


@pytest.mark.parametrize("damage", ["bytes", "layout"])
def test_a_file_that_is_damaged_or_of_another_layout_is_made_anew(tmp_path, damage):
    path = kept(tmp_path / "a.kept", tmp_path / "a.db")
    if damage == "bytes":
        path.write_bytes(b"no database at all" * 1000)
    else:
        with contextlib.closing(sqlite3.connect(path)) as db:
            db.execute("PRAGMA user_version = 99")
    assert results(path, tmp_path / "a.db") == []


def test_where_no_file_can_be_there_is_none(tmp_path):
    (tmp_path / "a.kept").mkdir()
    assert cache.opened(tmp_path / "a.kept", tmp_path / "a.db") is None


@pytest.mark.parametrize("old, target_there, stays", [(True, False, False), (True, True, True), (False, False, True)])
def test_only_what_is_old_and_of_a_target_that_is_gone_is_taken_away(tmp_path, old, target_there, stays):
    path, target = kept(tmp_path / "a.kept", tmp_path / "a.db"), tmp_path / "a.db"
    if target_there:
        target.touch()
    if old:
        os.utime(path, (LONG_AGO, LONG_AGO))
    cache.tidy(tmp_path)
    assert path.exists() is stays


def test_what_is_no_file_of_ours_is_left_alone(tmp_path):
    for name, content in (("a.kept", b"no database"), ("a.txt", b"")):
        (tmp_path / name).write_bytes(content)
        os.utime(tmp_path / name, (LONG_AGO, LONG_AGO))
    cache.tidy(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.kept", "a.txt"]
