"""Pictures: well-formed, with their numbers, whatever is drawn."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.serve.svg import bars, points, ranks

SVG = "{http://www.w3.org/2000/svg}"
TEXT = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S"]), max_size=8)
NUMBER = st.floats(allow_nan=True, allow_infinity=True)


@given(TEXT, st.lists(st.tuples(TEXT, NUMBER), max_size=70))
def test_any_values_give_xml_or_nothing(title: str, values: list[tuple[str, float]]) -> None:
    for draw in (bars, ranks):
        drawn = draw(title, values)
        assert not drawn or ElementTree.fromstring(drawn).findtext(f"{SVG}title") == title


@given(st.lists(st.tuples(st.one_of(TEXT, st.dates().map(str), st.just("2013")), NUMBER, TEXT), max_size=9))
def test_any_points_give_xml_or_nothing(values: list[tuple[str, float, str]]) -> None:
    drawn = points("t", values)
    assert not drawn or ElementTree.fromstring(drawn).tag == f"{SVG}svg"


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
