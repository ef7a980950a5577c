"""The page of numbers of a word: it shows what the canned queries give, and says where it can not."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from datasette.app import Datasette

from corpus_db.serve.pages import answer
from corpus_db.serve.pages.labels import labels
from corpus_db.serve.pages.render import environment
from tests.serve.browsing import Html, get
from tests.serve.serving import IS_STABLE, served


async def test_its_numbers_are_those_of_the_query(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/word", q="电商平台")
    (row,) = [r for r in await _rows(ten, "frequency", q="电商平台") if r["by"] == "all"]
    tiles = re.findall(r"<b>([^<]+)</b>", html.partition('class="numbers')[2].partition("</ul>")[0])
    assert tiles[:4] == [
        str(row["occurrences"]),
        f"{row['per_million_words']:,.10g}",
        str(row["articles"]),
        "2013–2016",
    ]
    years = re.findall(r'year=(\d+)"><bdi>\1</bdi></a></th><td class="number">(\d+)', html)
    assert years == [
        (str(r["value"]), str(r["occurrences"]))
        for r in await _rows(ten, "frequency", q="电商平台")
        if r["by"] == "year"
    ]


async def test_its_lines_lead_to_their_sentences(ten: Datasette) -> None:
    page = await get(ten, "/corpus/-/word", q="备货节")
    (address,) = re.findall(r'<a class="node" href="([^"]+)"', page)
    assert re.fullmatch(r"/corpus/-/article/2\?q=[^#]+#s\d+", address)
    path, _, anchor = address.partition("#")
    assert anchor in Html(await get(ten, path)).ids


async def test_charts_with_title_description_and_table(ten: Datasette) -> None:
    page = await get(ten, "/corpus/-/word", q="平台")
    assert "<title>Frequency: 平台</title><desc>per million words, by year" in page
    assert page.count("<svg") == page.count("<desc>") > 0
    assert '<table class="tight" aria-label="Year">' in page


async def test_only_a_part_of_the_corpus(ten: Datasette) -> None:
    page = await get(ten, "/corpus/-/word", q="平台", site="example.org", year="2014")
    assert re.findall(r'<a class="node" href="/corpus/-/article/(\d+)', page) == ["2"]
    assert "Site: <bdi>example.org</bdi>" in page


@pytest.mark.parametrize(
    "part",
    [{}, {"year": "2013"}, {"year": "2014..2016"}, {"site": "example.org", "year": "..2014"}, {"publisher": "示例报"}],
)
async def test_the_articles_that_it_counts_are_found_by_the_search_it_leads_to(
    ten: Datasette, part: dict[str, str]
) -> None:
    page = await get(ten, "/corpus/-/word", q="平台", **part)
    tile = re.search(r'<a href="([^"]+)">Articles <b>(\d+)</b>', page)
    assert tile
    assert re.search(rf'role="status">\s*{tile[2]} found', await get(ten, unescape(tile[1])))


async def test_a_named_subcorpus(ten: Datasette) -> None:
    for name, articles in (("originals", {"1", "2"}), ("reprints", {"6"})):
        page = await get(ten, "/corpus/-/word", q="电商平台", subcorpus=name)
        assert set(re.findall(r'<a class="node" href="/corpus/-/article/(\d+)', page)) == articles


async def test_another_seed_another_sample_and_the_same_seed_the_same(five: Datasette) -> None:
    async def lines(seed: str) -> list[str]:
        page = await get(five, "/corpus/-/word", q="的", seed=seed)
        assert f"(seed {seed})" in page
        return re.findall(r'<a class="node" href="([^"]+)"', page)

    assert await lines("1") == await lines("1") != await lines("2")


@pytest.mark.parametrize("q", ["没有这样的话", "“", '" * OR ) NEAR(', "😀"])
async def test_what_stands_nowhere_is_said_to(ten: Datasette, q: str) -> None:
    assert "This does not stand in the text of any article here." in await get(ten, "/corpus/-/word", q=q)


async def test_without_a_word_some_are_suggested(ten: Datasette) -> None:
    suggested = re.findall(r'<li><a lang="zh" href="([^"]+)"', await get(ten, "/corpus/-/word"))
    assert suggested
    assert "<svg" in await get(ten, suggested[0])


async def test_what_takes_too_long_is_left_out_and_named(
    ten: Datasette, corpus_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answer.Asked, "left_ms", _long_at_first([10_000, 10_000, 10_000]))
    page = await get(ten, "/corpus/-/word", q="平台")
    assert "<svg" in page
    assert "It took too long" in page


def _long_at_first(times: list[float]):  # the page's own limit, frequency, concordance; then nothing is left
    left = iter(times)
    return lambda asked: next(left, 0)


async def test_who_may_not_see_a_query_may_not_see_the_page(with_plugin: None, corpus_path: Path) -> None:
    name = "collocates"
    denied = {"databases": {"corpus": {"queries": {name: {"sql": "select 1", "allow": False}}}}}
    option = "metadata" if IS_STABLE else "config"
    async with served(corpus_path, **{option: denied}) as datasette:
        for path in ("word?q=平台", "entity/1", "chart/collocates.svg?q=平台"):
            assert (await datasette.client.get(f"/corpus/-/{path}")).status_code == 403, path


async def _rows(datasette: Datasette, name: str, **args: str) -> list[dict[str, object]]:
    import json

    return list(json.loads(await get(datasette, f"/corpus/{name}.json", _shape="array", **args)))


@pytest.mark.parametrize(("read", "told"), [(3, True), (5, False)])
def test_a_sample_is_named_as_one(read: int, told: bool) -> None:
    parts = environment().get_template("parts.html").make_module({"t": labels("en")})
    html = str(parts.sampled([{"articles_read": read, "articles_found": 5}]))
    assert ("From a sample: 3 of the 5 articles" in html) == told
    assert not str(parts.sampled([])).strip()
