"""Files cut by another segmenter, and files whose segmenter was taught names."""

import contextlib
import hashlib
import shutil
import sqlite3

import pytest
from click.testing import CliRunner

import corpus_db
from corpus_db.cli import main
from corpus_db.pipeline import build
from corpus_db.search import drift

NAME = "云上星河台"  # three words of the dictionary


@pytest.fixture
def foreign(seeds_path, tmp_path):
    """A file that says it was cut by a segmenter of another age."""
    path = shutil.copy(seeds_path, tmp_path / "foreign.db")
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE about SET value = '0.0.1' WHERE key = 'segmenter_version'")
    return path


def test_drift_is_told_once_and_everything_is_found(foreign, seeds_path):
    asked = CliRunner().invoke(main, ["search", str(foreign), "备货节"])
    same = CliRunner().invoke(main, ["search", str(seeds_path), "备货节"])
    assert asked.stdout == same.stdout != ""
    assert same.stderr == ""
    (line,) = asked.stderr.splitlines()
    assert "foreign.db: words were cut by" in line and "0.0.1" in line
    assert "0.0.1" in CliRunner().invoke(main, ["info", str(foreign)]).stderr


@pytest.fixture(scope="module")
def taught(tmp_path_factory):
    folder = tmp_path_factory.mktemp("taught")
    (folder / "a.txt").write_text(f"开张\n\n今天{NAME}开张了，许多人都来看，站满了整条街道。\n", encoding="utf-8")
    (folder / "b.txt").write_text("看星\n\n云上看得见星河，台上的人都抬起了头，谁也没有说话。\n", encoding="utf-8")
    lexicon = folder / "own.tsv"
    lexicon.write_text(f"name\tkind\taliases\n{NAME}\tproduct\t\n", encoding="utf-8")
    target = folder / "corpus.db"
    build([folder / "a.txt", folder / "b.txt"], target, lexicon=lexicon)
    with contextlib.closing(corpus_db.connect(target)) as db:
        yield db, lexicon


def test_a_name_of_the_own_lexicon_is_one_word(taught):
    db, lexicon = taught
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?"
    assert db.execute(sql, [f'body : "{NAME}"']).fetchall() == [(1,)]
    assert db.execute("SELECT zh_segment(?)", [f"在{NAME}"]).fetchone() == (f"在 {NAME}",)
    assert f'"{NAME}"' in db.execute("SELECT zh_query_any(?)", [NAME]).fetchone()[0]
    assert db.execute("SELECT name FROM entities WHERE kind = 'product'").fetchall() == [(NAME,)]
    (digest,) = db.execute("SELECT value FROM about WHERE key = 'lexicon_sha256'").fetchone()
    assert digest == hashlib.sha256(lexicon.read_bytes()).hexdigest()


def test_parts_of_a_taught_name_are_found_all_the_same(taught):
    db, _ = taught
    assert [hit.key for hit in corpus_db.search(db, "上星河")] == ["a.txt"]
    assert {hit.key for hit in corpus_db.search(db, "星河")} == {"a.txt", "b.txt"}


def test_a_file_without_these_facts_has_not_drifted():
    assert drift(sqlite3.connect(":memory:")) is None
