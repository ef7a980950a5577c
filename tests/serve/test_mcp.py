"""The tools that datasette-mcp offers, through its own endpoint, where it is installed; what they tell, everywhere."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from datasette.app import Datasette
from datasette.plugins import pm

from corpus_db.search import connect
from corpus_db.serve import datasette as plugin
from corpus_db.serve import for_programs
from tests.corpus_fixture import SAMPLES, write_corpus
from tests.serve.serving import IS_STABLE


@pytest.fixture
def db(corpus_path: Path) -> sqlite3.Connection:
    return connect(corpus_path)


def test_found_articles(db: sqlite3.Connection) -> None:
    found = for_programs.found(db, "电商平台", any=False, limit=2, offset=0, exact={})
    assert found["found"] == 3
    assert len(found["articles"]) == 2
    assert {"key", "title", "site", "published", "snippet"} == found["articles"][0].keys()
    assert all("**" in article["snippet"] for article in found["articles"])
    assert found["instead"] == []


def test_what_would_be_found_is_named(db: sqlite3.Connection) -> None:
    found = for_programs.found(db, "平台 没有这样的词", any=False, limit=10, offset=0, exact={})
    assert (found["found"], found["articles"]) == (0, [])
    assert {"query": "平台", "found": 5, "why": "without 没有这样的词"} in found["instead"]


def test_limits_hold_whatever_is_asked(db: sqlite3.Connection) -> None:
    assert len(for_programs.found(db, "平台", any=False, limit=-5, offset=-5, exact={})["articles"]) == 1
    assert for_programs.found(db, "平台", any=False, limit=10**9, offset=10**9, exact={})["articles"] == []
    one = for_programs.article(db, key="a1", id=None, start=-5, chars=-5)
    assert one is not None
    assert (one["body"], one["start"], one["next_start"]) == (SAMPLES[0].body[:1], 0, 1)


def test_an_article_in_parts_is_whole(db: sqlite3.Connection) -> None:
    parts, start = [], 0
    while start is not None:
        one = for_programs.article(db, key="a1", id=None, start=start, chars=7)
        assert one is not None
        parts.append(one["body"])
        for kind in ("figures", "dates", "quotes"):
            assert all(start <= fact["start"] < start + 7 for fact in one[kind])
        start = one["next_start"]
    assert "".join(parts) == SAMPLES[0].body
    whole = for_programs.article(db, key=None, id=1, start=0, chars=for_programs.MAX_CHARS)
    assert whole is not None
    assert [figure["value"] for figure in whole["figures"]] == [4.19e9, 13000.0]
    assert whole["names"] == [{"name": "王芳", "kind": "person"}]
    assert for_programs.article(db, key="none", id=None, start=0, chars=10) is None


def test_facts_by_any_form_of_a_name(db: sqlite3.Connection) -> None:
    facts = for_programs.facts(db, "王女士")
    assert facts is not None
    assert (facts["name"], facts["kind"]) == ("王芳", "person")
    assert [quote["text"] for quote in facts["quotes"]] == ["平台要为店主服务。", "供应链模式就是少库存"]
    assert for_programs.facts(db, "没有") is None


# From here on, with datasette-mcp.


@pytest.fixture
async def client(corpus_path: Path, tmp_path: Path) -> AsyncIterator[Any]:
    """Calls the endpoint of a Datasette with two corpora, one of them closed to the public."""
    pytest.importorskip("datasette_mcp")
    closed = write_corpus(tmp_path / "closed.db")
    ours = not pm.is_registered(plugin)
    if ours:
        pm.register(plugin, name="corpus_db_under_test")
    allow = {"databases": {"closed": {"allow": False}}}
    datasette = Datasette([str(corpus_path), str(closed)], **_configured(allow))
    await datasette.invoke_startup()
    async with Lifespan(datasette.app()):
        yield Client(datasette)
    if ours:
        pm.unregister(plugin)
    for database in datasette.databases.values():
        database.close()


def _configured(allow: dict[str, Any]) -> dict[str, Any]:
    return {"metadata" if IS_STABLE else "config": allow}


class Lifespan:
    """Starts and stops an ASGI application, as a server does."""

    def __init__(self, app: Any) -> None:
        self.app = app

    async def __aenter__(self) -> None:
        self.to_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self.from_app: asyncio.Queue[dict[str, str]] = asyncio.Queue()
        self.task = asyncio.create_task(self.app({"type": "lifespan"}, self.to_app.get, self.from_app.put))
        await self.to_app.put({"type": "lifespan.startup"})
        assert (await self.from_app.get())["type"] == "lifespan.startup.complete"

    async def __aexit__(self, *_: object) -> None:
        await self.to_app.put({"type": "lifespan.shutdown"})
        await self.task


class Client:
    """As much of the protocol as a test needs."""

    def __init__(self, datasette: Datasette) -> None:
        self.http = datasette.client
        self.session: dict[str, str] = {}

    async def ask(self, method: str, **params: Any) -> dict[str, Any]:
        if not self.session:
            about = {"protocolVersion": "2025-06-18", "capabilities": {}, "clientInfo": {"name": "t", "version": "1"}}
            response = await self._post({"jsonrpc": "2.0", "id": 0, "method": "initialize", "params": about})
            self.session = {"mcp-session-id": response.headers["mcp-session-id"]}
            await self._post({"jsonrpc": "2.0", "method": "notifications/initialized"})
        response = await self._post({"jsonrpc": "2.0", "id": 1, "method": method, "params": params})
        return dict(response.json()["result"])

    async def call(self, tool: str, **arguments: Any) -> Any:
        result = await self.ask("tools/call", name=tool, arguments=arguments)
        return result["content"][0]["text"] if result.get("isError") else result["structuredContent"]

    async def _post(self, message: dict[str, Any]) -> Any:
        headers = {"accept": "application/json, text/event-stream", **self.session}
        response = await self.http.post("/-/mcp", json=message, headers=headers)
        assert response.status_code < 300, response.text
        return response


async def test_the_tools_are_listed_with_what_they_take(client: Client) -> None:
    tools = {tool["name"]: tool for tool in (await client.ask("tools/list"))["tools"]}
    assert {"search_articles", "get_article", "facts_about"} <= tools.keys()
    assert set(tools["search_articles"]["inputSchema"]["properties"]) == {
        *("query", "database", "any_words", "site", "year", "limit", "offset")
    }
    assert tools["search_articles"]["annotations"]["readOnlyHint"] is True


async def test_from_a_search_to_an_article_to_its_names(client: Client) -> None:
    found = await client.call("search_articles", query="電商平臺 成交額", year=2013)
    assert (found["database"], found["found"]) == ("corpus", 1)
    assert found["page"].startswith("http://localhost/corpus/-/search?")
    article = await client.call("get_article", key=found["articles"][0]["key"])
    assert article["figures"][0]["raw"] == "41.9亿元"
    facts = await client.call("facts_about", name=article["names"][0]["name"])
    again = await client.call("get_article", key=f"id:{facts['quotes'][0]['article_id']}")
    assert again["key"] == "a1"


async def test_what_may_not_be_seen_is_not_there(client: Client) -> None:
    told = await client.call("search_articles", query="平台", database="closed")
    assert told.endswith("Name a database, one of: corpus")


@pytest.mark.parametrize("seconds, told", [(0, "not as it should be"), (0.2, "too long")])
async def test_late_is_told_by_the_clock(
    client: Client, monkeypatch: pytest.MonkeyPatch, seconds: float, told: str
) -> None:
    def stopped(*_: object, **__: object) -> None:
        time.sleep(seconds)
        raise sqlite3.OperationalError("vtable constructor failed: articles_fts")

    monkeypatch.setattr("corpus_db.serve.mcp.PATIENCE", 0.1)  # of the second that Datasette gives a query
    monkeypatch.setattr(for_programs, "found", stopped)
    assert told in await client.call("search_articles", query="平台")


async def test_errors_are_told(client: Client) -> None:
    assert "No article has the key" in await client.call("get_article", key="none")
    assert "No such name" in await client.call("facts_about", name="没有")
    assert (await client.call("search_articles", query='" * OR ) NEAR('))["found"] == 0
    assert "2000" in await client.call("search_articles", query="平" * 1_000_000)
