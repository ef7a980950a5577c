"""Queries about words in context, in stock SQLite, against values worked out by hand on ten sentences."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from math import log, log2, sqrt
from pathlib import Path
from random import Random
from typing import Any

import pytest

from corpus_db import sql
from corpus_db.pipeline import build
from corpus_db.text.cuts import spans
from corpus_db.text.fold import fold_aligned
from tests.corpus_fixture import Sample, write_corpus

# As the dictionary cuts them: 平台 帮助 商家 / 商家 喜欢 平台 / 大家 喜欢 电影 平台 帮助 大家 / 我们 喜欢 音乐 / 电影 帮助 我们 /
# 平台 帮助 商家 发展 / 音乐 发展 平台 发展 / 台湾 商家 发展 / 我们 喜欢 iphone 平台 / 大家 发展: 35 words, 平台 six times.
ARTICLES = (
    ("k1", "2013-01-01", "one.example", "甲报", "平台帮助商家。商家喜欢平台。"),
    ("k2", "2013-06-01", "one.example", "乙报", "大家喜欢电影，平台帮助大家。我们喜欢音乐！"),
    ("k3", "2014-01-01", "two.example", "甲报", "电影帮助我们。平台，帮助商家发展。"),
    ("k4", "2014-06-01", "two.example", "乙报", "音乐发展平台发展。臺灣商家發展。"),
    ("k5", "2015-01-01", "two.example", "乙报", "我们喜欢 iPhone 平台。大家发展。"),
)
IN_A_SUBCORPUS = ("concordance", "collocates", "frequency", "ngrams", "pattern")
LAYER = ("concordance", "collocates", "frequency", "keyness", "ngrams", "pattern", "word_list", "similar", "reprints")


def write(folder: Path, **options: Any) -> Path:
    source = folder / "ten.jsonl"
    names = ("id", "published", "site", "publisher", "text")
    records = [json.dumps(dict(zip(names, article, strict=True)), ensure_ascii=False) for article in ARTICLES]
    source.write_text("\n".join(records), "utf-8")
    build([source], folder / "corpus.db", **options)
    return folder / "corpus.db"


@pytest.fixture(scope="module")
def db(tmp_path_factory: pytest.TempPathFactory) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(write(tmp_path_factory.mktemp("ten")))
    connection.row_factory = sqlite3.Row
    yield connection
    connection.close()


def ask(db: sqlite3.Connection, name: str, /, **args: object) -> list[dict[str, Any]]:
    query = sql.load(name)
    known = {param: value for param, value in args.items() if param in query.params}
    return [dict(row) for row in db.execute(query.sql, {**dict.fromkeys(query.params), **known})]


def by(column: str, rows: list[dict[str, Any]]) -> dict[Any, dict[str, Any]]:
    return {row[column]: row for row in rows}


# --- every query


@pytest.mark.parametrize("name", LAYER)
@pytest.mark.parametrize("value", ["", " ", "%", "'", '"', "[", "[v", "*", "**", "..", -1, 1e300, "2013..", "😀" * 300])
def test_nothing_typed_is_an_error(db: sqlite3.Connection, name: str, value: object) -> None:
    query = sql.load(name)
    for param in query.params:
        ask(db, name, **{"q": "平台", "key": "k1", "field": "year", "value": "2014", param: value})


@pytest.mark.parametrize("name", sorted({*LAYER} - {"reprints"}))
def test_a_saved_address_holds_for_one_version_of_the_corpus(db: sqlite3.Connection, name: str) -> None:
    (version,) = db.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
    asked = {"q": "平台", "key": "k1", "field": "year", "value": 2014, "least": 1}
    asked = {param: asked.get(param) for param in sql.load(name).params}
    assert ask(db, name, **asked)
    assert ask(db, name, **{**asked, "version": version}) == ask(db, name, **asked)
    assert ask(db, name, **{**asked, "version": "other"}) == []


@pytest.mark.parametrize("name", ["collocates", "ngrams", "pattern"])
def test_without_tokens_there_are_no_words_in_context(tmp_path: Path, name: str) -> None:
    db = sqlite3.connect(write(tmp_path, keep_tokens=False))
    db.row_factory = sqlite3.Row
    assert (
        ask(
            db,
            name,
            **{param: value for param, value in (("q", "平台"), ("least", 1)) if param in sql.load(name).params},
        )
        == []
    )
    rows = ask(db, "concordance", q="平台")
    assert len(rows) == 6
    assert {row["right_words"] for row in rows} == {None}


@pytest.mark.parametrize("name", LAYER)
def test_a_query_that_needs_tokens_says_so(db: sqlite3.Connection, tmp_path: Path, name: str) -> None:
    without = sqlite3.connect(write(tmp_path, keep_tokens=False))
    without.row_factory = sqlite3.Row
    asked = {"q": "平台", "key": "k1", "field": "publisher", "value": "甲报", "least": 1}
    same = ask(without, name, **asked) == ask(db, name, **asked)
    assert same != ("--no-tokens" in sql.load(name).description)


# --- concordance


def test_words_on_either_side_pass_over_marks_and_end_with_the_sentence(db: sqlite3.Connection) -> None:
    rows = ask(db, "concordance", q="平台", words=2)
    assert sorted(
        (row["key"], row["left_words"], row["right_words"]) for row in rows if row["key"] in ("k2", "k3", "k4")
    ) == [
        ("k2", "喜欢 电影", "帮助 大家"),
        ("k3", None, "帮助 商家"),
        ("k4", "音乐 发展", "发展"),
    ]


def test_a_word_that_the_text_only_touches_is_not_beside_it(db: sqlite3.Connection) -> None:
    (row,) = ask(db, "concordance", q="展平")
    assert (row["left_words"], row["node"], row["right_words"]) == ("音乐", "展平", "发展")


def test_sorted_by_date_and_by_site(db: sqlite3.Connection) -> None:
    assert [row["key"] for row in ask(db, "concordance", q="平台", sort="date")] == ["k1", "k1", "k2", "k3", "k4", "k5"]
    assert [row["site"] for row in ask(db, "concordance", q="平台", sort="site")] == ["one.example"] * 3 + [
        "two.example"
    ] * 3


def test_sorted_by_words_from_the_nearest_outward(db: sqlite3.Connection) -> None:
    lefts = [row["left_words"] for row in ask(db, "concordance", q="平台", sort="left") if row["left_words"]]
    assert lefts == ["我们 喜欢 iPhone", "音乐 发展", "商家 喜欢", "大家 喜欢 电影"]  # iPhone < 发展 < 喜欢 < 电影
    rights = [row["right_words"] or "" for row in ask(db, "concordance", q="平台", sort="right")]
    assert rights == sorted(rights)


def test_a_sample_is_the_same_for_the_same_seed(db: sqlite3.Connection) -> None:
    everything = {(row["key"], row["start"]) for row in ask(db, "concordance", q="平台")}
    samples = [
        frozenset((row["key"], row["start"]) for row in ask(db, "concordance", q="平台", sample=2, seed=n))
        for n in range(1, 13)
    ]
    assert all(len(sample) == 2 and sample <= everything for sample in samples)
    assert samples[0] == {(row["key"], row["start"]) for row in ask(db, "concordance", q="平台", sample=2, seed=1)}
    assert len(set(samples)) > 3
    assert set().union(*samples) == everything


@pytest.mark.parametrize(
    ("where", "keys"),
    [
        ({"year": 2013}, ["k1", "k1", "k2"]),
        ({"year": "2014..2015"}, ["k3", "k4", "k5"]),
        ({"year": "2015.."}, ["k5"]),
        ({"year": "..2013"}, ["k1", "k1", "k2"]),
        ({"site": "two.example", "publisher": "甲报"}, ["k3"]),
        ({"publisher": "丙报"}, []),
    ],
)
def test_subcorpora(db: sqlite3.Connection, where: dict[str, object], keys: list[str]) -> None:
    assert sorted(row["key"] for row in ask(db, "concordance", q="平台", **where)) == keys
    everything = [row["occurrences"] for row in ask(db, "frequency", q="平台", **where) if row["by"] == "all"]
    assert everything == ([len(keys)] if keys else [])


@pytest.fixture
def own_parts(tmp_path: Path) -> sqlite3.Connection:
    """The ten sentences, with parts of their own in place of those that the file comes with."""
    db = sqlite3.connect(write(tmp_path))
    db.executescript("""
        DROP VIEW subcorpora;
        CREATE VIEW subcorpora AS
        SELECT 'music' AS name, id AS article_id FROM articles WHERE body LIKE '%音乐%'
        UNION ALL SELECT 'long', id FROM articles WHERE chars > 17;
    """)
    db.row_factory = sqlite3.Row
    return db


def test_a_part_of_any_condition_on_articles_is_asked_for_by_name(own_parts: sqlite3.Connection) -> None:
    found = {name: ask(own_parts, name, q="平台", least=1, subcorpus="music") for name in IN_A_SUBCORPUS}
    assert {row["key"] for row in found["concordance"]} == {"k2", "k4"}
    assert by("word", found["collocates"])["帮助"]["together"] == 1
    assert [row["occurrences"] for row in found["frequency"] if row["by"] == "all"] == [2]
    of_k2, of_k4 = {"大家 喜欢", "喜欢 电影", "平台 帮助", "帮助 大家"}, {"音乐 发展", "发展 平台", "平台 发展"}
    assert {row["ngram"] for row in found["ngrams"]} == of_k2 | of_k4
    assert {row["key"] for row in ask(own_parts, "pattern", q="平台 [v]", subcorpus="music")} == {"k2", "k4"}
    for name in IN_A_SUBCORPUS:
        assert ask(own_parts, name, q="平台", least=1, subcorpus="no such part") == []
    rows = by("term", ask(own_parts, "keyness", field="subcorpus", value="music", least=1))
    # 大家 喜欢 电影 平台 帮助 大家 / 我们 喜欢 音乐 and 音乐 发展 平台 发展 / 台湾 商家 发展: 16 of the 35 words
    assert (rows["发展"]["occurrences"], rows["发展"]["occurrences_in_rest"]) == (3, 2)
    assert rows["发展"]["per_million"] == round(3e6 / 16, 2)
    assert rows["发展"]["sentences_read"] == 4


def test_parts_that_every_file_has(db: sqlite3.Connection) -> None:
    assert len(ask(db, "concordance", q="平台", subcorpus="originals")) == 6
    assert ask(db, "concordance", q="平台", subcorpus="reprints") == []
    assert len(ask(db, "concordance", q="平台", subcorpus="dated")) == 6


# --- collocates


def test_collocates_by_hand(db: sqlite3.Connection) -> None:
    rows = by("word", ask(db, "collocates", q="平台", least=1))
    row = rows["帮助"]  # with 平台 in the first, third and sixth sentence; four times in all
    o11, r1, c1, n = 3, 18, 4, 35 - 6
    e11 = r1 * c1 / n
    cells = ((o11, e11), (r1 - o11, r1 - e11), (c1 - o11, c1 - e11), (n - r1 - c1 + o11, n - r1 - c1 + e11))
    assert (row["together"], row["occurrences"], row["pos"]) == (3, 4, "v")
    assert row["expected"] == round(e11, 3)
    assert row["log_dice"] == pytest.approx(14 + log2(2 * o11 / (6 + c1)), abs=1e-4)
    assert row["mi"] == pytest.approx(log2(o11 / e11), abs=1e-4)
    assert row["mi3"] == pytest.approx(log2(o11**3 / e11), abs=1e-4)
    assert row["t_score"] == pytest.approx((o11 - e11) / sqrt(o11), abs=1e-4)
    assert row["log_likelihood"] == pytest.approx(2 * sum(o * log(o / e) for o, e in cells), abs=1e-4)
    assert row["log_ratio"] == pytest.approx(log2((o11 / r1) / ((c1 - o11) / (n - r1))), abs=1e-4)
    assert rows["iphone"]["log_ratio"] == pytest.approx(log2((1 / r1) / (0.5 / (n - r1))), abs=1e-4)
    assert sum(row["together"] for row in rows.values()) == r1


def test_a_window_of_one_word(db: sqlite3.Connection) -> None:
    rows = by("word", ask(db, "collocates", q="平台", window=1, least=1))
    assert {word: row["together"] for word, row in rows.items()} == {
        "帮助": 3,
        "发展": 2,
        "喜欢": 1,
        "电影": 1,
        "iphone": 1,
    }


def test_a_word_in_reach_of_two_places_counts_once(db: sqlite3.Connection) -> None:
    rows = by("word", ask(db, "collocates", q="发展", least=1))
    assert rows["平台"]["together"] == 2
    assert rows["台湾"]["occurrences"] == 1  # 臺灣 in the text


@pytest.mark.parametrize("measure", ["log_dice", "mi", "mi3", "t_score", "log_likelihood", "log_ratio", "together"])
def test_ordered_by_the_measure(db: sqlite3.Connection, measure: str) -> None:
    values = [row[measure] for row in ask(db, "collocates", q="平台", measure=measure, least=1)]
    assert values == sorted(values, reverse=True)


def test_frequencies_of_one_year(db: sqlite3.Connection) -> None:
    rows = by("word", ask(db, "collocates", q="平台", year=2014, least=1))
    assert (rows["发展"]["together"], rows["发展"]["occurrences"]) == (3, 4)
    assert rows["发展"]["expected"] == round(6 * 4 / (14 - 2), 3)
    rows = by("word", ask(db, "collocates", q="平台", site="one.example", least=1))
    assert rows["喜欢"]["occurrences"] == 3


# --- keyness, n-grams, patterns


def test_keyness_by_hand(db: sqlite3.Connection) -> None:
    row = by("term", ask(db, "keyness", field="year", value=2014, least=1))["发展"]
    o1, n1, o2, n2 = 4, 14, 1, 21
    e1, e2 = n1 * (o1 + o2) / (n1 + n2), n2 * (o1 + o2) / (n1 + n2)
    assert (row["occurrences"], row["occurrences_in_rest"]) == (o1, o2)
    assert row["per_million"] == round(o1 * 1e6 / n1, 2)
    assert row["log_likelihood"] == pytest.approx(2 * (o1 * log(o1 / e1) + o2 * log(o2 / e2)), abs=1e-4)
    assert row["log_ratio"] == pytest.approx(log2((o1 / n1) / (o2 / n2)), abs=1e-4)
    # Eleven words are compared, and chi-squared of one degree of freedom is 11.004 at 0.01 / 11.
    assert row["threshold"] == pytest.approx(11.004, abs=0.02)
    assert row["significant"] == 0


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """More sentences than a query reads, every third with 电影."""
    folder = tmp_path_factory.mktemp("many")
    text = "".join("平台发展电影。" if i % 3 else "平台发展音乐。" for i in range(1600))
    records = [{"id": name, "publisher": name, "text": text} for name in ("甲报", "乙报")]
    (folder / "a.jsonl").write_text("\n".join(map(json.dumps, records)), "utf-8")
    build([folder / "a.jsonl"], folder / "corpus.db")
    connection = sqlite3.connect(folder / "corpus.db")
    connection.row_factory = sqlite3.Row
    return connection


@pytest.mark.parametrize(
    ("name", "asked", "read"),
    [
        ("ngrams", {"n": 3}, 1000),
        ("pattern", {"q": "[v] [n]"}, 700),
        ("keyness", {"field": "publisher", "value": "甲报"}, 1000),
    ],
)
def test_a_sample_says_its_size_and_depends_on_the_seed_alone(
    many: sqlite3.Connection, name: str, asked: dict[str, object], read: int
) -> None:
    first = ask(many, name, **asked, seed=1)
    assert {row["sentences_read"] for row in first} == {read}
    assert ask(many, name, **asked, seed=1) == ask(many, name, **asked) == first
    assert any(ask(many, name, **asked, seed=seed) != first for seed in range(2, 6))


def test_keyness_of_a_section(tmp_path: Path) -> None:
    articles = [{"id": str(i), "section": "甲乙"[i % 2], "text": "平台发展。" if i % 2 else "电影。"} for i in range(4)]
    (tmp_path / "a.jsonl").write_text("\n".join(map(json.dumps, articles)), "utf-8")
    build([tmp_path / "a.jsonl"], tmp_path / "corpus.db")
    db = sqlite3.connect(tmp_path / "corpus.db")
    db.row_factory = sqlite3.Row
    rows = by("term", ask(db, "keyness", field="section", value="乙", least=1))
    assert (rows["平台"]["occurrences"], rows["平台"]["occurrences_in_rest"]) == (2, 0)
    assert (rows["电影"]["occurrences"], rows["电影"]["occurrences_in_rest"]) == (0, 2)
    assert {row["sentences_read"] for row in rows.values()} == {2}
    assert {row["sentences_read"] for row in ask(db, "keyness", field="year", value=2014)} == set()


def test_keyness_of_a_site_and_a_publisher(db: sqlite3.Connection) -> None:
    rows = by("term", ask(db, "keyness", field="site", value="one.example", least=1))
    assert (rows["喜欢"]["occurrences"], rows["喜欢"]["occurrences_in_rest"]) == (3, 1)
    assert rows["台湾"]["log_ratio"] < 0
    rows = by("term", ask(db, "keyness", field="publisher", value="乙报", least=1))
    assert (rows["台湾"]["occurrences"], rows["商家"]["occurrences"], rows["商家"]["occurrences_in_rest"]) == (1, 1, 3)
    assert ask(db, "keyness", field="year", value=1900) == []
    assert ask(db, "keyness", field="title", value="x") == []


def test_ngrams_stop_at_marks_but_not_at_a_space(db: sqlite3.Connection) -> None:
    rows = by("ngram", ask(db, "ngrams", n=2, least=1))
    assert (rows["平台 帮助"]["occurrences"], rows["平台 帮助"]["articles"]) == (2, 2)
    assert "iPhone 平台" in rows
    assert "电影 平台" not in rows
    assert rows["平台 帮助"]["sentences_read"] == 10
    assert [row["ngram"] for row in ask(db, "ngrams", n=4, least=1)] == ["我们 喜欢 iPhone 平台", "音乐 发展 平台 发展"]
    assert [row["ngram"] for row in ask(db, "ngrams", n=3, q="音乐", least=1)] == [
        "发展 平台 发展",
        "我们 喜欢 音乐",
        "音乐 发展 平台",
    ]


@pytest.mark.parametrize(
    ("pattern", "nodes"),
    [
        ("[v] 平台", ["发展平台", "喜欢平台"]),
        ("[v] * 平台", ["喜欢 iPhone 平台", "喜欢电影，平台"][:1]),
        ("平台 [v]", ["平台发展", "平台帮助", "平台帮助"]),
        ("平台 ， [v]", ["平台，帮助"]),
        ("喜欢 ** 平台", ["喜欢 iPhone 平台", "喜欢平台"]),
        ("平臺 幫助 *", ["平台帮助商家", "平台帮助大家"]),
        ("台灣 商家", ["臺灣商家"]),
        ("电影平台", []),
        ("帮助商家 发展", ["帮助商家发展"]),
        ("家 喜欢", []),  # 家 is no word there
        ("* *", []),
    ],
)
def test_patterns(db: sqlite3.Connection, pattern: str, nodes: list[str]) -> None:
    assert [row["node"] for row in ask(db, "pattern", q=pattern)] == nodes


def test_a_pattern_of_tags_alone(db: sqlite3.Connection) -> None:
    nodes = [row["node"] for row in ask(db, "pattern", q="[r] [v] [n]")]
    assert nodes == ["我们喜欢音乐"]  # 大家 is tagged n


def test_where_a_word_occurs_first_and_last(db: sqlite3.Connection) -> None:
    row = by("term", ask(db, "word_list", q="音乐"))["音乐"]
    assert (row["occurrences"], row["articles"], row["first_year"], row["last_year"]) == (2, 2, 2013, 2014)
    shares = {"k2": (0.5, 9 / 35), "k4": (0.5, 7 / 35)}
    assert row["dispersion"] == pytest.approx(1 - sum(min(pair) for pair in shares.values()), abs=1e-6)


# --- logarithms


def test_logarithms_and_roots_in_plain_sql() -> None:
    values = [
        1.0,
        2,
        3,
        1.4999999,
        1.5,
        2.9999,
        5.9999,
        6,
        9.999999,
        10,
        0.1,
        1e-9,
        7.3e-5,
        123456789,
        1e15,
        0.75,
        99.5,
    ]
    block = (sql.HERE / "blocks" / "logarithms.sql").read_text("utf-8").rstrip().rstrip(",")
    given = " UNION ALL ".join(f"SELECT {i}, 0, ?, -{i}" for i in range(len(values)))
    rows = sqlite3.connect(":memory:").execute(
        f"WITH amounts(id, what, x, along) AS ({given}), {block} SELECT id, ln, root FROM logarithms WHERE along = -id",
        values,
    )
    found = {i: (ln, root) for i, ln, root in rows}
    assert len(found) == len(values)
    for i, value in enumerate(values):
        assert found[i][0] == pytest.approx(log(value), abs=1e-7)
        assert found[i][1] == pytest.approx(sqrt(value), rel=1e-7)


def test_no_function_that_may_not_be_compiled_in() -> None:
    for name in (*LAYER, "search"):
        text = "\n".join(line for line in sql.load(name).sql.splitlines() if not line.lstrip().startswith("--"))
        for function in ("ln(", "log(", "log2(", "log10(", "sqrt(", "pow(", "exp(", "ceil(", "floor("):
            assert f" {function}" not in text and f"({function}" not in text, (name, function)


# --- on real text, against the same counted in Python


@pytest.mark.parametrize(("word", "window"), [("平台", 5), ("平台", 1), ("商家", 3), ("的", 2), ("电商平台", 4)])
def test_collocates_are_what_python_counts(seeds: sqlite3.Connection, word: str, window: int) -> None:
    near: Counter[str] = Counter()
    for sentence, cut in seeds.execute("SELECT s.text, b.cuts FROM sentences s JOIN sentence_bounds b USING (id)"):
        words, folded = list(spans(cut)), fold_aligned(sentence)
        reached = set()
        for start in (at for at in range(len(sentence)) if folded.startswith(word, at)):
            before = [place for place in words if place[1] <= start][-window:]
            behind = [place for place in words if place[0] >= start + len(word)][:window]
            reached.update(before, behind)
        near.update(folded[start:end] for start, end in reached)
    seeds.row_factory = sqlite3.Row
    rows = ask(seeds, "collocates", q=word, window=window, measure="together", least=2)
    assert {row["word"]: row["together"] for row in rows} == dict(
        sorted(((w, n) for w, n in near.items() if n >= 2), key=lambda pair: (-pair[1], pair[0]))[:300]
    )


# Words, marks and forms that meet in odd ways: 的 beside everything, traditional forms, Latin, runs of one character.
PIECES = (
    *"的，。、“”！ \n",
    *["平台", "平臺", "商家", "喜欢", "發展", "电影", "iPhone", "Ｏ２Ｏ", "13,000", "哈哈哈", "我们"],
)


@pytest.fixture(scope="module")
def odd(tmp_path_factory: pytest.TempPathFactory) -> sqlite3.Connection:
    """Forty articles of pieces drawn at random, always the same."""
    chance = Random(6)
    bodies = ["".join(chance.choices(PIECES, k=chance.randint(3, 40))) + "平台" for _ in range(40)]
    samples = tuple(Sample(f"r{i}", "题", body.strip()) for i, body in enumerate(bodies))
    connection = sqlite3.connect(write_corpus(tmp_path_factory.mktemp("odd") / "corpus.db", samples))
    connection.row_factory = sqlite3.Row
    return connection


def in_context(db: sqlite3.Connection, text: str, words: int, width: int) -> Iterator[tuple[object, ...]]:
    """What the concordance of a text of Han should say, from the bodies and the cuts alone."""
    for key, article, body in db.execute("SELECT key, id, body FROM articles").fetchall():
        folded = fold_aligned(body)
        for start in (at for at in range(len(body)) if folded.startswith(text, at)):
            first, cut = db.execute(
                "SELECT start, cuts FROM sentence_bounds WHERE article_id = ? AND start <= ? ORDER BY start DESC LIMIT 1",
                [article, start],
            ).fetchone()
            stop, places = start + len(text), [(first + a, first + b) for a, b in spans(cut)]
            left = " ".join(body[a:b] for a, b in [place for place in places if place[1] <= start][-words:])
            right = " ".join(body[a:b] for a, b in [place for place in places if place[0] >= stop][:words])
            before, behind = body[max(0, start - width) : start], body[stop : stop + width]
            yield (
                *(key, start, before.rpartition("\n")[2], body[start:stop], behind.partition("\n")[0]),
                *(left or None, right or None),
            )


@pytest.mark.parametrize("words", [1, 3, 11, 20])
@pytest.mark.parametrize("text", ["平台", "的", "台", "哈哈", "发展", "商家喜欢", "家的"])
def test_a_concordance_is_what_python_sees(odd: sqlite3.Connection, text: str, words: int) -> None:
    columns = ("key", "start", "left", "node", "right", "left_words", "right_words")
    rows = [tuple(row[c] for c in columns) for row in ask(odd, "concordance", q=text, words=words, width=7)]
    assert sorted(rows, key=str) == sorted(in_context(odd, text, words, 7), key=str)
    counts = [row["occurrences"] for row in ask(odd, "frequency", q=text) if row["by"] == "all"]
    assert counts == ([len(rows)] if rows else [])


@pytest.mark.parametrize("window", [1, 4, 10, 13, 20])
@pytest.mark.parametrize("text", ["平台", "的", "台", "哈哈"])
def test_collocates_are_the_words_of_those_lines(odd: sqlite3.Connection, text: str, window: int) -> None:
    near: Counter[str] = Counter()
    for article, body in odd.execute("SELECT id, body FROM articles").fetchall():
        folded, reached = fold_aligned(body), set()
        for first, end, cut in odd.execute(
            'SELECT start, "end", cuts FROM sentence_bounds WHERE article_id = ?', [article]
        ):
            places = [(first + a, first + b) for a, b in spans(cut)]
            for start in (at for at in range(first, end) if folded.startswith(text, at)):
                reached.update([place for place in places if place[1] <= start][-window:])
                reached.update([place for place in places if place[0] >= start + len(text)][:window])
        near.update(folded[a:b] for a, b in reached)
    rows = ask(odd, "collocates", q=text, window=window, least=1)
    assert {row["word"]: row["together"] for row in rows} == near


@pytest.mark.parametrize("n", [2, 3, 4])
def test_ngrams_are_what_python_counts(seeds: sqlite3.Connection, n: int) -> None:
    counts: Counter[str] = Counter()
    for sentence, cut in seeds.execute("SELECT s.text, b.cuts FROM sentences s JOIN sentence_bounds b USING (id)"):
        words = list(spans(cut))
        for run in zip(*(words[i:] for i in range(n)), strict=False):
            if all(sentence[a[1] : b[0]] in ("", " ") for a, b in pairwise(run)):
                counts[" ".join(sentence[start:end] for start, end in run)] += 1
    seeds.row_factory = sqlite3.Row
    rows = ask(seeds, "ngrams", n=n, least=3)
    assert {row["ngram"]: row["occurrences"] for row in rows} == {
        ngram: count for ngram, count in counts.items() if count >= 3
    }
