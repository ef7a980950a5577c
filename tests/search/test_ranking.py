"""The second stage of ranking: what covers the question and answers it comes first, whatever the order of the candidates."""

import sqlite3
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.search.question import read_question
from corpus_db.search.ranking import MIN_COVERAGE, Candidate, rerank, worth

TEXTS = st.lists(st.text("电商店主的平台 b2", max_size=12), min_size=1, max_size=6)


def scored(db: sqlite3.Connection, question: str, texts: list[str], scores: list[float]) -> list[float]:
    """The scores of texts without facts."""
    found = [Candidate("", text, score, ()) for text, score in zip(texts, scores, strict=True)]
    return rerank(read_question(db, question), found)


def test_the_second_stage_prefers_what_covers_the_question(db):
    half, whole = scored(db, "电商店主", ["电商电商电商", "电商的店主们"], [1.0, 1.0])
    assert whole > half


def test_of_equal_texts_the_one_that_the_index_prefers_stays_first(db):
    best, other = scored(db, "电商店主", ["电商的店主"] * 2, [2.0, 1.0])
    assert best > other


def test_rare_characters_tell_most_and_those_of_every_article_nothing():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE char_stats (char, share)")
    db.executemany("INSERT INTO char_stats VALUES (?, ?)", [("江", 1.0), ("城", 0.5), ("桥", 0.01)])
    everywhere, often, seldom, nowhere = scored(db, "江城桥", ["江", "城", "桥", "甲"], [1.0] * 4)
    assert everywhere == nowhere == MIN_COVERAGE
    assert nowhere < often < seldom
    assert scored(db, "桥", ["b2桥a"], [0.0]) > [0.0]  # which no Latin word beside it hides


@pytest.mark.parametrize(
    "title, body, answers, answered",
    [
        ("", "电商节在5月开始。", [(4, 6)], True),
        ("电商节", "它在5月开始。", [(2, 4)], True),
        ("", "电商节开始。" + "一" * 60 + "5月", [(66, 68)], False),
        ("", "5月" + "一" * 60 + "电商节开始。", [(0, 2)], False),
        ("", "电商节开始。", [], False),
        ("", "没有问的事，只有5月。", [(8, 10)], False),
    ],
)
def test_a_fact_that_answers_counts_where_it_stands_near_what_was_asked(db, title, body, answers, answered):
    question = read_question(db, "电商节什么时候开始")
    without, with_facts = rerank(question, [Candidate(title, body, 1.0, facts) for facts in ((), answers)])
    assert (with_facts > without) == answered


def test_a_stretch_is_worth_what_it_shows_of_the_question_and_its_answer(db):
    question = read_question(db, "电商节什么时候开始")
    nothing, scattered, together, answered = (
        worth(question, answers, text, (10, 20))
        for text, answers in [("天气", ()), ("始开节商电", ()), ("电商节开始", ()), ("电商节开始", [(11, 13)])]
    )
    assert nothing < scattered < together < answered
    assert worth(question, [(8, 12), (18, 22)], "电商节开始", (10, 20)) == together  # not cut in half


@given(texts=TEXTS, seed=st.integers(0, 99))
def test_a_score_does_not_hang_on_the_order_of_the_candidates(db, texts, seed):
    order = Random(seed).sample(range(len(texts)), len(texts))
    scores = [float(place) for place in range(len(texts))]
    ranked = scored(db, "电商b2店主？", texts, scores)
    shuffled = scored(db, "电商b2店主？", [texts[i] for i in order], [scores[i] for i in order])
    assert shuffled == [ranked[i] for i in order]
