"""A question → the facts of articles that may answer it."""

import sqlite3

import pytest

from corpus_db.search import register, search
from corpus_db.search.answers import answer_places
from corpus_db.search.question import read_question


@pytest.fixture
def facts():
    """Articles 1 and 2, whose facts are of every kind."""
    db = sqlite3.connect(":memory:")
    db.executescript("""
        CREATE TABLE dates (article_id, start, raw);
        CREATE TABLE figures (article_id, start, raw, kind);
        CREATE TABLE entities (id, kind);
        CREATE TABLE mentions (article_id, start, raw, entity_id);
        INSERT INTO dates VALUES (1, 10, '2021年'), (1, 20, '3月'), (2, 5, '3月');
        INSERT INTO figures VALUES (1, 30, '３天', 'duration'), (1, 40, '9元', 'money'), (2, 9, '8%', 'percent');
        INSERT INTO entities VALUES (7, 'person'), (8, 'place');
        INSERT INTO mentions VALUES (1, 50, '王芳', 7), (1, 60, '北京', 8);
    """)
    return db


@pytest.mark.parametrize(
    "question, places",
    [
        ("电商节是什么时候", {1: [(10, 15), (20, 22)], 2: [(5, 7)]}),
        ("2021年电商节的日期", {1: [(20, 22)], 2: [(5, 7)]}),
        ("电商节要多久", {1: [(10, 15), (20, 22), (30, 32)], 2: [(5, 7)]}),
        ("3天的电商节要多久", {1: [(10, 15), (20, 22)], 2: [(5, 7)]}),
        ("电商节的票多少钱", {1: [(40, 42)]}),
        ("电商节增长了多少", {1: [(30, 32), (40, 42)], 2: [(9, 11)]}),
        ("誰辦的電商節", {1: [(50, 52)]}),
        ("谁是王芳", {}),
        ("电商节是什么", {}),
        ("", {}),
    ],
)
def test_facts_of_the_kind_that_is_asked_for_but_what_the_question_says(facts, question, places):
    found = answer_places(facts, read_question(facts, question), [1, 2])
    assert {article: sorted(marks) for article, marks in found.items()} == places


def test_only_of_the_articles_named(facts):
    assert set(answer_places(facts, read_question(facts, "电商节是什么时候"), [2])) == {2}


def test_a_file_without_facts_answers_as_before():
    db = sqlite3.connect(":memory:")
    assert answer_places(db, read_question(db, "电商节是什么时候"), [1]) == {}


TEXT = (
    "店主谈备货节\n\n店主们去年做得早，备货节还没有开始，货已经备好了。平台的人说，备货节{}才开始，不用急。今天下雨。"
)


def test_the_article_that_answers_stands_first(corpus):
    """Of two texts that differ by a word, the shorter has the better score by the index."""
    others = {f"{number}.txt": f"天气\n\n今天下雨，明天晴，第{number}天。" for number in range(3)}
    db = corpus({"a.txt": TEXT.format("明说了"), "b.txt": TEXT.format("要到2014年9月1日"), **others})
    register(db)
    assert [hit.key for hit in search(db, "备货节开始", any=True)] == ["a.txt", "b.txt"]
    assert [hit.key for hit in search(db, "备货节什么时候开始", any=True)] == ["b.txt", "a.txt"]
