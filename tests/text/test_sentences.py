"""Sentences hold all that a text shows; the first is found without the others, and those of many texts at once."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text import sentences

TEXTS = st.text(st.sampled_from('甲a1。！？!?｡…⋯..”）"  \n\u3000\x1c'), max_size=30)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("他走了。她没答！", ["他走了。", "她没答！"]),
        ("“好吗？！”他问。", ["“好吗？！”", "他问。"]),
        ("是……不是…", ["是……", "不是…"]),
        ("嗯⋯⋯好", ["嗯⋯⋯", "好"]),
        ("等等...好. 走. 2.0", ["等等...", "好.", "走. 2.0"]),
        ("一行\n\n另一行", ["一行", "另一行"]),
        ("。。。", ["。。。"]),
    ],
)
def test_sentences(text: str, parts: list[str]) -> None:
    assert sentences.split(text) == parts


@given(TEXTS)
def test_no_character_that_shows_is_lost(text: str) -> None:
    found = sentences.bounds(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)


@given(TEXTS)
def test_the_first_alone(text: str) -> None:
    assert sentences.first(text) == next(iter(sentences.bounds(text)), None)


@given(st.lists(TEXTS, max_size=4))
def test_many_texts_have_the_sentences_of_each_alone(texts: list[str]) -> None:
    number, line, start, end = (column.tolist() for column in sentences.of_all(texts))
    assert list(zip(number, start, end, strict=True)) == [
        (i, *place) for i, text in enumerate(texts) for place in sentences.bounds(text)
    ]
    assert line == [texts[i].count("\n", 0, at) for i, at in zip(number, start, strict=True)]
