"""`search` over ten short articles (tests/corpus_fixture.py) and the seeds."""

import random

import pytest

from corpus_db.search import found_ids, register, search
from corpus_db.text.fold import fold
from tests.search.asking import keys


@pytest.mark.parametrize(
    "typed, found",
    {
        "电商平台": {"a1", "a2", "a6"},
        "電商平臺": {"a1", "a2", "a6"},
        "备货节": {"a2"},
        "Ｂ２Ｂ": {"a3"},
        "13000家": {"a1"},
        "9亿元": {"a4"},
        "41.9亿": {"a1", "a6"},
        "平台商家": set(),
        "1688.com": {"a3"},
        "C++": {"a3"},
        "taob*": {"a3"},
        "taob": set(),
        "供应链 少库存": {"a7"},
        "供应链 OR 备货节": {"a2", "a7"},
        "电商平台 -转载": {"a1", "a2"},
        "title:电子商务": {"a1", "a6"},
        "电商平台 site:example.org": {"a2"},
        "site:org 平台": {"a2", "a3"},
        "供应链 或 备货节": {"a2", "a7"},
        "电商平台 date:2014-09": {"a2"},
        "日期:2014年9月1日": {"a2"},
        "date:2015": {"a4", "a5"},
        "media:晴天社": set(),
        "媒体:晴天": {"a5"},
        "section:财经": {"a4", "a7"},
        "author:李": {f"a{number}" for number in range(1, 11)},
        "-site:com -site:org": {"a5", "a8", "a10"},
        "-电商 -平台 year:2015": {"a4", "a5"},
        "year:2014..2015 -天": {"a2", "a4"},
        "-电商 -的 -天 year:2015": set(),
        "": set(),
        "，": set(),
    }.items(),
)
def test_what_is_found(db, typed, found):
    assert set(keys(db, typed)) == found


def test_a_character_as_a_word_comes_first_and_in_words_after(db):
    found = keys(db, "商")
    assert found[0] == "a8" and set(found) >= {"a1", "a2", "a6", "a8"}
    assert keys(db, "商", limit=2) + keys(db, "商", limit=20, offset=2) == found


def test_filters_by_name(db):
    assert set(keys(db, "电商", publisher="示例", section="科技", year=(2013, 2014))) == {"a1", "a2"}
    assert keys(db, "电商", year=2016) == ["a6"]
    assert keys(db, "什么是电商平台？", any=True, site="example.org", limit=1) == ["a2"]


def test_a_hit_says_where(db):
    hit = search(db, "備貨節")[0]
    assert (hit.key, hit.site, hit.published) == ("a2", "example.org", "2014-09-01")
    assert [hit.snippet[start:end] for start, end in hit.marks] == ["備貨節"]


def test_a_question_needs_only_some_of_its_words(db):
    assert keys(db, "供应链模式到底是什么意思呢？", any=True)[0] == "a7"
    assert keys(db, "王芳说去年的成交额达到多少？", any=True)[0] in ("a1", "a6")
    assert keys(db, "？", any=True) == []


def test_pages_of_answers_do_not_overlap(db):
    whole = keys(db, "电商平台和店主", any=True)
    assert [
        key for at in range(len(whole)) for key in keys(db, "电商平台和店主", any=True, limit=1, offset=at)
    ] == whole


def test_sql_finds_what_search_finds(db):
    sql = "SELECT a.key FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH zh_query(?)"
    assert {key for (key,) in db.execute(sql, ["电商平台"])} == {"a1", "a2", "a6"}


def test_every_run_of_han_in_the_seeds_is_found(seeds):
    register(seeds)
    texts = {
        number: fold(f"{title or ''}\n{body}")
        for number, title, body in seeds.execute("SELECT id, title, body FROM articles")
    }
    rng = random.Random(7)
    sql = "SELECT rowid FROM articles_fts WHERE articles_fts MATCH zh_query(?)"
    for _ in range(400):
        text = rng.choice(list(texts.values()))
        start, length = rng.randrange(len(text)), rng.randint(1, 12)
        piece = text[start : start + length]
        if all(is_han(char) for char in piece):
            right = {number for number, text in texts.items() if piece in text}
            for typed in (piece, f'"{piece}"'):
                assert {number for (number,) in seeds.execute(sql, [typed])} == right, typed


def is_han(char: str) -> bool:
    return "\u4e00" <= char <= "\u9fff"


@pytest.mark.parametrize("any", [False, True])
@pytest.mark.parametrize(
    "exact", [{}, {"year": 2016}, {"site": "example.net"}, {"section": "财经", "keyword": "供应链"}]
)
@pytest.mark.parametrize("typed", ["电商平台", "商", "-平台", "平台 site:org", "王芳谈什么？", "year:2015", "", "，"])
def test_what_is_counted_is_what_is_listed(db, typed, exact, any):
    counted = found_ids(db, typed, any=any, limit=100, exact=exact)
    listed = {key: number for number, key in db.execute("SELECT id, key FROM articles")}
    assert sorted(counted) == sorted(listed[key] for key in keys(db, typed, any=any, exact=exact))


def test_exact_values_are_whole(db):
    assert keys(db, "商", exact={"site": "example"}) == []
    assert set(keys(db, "", exact={"publisher": "晴天社"})) == {"a5"}
