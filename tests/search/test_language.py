"""What is typed → MATCH: the table of the module's docstring and its corners, each also run against FTS5."""

import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.search.language import MAX_CHARS, NOTHING, Filter, parse, zh_query
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold

B, T = "{title_bigrams body_bigrams} : ", "{title_bigrams} : "
TABLE = {
    "电商平台": f'{B}"电商 商平 平台"',
    "电商 平台": f'{B}"电商" AND {B}"平台"',
    "电商\u3000平台\n": f'{B}"电商" AND {B}"平台"',
    "電商 电商": f'{B}"电商"',
    '"电商 平台"': f'{B}"电商 商 平台"',
    "“电商”": f'{B}"电商"',
    '"电商': f'{B}"电商"',
    '电商"平台"': f'{B}"电商" AND {B}"平台"',
    "商": f'{B}"商" *',
    "B2B": f'{B}"b2b"',
    "Ｂ２Ｂ平台": f'{B}"b2b 平台"',
    "taob*": f'{B}"taob" *',
    "taob＊": f'{B}"taob" *',
    '"taob*"': f'{B}"taob *"',
    "*": NOTHING,
    "13,000": f'{B}"13000"',
    "9亿元": f'{B}"9 亿元"',
    "41.9亿": f'{B}"41.9 亿" *',
    "c++": f'{B}"c + +"',
    "1688.com": f'{B}"1688 . com"',
    "t+0": f'{B}"t + 0"',
    "电商 OR 网店": f'{B}"电商" OR {B}"网店"',
    "电商 或 网店": f'{B}"电商" OR {B}"网店"',
    "电商 或者 网店": f'{B}"电商" OR {B}"网店"',
    "电商 ｜ 网店 | 淘宝": f'{B}"电商" OR {B}"网店" OR {B}"淘宝"',
    "或 电商": f'{B}"或" * AND {B}"电商"',
    '电商 "或" 网店': f'{B}"电商" AND {B}"或" * AND {B}"网店"',
    "电商或网店": f'{B}"电商 商或 或网 网店"',
    "淘宝 电商 OR 网店": f'{B}"淘宝" AND ({B}"电商" OR {B}"网店")',
    "OR 电商 OR": f'{B}"or" AND {B}"电商"',
    "电商 or 网店": f'{B}"电商" AND {B}"or" AND {B}"网店"',
    "电商 -淘宝": f'({B}"电商") NOT ({B}"淘宝")',
    "电商 －淘宝 -天猫": f'({B}"电商") NOT ({B}"淘宝" OR {B}"天猫")',
    '电商 -"淘宝 网"': f'({B}"电商") NOT ({B}"淘宝 宝 网" *)',
    "-淘宝": NOTHING,
    "电商 - 淘宝": f'{B}"电商" AND {B}"淘宝"',
    "wi-fi": f'{B}"wi - fi"',
    "title:电商": f'{T}"电商"',
    "标题：“电商 平台”": f'{T}"电商 商 平台"',
    "说：“平台要": f'{B}"说" * AND {B}"平台 台要"',
    "他说:平台": f'{B}"他说 说 平台"',
    "«电商 平台»": f'{B}"电商 商 平台"',
    "TITLE:电商": f'{T}"电商"',
    "subtitle:电商": f'{B}"subtitle : 电商"',
    "title:": f'{B}"title :"',
    "http://a.cn": f'{B}"http : / / a . cn"',
    "NEAR(a b)": f'{B}"near ( a" AND {B}"b )"',
    "a AND NOT b": f'{B}"a" AND {B}"and" AND {B}"not" AND {B}"b"',
    "body_bigrams:a": f'{B}"body _ bigrams : a"',
    "site:example.com 电商": f'{B}"电商"',
    "year:2013..2017": NOTHING,
    "date:2013年5月 媒体：示例报 -section:科技": NOTHING,
    "date:5月": f'{B}"date : 5 月" *',
    "year:alpha": f'{B}"year : alpha"',
    "，！": NOTHING,
    '""': NOTHING,
    '"': NOTHING,
    "": NOTHING,
    "\0\ud800": NOTHING,
    "电\0商": f'{B}"电" * AND {B}"商" *',
}


@pytest.fixture(scope="module")
def index():
    db = sqlite3.connect(":memory:")
    db.execute("CREATE VIRTUAL TABLE f USING fts5(title_bigrams, body_bigrams, content='')")
    db.execute("INSERT INTO f (rowid, body_bigrams) VALUES (1, ?)", (bigram_stream("电商平台"),))
    return db


def found(index: sqlite3.Connection, match: str) -> list[tuple[int]]:
    return index.execute("SELECT rowid FROM f WHERE f MATCH ?", [match]).fetchall()


@pytest.mark.parametrize("typed, match", TABLE.items())
def test_translation(index, typed, match):
    assert zh_query(typed) == match
    found(index, match)


@pytest.mark.parametrize(
    "typed, filters",
    {
        "author:李明": [("author", "李明", False)],
        "作者：李明 -网站：Example.COM": [("author", "李明", False), ("site", "example.com", True)],
        'author:"Li Ming"': [("author", "li ming", False)],
        "year:2013": [("year", (2013, 2013), False)],
        "year:2013..2017": [("year", (2013, 2017), False)],
        "年份:..２０１７": [("year", (0, 2017), False)],
        "year:2013..": [("year", (2013, 9999), False)],
        "year:2013-2017": [("year", (2013, 2017), False)],
        "年份:2013至2017": [("year", (2013, 2017), False)],
        "-year:2013～2017": [("year", (2013, 2017), True)],
        "year:2013-05": [],
        "year:..": [],
        "year:20135": [],
    }.items(),
)
def test_filters(typed, filters):
    assert parse(typed).filters == tuple(Filter(*row) for row in filters)


def test_only_the_beginning_of_a_long_text_is_read():
    assert zh_query("电" * (MAX_CHARS + 1)) == zh_query("电" * MAX_CHARS)


# What breaks parsers: operators, quotation marks, controls, surrogates, Ext-B, emoji, compatibility forms.
MARKS = [*"\"*-:()^+{}\\'.,;_%。，：“”「」－＊ \t\n\0\x1f\ud800"]
WORDS = ["OR", "AND", "NOT", "NEAR", "title:", "year:", "20", "..", "site:", "电商", "商", "備貨", "b2b"]
FORMS = [*"Ａ㎡ﬁ😀𠀋éか한ıİ"]
PIECES = st.sampled_from([*MARKS, *WORDS, *FORMS])
PIECES = st.sampled_from([*MARKS, *WORDS])
ANY_TEXT = st.one_of(st.lists(PIECES, max_size=30).map("".join), st.text(max_size=40))


@given(typed=ANY_TEXT)
def test_every_string_is_a_valid_query(index, typed):
    query = parse(typed)
    found(index, query.match)
    found(index, query.without)


@given(typed=ANY_TEXT)
def test_a_query_written_out_is_the_same_query(typed):
    query = parse(typed)
    assert parse(str(query)) == query


@given(st.text("电商平台b2c9. \n，", max_size=6), st.text("电商平台", min_size=1, max_size=4), st.text("电商a9 。"))
def test_han_is_found_wherever_it_stands(before, typed, after):
    text = fold(f"{before}{typed}{after}")
    with sqlite3.connect(":memory:") as db:
        db.execute("CREATE VIRTUAL TABLE f USING fts5(title_bigrams, body_bigrams, content='')")
        db.execute("INSERT INTO f (rowid, body_bigrams) VALUES (1, ?)", (bigram_stream(text),))
        assert found(db, zh_query(typed))
        assert bool(found(db, zh_query("平台电"))) == ("平台电" in text)
