"""How much of a sentence stands in a text, by which captions and summaries are told."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean.captions import captions, covered, repeats, summary
from corpus_db.clean.paragraphs import Block
from tests.clean.sources import PARAGRAPHS

TEXTS = st.text("甲乙丙丁1，。 ", max_size=14)
RUNS = st.integers(2, 5)


@given(TEXTS, TEXTS, RUNS)
def test_a_share_lies_between_0_and_1_and_longer_runs_cover_no_more(sentence: str, text: str, run: int) -> None:
    share = covered(sentence, text, run)
    assert 0 <= covered(sentence, text, run + 1) <= share <= 1


@given(TEXTS, TEXTS, TEXTS, RUNS)
def test_a_text_covers_what_stands_in_it(before: str, sentence: str, after: str, run: int) -> None:
    shown = any(char.isalnum() for char in sentence)
    assert covered(sentence, before + sentence + after, run) == float(shown and len(sentence) >= run)


@given(st.lists(st.sampled_from(PARAGRAPHS), max_size=6))
def test_with_the_captions_no_character_is_lost(texts: list[str]) -> None:
    blocks, at = [], 0
    for text in texts:
        blocks.append(Block(((at, at + len(text)),), text))
        at += len(text) + 1
    kept, marks = captions(blocks)
    taken = sum(mark.end - mark.start for mark in marks)
    assert sum(len(one.text) for one in kept) + taken == sum(map(len, texts))
    assert [one.text for one in summary(blocks)] == texts


def test_a_number_or_a_negation_more_is_no_repetition() -> None:
    text = "船夫姓何，他有一台旧电话，用来看天气，桥通了以后他就不用了。"
    assert repeats("船夫姓何，他有一台旧电话，用来看天气。", text)
    assert not repeats("船夫姓何，他有2台旧电话，用来看天气。", text)
    assert not repeats("船夫姓何，他没有一台旧电话，用来看天气。", text)
