"""Words as numbers, and back."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.cuts import NUMBERS, cuts, spans, words_of
from corpus_db.text.segment import without_marks
from corpus_db.text.tokens import Tokens

TOKENS = st.lists(
    st.sampled_from(["电商", "平台", "的", "，", "。", " ", "b2b", "𠮷", "x" * 35, "x" * 36, "——", "1,000"])
)


def cut(texts: list[list[str]], sentences: list[tuple[int, int, int]]) -> list[bytes]:
    """The cuts of (text, start, end)."""
    number, start, end = np.array(sentences, np.intp).reshape(-1, 3).T
    return cuts(Tokens(texts), number, start, end)


@given(st.lists(TOKENS, max_size=4))
def test_the_words_come_back(texts: list[list[str]]) -> None:
    whole = [(number, 0, len("".join(tokens))) for number, tokens in enumerate(texts) if tokens]
    for (number, _, _), found in zip(whole, cut(texts, whole), strict=True):
        assert words_of("".join(texts[number]), found) == without_marks(texts[number])


@given(TOKENS, st.data())
def test_the_characters_of_words_are_numbered_wherever_the_sentences_end(
    tokens: list[str], data: st.DataObject
) -> None:
    text = "".join(tokens)
    edges = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    bounds = list(pairwise(edges))
    in_word = [token in without_marks([token]) for token in tokens for _ in token]
    for (start, end), found in zip(bounds, cut([tokens], [(0, *places) for places in bounds]), strict=True):
        digits = found.hex()
        assert [digit != "0" for digit in digits[: end - start]] == in_word[start:end]
        assert digits[end - start :] == "0" * ((end - start) % 2)
        numbers = [int(digits[at], 16) for at, _ in spans(found)]
        assert numbers == [1 + i % NUMBERS for i in range(len(numbers))]


def test_the_sixteenth_word_is_one_again() -> None:
    (found,) = cut([["好"] * 14 + ["平台", "好", "电商"]], [(0, 0, 19)])
    assert found.hex() == "123456789abcdeff1220"


def test_the_build_writes_them_unless_told_not_to(corpus: Callable[..., sqlite3.Connection]) -> None:
    files: dict[str, str | bytes] = {"a.txt": "电商平台增长很快。王芳说：“好。”\n他说好。\n"}
    asked = "SELECT s.text, hex(b.cuts) FROM sentences s JOIN sentence_bounds b USING (id)"
    assert corpus(files).execute(asked).fetchall() == [
        ("电商平台增长很快。", "1122334400"),
        ("王芳说：“好。”", "12300400"),
        ("他说好。", "1220"),
    ]
    assert corpus(files, keep_tokens=False).execute("SELECT count(cuts) FROM sentence_bounds").fetchone() == (0,)
