"""Names and titles as they may be typed: whatever the text, and nothing for what has no reading."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.spelt import of_name, of_names, of_titles

LETTERS = st.text(st.characters(min_codepoint=0x3000, max_codepoint=0x9FFF) | st.characters(), max_size=30)


@given(LETTERS)
def test_every_text_gives_forms_of_latin_letters_and_digits(text):
    rows = [*of_titles([text]), *of_name(text, "person", 2)]
    assert all(form.isascii() and form.isalnum() and name for form, name, _ in rows)


@pytest.mark.parametrize("title", ["ガガガ", "가나다", "ㄅㄆㄇ", "", "。，"])
def test_what_has_no_reading_has_no_form(title):
    assert list(of_titles([title])) == []


def test_a_title_is_spelt_as_far_as_one_may_type_it():
    rows = list(of_titles(["阿里巴巴为什么还在扶持小卖家"]))  # twelve characters, and no initials of so many
    assert rows == [("alibabaweishenmehaizaifuchixiao", "阿里巴巴为什么还在扶持小", 1)]
    assert list(of_titles(["马云"])) == [("mayun", "马云", 1), ("my", "马云", 1)]


def test_places_are_not_spelt():
    assert of_names([("杭州", "place", 3), ("马云", "person", 2)]) == [("mayun", "马云", 2), ("my", "马云", 2)]
