"""Counts do not depend on how the documents are dealt out."""

import random

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.index_statistics import IndexStatistics

WORDS = ["电商", "平台", "天气", "供应链", "b2b"]


def count(texts: list[str], portions: int) -> IndexStatistics:
    total = IndexStatistics()
    for start in range(portions):
        part = IndexStatistics()
        part.add([f"题\n{text}" for text in texts[start::portions]])
        total.merge(part)
    return total


def test_portions_make_no_difference():
    rng = random.Random(3)
    texts = ["，".join(rng.choices(WORDS, k=4)) + f"{number}" for number in range(3_000)]
    one, many = count(texts, 1), count(texts, 7)
    assert one.char_rows() == many.char_rows() == count(texts, 150).char_rows()


@given(st.lists(st.text(st.sampled_from("电商b2，\U00020000")), max_size=6))
def test_the_share_of_a_character_is_that_of_the_documents_that_have_it(texts):
    counted = IndexStatistics()
    counted.add(texts)
    expected = {char: sum(char in text for text in texts) for text in texts for char in text if char.isalnum()}
    assert counted.char_rows() == [(char, round(expected[char] / len(texts), 6)) for char in sorted(expected)]


def test_shares():
    texts = [f"电商{number}" + ("平台" if number % 2 else "") for number in range(400)]
    counted = count(texts, 2)
    assert dict(counted.char_rows())["电"] == dict(counted.char_rows())["题"] == 1
    assert dict(counted.char_rows())["台"] == 0.5


def test_without_documents_there_are_no_characters():
    assert IndexStatistics().char_rows() == []


TEXTS = st.lists(st.text(st.sampled_from("电商b")), max_size=4)


@given(TEXTS, TEXTS)
def test_what_was_merged_can_be_taken_off(stay, leave):
    counted = count(stay + leave, 3)
    counted.take(count(leave, 2))
    assert counted.char_rows() == count(stay, 1).char_rows()
