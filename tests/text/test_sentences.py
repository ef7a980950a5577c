"""Where sentences end, one text at a time or many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text import sentences

# What ends a sentence, closes it, parts it or only looks like it.
PIECES = ["好", "b", "B", "2", "。", "！", "!", "｡", "…", "⋯", ".", "”", "》", "“", "，", " ", "\u3000", "\n", "\x1f"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("她没答……走了！", ["她没答……", "走了！"]),
        ("“走！”他说。", ["“走！”", "他说。"]),
        ("Ver. 2.0 出了。It is. So what", ["Ver. 2.0 出了。", "It is.", "So what"]),
        (" 一行\n\n又一行 ", ["一行", "又一行"]),
        ("\n 。\n", ["。"]),
        ("", []),
    ],
)
def test_split(text: str, expected: list[str]) -> None:
    assert sentences.split(text) == expected


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=4))
def test_many_texts_have_the_sentences_of_each_alone(texts: list[str]) -> None:
    number, line, start, end = (column.tolist() for column in sentences.of_all(texts))
    assert list(zip(number, start, end, strict=True)) == [
        (i, *place) for i, text in enumerate(texts) for place in sentences.bounds(text)
    ]
    assert line == [texts[i].count("\n", 0, at) for i, at in zip(number, start, strict=True)]
