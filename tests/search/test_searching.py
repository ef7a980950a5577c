"""`search` and `relaxations` over ten short articles (tests/corpus_fixture.py) and the seeds."""

import contextlib
import random

import pytest

import corpus_db
from corpus_db.errors import BuildError, UsageError
from corpus_db.evaluate import evaluate
from corpus_db.search import found_ids, register, relaxations
from corpus_db.search.ranking import rerank
from corpus_db.text.fold import fold


@pytest.fixture(scope="module")
def db(corpus_path):
    return corpus_db.connect(corpus_path)


def keys(db, text: str, **options: object) -> list[str]:
    return [hit.key for hit in corpus_db.search(db, text, **options)]


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
    hit = corpus_db.search(db, "備貨節")[0]
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


def test_the_second_stage_prefers_what_covers_the_question(db):
    half, whole = rerank(db, "电商店主", ["电商电商电商", "电商的店主们"], [1.0, 1.0])
    assert whole > half


def test_functions_take_any_value(db):
    row = db.execute(
        "SELECT zh_query(NULL), zh_fold(5), zh_segment('電商平台'), zh_snippet('电商', '电', NULL)"
    ).fetchone()
    assert row == (None, "5", "电商 平台", "<mark>电</mark>商")


def test_sql_finds_what_search_finds(db):
    sql = "SELECT a.key FROM articles_fts f JOIN articles a ON a.id = f.rowid WHERE articles_fts MATCH zh_query(?)"
    assert {key for (key,) in db.execute(sql, ["电商平台"])} == {"a1", "a2", "a6"}


def test_only_corpus_files_are_opened(tmp_path):
    with pytest.raises(UsageError, match=r"none\.db: no such file"):
        corpus_db.connect(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database at all" * 100)
    with pytest.raises(BuildError, match=r"text\.db: not an SQLite file"):
        corpus_db.connect(tmp_path / "text.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(BuildError, match=r"empty\.db: not a corpus"):
        corpus_db.connect(tmp_path / "empty.db")


def test_the_file_can_not_be_changed(db):
    with pytest.raises(Exception, match="readonly"):
        db.execute("DELETE FROM articles")


@pytest.mark.parametrize(
    "typed, relaxed",
    [
        ("平台Taobao", ("平台 taobao", 1, "平台taobao in parts")),
        ("商务供应链", ("商务 供应链", 0, "")),
        ("电商 没有这个", ("电商", 3, "without 没有这个")),
        ("工应链", ("供应链", 1, "供应链 for 工应链 (sounds the same)")),
        ("taobap", ("taobao", 1, "taobao for taobap (one sign away)")),
        ("王方", ("王芳", 3, "王芳 for 王方 (sounds the same)")),
        ("供应链模是", ("供应链模式", 1, "模式 for 模是 (sounds the same)")),
        ("供应链模是", ("供应链 模式", 1, "模式 for 模是 (sounds the same)")),
        ("商务供应链平台", ("商务 平台", 2, "without 供应链")),
        ("wangfang", ("王芳", 3, "王芳 for wangfang (pinyin)")),
        ("wang fang", ("王芳", 3, "王芳 for wang fang (pinyin)")),
        ("Wáng Fāng", ("王芳", 3, "王芳 for wáng fāng (pinyin)")),
        ("wf 供应链", ("王芳 供应链", 1, "王芳 for wf (pinyin)")),
        ("dianzishangwu", ("电子商务平台的崛起", 2, "电子商务平台的崛起 for dianzishangwu (pinyin)")),
        ("wa", ("", 0, "")),
        ("备货节 year:2020", ("备货节", 1, "without year:2020..2020")),
        ("备货节 -店主", ("备货节", 1, "without -店主")),
    ],
)
def test_relaxations_change_one_thing_and_say_what(db, typed, relaxed):
    found = [(one.query, one.count, one.why) for one in relaxations(db, typed)]
    assert (relaxed in found) == bool(relaxed[1])
    assert all(len(keys(db, query)) == count for query, count, _ in found)


def test_relaxations_differ_and_single_characters_come_late(db):
    found = [one.query for one in relaxations(db, "供应链模是")]
    assert len(set(found)) == len(found)
    assert found[-1] == "供应链 模 是"


def test_what_is_found_is_not_relaxed(db):
    assert relaxations(db, "电商") == relaxations(db, "") == relaxations(db, "-电商") == []


def test_evaluation(db, tmp_path):
    questions = tmp_path / "questions.jsonl"
    questions.write_text('{"id": 1, "text": "备货节", "relevant": ["a2"]}\n\n{"text": "龘", "relevant": ["a1"]}\n')
    figures = evaluate(db, questions, "all")
    assert {name: figures[name] for name in ("queries", "mrr@10", "recall@1", "recall@10", "zero_hits")} == {
        "queries": 2,
        "mrr@10": 0.5,
        "recall@1": 0.5,
        "recall@10": 0.5,
        "zero_hits": 1,
    }
    questions.write_text('{"text": "备货节"}\n')
    with pytest.raises(UsageError, match=r"questions\.jsonl:1: not a question"):
        evaluate(db, questions)
    questions.write_text("")
    with pytest.raises(UsageError, match="no question in it"):
        evaluate(db, questions)


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


def test_a_build_knows_its_names_and_titles_in_pinyin(seeds_path):
    with contextlib.closing(corpus_db.connect(seeds_path)) as db:
        for typed in ("daishan", "dai shan", "DaiShan", "ds"):
            assert [one.query for one in relaxations(db, typed)][:1] == ["戴珊"], typed
            assert keys(db, typed) == []


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
