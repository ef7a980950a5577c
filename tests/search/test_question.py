"""A question → a MATCH on any of its words and pairs."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.search import question
from corpus_db.search.language import NOTHING
from corpus_db.search.question import MAX_WORDS, content_runs, zh_query_any
from corpus_db.text.segment import segmenter


@pytest.fixture
def db():
    """A file with nothing but an index: no statistics."""
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(body_bigrams, body, title, title_bigrams, content='')")
    return db


def with_statistics(db: sqlite3.Connection, shares: dict[str, float], articles: int) -> None:
    db.execute("CREATE TABLE common_tokens (token, share)")
    db.executemany("INSERT INTO common_tokens VALUES (?, ?)", shares.items())
    db.execute("CREATE TABLE articles (id INTEGER PRIMARY KEY)")
    db.execute("INSERT INTO articles VALUES (?)", [articles])


@pytest.mark.parametrize(
    "text, runs",
    [
        ("電商平台是什么？", [["电商", "平台"]]),
        ("谁发明了电话", [["发明"], ["电话"]]),
        ("哪一年成立", [["成立"]]),
        ("是什么", [["是", "什么"]]),
        ("，。", []),
    ],
)
def test_question_and_function_words_part_the_content(text, runs):
    assert content_runs(text, segmenter().cut) == runs


def test_words_and_pairs_across_them(db):
    match = zh_query_any(db, "电商平台是什么？")
    assert match == '{body title} : ("电商" OR "平台") OR {body_bigrams title_bigrams} : ("电商" OR "商平" OR "平台")'
    assert zh_query_any(db, "电商") == '{body title} : ("电商") OR {body_bigrams title_bigrams} : ("电商")'


def test_one_character_is_found_anywhere(db):
    assert zh_query_any(db, "商") == '{title_bigrams body_bigrams} : "商" *'


def test_the_most_common_tokens_are_left_out_of_a_large_file_only(db):
    with_statistics(db, {"平台": 0.5}, articles=1_000)
    assert '"平台"' in zh_query_any(db, "电商平台")
    db.execute("UPDATE articles SET id = 1000000")
    match = zh_query_any(db, "电商平台")
    assert '"平台"' not in match and '"电商"' in match


def test_never_all_tokens_are_left_out(db):
    with_statistics(db, {"平台": 0.5}, articles=1_000_000)
    assert '"平台"' in zh_query_any(db, "平台")


def test_of_a_long_text_the_rarest_words_stay(db):
    db.execute("CREATE TABLE terms (term, articles)")
    text = "，".join(f"word{number}" for number in range(MAX_WORDS + 9))
    db.executemany("INSERT INTO terms VALUES (?, ?)", [(f"word{n}", 100 - n) for n in range(MAX_WORDS + 9)])
    match = zh_query_any(db, text)
    assert '"word8"' not in match and '"word9"' in match


@given(st.text() | st.text('"*-():^ 电商b2\0\ud800是什么'))
def test_every_string_is_a_valid_match(text):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(body_bigrams, body, title, title_bigrams, content='')")
    assert db.execute("SELECT rowid FROM f WHERE f MATCH ?", [zh_query_any(db, text)]).fetchall() == []


def test_nothing_to_ask(db):
    assert zh_query_any(db, "？！") == NOTHING
    assert question.content_runs("", segmenter().cut) == []
