"""Where sentences end, one text at a time or many; they hold all that a text shows, and the first is found without the others."""

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
        ("他走了。她没答！", ["他走了。", "她没答！"]),
        ("“好吗？！”他问。", ["“好吗？！”", "他问。"]),
        ("是……不是…", ["是……", "不是…"]),
        ("嗯⋯⋯好", ["嗯⋯⋯", "好"]),
        ("等等...好. 走. 2.0", ["等等...", "好.", "走. 2.0"]),
        ("一行\n\n另一行", ["一行", "另一行"]),
        ("。。。", ["。。。"]),
    ],
)
def test_bounds(text: str, expected: list[str]) -> None:
    assert [text[start:end] for start, end in sentences.bounds(text)] == expected


@given(st.lists(st.lists(st.sampled_from(PIECES), max_size=12).map("".join), max_size=4))
def test_many_texts_have_the_sentences_of_each_alone(texts: list[str]) -> None:
    number, line, start, end = (column.tolist() for column in sentences.of_all(texts))
    assert list(zip(number, start, end, strict=True)) == [
        (i, *place) for i, text in enumerate(texts) for place in sentences.bounds(text)
    ]
    assert line == [texts[i].count("\n", 0, at) for i, at in zip(number, start, strict=True)]


TEXTS = st.text(st.sampled_from('甲a1。！？!?｡…⋯..”）"  \n\u3000\x1c'), max_size=30)


@given(TEXTS)
def test_no_character_that_shows_is_lost(text: str) -> None:
    found = sentences.bounds(text)
    assert "".join("".join(text[start:end].split()) for start, end in found) == "".join(text.split())
    assert all(text[start:end] == text[start:end].strip() != "" for start, end in found)


@given(TEXTS)
def test_the_first_alone(text: str) -> None:
    assert sentences.first(text) == next(iter(sentences.bounds(text)), None)


@given(st.sets(st.integers(1, 60)), st.integers(0, 80))
def test_an_offset_lies_in_the_last_sentence_that_begins_at_or_before_it(starts, offset):
    starts = [0, *sorted(starts)]
    assert sentences.SentenceStarts(7, starts).at(offset) == 7 + max(
        i for i, start in enumerate(starts) if start <= offset
    )


def test_an_article_without_sentences_has_none():
    assert sentences.SentenceStarts(0, []).at(3) is None
