"""Permanent links: they name the version, lead to the same page, and say where the version is another one."""

from __future__ import annotations

import re
import sqlite3
from html import unescape
from pathlib import Path

import pytest
from datasette.app import Datasette

from tests.corpus_fixture import SAMPLES, write_corpus
from tests.serve.browsing import get
from tests.serve.serving import served

PAGES = [
    "/corpus/-/home",
    "/corpus/-/search?q=平台&site=example.com",
    "/corpus/-/article/4?q=投资",
    "/corpus/-/entity/1",
    "/corpus/-/word?q=平台&seed=7&sort=left",
]
TOLD = "This link was made for version"


async def permanent(datasette: Datasette, path: str) -> str:
    (address,) = re.findall(r'<a href="([^"]+)" rel="bookmark">', await get(datasette, path))
    return unescape(address).removeprefix("http://localhost")


@pytest.mark.parametrize("path", PAGES)
async def test_it_leads_to_the_same_page_and_names_the_version(ten: Datasette, path: str) -> None:
    address = await permanent(ten, path)
    assert "_version=ten0" in address
    response = await ten.client.get(address, follow_redirects=True)
    assert response.status_code == 200
    assert await permanent(ten, str(response.url).removeprefix("http://localhost")) == address
    assert TOLD not in response.text


@pytest.mark.parametrize("path", PAGES)
async def test_another_version_is_told_and_offered(ten: Datasette, path: str) -> None:
    address = (await permanent(ten, path)).replace("ten0", "nine")
    response = await ten.client.get(address, follow_redirects=True)
    assert f"{TOLD} nine of the corpus; this is version ten0." in response.text
    assert (await permanent(ten, str(response.url).removeprefix("http://localhost"))).endswith("_version=ten0")


async def test_articles_and_names_are_found_where_their_numbers_are_others(
    ten: Datasette, with_plugin: None, tmp_path: Path
) -> None:
    article = await permanent(ten, "/corpus/-/article/4")
    async with served(write_corpus(tmp_path / "corpus.db", SAMPLES[::-1])) as other:
        response = await other.client.get(article, follow_redirects=True)
        assert response.url.path == "/corpus/-/article/7"
        assert "九亿元的故事" in response.text


async def test_a_name_of_two_kinds_is_told_apart(with_plugin: None, tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "corpus.db")
    db = sqlite3.connect(path)
    db.execute("UPDATE entities SET name = '王芳' WHERE id = 2")
    db.commit()
    db.close()
    async with served(path) as datasette:
        for page in ("/corpus/-/entity/1", "/corpus/-/entity/2"):
            response = await datasette.client.get(await permanent(datasette, page), follow_redirects=True)
            assert response.url.path == page


async def test_what_is_gone_says_which_version_had_it(ten: Datasette) -> None:
    response = await ten.client.get("/corpus/-/article?key=gone&_version=nine")
    assert response.status_code == 404
    assert f"{TOLD} nine" in response.text


async def test_the_sample_is_named_by_its_seed(ten: Datasette) -> None:
    assert "seed=1&" in await permanent(ten, "/corpus/-/word?q=平台")


@pytest.mark.parametrize("query", ["concordance", "search"])
async def test_queries_on_datasettes_own_pages(ten: Datasette, query: str) -> None:
    address = await permanent(ten, f"/corpus/{query}?q=平台")
    assert ("seed=1&version=ten0" if query == "concordance" else "_version=ten0") in address
    html = await get(ten, address)
    assert TOLD not in html
    assert "<mark>平台</mark>" in html or "平台" in html.partition("rows-and-columns")[2]
    assert f"{TOLD} nine" in await get(ten, address.replace("ten0", "nine"))
    assert f"{TOLD} nine" in await get(ten, f"/corpus/{query}?q=平台&_version=nine")


async def test_a_file_without_a_version_has_no_permanent_links(with_plugin: None, tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "corpus.db")
    db = sqlite3.connect(path)
    db.execute("DELETE FROM about WHERE key = 'version'")
    db.commit()
    db.close()
    async with served(path) as datasette:
        for page in (*PAGES, "/corpus/search?q=平台"):
            assert "bookmark" not in await get(datasette, page)


async def test_the_citation_names_page_corpus_version_and_address(ten: Datasette) -> None:
    html = unescape(await get(ten, "/corpus/-/article/4"))
    (citation,) = re.findall(r'class="citation" readonly value="([^"]+)"', html)
    assert citation.startswith("“九亿元的故事”. 示例语料, version ten0. http://localhost/corpus/-/article?key=a4&")
