"""Every format holds what the file holds, cell for cell."""

from __future__ import annotations

import csv
import datetime
import json
import sqlite3

import pyarrow.parquet as pq
import pytest

from corpus_db.export.csv import unguarded
from corpus_db.export.tables import TABLES, tables
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold

ADDED = {"licence", "published_date", *(f"{part}_{what}" for part in ("title", "body") for what in ("folded", "words", "bigrams"))}  # fmt: skip


def rows_of(path, name, names):
    """The rows of a table or view of the file, by column name, in the order of a release."""
    db = sqlite3.connect(path)
    db.row_factory = sqlite3.Row
    order = {
        "mentions": "article_id, start, entity_id",
        "similar": "article_id, other_id",
        "terms": "term",
        "paragraphs": "id",
        "sentences": "id",
    }
    return [
        {n: row[n] for n in names} for row in db.execute(f"SELECT * FROM {name} ORDER BY {order.get(name, 'rowid')}")
    ]


def as_stored(value):
    if isinstance(value, list):
        return json.dumps(value, ensure_ascii=False)
    return value.isoformat() if isinstance(value, datetime.date) else value


@pytest.mark.parametrize("name", TABLES)
def test_parquet_holds_what_the_file_holds(seeds_path, seeds_release, name):
    found = pq.read_table(seeds_release / "parquet" / f"{name}.parquet")
    names = [n for n in found.column_names if n not in ADDED]
    stored = rows_of(seeds_path, name, names)
    loaded = [{n: as_stored(row[n]) for n in names} for row in found.to_pylist()]
    for row in (*stored, *loaded):  # the same list, however its JSON is spaced
        row.update({n: json.dumps(json.loads(row[n])) for n in ("keywords", "aliases") if row.get(n)})
    assert loaded == stored


@pytest.mark.parametrize("name", TABLES)
def test_csv_holds_what_the_file_holds(seeds_path, seeds_release, name):
    with (seeds_release / "csv" / f"{name}.csv").open(encoding="utf-8-sig", newline="") as file:
        loaded = [{n: unguarded(value) for n, value in row.items() if n not in ADDED} for row in csv.DictReader(file)]
    names = loaded[0].keys() if loaded else ()
    stored = [{n: "" if v is None else str(v) for n, v in row.items()} for row in rows_of(seeds_path, name, names)]
    assert loaded == stored


def test_every_column_is_described_and_typed(seeds_path, seeds_release):
    for table in tables(sqlite3.connect(seeds_path)):
        schema = pq.read_schema(seeds_release / "parquet" / f"{table.name}.parquet")
        for field in schema:
            assert field.metadata[b"description"], (table.name, field.name)
    types = {f.name: str(f.type) for f in pq.read_schema(seeds_release / "parquet" / "dates.parquet")}
    assert (types["start_date"], types["end_date"]) == ("date32[day]", "date32[day]")
    types = {f.name: str(f.type) for f in pq.read_schema(seeds_release / "parquet" / "articles.parquet")}
    assert types["keywords"] == types["body_words"] == "list<element: string not null>"


def test_articles_carry_what_another_engine_needs_to_search_them(release):
    for article in pq.read_table(release / "parquet" / "articles.parquet").to_pylist():
        for part in ("title", "body"):
            folded = fold(article[part])
            assert article[f"{part}_folded"] == folded
            assert article[f"{part}_bigrams"] == bigram_stream(folded).split(" ")
        assert len(article["body_words"]) == article["words"]


def test_words_count_as_in_terms(seeds_path, seeds_release):
    found: dict[str, int] = {}
    for article in pq.read_table(seeds_release / "parquet" / "articles.parquet").to_pylist():
        for word in [*(article["title_words"] or ()), *article["body_words"]]:
            found[word] = found.get(word, 0) + 1
    assert found == dict(sqlite3.connect(seeds_path).execute("SELECT term, occurrences FROM terms"))


def test_a_date_is_a_day_only_where_the_source_states_one(corpus, tmp_path):
    from corpus_db.export import export

    records = [
        {"id": "a", "title": "一", "text": "正文有几个字。", "published": "2013-12-04T23:24"},
        {"id": "b", "title": "二", "text": "正文有另外几个字。", "published": "2016"},
        {"id": "c", "title": "三", "text": "正文又有几个字。", "license": "CC-BY-4.0"},
    ]
    corpus({"a.jsonl": "".join(json.dumps(r) + "\n" for r in records)})
    export(tmp_path / "corpus.db", tmp_path / "release")
    found = pq.read_table(tmp_path / "release" / "parquet" / "articles.parquet").to_pylist()
    assert [row["published_date"] for row in found] == [datetime.date(2013, 12, 4), None, None]
    corpus_licence = found[0]["licence"]
    assert [row["licence"] for row in found] == [corpus_licence, corpus_licence, "CC-BY-4.0"]
    assert corpus_licence


def test_raw_text_only_where_it_is_asked_for(seeds_path):
    db = sqlite3.connect(seeds_path)
    names = [[c.name for c in table.columns] for raw in (False, True) for table in tables(db, raw=raw) if table.name == "sources"]  # fmt: skip
    assert ["raw" in columns for columns in names] == [False, True]
