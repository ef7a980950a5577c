"""The command line: exit statuses, one line for what went wrong, a summary for what went right."""

import contextlib
import json
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

import corpus_db
from corpus_db.cli import main

ROOT = Path(__file__).parents[1]


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_build_prints_the_summary(tmp_path):
    result = run("build", ROOT / "seeds", "-o", tmp_path / "c.db")
    assert result.exit_code == 0
    lines = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert "5 articles from 5 documents" in result.stdout
    assert {"duplicates", "rejected", "time", "sha256", "logical"} <= set(lines)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["build", "missing-folder"], 2, "missing-folder: no such file or folder"),
        (["build", "--jobs", "0"], 2, "Invalid value"),
        (["verify", "missing.db"], 2, "missing.db: no such file"),
        (["search", "missing.db", "x"], 2, "missing.db: no such file"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(arguments, status, says):
    result = run(*arguments)
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_no_corpus_is_refused_in_one_line(tmp_path):
    (tmp_path / "x.db").write_text("no database" * 500)
    for command in (["verify", tmp_path / "x.db"], ["search", tmp_path / "x.db", "x"], ["info", tmp_path / "x.db"]):
        result = run(*command)
        assert result.exit_code == 1
        assert "x.db" in result.stderr
        assert "Traceback" not in result.stderr
        assert result.stderr.count("\n") == 1


def test_a_folder_is_no_corpus(tmp_path):
    for command in (["search", tmp_path, "x"], ["info", tmp_path]):
        result = run(*command)
        assert (result.exit_code, "a folder, no corpus file" in result.stderr) == (2, True)


def test_search_and_info_and_verify(seeds_path):
    assert run("search", seeds_path, "備貨節").stdout.count("备货") >= 2
    hits = [json.loads(line) for line in run("search", seeds_path, "戴珊", "--json").stdout.splitlines()]
    assert [hit["key"][:3] for hit in hits] == ["004"]
    assert "logical_digest" in run("info", seeds_path).stdout
    assert run("verify", seeds_path).stdout.endswith("sound\n")


def test_eval_prints_one_json_line(seeds_path, tmp_path):
    with contextlib.closing(corpus_db.connect(seeds_path)) as db:
        key, title = db.execute("SELECT key, title FROM articles WHERE title IS NOT NULL LIMIT 1").fetchone()
    questions = tmp_path / "questions.jsonl"
    questions.write_text(json.dumps({"id": 1, "text": title, "relevant": [key]}), encoding="utf-8")
    for mode in ("any", "all"):
        (line,) = run("eval", seeds_path, questions, "--mode", mode).stdout.splitlines()
        figures = json.loads(line)
        assert {"recall@1", "recall@10", "zero_hits", "p50_ms", "p95_ms"} <= figures.keys()
        assert (figures["queries"], figures["mode"], figures["mrr@10"]) == (1, mode, 1.0)
    questions.write_text("{}\n")
    result = run("eval", seeds_path, questions)
    assert (result.exit_code, "questions.jsonl:1: not a question" in result.stderr) == (2, True)


def test_search_offers_what_would_find_something(seeds_path):
    result = run("search", seeds_path, "备货节 没有这个词儿")
    assert result.exit_code == 0 and result.stdout == ""
    (offered,) = (line for line in result.stderr.splitlines() if line.startswith("  备货节 "))
    with contextlib.closing(corpus_db.connect(seeds_path)) as db:
        found = len(corpus_db.search(db, "备货节"))
    assert offered.split(maxsplit=1)[1] == f"{found} found, without 没有这个词儿"
    assert run("search", seeds_path, "，").stderr == "nothing found\n"


def test_python_m_and_build_db_are_the_same_command(tmp_path):
    for command in (["-m", "corpus_db", "build"], ["build_db.py"]):
        done = subprocess.run(
            [sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert "--only" in done.stdout


ASKING = {
    "search": ["search", "FILE", "淘宝"],
    "concordance": ["concordance", "FILE", "平台"],
    "info": ["info", "FILE"],
    "eval": ["eval", "FILE", "questions.jsonl"],
    "export": ["export", "FILE", "release"],
    "verify": ["verify", "FILE"],
}


def refused(command, path, folder):
    """What `command` says to the file at `path`, in one line, before it has written anything."""
    (folder / "questions.jsonl").write_text('{"text": "淘宝", "relevant": ["a"]}')
    named = {"FILE": path, "questions.jsonl": folder / "questions.jsonl", "release": folder / "release"}
    result = run(*(named.get(word, word) for word in ASKING[command]))
    assert result.exit_code == 1
    assert isinstance(result.exception, SystemExit)
    assert not (folder / "release").exists()
    return result.stderr


@pytest.mark.parametrize("command", ASKING)
def test_a_file_of_a_newer_schema_is_refused(command, seeds_path, tmp_path):
    path = shutil.copy(seeds_path, tmp_path / "newer.db")
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    assert "newer.db: made by a newer corpus-db (schema 99, this one knows 1)" in refused(command, path, tmp_path)


@pytest.mark.parametrize("command", ASKING)
def test_a_file_with_articles_of_another_make_is_refused(command, tmp_path):
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as db:
        db.executescript(
            "CREATE TABLE articles(id, title, body); CREATE VIRTUAL TABLE articles_fts USING fts5(title, body)"
        )
    assert "other.db: not a corpus" in refused(command, tmp_path / "other.db", tmp_path)


@pytest.mark.parametrize("command", ASKING)
def test_damage_is_told_with_the_name_of_the_file(command, seeds_path, tmp_path):
    path = shutil.copy(seeds_path, tmp_path / "damaged.db")
    with contextlib.closing(sqlite3.connect(path)) as db:
        ((size,),) = db.execute("PRAGMA page_size").fetchall()
        first_pages = db.execute(
            "SELECT rootpage FROM sqlite_schema WHERE name IN ('articles', 'articles_fts_data')"
        ).fetchall()
    with path.open("r+b") as file:
        for (page,) in first_pages:
            file.seek((page - 1) * size)
            file.write(b"\xff" * size)
    assert "damaged.db: " in refused(command, path, tmp_path)


@pytest.mark.parametrize("command", [*ASKING, "build"])
def test_an_sqlite_that_is_too_old_is_named(command, seeds_path, tmp_path, monkeypatch):
    monkeypatch.setattr(sqlite3, "sqlite_version_info", (3, 34, 1))
    monkeypatch.setattr(sqlite3, "sqlite_version", "3.34.1")
    if command == "build":
        result = run("build", ROOT / "seeds", "-o", tmp_path / "c.db")
        assert (result.exit_code, (tmp_path / "c.db").exists()) == (1, False)
        said = result.stderr
    else:
        said = refused(command, seeds_path, tmp_path)
    assert "this Python has SQLite 3.34.1, a corpus file needs 3.37 or newer" in said


def test_eval_counts_the_keys_that_no_article_has(seeds_path, tmp_path):
    with contextlib.closing(corpus_db.connect(seeds_path)) as db:
        (key,) = db.execute("SELECT key FROM articles LIMIT 1").fetchone()
    (tmp_path / "q.jsonl").write_text(json.dumps({"text": "淘宝", "relevant": [key, "no such key"]}))
    assert json.loads(run("eval", seeds_path, tmp_path / "q.jsonl").stdout)["unknown_keys"] == 1
