"""Words as lengths, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.cuts import LONGEST, cuts, spans, words_of
from corpus_db.text.segment import without_marks
from corpus_db.text.tokens import Tokens

TOKENS = st.lists(
    st.sampled_from(["电商", "平台", "的", "，", "。", " ", "b2b", "𠮷", "x" * 35, "x" * 36, "——", "1,000"])
)


@given(st.lists(TOKENS, max_size=4))
def test_the_words_come_back(texts: list[list[str]]) -> None:
    whole = [[(0, len("".join(tokens)))] if tokens else [] for tokens in texts]
    for tokens, found in zip(texts, cuts(Tokens(texts), whole), strict=True):
        expected = [word[at : at + LONGEST] for word in without_marks(tokens) for at in range(0, len(word), LONGEST)]
        assert [word for cut in found for word in words_of("".join(tokens), cut)] == expected


@given(TOKENS, st.data())
def test_lengths_add_up_wherever_the_sentences_end(tokens: list[str], data: st.DataObject) -> None:
    text = "".join(tokens)
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    bounds = list(pairwise(edges))
    (found,) = cuts(Tokens([tokens]), [bounds])
    assert [sum(int(digit, 36) or 1 for digit in cut) for cut in found] == [end - start for start, end in bounds]


def test_a_word_of_ten_is_a() -> None:
    assert cuts(Tokens([["internet++", "好"]]), [[(0, 11)]]) == [["a1"]]
    assert list(spans("a1")) == [(0, 10), (10, 11)]


def test_the_build_writes_them_unless_told_not_to(corpus: Callable[..., sqlite3.Connection]) -> None:
    files: dict[str, str | bytes] = {"a.txt": "电商平台增长很快。王芳说：“好。”\n他说好。\n"}
    asked = "SELECT s.text, b.cuts FROM sentences s JOIN sentence_bounds b USING (id)"
    assert corpus(files).execute(asked).fetchall() == [
        ("电商平台增长很快。", "22220"),
        ("王芳说：“好。”", "11100100"),
        ("他说好。", "120"),
    ]
    assert corpus(files, keep_tokens=False).execute("SELECT count(cuts) FROM sentence_bounds").fetchone() == (0,)
