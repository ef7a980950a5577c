"""Names and titles as they may be typed: whatever the text, and nothing for what has no reading."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.spelt import of_name, of_names, of_titles

ROOT = Path(__file__).parents[2]
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


LOADED = """
import sys
from corpus_db.analysis import spelt
from corpus_db.prepare import warm
from corpus_db.prepared import Context
warm(Context())
assert "pypinyin" not in sys.modules
spelt.warm()
loaded = set(sys.modules)
assert "pypinyin" in loaded and spelt.of_names([("单田芳", "person", 1), ("重庆银行", "organisation", 1)])
assert set(sys.modules) == loaded
"""


def test_who_prepares_documents_does_not_hold_what_names_are_spelt_by_and_who_is_warm_loads_no_more():
    done = subprocess.run([sys.executable, "-c", LOADED], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
