"""The functions of this package inside sqlite-utils, and its commands on a corpus as the README prints them."""

from __future__ import annotations

import json
import re
import shlex
import sqlite3
from pathlib import Path

import pytest
import sqlite_utils
from click.testing import CliRunner
from sqlite_utils.cli import cli
from sqlite_utils.plugins import pm

from corpus_db.serve import sqlite_utils as plugin

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")


@pytest.fixture(autouse=True)
def with_plugin():
    """sqlite-utils with our plugin, installed or not."""
    ours = not pm.is_registered(plugin)
    if ours:
        pm.register(plugin, name="corpus_db_under_test")
    yield
    if ours:
        pm.unregister(plugin)


def rows(*words: str) -> list[dict[str, object]]:
    result = CliRunner().invoke(cli, list(words), catch_exceptions=False)
    assert result.exit_code == 0, result.output
    return list(json.loads(result.output))


def test_the_functions_are_there() -> None:
    db = sqlite3.connect(":memory:")
    plugin.prepare_connection(db)
    assert db.execute("SELECT zh_fold('備貨節')").fetchone() == ("备货节",)


def test_the_commands_of_the_readme_answer(seeds_path: Path) -> None:
    commands = re.findall(r"`sqlite-utils ([^`]+)`", README)
    assert len(commands) == 2
    for command in commands:
        words = [str(seeds_path) if word == "corpus.db" else word for word in shlex.split(command)]
        assert rows(*words)


def test_its_search_and_rows_give_articles(corpus_path: Path) -> None:
    path = str(corpus_path)
    assert {row["key"] for row in rows("search", path, "articles", "电商平台", "-c", "key")} == {"a1", "a2", "a6"}
    assert rows("rows", path, "facts_quotes", "--limit", "1")[0]["speaker"] == "王芳"
    asked = "SELECT a.key FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH zh_query(:q)"
    assert {row["key"] for row in rows("query", path, asked, "-p", "q", "備貨節")} == {"a2"}
    assert rows("query", path, "SELECT zh_snippet(body, '平台', 10) AS s FROM articles WHERE key = 'a2'")[0]["s"]
    assert "articles" in {row["table"] for row in rows("tables", path)}


def test_its_python_library_has_the_functions(corpus_path: Path) -> None:
    db = sqlite_utils.Database(corpus_path)
    assert next(db.query("SELECT zh_segment('电商平台') AS words")) == {"words": "电商 平台"}
    db.close()
