"""Words in context from Python and the command line."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus_db import sql
from corpus_db.cli import main
from corpus_db.search import Collocate, Line, collocates, concordance, connect


def test_records_have_the_columns_of_the_queries(corpus_path: Path) -> None:
    db = sqlite3.connect(corpus_path)
    for name, record in (("concordance", Line), ("collocates", Collocate)):
        query = sql.load(name)
        columns = [column for column, *_ in db.execute(query.sql, dict.fromkeys(query.params)).description]
        assert list(record._fields) == columns


def test_lines_and_collocates(corpus_path: Path) -> None:
    with connect(corpus_path) as db:
        lines = concordance(db, "平臺", width=2, site="example.net")
        found = collocates(db, "平台", least=2, window=1)
    assert [(line.key, line.left, line.node, line.right) for line in lines] == [("a10", "还有", "平台", "。")]
    assert [(one.word, one.together) for one in found] == [("电商", 3), ("增长", 2), ("要", 2), ("说", 2)]


def test_a_parameter_that_the_query_does_not_have(corpus_path: Path) -> None:
    with connect(corpus_path) as db, pytest.raises(TypeError, match="no parameter breadth"):
        concordance(db, "平台", breadth=3)


def test_the_command_keeps_the_middle_in_line(corpus_path: Path) -> None:
    done = CliRunner().invoke(main, ["concordance", str(corpus_path), "平台", "--width", "4"])
    assert done.exit_code == 0
    assert {line.index("[") for line in done.output.splitlines()} == {5}
    done = CliRunner().invoke(main, ["concordance", str(corpus_path), "平台", "--sample", "1", "--json"])
    assert json.loads(done.output)["node"] == "平台"
    done = CliRunner().invoke(main, ["concordance", str(corpus_path), "平台", "--subcorpus", "reprints", "--json"])
    assert {json.loads(line)["key"] for line in done.output.splitlines()} == {"a6"}
    done = CliRunner().invoke(main, ["concordance", str(corpus_path), "没有的词"])
    assert "nothing found" in done.output + (done.stderr if done.stderr_bytes else "")
