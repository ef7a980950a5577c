"""The tokens of the index for programs without a segmenter."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.stranger import stranger_tokens


def test_nothing_is_joined_across_a_mark_or_space() -> None:
    assert stranger_tokens(["平台", ",", "商家", " ", "电商"]) == "平台 商家 电商"


def test_symbols_stay_with_their_word_but_not_the_marks_around_it() -> None:
    assert stranger_tokens(["(", "1688", ".", "com", ")", ","]).split() == ["1688", "com", "1688.com"]


def test_nothing_gives_nothing() -> None:
    assert stranger_tokens([]) == ""


@given(st.lists(st.sampled_from(["平台", "电商平台", "b2b", "2", ".", "+", ",", '"', " ", "\n"])))
def test_only_a_space_parts_the_tokens(cut: list[str]) -> None:
    tokens = stranger_tokens(cut)
    assert '"' not in tokens
    assert all(word in tokens.split() for word in cut if word.isalnum())
