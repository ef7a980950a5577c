"""Folding: idempotent, a part's fold is part of the fold, every offset leads back."""

import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_db.text.fold import fold, fold_aligned, fold_all, fold_map, fold_offsets, fold_table

CASES = {
    "備貨節": "备货节",
    "Ｏ２Ｏ平台": "o2o平台",
    "13,000家": "13000家",
    "1,234,567.89": "1234567.89",
    "13,00": "13,00",
    "2013,100": "2013,100",
    "5～8—10": "5~8-10",
    "“好”「好」": '"好""好"',
    "㎡ﬁ": "m2fi",
    "a\u200bb\ufeff": "ab",
    "a\0": "a",
}


@pytest.mark.parametrize(("text", "folded"), CASES.items())
def test_cases(text, folded):
    assert fold(text) == folded


TEXT = st.text(st.sampled_from("備货節ＯoA２3,.，～—“㎡ﬁ\u200b é\n") | st.characters(), max_size=40)


@given(TEXT)
def test_idempotent(text):
    assert fold(fold(text)) == fold(text)


@given(TEXT, TEXT)
def test_the_fold_of_a_part_is_a_part_of_the_fold(a, b):
    if not re.search(r"[\d,]\Z", fold(a)) and not re.match(r"[\d,]", fold(b)):
        assert fold(a) + fold(b) == fold(a + b)


@given(TEXT)
def test_every_offset_leads_back_to_the_original(text):
    folded, offsets = fold_map(text)
    assert folded == fold(text)
    assert len(offsets) == len(folded) + 1
    assert offsets == sorted(offsets)
    for i, char in enumerate(folded):
        assert char in fold(text[offsets[i]])
    assert fold_offsets(text, *fold_all([text])).tolist() == offsets[:-1]


@given(TEXT)
def test_the_aligned_fold_is_as_long_as_the_text(text):
    assert len(fold_aligned(text)) == len(text)


def test_the_table_folds_every_single_character_as_the_function_does():
    table = dict(fold_table())
    chars = [chr(code) for code in range(0x21, 0x32400) if not 0xD800 <= code < 0xE000]
    assert [c for c in chars if table.get(c, c) != fold(c)] == []


@given(st.lists(TEXT))
@example(["㉑,234", "1,㎡000", "2,345㉑…", ","])
def test_many_texts_fold_as_each_alone(texts):
    assert fold_all(texts) == [(fold(text), fold_aligned(text)) for text in texts]


def test_radicals_stand_for_the_characters_that_they_look_like() -> None:
    assert fold("⻓⻋⻔⽅⾯⺠⻰") == fold("长车门方面民龙") == "长车门方面民龙"
