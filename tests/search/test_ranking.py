"""The second stage of ranking: what covers the question comes first, whatever the order of the candidates."""

import sqlite3
from random import Random

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.search.ranking import MIN_COVERAGE, rerank

TEXTS = st.lists(st.text("电商店主的平台 b2", max_size=12), min_size=1, max_size=6)


def test_the_second_stage_prefers_what_covers_the_question(db):
    half, whole = rerank(db, "电商店主", ["电商电商电商", "电商的店主们"], [1.0, 1.0])
    assert whole > half


def test_of_equal_texts_the_one_that_the_index_prefers_stays_first(db):
    best, other = rerank(db, "电商店主", ["电商的店主"] * 2, [2.0, 1.0])
    assert best > other


def test_rare_characters_tell_most_and_those_of_every_article_nothing():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE char_stats (char, share)")
    db.executemany("INSERT INTO char_stats VALUES (?, ?)", [("江", 1.0), ("城", 0.5), ("桥", 0.01)])
    everywhere, often, seldom, nowhere = rerank(db, "江城桥", ["江", "城", "桥", "甲"], [1.0] * 4)
    assert everywhere == nowhere == MIN_COVERAGE
    assert nowhere < often < seldom
    assert rerank(db, "桥", ["b2桥a"], [0.0]) > [0.0]  # which no Latin word beside it hides


@given(texts=TEXTS, seed=st.integers(0, 99))
def test_a_score_does_not_hang_on_the_order_of_the_candidates(db, texts, seed):
    order = Random(seed).sample(range(len(texts)), len(texts))
    scores = [float(place) for place in range(len(texts))]
    ranked = rerank(db, "电商b2店主？", texts, scores)
    shuffled = rerank(db, "电商b2店主？", [texts[i] for i in order], [scores[i] for i in order])
    assert shuffled == [ranked[i] for i in order]
