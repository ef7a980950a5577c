"""Names in Latin letters: as pypinyin reads them, surnames aside."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypinyin import lazy_pinyin
from pypinyin.constants import PHRASES_DICT

from corpus_db.text.pinyin import spellings, typed

PHRASES = st.sampled_from(sorted(PHRASES_DICT))
PARTS = PHRASES.flatmap(
    lambda phrase: st.integers(1, len(phrase)).map(lambda size: phrase[:size])
)  # and what begins so
NAMES = st.lists(PHRASES | PARTS | st.text(max_size=3) | st.sampled_from("马〇㐀𠀀豈aB1 ·\n"), max_size=5).map("".join)


def read(name: str) -> list[str]:
    syllables = lazy_pinyin(name.lower())
    forms = ["".join(syllables), "".join(syllable[0] for syllable in syllables)]
    latin = ("".join(char for char in form if char in "abcdefghijklmnopqrstuvwxyz0123456789") for form in forms)
    return list(dict.fromkeys(filter(None, latin)))


@given(NAMES)
def test_a_name_is_spelt_as_pypinyin_reads_it(name):
    assert spellings(name) == read(name)


@given(NAMES)
def test_a_person_is_read_so_too_behind_the_surname(name):
    assert spellings("田" + name, person=True) == read("田" + name)
    found = spellings("单" + name, person=True)
    assert found[0] == "shan" + "".join(read(name)[:1])
    assert set(read("单" + name)) <= set(found)


@pytest.mark.parametrize(
    ("name", "forms"),
    [
        ("重庆", ["chongqing", "cq"]),  # a phrase
        ("女篮", ["nvlan", "nl"]),
        ("TCL集团", ["tcljituan", "tjt"]),  # Latin letters are one syllable
        ("单田芳", ["shantianfang", "stf", "dantianfang", "dtf"]),
    ],
)
def test_what_may_be_typed(name, forms):
    assert spellings(name, person=True) == forms
    assert all(typed(form) == form for form in forms)
