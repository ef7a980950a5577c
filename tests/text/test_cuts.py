"""Words as lengths, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.cuts import LONGEST, cuts, spans, words_of
from corpus_db.text.segment import without_marks
from corpus_db.text.tokens import Tokens

TOKENS = st.lists(
    st.sampled_from(["电商", "平台", "的", "，", "。", " ", "b2b", "𠮷", "x" * 35, "x" * 36, "——", "1,000"])
)


def cut(texts: list[list[str]], sentences: list[tuple[int, int, int]]) -> list[str]:
    """The cuts of (text, start, end)."""
    number, start, end = np.array(sentences, np.intp).reshape(-1, 3).T
    return cuts(Tokens(texts), number, start, end)


@given(st.lists(TOKENS, max_size=4))
def test_the_words_come_back(texts: list[list[str]]) -> None:
    whole = [(number, 0, len("".join(tokens))) for number, tokens in enumerate(texts) if tokens]
    for (number, _, _), found in zip(whole, cut(texts, whole), strict=True):
        words = without_marks(texts[number])
        expected = [word[at : at + LONGEST] for word in words for at in range(0, len(word), LONGEST)]
        assert words_of("".join(texts[number]), found) == expected


@given(TOKENS, st.data())
def test_lengths_add_up_wherever_the_sentences_end(tokens: list[str], data: st.DataObject) -> None:
    text = "".join(tokens)
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    found = cut([tokens], [(0, start, end) for start, end in pairwise(edges)])
    assert [sum(int(digit, 36) or 1 for digit in one) for one in found] == [
        end - start for start, end in pairwise(edges)
    ]


def test_a_word_of_ten_is_a() -> None:
    assert cut([["internet++", "好"]], [(0, 0, 11)]) == ["a1"]
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
