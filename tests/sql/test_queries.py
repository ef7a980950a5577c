"""The canned queries in stock SQLite, without any function of this package."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sql
from corpus_db.search import zh_query
from corpus_db.text.bigrams import phrase
from corpus_db.text.fold import fold
from tests.corpus_fixture import SAMPLES

# Everything that the folding, the tokens and the query language tell apart.
ALPHABET = "电商平台備貨節的王芳亿元abzABé0123.,，、。:_-#+*\"“”＂'　 \n\tＯ２①㎡½٣🎉々あ한㈱OR-"
QUERIES = {query.name: query for query in sql.queries()}


@pytest.fixture(scope="module")
def db(corpus_path: Path) -> Iterator[sqlite3.Connection]:
    """Stock SQLite on the corpus."""
    connection = sqlite3.connect(f"{corpus_path.as_uri()}?mode=ro", uri=True)
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def run(db: sqlite3.Connection, name: str, /, **args: object) -> list[dict[str, Any]]:
    query = QUERIES[name]
    return [dict(row) for row in db.execute(query.sql, {**dict.fromkeys(query.params), **args})]


def found(db: sqlite3.Connection, match: str) -> set[str]:
    return {
        key
        for (key,) in db.execute(
            "SELECT key FROM articles WHERE id IN (SELECT rowid FROM articles_fts WHERE articles_fts MATCH ?)", [match]
        )
    }


def test_every_query_file_is_listed_and_its_shared_parts_are_current() -> None:
    files = sorted((sql.HERE / "queries").glob("*.sql"))
    assert sorted(sql.QUERIES) == [path.stem for path in files]
    for path in files:
        text = path.read_text("utf-8")
        assert sql.fill_blocks(text) == text, f"run: python -m corpus_db.sql ({path.name})"


@pytest.mark.parametrize("query", QUERIES.values(), ids=QUERIES)
def test_every_query_says_what_it_is_and_takes_any_value(db: sqlite3.Connection, query: sql.Query) -> None:
    assert query.title != query.name
    assert query.description.endswith(".")
    for name in query.params:
        assert f":{name}" in query.sql
    for value in (None, "", " ", "0", 7, 1.5, '"', "'", "*", "-", "a OR", "（", "NEAR(x y)", "\\", "%_", "😀" * 600):
        db.execute(query.sql, dict.fromkeys(query.params, value)).fetchall()


@pytest.mark.parametrize(
    "name", ["search", "phrase", "concordance", "collocates", "frequency", "similar", "removed", "entity"]
)
def test_nothing_asked_nothing_found(db: sqlite3.Connection, name: str) -> None:
    query = QUERIES[name]
    for value in (None, "", "  ", "，"):
        assert db.execute(query.sql, dict.fromkeys(query.params, value)).fetchall() == []


def test_queries_that_list_articles_have_key_and_title(db: sqlite3.Connection) -> None:
    asked = {"q": "平台", "key": "a1", "name": "王芳", "kind": None, "speaker": None}
    for name in ("search", "phrase", "concordance", "figures", "timeline", "quotes", "entity", "similar", "reprints"):
        query = QUERIES[name]
        columns = [c[0] for c in db.execute(query.sql, {p: asked.get(p) for p in query.params}).description]
        assert {"key", "title"} <= set(columns), name


# --- phrase and search: the same as the functions of the package


@settings(max_examples=300, deadline=None)
@given(st.text(ALPHABET, max_size=14))
def test_the_phrase_made_in_sql_is_the_one_made_in_python(db: sqlite3.Connection, text: str) -> None:
    made = f"{QUERIES['phrase'].sql.partition('-- end phrases')[0].rstrip().rstrip(',')} SELECT phrase FROM phrases"
    (row,) = db.execute(made, {"q": text})
    assert row["phrase"] == phrase(fold(text))


@st.composite
def typed(draw: st.DrawFn) -> str:
    """What people type: pieces of the articles and a few odd marks, with quotes, minus, OR and star."""
    texts = [f"{sample.title}\n{sample.body}" for sample in SAMPLES]
    pieces = []
    for _ in range(draw(st.integers(1, 4))):
        text = draw(st.sampled_from(texts))
        start = draw(st.integers(0, len(text) - 1))
        piece = text[start : start + draw(st.integers(1, 5))]
        form = draw(
            st.sampled_from(
                [
                    "{}",
                    "{}",
                    "{}",
                    "-{}",
                    '"{}"',
                    "“{}”",
                    "«{}»",
                    "说：“{}",
                    "OR {}",
                    "{}*",
                    "－{}",
                    "{} OR",
                    "或 {}",
                    "| {}",
                    "或者 {}",
                    "{} ｜",
                    '{}"',
                ]
            )
        )
        pieces.append(form.format(piece))
    return draw(st.sampled_from([" ", " ", "　", "\n", ""])).join(pieces)


@settings(max_examples=300, deadline=None)
@given(typed())
def test_search_in_sql_finds_what_zh_query_finds(db: sqlite3.Connection, text: str) -> None:
    assert {row["key"] for row in run(db, "search", q=text)} == found(db, zh_query(text))


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("商", {"a1", "a2", "a3", "a6", "a8"}),
        ("台准备", {"a2"}),
        ("備貨", {"a2"}),
        ("13,000家", {"a1"}),
        ("13000家", {"a1"}),
        ("9亿元", {"a4"}),
        ("41.9亿", {"a1", "a6"}),
        ("b2b平台", {"a3"}),
        ("c++", {"a3"}),
        ("+", set()),
        ("iphone 5", {"a9"}),
        ("平台商家", set()),
    ],
)
def test_phrase(db: sqlite3.Connection, text: str, keys: set[str]) -> None:
    assert {row["key"] for row in run(db, "phrase", q=text)} == keys


def test_search_shows_the_place_and_the_best_first(db: sqlite3.Connection) -> None:
    rows = run(db, "search", q="供应链")
    assert rows[0]["key"] == "a7"
    assert "供应链" in rows[0]["snippet"]
    assert [row["key"] for row in run(db, "search", q="天气")] == ["a5"]


# --- concordance and frequency


def test_concordance_stays_in_its_paragraph(db: sqlite3.Connection) -> None:
    rows = run(db, "concordance", q="平台", width=4)
    of_a3 = [(row["left"], row["node"], row["right"]) for row in rows if row["key"] == "a3"]
    assert sorted(of_a3) == [("", "平台", ""), ("Ｂ２Ｂ", "平台", "和O2O")]


@pytest.mark.parametrize(
    ("text", "nodes"),
    [
        ("台灣", ["臺灣"]),  # not in the corpus as typed
        ("臺灣", ["臺灣"]),
        ("b2b", ["Ｂ２Ｂ"]),
        ("13000", ["13,000"]),
        ("13,000家店", ["13,000家店"]),
        ("000", []),
        ("9亿元", ["9亿元"]),
        ("o2", []),
        ("C++", ["C++"]),
        ("iphone  5", ["iPhone 5"]),
        ("taobao", ["Taobao"]),
    ],
)
def test_concordance_finds_every_form(db: sqlite3.Connection, text: str, nodes: list[str]) -> None:
    assert [row["node"] for row in run(db, "concordance", q=text)] == nodes


@settings(max_examples=150, deadline=None)
@given(st.data())
def test_concordance_finds_every_place(db: sqlite3.Connection, data: st.DataObject) -> None:
    sample = data.draw(st.sampled_from(SAMPLES))
    start = data.draw(st.integers(0, len(sample.body) - 1))
    text = sample.body[start : start + data.draw(st.integers(1, 4))]
    if not all("\u4e00" <= char <= "\u9fff" for char in text):
        return
    expected = sorted(
        (other.key, at)
        for other in SAMPLES
        for at in range(len(other.body))
        if fold(other.body[at : at + len(text)]) == fold(text)
    )
    assert sorted((row["key"], row["start"]) for row in run(db, "concordance", q=text)) == expected


@pytest.mark.parametrize(
    ("sort", "column"),
    [
        ("right_characters", "right"),
        ("date", "published"),
        ("site", "site"),
        ("right", "right_words"),
        (None, "right_words"),
    ],
)
def test_concordance_is_sorted(db: sqlite3.Connection, sort: str | None, column: str) -> None:
    values = [row[column] or "" for row in run(db, "concordance", q="平台", sort=sort)]
    assert values == sorted(values)


def test_concordance_sorts_the_left_side_outward(db: sqlite3.Connection) -> None:
    lefts = [row["left"][::-1][:4] for row in run(db, "concordance", q="平台", sort="left_characters")]
    assert lefts == sorted(lefts)


def test_another_seed_another_order_of_the_same_rows(db: sqlite3.Connection) -> None:
    one = [row["start"] for row in run(db, "concordance", q="平台", sort="random", seed=1)]
    assert one == [row["start"] for row in run(db, "concordance", q="平台", sort="random", seed=1)]
    others = [[row["start"] for row in run(db, "concordance", q="平台", sort="random", seed=n)] for n in range(2, 6)]
    assert any(other != one for other in others)
    assert all(sorted(other) == sorted(one) for other in others)


def test_frequency_by_hand(db: sqlite3.Connection) -> None:
    rows = {(row["by"], row["value"]): row for row in run(db, "frequency", q="电商平台")}
    everything = rows["all", None]
    assert (everything["occurrences"], everything["articles"]) == (3, 3)
    assert everything["occurrences_without_reprints"] == 2
    words = sum(row["words"] for row in db.execute("SELECT words FROM articles"))
    assert everything["per_million_words"] == round(3e6 / words, 2)
    assert rows["year", 2016]["articles_without_reprints"] == 0
    assert rows["site", "example.com"]["occurrences"] == 2
    assert ("year", 2015) not in rows


# --- the others


def test_word_list(db: sqlite3.Connection) -> None:
    rows = run(db, "word_list", q="電商")
    assert rows
    assert all("电商" in row["term"] for row in rows)
    counts = [row["occurrences"] for row in run(db, "word_list")]
    assert counts == sorted(counts, reverse=True)


def test_figures_by_kind_size_and_words_beside_them(db: sqlite3.Connection) -> None:
    assert [row["raw"] for row in run(db, "figures", kind="money", min="1000000000")] == ["41.9亿元", "41.9亿元"]
    assert [row["raw"] for row in run(db, "figures", kind="money", max="1000000000")] == ["9亿元"]
    assert {row["raw"] for row in run(db, "figures", q="投资")} == {"9亿元", "约30%"}


@pytest.mark.parametrize(
    "least", [1e9, "1000000000", "1,000,000,000", " 10亿", "100000万元", "0.001万亿", "1e9", "+1e9"]
)
def test_a_limit_may_be_written_as_people_do(db: sqlite3.Connection, least: object) -> None:
    assert [row["raw"] for row in run(db, "figures", kind="money", min=least)] == ["41.9亿元", "41.9亿元"]
    assert [row["raw"] for row in run(db, "figures", kind="money", max=least)] == ["9亿元"]


@pytest.mark.parametrize("wrong", ["much", "亿", "-", "二〇一三", "13-5-1", "May 2013"])
def test_a_limit_that_is_none_finds_nothing(db: sqlite3.Connection, wrong: str) -> None:
    for name, limits in (("figures", ("min", "max")), ("timeline", ("start", "end"))):
        for limit in limits:
            if name == "timeline" or not wrong[0].isdigit():
                assert run(db, name, **{limit: wrong}) == []


@pytest.mark.parametrize("month", ["2013-05", "2013-5", "2013/5", "2013.5", "2013年5月", " 2013-05 "])
@pytest.mark.parametrize("day", ["", "-1", "/1", ".01"])
def test_a_day_may_be_written_as_people_do(db: sqlite3.Connection, month: str, day: str) -> None:
    written = month.strip() + day if day else month
    assert [row["raw"] for row in run(db, "timeline", start=written, end="2013年5月31日")] == ["2013年5月"]
    assert run(db, "timeline", end="2013-4-30") == run(db, "timeline", start="2013-6-1", end="2013-12-31") == []


def test_timeline_of_a_year(db: sqlite3.Connection) -> None:
    assert [row["raw"] for row in run(db, "timeline", start="2013", end="2013")] == ["2013年5月"]
    assert run(db, "timeline", start="2014") == []
    assert [row["key"] for row in run(db, "timeline", q="签约")] == ["a4"]
    assert run(db, "timeline", q="投资") == []


def test_quotes_by_speaker_and_words(db: sqlite3.Connection) -> None:
    assert [row["key"] for row in run(db, "quotes", speaker="王女士")] == ["a1", "a7"]
    assert [row["key"] for row in run(db, "quotes", q="少库存")] == ["a7"]


def test_everything_about_a_name(db: sqlite3.Connection) -> None:
    rows = run(db, "entity", name="王女士")
    assert [row["what"] for row in rows] == ["named", "named", "named", "said", "said"]
    assert run(db, "entity", name="王") == []


def test_people_similar_reprints_removed_about(db: sqlite3.Connection) -> None:
    assert [(row["name"], row["quotes"]) for row in run(db, "people")] == [("王芳", 2)]
    assert [(row["key"], row["relation"]) for row in run(db, "similar", key="a1")][:2] == [
        ("a6", "reprint"),
        ("a2", "keywords"),
    ]
    assert [(row["key"], row["original_key"]) for row in run(db, "reprints")] == [("a6", "a1")]
    assert [(row["role"], row["reason"], row["text"]) for row in run(db, "removed", key="a1")] == [
        ("chrome", "footer", "\n")
    ]
    assert {row["key"]: row["value"] for row in run(db, "about")}["articles"] == 10


def test_long_input_is_capped(db: sqlite3.Connection) -> None:
    assert run(db, "search", q="电商平台" * 100_000) == []
