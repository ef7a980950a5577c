"""Counts do not depend on how the documents are dealt out, and tell common tokens from rare ones."""

import random

import pytest

from corpus_db.analysis import index_statistics
from corpus_db.analysis.index_statistics import SMALLEST_SAMPLE, IndexStatistics

WORDS = ["电商", "平台", "天气", "供应链", "b2b"]


def count(texts: list[str], batches: int) -> IndexStatistics:
    total = IndexStatistics()
    for start in range(batches):
        part = IndexStatistics()
        part.add([f"题\n{text}" for text in texts[start::batches]])
        total.merge(part)
    return total


def test_batches_make_no_difference():
    rng = random.Random(3)
    texts = ["，".join(rng.choices(WORDS, k=4)) + f"{number}" for number in range(3_000)]
    one, many = count(texts, 1), count(texts, 7)
    assert one.char_rows() == many.char_rows() == count(texts, 150).char_rows()
    assert one.token_rows(list) == many.token_rows(list) != []


def test_shares():
    texts = [f"电商{number}" + ("平台" if number % 2 else "") for number in range(SMALLEST_SAMPLE * 32)]
    counted = count(texts, 2)
    assert dict(counted.char_rows())["电"] == dict(counted.char_rows())["题"] == 1
    assert dict(counted.char_rows())["台"] == 0.5
    tokens = dict(counted.token_rows(lambda text: text.split()))
    assert tokens["电商"] == 1 and 0.4 < tokens["平台"] < 0.6 and "商平" not in tokens


def test_a_small_corpus_has_no_common_tokens():
    assert count(["电商"] * 5, 1).token_rows(list) == []
    assert IndexStatistics().char_rows() == []


@pytest.mark.parametrize("texts", [200, 400])
def test_what_was_merged_can_be_taken_off(texts, monkeypatch):
    monkeypatch.setattr(index_statistics, "SAMPLE", 12)
    monkeypatch.setattr(index_statistics, "RESERVE", 4)
    monkeypatch.setattr(index_statistics, "SMALLEST_SAMPLE", 3)
    rng = random.Random(texts)
    stay, leave, come = ([f"{rng.choice(WORDS)}{rng.random()}" for _ in range(n)] for n in (texts, 60, 60))
    counted = count(stay + leave, 9)
    if counted.take(count(leave, 3)):
        counted.merge(count(come, 2))
        fresh = count(stay + come, 5)
        assert counted.char_rows() == fresh.char_rows() != []
        assert counted.sample() == fresh.sample()
        assert counted.token_rows(list) == fresh.token_rows(list)


def test_of_a_sample_that_has_lost_too_many_nothing_can_be_told(monkeypatch):
    monkeypatch.setattr(index_statistics, "SAMPLE", 12)
    monkeypatch.setattr(index_statistics, "RESERVE", 4)
    texts = [f"电商{number}" for number in range(900)]
    counted = count(texts, 1)
    assert not counted.take(count(texts[:800], 1))
    assert count(texts[:100], 1).take(count(texts[:50], 1))
