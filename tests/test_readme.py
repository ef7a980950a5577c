"""The README: its commands exist, its SQL and Python run on the seeds, its pictures are there."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path

import pytest

import corpus_db
from corpus_db import sql
from corpus_db.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_commands_are_those_of_the_program():
    told = set(re.findall(r"^\| `corpus-db (\w+)", README, re.MULTILINE))
    assert told == set(main.commands)


@pytest.mark.parametrize("statement", [line for block in blocks("sql") for line in block.splitlines() if line])
def test_the_sql_answers_in_stock_sqlite(seeds: sqlite3.Connection, statement: str):
    assert seeds.execute(statement).fetchall()


def test_the_python_runs(seeds_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(seeds_path.parent)
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {})
    assert "1688" in capsys.readouterr().out


def test_the_tables_are_those_of_the_file(seeds: sqlite3.Connection):
    rows = re.search(r"## What is in the file\n\n(.*?)\n\n", README, re.DOTALL)[1].splitlines()[2:]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    there = {name for (name,) in seeds.execute("SELECT table_name FROM descriptions")}
    helpers = {
        name for (name,) in seeds.execute("SELECT name FROM sqlite_master WHERE name LIKE '%\\_bounds' ESCAPE '\\'")
    }
    indexes = {
        "articles_fts",
        "articles_search",
        "folds",
        "char_kinds",
        "char_stats",
        "common_tokens",
        "lexicon_words",
        "pinyin",
        "logs",
    }
    assert told <= there
    assert there - told - helpers - indexes == set()


@pytest.mark.parametrize(
    "typed", re.findall(r"^\| `([^`]+)` \| ", README.partition("## Searching")[2].partition("## ")[0], re.M)
)
def test_what_it_says_to_type_finds_something(seeds_path: Path, typed: str):
    with corpus_db.connect(seeds_path) as db:
        assert corpus_db.search(db, typed)


def test_the_pages_that_it_links_are_there():
    for page in re.findall(r"(?<!!)\[[^]]+\]\((?!http)([^)#]+)\)", README):
        assert (ROOT / page).is_file(), page


def test_the_questions_about_language_are_canned_queries():
    section = README.partition("## Questions about language")[2].partition("\n\nEach")[0]
    told = {
        name for row in section.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }
    assert told == {*sql.QUERIES} & told
    assert len(told) == 9


def test_the_pictures_are_there():
    for picture in re.findall(r"!\[[^]]+\]\(([^)]+)\)", README):
        assert (ROOT / picture).is_file(), picture
