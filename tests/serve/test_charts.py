"""Pictures of the queries' rows: those that suit them, and none where there is nothing to show."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest

from corpus_db import sql
from corpus_db.serve.charts import of_query

SVG = "{http://www.w3.org/2000/svg}"


def rows(path: Path, name: str, **asked: object) -> list[sqlite3.Row]:
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    query = sql.load(name)
    return db.execute(query.sql, {**dict.fromkeys(query.params), **asked}).fetchall()


def test_a_year_without_the_word_is_a_bar_of_no_height(corpus_path: Path) -> None:
    drawn = ElementTree.fromstring(of_query("frequency", "电商平台", rows(corpus_path, "frequency", q="电商平台")))
    heights = [float(bar.get("height", "")) > 0 for bar in drawn.iter(f"{SVG}rect")]
    assert heights == [True, True, False, True]  # 2013, 2014, 2015, 2016


@pytest.mark.parametrize(
    ("name", "asked", "shown"),
    [
        ("collocates", {"q": "平台", "least": 2}, "电商"),
        ("figures", {"kind": "money"}, "2013-12-04: 41.9亿元"),
        ("frequency", {"q": "平台"}, "2013: "),
    ],
)
def test_pictures_of_queries(corpus_path: Path, name: str, asked: dict[str, object], shown: str) -> None:
    drawn = of_query(name, "平台", rows(corpus_path, name, **asked), "by whatever")
    assert shown in drawn and "by whatever" in drawn


def test_no_picture_of_nothing_or_of_other_queries(corpus_path: Path) -> None:
    assert of_query("search", "平台", rows(corpus_path, "search", q="平台")) == ""
    for name in ("frequency", "collocates", "keyness", "figures"):
        assert of_query(name, "x", []) == ""


def test_a_lone_figure_is_not_drawn(corpus_path: Path) -> None:
    found = rows(corpus_path, "figures", kind="money")
    assert len(found) > 1
    assert of_query("figures", "x", found)
    assert of_query("figures", "x", found[:1]) == ""
