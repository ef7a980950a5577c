"""A sound file passes; every kind of damage is named."""

import contextlib
import shutil
import sqlite3

import pytest

from corpus_db.verify import verify

DAMAGES = {
    "counts": "UPDATE articles SET chars = chars + 1 WHERE id = 1",
    "running words": "UPDATE about SET value = value + 1 WHERE key = 'running_words'",
    "spans: source 1 has": "DELETE FROM span_starts WHERE source_id = 1 AND start = 0",
    "spans: source 2 has": "DELETE FROM span_starts WHERE source_id = 2",
    "its last at 999999": "INSERT INTO span_starts VALUES (3, 999999, 1)",
    "bounds": 'UPDATE sentence_bounds SET "end" = "end" + 100000 WHERE id = 1',
    "bounds: sentence 2 begins at 0": "UPDATE sentence_bounds SET start = 0 WHERE id = 2",
    "bounds: paragraph 2, at position 3, does not follow": "UPDATE paragraph_bounds SET position = 3 WHERE id = 2",
    "bounds: article 1 has 2 first sentences": """
        UPDATE sentence_bounds SET position = 1
        WHERE id = (SELECT id FROM sentence_bounds WHERE article_id = 1 ORDER BY position DESC)""",
    "foreign_key_check": "DELETE FROM sources WHERE id = 3",
    "descriptions": "DELETE FROM descriptions WHERE table_name = 'articles' AND column_name = 'body'",
    "logical_digest": "UPDATE articles SET title = 'another' WHERE id = 1",
    "articles_fts": "DELETE FROM articles_fts_data WHERE id = (SELECT max(id) FROM articles_fts_data)",
    "not a corpus file": "PRAGMA application_id = 0",
    "integrity_check: CHECK": "PRAGMA ignore_check_constraints = ON; UPDATE span_kinds SET role = 'another' WHERE id = 1",
}


@pytest.fixture
def copy(seeds_path, tmp_path):
    return shutil.copy(seeds_path, tmp_path / "copy.db")


def test_a_fresh_build_is_sound(copy):
    assert verify(copy) == []


@pytest.mark.parametrize(("name", "damage"), DAMAGES.items())
def test_damage_is_named(copy, name, damage):
    with sqlite3.connect(copy) as db:
        db.executescript(damage)
    db.close()
    problems = verify(copy)
    assert problems
    assert name in problems[0]


def test_a_torn_file_is_no_sound_file(copy):
    with open(copy, "rb+") as file:  # noqa: PTH123
        file.truncate(8192)
    assert verify(copy)


def test_a_read_only_file_can_be_verified(copy):
    copy.chmod(0o444)
    before = copy.read_bytes()
    assert verify(copy) == []
    assert copy.read_bytes() == before


def test_a_file_that_others_read_meanwhile_can_be_verified(copy):
    with contextlib.closing(sqlite3.connect(copy)) as db:
        rows = db.execute("SELECT * FROM articles")
        assert next(rows)
        assert verify(copy) == []
        assert next(rows)


def test_what_is_not_sqlite_says_so(tmp_path):
    file = tmp_path / "x.db"
    file.write_text("no database" * 1000)
    assert "not a sound SQLite file" in verify(file)[0]
