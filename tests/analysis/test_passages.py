"""What two texts share: the passage stands in both, and none is longer."""

import string

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.passages import PASSAGE, Comparable, compare, longest_common

FEW = st.text(string.ascii_lowercase[:3], max_size=60)


def is_longest(a: str, b: str) -> bool:
    i, j, length = longest_common(Comparable(a), Comparable(b))
    assert a[i : i + length] == b[j : j + length]
    longest = max((n for n in range(len(a) + 1) for s in range(len(a) - n + 1) if a[s : s + n] in b), default=0)
    return length == (longest if longest >= PASSAGE else 0)


@given(FEW, FEW)
def test_the_common_passage_stands_in_both_and_is_the_longest(a, b):
    assert is_longest(a, b)


@given(FEW, FEW, FEW, FEW, FEW)
def test_a_passage_put_into_both_is_found(a, b, c, d, passage):
    assert is_longest(a + passage + b, c + passage + d)


@given(st.integers(PASSAGE, 200), st.integers(PASSAGE, 200), st.sampled_from(["a", "ab", "abc" * 9]))
def test_so_it_is_in_texts_that_repeat_themselves(n, m, unit):
    assert is_longest((unit * 200)[:n], "x" + (unit * 200)[:m])


def test_of_passages_as_long_the_first_is_told():
    one, other = "一二三四五六七八" * 4, "九十百千万亿兆京" * 4
    place = longest_common(Comparable(f"{one}甲{other}"), Comparable(f"{other}乙{one}"))
    assert place == (0, 33, 32)


def test_bodies_are_compared_without_punctuation_and_located_with_it():
    text = "第一家工厂在这里开张，第二家工厂在那里开张，第三家没有开张。"
    relation, score, (start, other, length) = compare(Comparable("電商。" + text), Comparable(text))
    assert (relation, start, other, length) == ("reprint", 2, 0, 27)
    assert score == 1
    assert Comparable("電商。" + text).offsets[2] == 3


def test_a_megabyte_of_one_character_takes_no_time():
    assert longest_common(Comparable("王" * 100_000), Comparable("张" + "王" * 99_000)) == (0, 1, 99_000)
