"""Other engines over the Parquet files give the answers that the corpus file gives; the README's examples run."""

from __future__ import annotations

import importlib.util
import re
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

import corpus_db

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
# What is typed → the character pairs that a ClickHouse user writes for each term: those of Han by ngrams, others as they
# stand; then how the terms are put together.
PHRASE = "(has_phrase(title_bigrams, {0}) OR has_phrase(body_bigrams, {0}))"
BEGINS = "arrayExists(t -> startsWith(t, '{0}'), arrayConcat(title_bigrams, body_bigrams))"


def phrase(pairs):
    return PHRASE.format(pairs if pairs.startswith("[") else f"ngrams('{pairs}', 2)")


SEARCHES = {
    "电商平台": phrase("电商平台"),
    "備貨節": phrase("备货节"),
    "平台要为": phrase("平台要为"),
    "Ｂ２Ｂ平台": phrase("['b2b', '平台']"),
    "9亿元": phrase("['9', '亿元']"),
    "41.9亿元": phrase("['41.9', '亿元']"),
    "13,000家店": phrase("['13000', '家店']"),
    "1688.com": phrase("['1688', '.', 'com']"),
    "C++": phrase("['c', '+', '+']"),
    "iPhone 5": phrase("['iphone', '5']"),
    "商": BEGINS.format("商"),
    "taob*": BEGINS.format("taob"),
    "王芳 平台": f"{phrase('王芳')} AND {phrase('平台')}",
    "平台 -王芳": f"{phrase('平台')} AND NOT {phrase('王芳')}",
    "供应链 OR 备货节": f"{phrase('供应链')} OR {phrase('备货节')}",
    "title:平台": "has_phrase(title_bigrams, ngrams('平台', 2))",
    "year:2013..2014 平台": f"{phrase('平台')} AND year BETWEEN 2013 AND 2014",
    "site:example.org 平台": f"{phrase('平台')} AND site = 'example.org'",
    "没有这个": phrase("没有这个"),
}
# The same question to both: in SQL, over tables of the same names.
FACTS = (
    "SELECT DISTINCT key FROM articles JOIN figures ON article_id = articles.id WHERE kind = 'money' AND value >= 1e9",
    "SELECT DISTINCT key FROM articles JOIN figures ON article_id = articles.id WHERE value BETWEEN 20 AND 40 AND unit = '%'",
    "SELECT DISTINCT key FROM articles JOIN dates ON article_id = articles.id WHERE start_date <= '2013-12-31' AND end_date >= '2013-05-15'",
    "SELECT DISTINCT key FROM articles JOIN quotes ON article_id = articles.id WHERE speaker = '王芳'",
    "SELECT DISTINCT key FROM articles JOIN mentions ON article_id = articles.id JOIN entities ON entities.id = entity_id WHERE name = '王芳'",
    "SELECT DISTINCT key FROM articles JOIN similar ON article_id = articles.id WHERE relation = 'reprint'",
)


def blocks(marked):
    """The README's blocks whose fence is followed by `marked`."""
    return re.findall(rf"```{marked}\n(.*?)```", README, re.DOTALL)


def statements(marked):
    return [statement.strip() for block in blocks(marked) for statement in block.split(";") if statement.strip()]


class ClickHouse:
    """ClickHouse in this process, with the tables of one release."""

    def __init__(self, folder: Path, session) -> None:
        self._session = session
        self.session_folder = folder
        for statement in SET_UP:
            self.ask(statement)
        for path in sorted((folder / "parquet").glob("*.parquet")):
            if path.stem != "articles":
                self.ask(f"CREATE TABLE {path.stem} ENGINE = MergeTree ORDER BY tuple() AS SELECT * FROM file('release/parquet/{path.name}')")  # fmt: skip

    def ask(self, statement: str) -> list[list[str]]:
        """The rows that it answers, as text."""
        statement = statement.replace("'release/", f"'{self.session_folder}/")
        answer = str(self._session.query(statement, "TabSeparated"))
        return [line.split("\t") for line in answer.splitlines()]

    def keys(self, statement: str) -> set[str]:
        """The first column of what it answers."""
        return {row[0] for row in self.ask(statement)}


SET_UP = statements("sql clickhouse setup")


@pytest.fixture(scope="session")
def session():
    chdb = pytest.importorskip("chdb.session", reason="chdb has no wheel for this system")
    with chdb.Session() as opened:
        yield opened


@pytest.fixture(scope="module")
def clickhouse(session, release):
    session.query("CREATE DATABASE short")
    session.query("USE short")
    return ClickHouse(release, session)


@pytest.mark.parametrize(("typed", "condition"), SEARCHES.items())
def test_clickhouse_finds_the_same_articles(clickhouse, corpus_path, typed, condition):
    db = corpus_db.connect(corpus_path)
    expected = {hit.key for hit in corpus_db.search(db, typed, limit=100)}
    assert clickhouse.keys(f"SELECT key FROM articles WHERE {condition}") == expected


def test_the_searches_above_are_not_all_empty(corpus_path):
    db = corpus_db.connect(corpus_path)
    assert [typed for typed in SEARCHES if not corpus_db.search(db, typed)] == ["没有这个"]


@pytest.mark.parametrize("question", FACTS)
def test_clickhouse_answers_questions_of_facts_alike(clickhouse, corpus_path, question):
    expected = {key for (key,) in sqlite3.connect(corpus_path).execute(question)}
    assert expected
    assert clickhouse.keys(question) == expected


@pytest.fixture(scope="module")
def seeds_clickhouse(session, seeds_release):
    session.query("CREATE DATABASE seeds")
    session.query("USE seeds")
    session.query("DROP FUNCTION IF EXISTS has_phrase")
    return ClickHouse(seeds_release, session)


@pytest.mark.parametrize("statement", statements("sql clickhouse"))
def test_the_clickhouse_of_the_readme_answers(seeds_clickhouse, statement):
    assert seeds_clickhouse.ask(statement)


@pytest.mark.parametrize("library", ["duckdb", "pandas"])
def test_the_python_of_the_readme_answers(library, seeds_release):
    if importlib.util.find_spec(library) is None:
        pytest.skip(f"{library} is not installed")
    (code,) = [block for block in blocks("python release") if f"import {library}" in block]
    # In a process of its own: at the end of its process, DuckDB tells of what its bindings have not given back.
    command = [sys.executable, "-X", "utf8", "-c", code]
    answer = subprocess.run(
        command, cwd=seeds_release.parent, capture_output=True, text=True, encoding="utf-8", check=True
    )
    assert "41.9亿元" in answer.stdout


def test_the_release_commands_of_the_readme_run(seeds_path, tmp_path, monkeypatch):
    from click.testing import CliRunner

    from corpus_db.cli import main

    monkeypatch.chdir(tmp_path)
    shutil.copy(seeds_path, "corpus.db")
    (block,) = blocks("sh release")
    for line in block.splitlines():
        program, *arguments = line.partition("  #")[0].split()
        assert program == "corpus-db"
        result = CliRunner().invoke(main, arguments)
        assert result.exit_code == 0, result.output
