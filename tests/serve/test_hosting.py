"""A corpus on the public web: what the Dockerfile asks for exists, and what it switches off is all that is missing."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import urlencode

import pytest
from datasette.app import SETTINGS, Datasette

from corpus_db import sql
from tests.serve.serving import IS_STABLE, served

ROOT = Path(__file__).parents[2]
DOCKERFILE = (ROOT / ".docker" / "Dockerfile").read_text("utf-8")
README = (ROOT / "README.md").read_text("utf-8")
SWITCHES = {"on": True, "off": False}


def command() -> list[str]:
    """What the container runs."""
    found = re.search(r"^CMD (\[.*\])", DOCKERFILE.replace("\\\n", ""), re.MULTILINE)
    assert found
    return list(json.loads(found[1]))


def settings(words: list[str]) -> dict[str, str]:
    return {words[at + 1]: words[at + 2] for at, word in enumerate(words) if word == "--setting"}


def public() -> dict[str, int | bool]:
    """The settings of the container, as Datasette's constructor takes them."""
    return {name: SWITCHES[value] if value in SWITCHES else int(value) for name, value in settings(command()).items()}


@pytest.fixture
async def hosted(corpus_path: Path) -> AsyncIterator[Datasette]:
    async with served(immutables=[str(corpus_path)], settings=public()) as datasette:
        yield datasette


def test_every_option_and_setting_is_known_to_this_datasette() -> None:
    told = subprocess.run(
        [sys.executable, "-m", "datasette", "serve", "--help"], capture_output=True, text=True, check=True
    )
    known = {setting.name for setting in SETTINGS}
    for words in (
        command(),
        *(shlex.split(line) for line in re.findall(r"^(datasette .*--setting.*)$", README, re.MULTILINE)),
    ):
        assert {word for word in words if word.startswith("--")} <= set(re.findall(r"--[a-z-]+", told.stdout))
        assert settings(words).keys() <= known


def test_nobody_in_the_container_is_root_and_all_that_it_copies_is_there() -> None:
    users = re.findall(r"^USER (.+)$", DOCKERFILE, re.MULTILINE)
    assert users and users[-1] not in ("root", "0")
    assert DOCKERFILE.index("\nUSER ") < DOCKERFILE.index("\nCMD ")
    for line in (ROOT / ".docker" / "Dockerfile.dockerignore").read_text("utf-8").splitlines():
        if line.startswith("!") and line != "!corpus.db":
            assert (ROOT / line[1:]).exists(), line


async def test_free_sql_is_off(hosted: Datasette) -> None:
    address = "/corpus.json" if IS_STABLE else "/corpus/-/query.json"
    response = await hosted.client.get(f"{address}?{urlencode({'sql': 'select 1', '_shape': 'array'})}")
    assert response.status_code == 403
    where = await hosted.client.get(f"/corpus/articles.json?{urlencode({'_where': '1=1'})}")
    assert where.status_code in (400, 403)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/corpus",
        "/corpus/-/home",
        "/corpus/-/search?q=平台",
        "/corpus/-/article/1",
        "/corpus/-/entity/1",
        "/corpus/-/feed.atom",
        "/llms.txt",
        "/robots.txt",
        "/corpus/articles",
        "/corpus/articles?_search=平台&_facet=site&_facet_array=keywords",
        "/corpus/ranked?_search=平台",
        "/corpus/ranked.json?_search=平台&_shape=objects&_nofacet=1",
        "/corpus/articles.csv?_size=max",
        "/corpus/facts_figures.csv?_stream=1",
        "/corpus/articles/1",
    ],
)
async def test_everything_else_works(hosted: Datasette, path: str) -> None:
    response = await hosted.client.get(path)
    assert response.status_code == 200, response.text
    if ("/corpus/" in path or path == "/llms.txt") and ".csv" not in path:
        assert response.headers["cache-control"] == "max-age=3600"


async def test_what_is_not_there_is_not_kept_as_such(hosted: Datasette) -> None:
    response = await hosted.client.get("/corpus/-/article/999999")
    assert response.status_code == 404
    assert "cache-control" not in response.headers


async def test_every_query_works(hosted: Datasette) -> None:
    asked = {"q": "平台", "name": "王芳", "speaker": "王芳", "key": "a1", "field": "year", "value": "2013"}
    tables = {"figures", "quotes", "similar", "about"}
    for query in sql.queries():
        name = f"{query.name}_query" if query.name in tables and not IS_STABLE else query.name
        args = {param: asked.get(param, "") for param in query.params}
        for ending in ("", ".json", ".csv"):
            response = await hosted.client.get(f"/corpus/{name}{ending}?{urlencode(args)}")
            assert response.status_code == 200, (name, ending, response.text)


async def test_the_file_itself_can_be_downloaded(hosted: Datasette) -> None:
    response = await hosted.client.get("/corpus.db")
    assert response.status_code == 200
    assert response.content.startswith(b"SQLite format 3")


async def test_addresses_inside_are_those_of_the_proxy(hosted: Datasette) -> None:
    response = await hosted.client.get("/corpus/-/feed.atom")
    assert 'href="https://localhost/corpus/-/feed.atom"' in response.text


async def test_pages_for_one_person_are_not_kept_for_all(hosted: Datasette) -> None:
    cookies = {"ds_actor": hosted.sign({"a": {"id": "someone"}}, "actor")}
    for path in ("home", "search?q=平台", "feed.atom"):
        response = await hosted.client.get(f"/corpus/-/{path}", cookies=cookies)
        assert response.headers["cache-control"].startswith("private")


async def test_threads_hand_over_quickly_where_corpora_are_served(corpus_path: Path) -> None:
    before = sys.getswitchinterval()
    try:
        sys.setswitchinterval(0.005)
        async with served(immutables=[str(corpus_path)]):
            assert sys.getswitchinterval() < 0.001
    finally:
        sys.setswitchinterval(before)
