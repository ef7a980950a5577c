"""The longest passage that two texts have in common: it stands in both, none is longer, it is the first of several."""

import string
from itertools import product

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.passages import PASSAGE, Place, Texts, longest_common
from corpus_db.text.fold import code_points

FEW = st.text(string.ascii_lowercase[:3], max_size=60)
MANY = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x9FFF), max_size=60)


def found(texts: list[str], pairs: list[tuple[int, int]]) -> list[Place]:
    ends = np.append(0, np.cumsum(np.array(list(map(len, texts)), np.int64)))
    return longest_common(Texts(code_points("".join(texts)), ends), np.array(pairs, np.int64).reshape(-1, 2))


def longest(a: str, b: str) -> Place:
    """As it is defined, character by character."""
    best = (0, 0, 0)
    ending = [0] * (len(b) + 1)  # of common passages, by where they end in `b`
    for i, char in enumerate(a):
        ending = [0, *(ending[j] + 1 if char == other else 0 for j, other in enumerate(b))]
        for j, length in enumerate(ending):
            if length >= PASSAGE:
                best = min(best, (i + 1 - length, j - length, length), key=lambda place: (-place[2], place))
    return best


@given(FEW, FEW)
def test_it_is_the_first_of_the_longest(a, b):
    assert found([a, b], [(0, 1)]) == [longest(a, b)]


@given(FEW | MANY, FEW | MANY, FEW | MANY, FEW | MANY, FEW | MANY)
def test_a_passage_put_into_both_is_found(a, b, c, d, passage):
    one, other = a + passage + b, c + passage + d
    assert found([one, other], [(0, 1)]) == [longest(one, other)]


@given(st.lists(FEW | MANY, min_size=2, max_size=5), st.data())
def test_many_pairs_have_the_passages_of_each_alone(parts, data):
    texts = ["".join(data.draw(st.lists(st.sampled_from(parts), max_size=4))) for _ in range(4)]
    pairs = data.draw(st.lists(st.sampled_from([(a, b) for a, b in product(range(4), repeat=2) if a < b]), unique=True))
    assert found(texts, pairs) == [longest(texts[a], texts[b]) for a, b in pairs]


@pytest.mark.parametrize("length", [PASSAGE - 1, PASSAGE, PASSAGE + 1])
def test_so_short_a_passage_is_found_wherever_it_stands(length):
    rng = np.random.default_rng(length)
    for _ in range(50):
        one, other, passage = ("".join(map(chr, rng.integers(0x4E00, 0x9FFF, n))) for n in (300, 300, length))
        at, there = rng.integers(0, 300, 2).tolist()
        texts = [one[:at] + passage + one[at:], other[:there] + passage + other[there:]]
        assert found(texts, [(0, 1)]) == [(at, there, length) if length >= PASSAGE else (0, 0, 0)]


@given(st.integers(PASSAGE, 200), st.integers(PASSAGE, 200), st.sampled_from(["a", "ab", "abc" * 9]))
def test_so_it_is_in_texts_that_repeat_themselves(n, m, unit):
    a, b = (unit * 200)[:n], "x" + (unit * 200)[:m]
    assert found([a, b, "another"], [(0, 1), (0, 2)]) == [longest(a, b), (0, 0, 0)]


def test_texts_that_repeat_themselves_may_have_only_short_ones_in_common():
    assert found(["哈" * (PASSAGE - 1), "哈" * 2000], [(0, 1)]) == [(0, 0, 0)]


def test_of_passages_as_long_the_first_is_told():
    one, other = "一二三四五六七八" * 4, "九十百千万亿兆京" * 4
    assert found([f"{one}甲{other}", f"{other}乙{one}"], [(0, 1)]) == [(0, 33, 32)]


def test_a_megabyte_of_one_character_takes_no_time():
    assert found(["王" * 100_000, "张" + "王" * 99_000], [(0, 1)]) == [(0, 1, 99_000)]
