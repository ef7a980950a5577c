"""The feed of a corpus, through whichever line of Datasette is installed."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from corpus_db.serve import feed
from tests.corpus_fixture import Sample, write_corpus
from tests.serve.serving import denied, served
from tests.serve.test_atom import ATOM, check

FEED = "/corpus/-/feed.atom"


async def entries(datasette: Datasette, query: str = "") -> list[ElementTree.Element]:
    response = await datasette.client.get(FEED + query)
    assert response.status_code == 200
    assert response.headers["content-type"] == "application/atom+xml; charset=utf-8"
    return check(response.content).findall(f"{ATOM}entry")


def titles(found: list[ElementTree.Element]) -> list[str | None]:
    return [entry.findtext(f"{ATOM}title") for entry in found]


async def test_the_newest_first_and_each_leads_to_its_page(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        found = await entries(datasette)
        assert len(found) == 10
        assert titles(found)[:2] == ["商", "电子商务平台的崛起（转载）"]
        for entry in found:
            link = entry.find(f"{ATOM}link[@rel='alternate']")
            assert link is not None
            address = urlsplit(link.attrib["href"])
            response = await datasette.client.get(f"{address.path}?{address.query}")
            assert response.status_code == 302


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("?q=电商平台", {"a1", "a2", "a6"}),
        ("?q=平台&site=example.org", {"a2", "a3"}),
        ("?site=example.net&year=2016", {"a8"}),
        ("?entity=王女士", {"a1", "a6", "a7"}),
        ("?entity=王芳&q=供应链", {"a7"}),
        ("?entity=王芳&section=科技", {"a1", "a6"}),
        ("?q=没有这样的词", set()),
        ('?q=" * OR ) NEAR(', set()),
        ("?year=二〇一三", set()),
        ("?other=1", {f"a{n}" for n in range(1, 11)}),
    ],
)
async def test_a_feed_of_what_a_search_or_a_name_finds(corpus_path: Path, query: str, keys: set[str]) -> None:
    async with served(corpus_path) as datasette:
        links = [entry.find(f"{ATOM}link[@rel='alternate']") for entry in await entries(datasette, query)]
        assert {parse_qs(urlsplit(link.attrib["href"]).query)["key"][0] for link in links if link is not None} == keys


async def test_an_unknown_name_has_no_feed(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        assert (await datasette.client.get(f"{FEED}?entity=没有")).status_code == 404
        assert (await datasette.client.get("/none/-/feed.atom")).status_code == 404


async def test_undated_articles_are_in_no_feed_and_the_length_is_limited(tmp_path: Path) -> None:
    many = tuple(Sample(f"k{n}", f"第{n}篇", "平台很多。", published=f"2013-01-{n % 28 + 1:02}") for n in range(60))
    path = write_corpus(tmp_path / "corpus.db", many)
    with sqlite3.connect(path) as db:
        db.execute("UPDATE articles SET published = NULL WHERE id = 28")  # of the newest day
        db.execute("UPDATE articles SET published = 'soon' WHERE id = 56")
    async with served(path) as datasette:
        found = await entries(datasette)
        assert len(found) == feed.MAX_ENTRIES - 1
        assert not {"第27篇", "第55篇"} & set(titles(found))


async def test_ids_stay_when_the_file_is_built_again_and_served_elsewhere(corpus_path: Path, tmp_path: Path) -> None:
    def ids(found: list[ElementTree.Element]) -> set[str | None]:
        return {entry.findtext(f"{ATOM}id") for entry in found}

    again = write_corpus(tmp_path / "corpus.db", ())
    again.write_bytes(corpus_path.read_bytes())
    async with served(corpus_path) as one, served(again, settings={"base_url": "/below/"}) as other:
        response = await other.client.get(FEED)
        assert ids(await entries(one)) == ids(check(response.content).findall(f"{ATOM}entry"))
        assert "http://localhost/below/corpus/-/" in response.text


async def test_a_reader_that_has_it_is_told_so(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        first = await datasette.client.get(FEED)
        assert first.headers["cache-control"] == "max-age=5"
        again = await datasette.client.get(FEED, headers={"if-none-match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        other = await datasette.client.get(f"{FEED}?q=平台", headers={"if-none-match": first.headers["etag"]})
        assert other.status_code == 200


async def test_who_may_not_see_the_file_may_not_see_the_feed(corpus_path: Path) -> None:
    async with served(corpus_path, **denied("corpus")) as datasette:
        assert (await datasette.client.get(FEED)).status_code == 403


@pytest.mark.parametrize(
    ("page", "expected"),
    [
        ("home", FEED),
        ("search?q=平台&any=1", f"{FEED}?q=%E5%B9%B3%E5%8F%B0"),
        ("article/1", FEED),
        ("entity/1", f"{FEED}?entity=%E7%8E%8B%E8%8A%B3"),
    ],
)
async def test_pages_lead_to_their_feed(corpus_path: Path, page: str, expected: str) -> None:
    async with served(corpus_path) as datasette:
        html = (await datasette.client.get(f"/corpus/-/{page}")).text
        assert f'<link rel="alternate" type="application/atom+xml" title="示例语料" href="{expected}">' in html
