"""Names in an update: what is said in one article changes what names mean in another."""

import sqlite3

import pytest

from corpus_db import ledger, portions, update
from corpus_db.pipeline import build
from tests.contents import contents

NICKNAME = "葛总说：“好。”葛总走了。"
FULL = "葛建国（网名“老葛”）在杭州创办了商店。葛建国说：“生意很好。”"
OTHER = "李明在北京说：“今天下雨。”李明走了。"


@pytest.fixture
def corpus(tmp_path, monkeypatch):
    """Changes of files → the updated corpus, once it was seen to have the rows of a fresh build."""
    monkeypatch.setattr(portions, "BYTES", 1)  # each file is a portion
    monkeypatch.setattr(ledger, "MOST_PORTIONS", 1.0)
    monkeypatch.setattr(update, "MOST_DOCUMENTS", 1.0)
    target, fresh, folder = tmp_path / "corpus.db", tmp_path / "fresh.db", tmp_path / "input"
    folder.mkdir()

    def changed(**files):
        for name, text in files.items():
            (folder / f"{name}.txt").write_text(text, "utf-8") if text else (folder / f"{name}.txt").unlink()
        build([folder], target, update=True)
        build([folder], fresh, keep=False)
        assert contents(target) == contents(fresh)
        return sqlite3.connect(target)

    return changed


def people(db, article):
    named = """SELECT DISTINCT e.name FROM mentions m JOIN entities e ON e.id = m.entity_id JOIN articles a ON a.id = m.article_id
               WHERE a.key = ? AND e.kind = 'person'"""
    return {name for (name,) in db.execute(named, [article])}


def test_who_is_meant_in_an_article_follows_from_another_that_comes_and_goes(corpus):
    assert people(corpus(a=NICKNAME, b=OTHER), "a.txt") == set()
    assert people(corpus(c=FULL), "a.txt") == {"葛建国"}
    assert people(corpus(c=None), "a.txt") == set()


def test_a_name_that_nobody_says_any_more_is_gone_with_its_spelling(corpus):
    known = "SELECT (SELECT count(*) FROM entities WHERE name = '葛建国'), (SELECT count(*) FROM pinyin WHERE name = '葛建国')"
    assert corpus(b=OTHER, c=FULL).execute(known).fetchone() == (1, 2)
    assert corpus(c=None).execute(known).fetchone() == (0, 0)


def test_what_the_change_does_not_reach_is_left_alone(corpus):
    rows = "SELECT id, entity_id, text FROM quotes WHERE text = '今天下雨。'"
    before = corpus(a=NICKNAME, b=OTHER).execute(rows).fetchall()
    assert len(before) == 1
    assert corpus(c=FULL).execute(rows).fetchall() == before


def test_a_title_is_spelt_as_long_as_there_is_an_article_of_that_title(corpus):
    spelt = "SELECT sum(occurrences) FROM pinyin WHERE form = 'jintianxiayu'"
    titled = "---\ntitle: 今天下雨\n---\n\n"
    assert corpus(a=titled + "好大的雨。", b=titled + OTHER, c=FULL).execute(spelt).fetchone() == (2,)
    assert corpus(b=OTHER).execute(spelt).fetchone() == (1,)
    assert corpus(a=None).execute(spelt).fetchone() == (None,)
