"""Pictures at addresses of their own, and above the results of the queries."""

from __future__ import annotations

from pathlib import Path
from xml.etree import ElementTree

import pytest
from datasette.app import Datasette

from corpus_db.serve import charts
from corpus_db.serve.pages.labels import tables
from tests.serve.browsing import Html, get
from tests.serve.serving import IS_STABLE, served

SVG = "{http://www.w3.org/2000/svg}"
ASKED = {
    "frequency": "q=平台",
    "collocates": "q=平台&least=2",
    "figures": "kind=money",
    "timeline": "",
}


@pytest.mark.parametrize(("query", "asked"), ASKED.items())
async def test_a_picture(ten: Datasette, query: str, asked: str) -> None:
    response = await ten.client.get(f"/corpus/-/chart/{query}.svg?{asked}")
    assert response.status_code == 200
    assert response.headers["content-type"] == "image/svg+xml; charset=utf-8"
    assert "default-src 'none'" in response.headers["content-security-policy"]
    drawn = ElementTree.fromstring(response.text)
    assert drawn.findtext(f"{SVG}title")
    assert tables()["en"][f"chart {query}"] in drawn.findtext(f"{SVG}desc", "")
    assert not any("style" in element.attrib for element in drawn.iter())


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("frequency.svg?q=没有的词", 404, "There is nothing to draw"),
        ("frequency.svg", 404, "There is nothing to draw"),
        ("search.svg?q=平台", 404, "There is a chart of these queries only"),
        ("nothing.svg", 404, "There is a chart of these queries only"),
    ],
)
async def test_where_there_is_none_one_line_says_so(ten: Datasette, path: str, status: int, told: str) -> None:
    response = await ten.client.get(f"/corpus/-/chart/{path}")
    assert response.status_code == status
    assert response.headers["content-type"].startswith("text/plain")
    assert response.text.startswith(told)
    assert response.text.count("\n") == 1


async def test_other_databases_have_none(ten: Datasette) -> None:
    assert (await ten.client.get("/none/-/chart/frequency.svg?q=x")).status_code == 404


async def test_it_is_given_up_as_datasette_gives_up(
    with_plugin: None, seeds_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with served(seeds_path) as datasette:
        setting = datasette.setting  # Datasette's own start is under the limit too: it is lowered afterwards
        monkeypatch.setattr(datasette, "setting", lambda key: 0 if key == "sql_time_limit_ms" else setting(key))
        response = await datasette.client.get("/corpus/-/chart/collocates.svg?q=的")
        assert response.status_code == 503
        assert response.text.startswith("It took too long")


@pytest.mark.parametrize(("query", "asked"), [("frequency", "q=平台"), ("collocates", "q=平台&least=2")])
async def test_above_the_results_of_its_query(ten: Datasette, query: str, asked: str) -> None:
    html = await get(ten, f"/corpus/{query}?{asked}")
    assert html.count("<svg") - (await get(ten, f"/corpus/{query}")).count("<svg") == 1
    assert f"/corpus/-/chart/{query}.svg?" in html
    assert html.index("<title>") < html.index("per million words" if query == "frequency" else "logDice")


async def test_above_a_query_that_datasette_1_knows_by_another_name(ten: Datasette) -> None:
    name = "figures" if IS_STABLE else "figures_query"
    assert "41.9亿元</title></circle>" in await get(ten, f"/corpus/{name}?kind=money")


async def test_what_is_asked_stays_text_above_the_results(ten: Datasette) -> None:
    html = await get(ten, "/corpus/frequency", q="<script>alert(1)</script>平台", version="<b>x")
    assert "<script>alert" not in html
    assert "<b>x" not in html
    assert {"javascript", "data"}.isdisjoint(href.partition(":")[0] for href in Html(html).hrefs)


def test_each_picture_says_what_it_shows_in_both_languages() -> None:
    for language, table in tables().items():
        assert {name for name in charts.DRAWN if table.get(f"chart {name}")} == set(charts.DRAWN), language
