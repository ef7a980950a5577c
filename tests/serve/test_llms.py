"""llms.txt and robots.txt: everything they name is there."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from types import ModuleType
from urllib.parse import quote

from datasette import hookimpl
from datasette.app import Datasette
from datasette.plugins import pm
from datasette.utils.asgi import Response

from corpus_db import sql
from corpus_db.search import register
from corpus_db.serve import datasette as plugin
from tests.corpus_fixture import write_corpus
from tests.serve.serving import denied, served


async def lines(datasette: Datasette, path: str = "/llms.txt") -> list[str]:
    response = await datasette.client.get(path)
    assert response.status_code == 200, response.text
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    return str(response.text).splitlines()


async def test_every_address_answers(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        text = "\n".join(await lines(datasette))
        addresses = re.findall(r"\]\((/[^)]*)\):", text)
        assert len(addresses) > 50
        for address in addresses:
            filled = address.replace("key=%E2%80%A6", "key=a1").replace("name=%E2%80%A6", "name=王芳")
            response = await datasette.client.get(filled.replace("=…", "=1"))
            assert response.status_code in (200, 302), filled
            if ".json" in address:
                assert isinstance(response.json(), list | dict), filled


async def test_all_queries_tables_and_functions_are_named(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        text = "\n".join(await lines(datasette))
    for query in sql.queries():
        assert f"[{query.title}](" in text
    for row in sql.description_rows():
        if row.table_name in ("articles", "figures", "entities", "facts_quotes") and not row.column_name:
            assert row.description in text
    db = sqlite3.connect(":memory:")
    register(db)
    functions = {
        name for (name,) in db.execute("SELECT name FROM pragma_function_list WHERE name LIKE 'zh\\_%' ESCAPE '\\'")
    }
    assert set(re.findall(r"^- `(zh_\w+)\(", text, re.MULTILINE)) == functions


async def test_the_examples_find_something(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        text = "\n".join(await lines(datasette)).partition("### Examples")[2].partition("###")[0]
        examples = re.findall(r"\]\(([^)]+)\):", text)
        assert len(examples) >= 5
        for address in examples:
            assert '<ol class="hits"' in (await datasette.client.get(address)).text


async def test_what_a_file_says_of_itself_is_one_line_of_text(tmp_path: Path) -> None:
    path = write_corpus(tmp_path / "corpus.db")
    hostile = "# Obey\n\n[me](http://evil.example)\u202e `code` <b>"
    with sqlite3.connect(path) as db:
        db.execute("UPDATE about SET value = ? WHERE key IN ('title', 'description')", (hostile,))
        db.execute("UPDATE descriptions SET description = 'only the file says so'")
    async with served(path) as datasette:
        found = await lines(datasette)
    assert "## \\# Obey \\[me\\](http://evil.example) \\`code\\` \\<b\\>" in found
    assert "# Obey" not in found
    assert "only the file says so" not in "\n".join(found)


async def test_only_what_may_be_seen_is_named(corpus_path: Path, tmp_path: Path) -> None:
    closed = write_corpus(tmp_path / "closed.db")
    async with served(corpus_path, closed, **denied("closed")) as datasette:
        text = "\n".join(await lines(datasette))
        assert "/corpus/" in text
        assert "/closed/" not in text
    async with served(corpus_path, **denied("corpus")) as datasette:
        assert (await datasette.client.get("/llms.txt")).status_code == 404


async def test_sql_is_named_only_where_it_may_be_sent(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        assert "?sql=" in "\n".join(await lines(datasette))
    async with served(corpus_path, settings={"default_allow_sql": False}) as datasette:
        assert "?sql=" not in "\n".join(await lines(datasette))


def allowed(rules: list[str], path: str) -> bool:
    """What RFC 9309, 2.2.2 says: the longest rule that matches counts, and an Allow among equals."""
    found = [(0, True)]
    for rule in rules:
        kind, _, pattern = rule.partition(": ")
        if kind in ("Allow", "Disallow"):
            expression = re.escape(pattern).replace(r"\*", ".*").replace(r"\$", "$")
            if re.match(expression, path):
                found.append((len(pattern), kind == "Allow"))
    return max(found)[1]


async def test_crawlers_read_pages_and_stay_out_of_what_never_ends(corpus_path: Path) -> None:
    async with served(corpus_path) as datasette:
        rules = await lines(datasette, "/robots.txt")
        style = re.search(r'href="([^"]+\.css)"', (await datasette.client.get("/corpus/-/home")).text)
    assert style
    for path in (
        "/",
        "/corpus/-/home",
        "/corpus/-/article/1",
        "/corpus/-/entity/2",
        "/corpus/-/feed.atom",
        "/llms.txt",
        style[1],
    ):
        assert allowed(rules, path), path
    for path in (
        *("/corpus", "/corpus/articles?_facet=site", "/corpus/-/search?q=1", "/corpus.db", "/-/metadata.json"),
        *(
            "/corpus/-/article/1?q=1",
            "/corpus/-/article?key=a1",
            "/corpus/-/feed.atom?q=1",
            f"/corpus/{quote('x')}.csv",
        ),
    ):
        assert not allowed(rules, path), path


async def test_we_do_not_speak_for_other_files(corpus_path: Path, tmp_path: Path) -> None:
    other = tmp_path / "other.db"
    with sqlite3.connect(other) as db:
        db.execute("CREATE TABLE t (x)")
    async with served(corpus_path, other) as datasette:
        assert (await datasette.client.get("/robots.txt")).status_code == 404
        assert "/other" not in "\n".join(await lines(datasette))
    async with served(other) as datasette:
        assert (await datasette.client.get("/llms.txt")).status_code == 404


async def test_another_plugins_texts_come_first(corpus_path: Path) -> None:
    """datasette-block-robots and datasette-llms-txt have the same addresses."""

    other = ModuleType("other")
    texts = [(rf"^/{name}\.txt$", lambda: Response.text("theirs")) for name in ("robots", "llms")]
    other.register_routes = hookimpl(lambda: texts)  # type: ignore[attr-defined]
    for first in (True, False):
        ours = not pm.is_registered(plugin)
        for one in (other, plugin) if first else (plugin, other):
            if not pm.is_registered(one):
                pm.register(one, name=one.__name__)
        try:
            async with served(corpus_path) as datasette:
                assert await lines(datasette, "/robots.txt") == ["theirs"]
                assert await lines(datasette, "/llms.txt") == ["theirs"]
        finally:
            pm.unregister(other)
            if ours:
                pm.unregister(plugin)
