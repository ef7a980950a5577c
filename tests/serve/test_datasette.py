"""The plugin inside a running Datasette, whichever line of it is installed."""

from __future__ import annotations

import contextlib
import gc
import re
import shutil
import sqlite3
import warnings
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from datasette.app import Datasette

from tests.serve.serving import IS_STABLE


@pytest.fixture
async def served(with_plugin: None, corpus_path: Path) -> AsyncIterator[Datasette]:
    """A Datasette that serves the corpus."""
    datasette = Datasette([str(corpus_path)])
    await datasette.invoke_startup()
    yield datasette
    close(datasette)


def close(datasette: Datasette) -> None:
    for database in datasette.databases.values():
        database.close()


async def keys(datasette: Datasette, path: str, **args: str) -> list[str]:
    response = await datasette.client.get(f"{path}.json?{urlencode({**args, '_shape': 'array'})}")
    assert response.status_code == 200, response.text
    return [row["key"] for row in response.json()]


async def page(datasette: Datasette, path: str, **args: str) -> str:
    response = await datasette.client.get(path + (f"?{urlencode(args)}" if args else ""))
    assert response.status_code == 200, response.text
    return str(response.text)


FOUND = {
    "电商平台": ["a1", "a2", "a6"],
    "台准备": ["a2"],
    "电子商务平台的崛起": ["a1", "a6"],
    "备货节": ["a2"],
    "備貨節": ["a2"],
    "b2b 平台": ["a3"],
    "C++": ["a3"],
    "1688.com": ["a3"],
    "13000": ["a1"],
    "9亿元": ["a4"],
    "商": ["a1", "a2", "a3", "a6", "a8"],
    "电商 -店铺": ["a2", "a6"],
    '"平台 商家"': ["a3"],
    "没有这样的话": [],
    '" * OR ) NEAR(': [],
    "电商 site:example.org": ["a2"],
    "平台 year:2013..2014 -电商": ["a10", "a3"],
    "王芳 author:李明 -year:2016": ["a1", "a7"],
}


async def test_the_search_boxes_find_by_our_rules(served: Datasette) -> None:
    for table in ("articles", "ranked"):
        assert {typed: sorted(await keys(served, f"/corpus/{table}", _search=typed)) for typed in FOUND} == FOUND


async def test_filters_alone_work_by_relevance(served: Datasette) -> None:
    assert sorted(await keys(served, "/corpus/ranked", _search="year:2015")) == ["a4", "a5"]
    assert sorted(await keys(served, "/corpus/ranked", _search="-平台 site:example.net")) == ["a5", "a8"]
    assert await keys(served, "/corpus/ranked", _search="，") == []


async def test_a_fact_leads_to_its_article_and_its_value_is_readable(served: Datasette) -> None:
    html = await page(served, "/corpus/facts_figures", value="4190000000")
    assert 'href="/corpus/-/article?key=a1"' in html
    assert ">4,190,000,000</td>" in html
    assert "in base units" in html


async def test_a_title_leads_to_the_article(served: Datasette) -> None:
    html = await page(served, "/corpus/ranked", _search="符号")
    assert re.search(r'<a href="/corpus/-/article/10\?q=%E7%AC%A6%E5%8F%B7">&lt;b&gt;标题&lt;/b&gt; &amp; ', html)


async def test_ranked_puts_the_best_first_and_counts_facets_on_what_is_found(served: Datasette) -> None:
    assert (await keys(served, "/corpus/ranked", _search="天气"))[0] == "a5"
    assert (await keys(served, "/corpus/ranked", _search="商"))[0] == "a8"
    html = await page(served, "/corpus/ranked", _search="电商平台")
    facet = re.search(r'id="facet-site".*?</ul>', html, re.DOTALL)
    assert facet
    assert re.search(r"example\.com</a>\D*2\D", facet[0])
    assert "example.net" not in facet[0]


async def test_ranked_pages_and_filters(served: Datasette) -> None:
    every = await keys(served, "/corpus/ranked", _search="商")
    response = await served.client.get(f"/corpus/ranked.json?{urlencode({'_search': '商', '_size': 2})}")
    again = await keys(served, "/corpus/ranked", _search="商", _size="2", _next=str(response.json()["next"]))
    assert again == every[2:4]
    assert sorted(await keys(served, "/corpus/ranked", _search="商", site="example.com")) == ["a1", "a6"]


async def test_ranked_without_a_search_shows_everything(served: Datasette) -> None:
    assert len(await keys(served, "/corpus/ranked")) == 10
    assert 'name="_search"' in await page(served, "/corpus/ranked")


async def test_csv_of_ranked(served: Datasette) -> None:
    response = await served.client.get(f"/corpus/ranked.csv?{urlencode({'_search': '天气', '_col': 'key'})}")
    assert response.status_code == 200
    assert "a5" in response.text


async def test_what_was_found_is_marked_and_the_rest_escaped(served: Datasette) -> None:
    html = await page(served, "/corpus/articles", _search="备货节")
    assert "<mark>備貨節</mark>" in html
    html = await page(served, "/corpus/articles", _search="符号")
    assert "<script>alert" not in html
    assert "<mark>符号</mark>" in html


async def test_without_a_search_nothing_is_marked(served: Datasette) -> None:
    assert "<mark>" not in await page(served, "/corpus/articles")


async def test_the_file_tells_its_title_and_descriptions(served: Datasette) -> None:
    assert "示例语料" in await page(served, "/")
    assert "Ten short articles." in await page(served, "/corpus")
    html = await page(served, "/corpus/articles")
    assert "Articles, cleaned" in html
    assert "ISO 8601, as precise as the source states it" in html
    for facet in ("site", "publisher", "year", "section", "keywords"):
        assert f'id="facet-{facet}"' in html


async def test_helper_tables_are_hidden(served: Datasette) -> None:
    html = await page(served, "/corpus")
    assert "/corpus/articles" in html
    assert "/corpus/char_kinds" not in html


async def test_canned_queries_answer(served: Datasette) -> None:
    assert sorted(await keys(served, "/corpus/search", q="电商 -店铺")) == ["a2", "a6"]
    assert await keys(served, "/corpus/phrase", q="備貨節") == ["a2"]
    html = await page(served, "/corpus/search", q="备货节")
    assert "<mark>備貨節</mark>" in html
    assert "Exact phrase" in await page(served, "/corpus")


async def test_one_step_from_the_table_to_relevance(served: Datasette) -> None:
    assert f"/corpus/ranked?{urlencode({'_search': '商'})}" in await page(served, "/corpus/articles", _search="商")


async def test_what_the_user_configured_wins(with_plugin: None, corpus_path: Path) -> None:
    mine = {"title": "Mine", "databases": {"corpus": {"tables": {"articles": {"facets": ["author"]}}}}}
    datasette = Datasette([str(corpus_path)], metadata=mine)
    await datasette.invoke_startup()
    assert "Mine" in await page(datasette, "/")
    html = await page(datasette, "/corpus/articles")
    assert 'id="facet-author"' in html
    assert 'id="facet-publisher"' not in html
    close(datasette)


async def test_other_databases_are_left_alone(with_plugin: None, tmp_path: Path) -> None:
    import sqlite3

    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.executescript("CREATE VIRTUAL TABLE notes USING fts5(text); INSERT INTO notes VALUES ('one-two');")
    db.close()
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    response = await datasette.client.get("/other.json?sql=select+escape_fts('one-two')+as+e&_shape=array")
    if response.status_code == 302:
        response = await datasette.client.get(response.headers["location"])
    assert response.json() == [{"e": '"one-two"'}]
    assert "示例" not in await page(datasette, "/")
    close(datasette)


async def test_the_search_box_keeps_what_was_typed(served: Datasette) -> None:
    for table in ("articles", "ranked"):
        assert 'name="_search" value="备货节"' in await page(served, f"/corpus/{table}", _search="备货节")


async def test_a_style_sheet_of_our_own(served: Datasette) -> None:
    assert "/-/corpus-db/tables.css" in await page(served, "/corpus/ranked")
    response = await served.client.get("/-/corpus-db/tables.css")
    assert response.headers["content-type"].startswith("text/css")
    assert (await served.client.get("/-/corpus-db/other.css")).status_code == 404


@pytest.mark.parametrize("table", ["articles", "ranked"])
async def test_where_nothing_is_found_the_page_says_what_would_be(served: Datasette, table: str) -> None:
    assert "王芳 (3; 王芳 for wang fang (pinyin))" in await page(served, f"/corpus/{table}", _search="wang fang")
    assert "would be found" not in await page(served, f"/corpus/{table}", _search="王芳")
    assert await keys(served, f"/corpus/{table}", _search="wang fang") == []


async def test_a_file_of_another_segmenter_is_told_once(
    with_plugin: None, seeds_path: Path, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    path = shutil.copy(seeds_path, tmp_path / "foreign.db")
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        db.execute("UPDATE about SET value = '0.0.1' WHERE key = 'segmenter_version'")
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    for _ in range(2):
        assert "<mark>备货节</mark>" in await page(datasette, "/foreign/ranked", _search="備貨節")
    close(datasette)
    (told,) = (message for record in caplog.records if "0.0.1" in (message := record.getMessage()))
    assert told.startswith("foreign: words were cut by ")


@pytest.mark.parametrize("query", ["search", "concordance"])
async def test_the_articles_of_a_query_lead_to_their_pages(served: Datasette, query: str) -> None:
    html = await page(served, f"/corpus/{query}", q="备货节")
    address = "/corpus/-/article?" + urlencode({"key": "a2", "q": "备货节"})
    assert f'<a href="{address.replace("&", "&amp;")}">a2</a>' in html
    response = await served.client.get(address)
    assert response.headers["location"].startswith("/corpus/-/article/2?")


@pytest.mark.skipif(not IS_STABLE, reason="1.0 is told once, when it starts")
async def test_what_is_configured_of_a_corpus_and_beside_it_stands(
    with_plugin: None, corpus_path: Path, tmp_path: Path
) -> None:
    with contextlib.closing(sqlite3.connect(tmp_path / "other.db")) as db, db:
        db.execute("CREATE TABLE t (a)")
    own = {"mine": {"sql": "SELECT 1 AS one", "description_html": "<em>my own</em>"}}
    told = {"databases": {"corpus": {"queries": own}, "other": {"title": "The other one"}}}
    datasette = Datasette([str(corpus_path), str(tmp_path / "other.db")], metadata=told)
    await datasette.invoke_startup()
    for _ in range(2):
        assert "The other one" in await page(datasette, "/other")
        assert "<em>my own</em>" in await page(datasette, "/corpus/mine")
        assert "<mark>" in await page(datasette, "/corpus/search", q="电商")
        assert (await datasette.client.get("/other/-/home")).status_code == 404
        assert (await datasette.client.get("/")).status_code == 200
    close(datasette)


async def test_a_file_of_a_newer_schema_is_told_of_and_left_alone(with_plugin, corpus_path, tmp_path, caplog):
    path = shutil.copy(corpus_path, tmp_path / "newer.db")
    with contextlib.closing(sqlite3.connect(path)) as db:
        db.execute("PRAGMA user_version = 99")
    datasette = Datasette([str(path)])
    await datasette.invoke_startup()
    assert "newer: made by a newer corpus-db (schema 99" in caplog.text
    assert "a1" in await keys(datasette, "/newer/articles")
    assert (await datasette.client.get("/newer/-/home")).status_code == 404
    close(datasette)


@pytest.mark.filterwarnings("error::pytest.PytestUnraisableExceptionWarning")
async def test_no_hook_is_left_waiting_where_a_page_ends_in_an_error(served):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert (await served.client.get("/corpus/articles?_search_nope=x")).status_code == 400
        gc.collect()  # a coroutine that nobody awaited says so when it goes
