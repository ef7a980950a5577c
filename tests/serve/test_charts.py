"""Pictures of the queries' rows: well-formed, with their numbers, whatever the rows hold."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db import sql
from corpus_db.serve.charts import bars, of_query, points, ranks

SVG = "{http://www.w3.org/2000/svg}"
TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=8)
NUMBER = st.floats(allow_nan=True, allow_infinity=True)


def rows(path: Path, name: str, **asked: object) -> list[sqlite3.Row]:
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    query = sql.load(name)
    return db.execute(query.sql, {**dict.fromkeys(query.params), **asked}).fetchall()


@given(TEXT, st.lists(st.tuples(TEXT, NUMBER), max_size=70))
def test_any_values_give_xml_or_nothing(title: str, values: list[tuple[str, float]]) -> None:
    for draw in (bars, ranks):
        drawn = draw(title, values)
        assert not drawn or ElementTree.fromstring(drawn).findtext(f"{SVG}title") == title


@given(st.lists(st.tuples(st.one_of(TEXT, st.dates().map(str), st.just("2013")), NUMBER, TEXT), max_size=9))
def test_any_points_give_xml_or_nothing(values: list[tuple[str, float, str]]) -> None:
    drawn = points("t", values)
    assert not drawn or ElementTree.fromstring(drawn).tag == f"{SVG}svg"


def test_a_year_without_the_word_is_a_bar_of_no_height(corpus_path: Path) -> None:
    drawn = ElementTree.fromstring(of_query("frequency", "电商平台", rows(corpus_path, "frequency", q="电商平台")))
    heights = [float(bar.get("height", "")) > 0 for bar in drawn.iter(f"{SVG}rect")]
    assert heights == [True, True, False, True]  # 2013, 2014, 2015, 2016


@pytest.mark.parametrize(
    ("name", "asked", "shown"),
    [
        ("collocates", {"q": "平台", "least": 2}, "电商"),
        ("figures", {"kind": "money"}, "2013-12-04: 41.9亿元"),
        ("frequency", {"q": "平台"}, "per million words, by year"),
    ],
)
def test_pictures_of_queries(corpus_path: Path, name: str, asked: dict[str, object], shown: str) -> None:
    assert shown in of_query(name, "平台", rows(corpus_path, name, **asked))


def test_no_picture_of_nothing_or_of_other_queries(corpus_path: Path) -> None:
    assert of_query("search", "平台", rows(corpus_path, "search", q="平台")) == ""
    for name in ("frequency", "collocates", "keyness", "figures"):
        assert of_query(name, "x", []) == ""


def test_a_lone_figure_is_not_drawn(corpus_path: Path) -> None:
    found = rows(corpus_path, "figures", kind="money")
    assert len(found) > 1
    assert of_query("figures", "x", found)
    assert of_query("figures", "x", found[:1]) == ""


def test_labels_are_escaped() -> None:
    assert "<b>" not in bars("<b>", [("<b>", 1.0)]) + ranks("<b>", [("<b>", 1.0)])


@pytest.mark.parametrize(
    ("days", "labels"),
    [
        (["2013-11-05", "2014-01-02"], ["2013-11", "2013-12", "2014-01"]),
        (["2013", "2016-06"], ["2013", "2014", "2015", "2016"]),
        (["2013-02-28"], ["2013-02"]),
    ],
)
def test_months_or_years_below_the_figures(days: list[str], labels: list[str]) -> None:
    drawn = ElementTree.fromstring(points("t", [(day, 10.0, "10") for day in days]))
    texts = [text.text or "" for text in drawn.iter(f"{SVG}text")]
    assert [text for text in texts if text.startswith("201")] == labels
    right = max(float(dot.get("cx", "")) for dot in drawn.iter(f"{SVG}circle"))
    assert right <= float(drawn.get("width", ""))
