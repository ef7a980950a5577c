"""metadata.yml: current, and enough for a Datasette without this package."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
import yaml
from datasette.app import Datasette
from datasette.plugins import pm

from corpus_db import sql
from corpus_db.serve import datasette as plugin
from corpus_db.serve.metadata import render_metadata
from corpus_db.serve.profile import profile
from tests.serve.serving import IS_STABLE

ROOT = Path(__file__).parents[2]


@pytest.fixture
def stock() -> Iterator[None]:
    """Datasette as it is without our plugin, installed or not."""
    installed = pm.get_name(plugin) if pm.is_registered(plugin) else None
    if installed:
        pm.unregister(plugin)
    yield
    if installed:
        pm.register(plugin, name=installed)


def serve(path: Path, text: str) -> Datasette:
    """What `datasette corpus.db -m metadata.yml` runs; for 1.0, with `-c metadata.yml` as well."""
    told = yaml.safe_load(text)
    return Datasette([str(path)], metadata=told, **({} if IS_STABLE else {"config": told}))


def test_the_file_is_what_the_queries_and_comments_give() -> None:
    assert (ROOT / "metadata.yml").read_text("utf-8") == render_metadata(), "run: python -m corpus_db.serve.metadata"


def test_sql_passes_through_yaml_unharmed() -> None:
    told = yaml.safe_load(render_metadata())["databases"]["corpus"]["queries"]
    assert {name: query["sql"] for name, query in told.items()} == {q.name: q.sql for q in sql.queries()}


async def test_every_query_answers_without_the_package(stock: None, corpus_path: Path) -> None:
    datasette = serve(corpus_path, render_metadata())
    await datasette.invoke_startup()
    asked = {"q": "平台", "key": "a1", "name": "王芳", "n": "2", "least": "1", "field": "site", "value": "example.net"}
    # 1.0 shows the table where a query of a file given with -c has a table's name; with the package it is NAME_query.
    tables = {"figures", "quotes", "similar", "about"}
    hidden = set() if IS_STABLE else tables
    for query in sql.queries():
        name = query.name
        if name in hidden:
            continue
        args = {param: asked.get(param, "") for param in query.params}
        response = await datasette.client.get(f"/corpus/{name}.json?{urlencode({**args, '_shape': 'array'})}")
        assert response.status_code == 200, (query.name, response.text)
        if query.name not in (
            "figures",
            "timeline",
            "keyness",
        ):  # nothing stands in a sentence with that word, or stands out
            assert response.json(), query.name
        page = await datasette.client.get(f"/corpus/{name}?{urlencode(args)}")
        assert page.status_code == 200
    for database in datasette.databases.values():
        database.close()


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("电商平台", ["a1", "a2", "a6"]),
        ("供应链模式", ["a7"]),
        ("1688.com", ["a3"]),
        ("c++", ["a3"]),
        ("平台 店主", ["a1", "a2", "a6"]),
        ("没有的词", []),
    ],
)
async def test_the_search_box_of_stock_datasette(stock: None, corpus_path: Path, typed: str, found: list[str]) -> None:
    datasette = Datasette([str(corpus_path)])
    await datasette.invoke_startup()
    response = await datasette.client.get(f"/corpus/articles.json?{urlencode({'_search': typed, '_shape': 'array'})}")
    assert response.status_code == 200, response.text
    assert sorted(row["key"] for row in response.json()) == found
    for database in datasette.databases.values():
        database.close()


def test_the_search_of_sqlite_utils(corpus_path: Path) -> None:
    import sqlite_utils

    db = sqlite_utils.Database(sqlite3.connect(f"{corpus_path.as_uri()}?mode=ro", uri=True))
    assert db["articles"].detect_fts() == "articles_search"
    assert sorted(row["key"] for row in db["articles"].search("电商平台")) == ["a1", "a2", "a6"]


def test_only_plain_text_is_taken_from_a_file() -> None:
    found = profile([], {"title": "T", "description_html": "<b>", "source_url": "javascript:alert(1)", "plugins": "x"})
    assert {key for key, value in found.items() if isinstance(value, str)} == {"title"}
