"""Documents and questions that mean harm: built and served, they stay text, and hold nobody up."""

from __future__ import annotations

import contextlib
import csv
import io
import json
import random
import re
import sqlite3
import time
from collections.abc import AsyncIterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import quote_plus, urlencode, urlsplit

import pytest
from datasette.app import Datasette

from corpus_db import sql
from corpus_db.pipeline import build
from corpus_db.serve.highlight import MAX_BODIES
from corpus_db.serve.limits import MAX_QUERY_BYTES
from tests.corpus_fixture import Sample, write_corpus
from tests.serve.serving import IS_STABLE, served
from tests.serve.test_atom import check

SCRIPT = "<script>alert(1)</script>"
BREAK = "\"'><img src=x onerror=alert(2)>"
BIDI = "\u202e\u2066gnp\u2069\u202c"
BODY = (
    f"平台{SCRIPT}很多。{BREAK}王芳说：“平台{BIDI}要为店主服务{SCRIPT}。”\n\n]]>&lt;b&gt;{{{{7*7}}}}成交额达41.9亿元\x00。"
    * 3
)
RECORDS = [
    {
        "id": f"k{n}{SCRIPT}",
        "title": f"{SCRIPT}{BREAK}{BIDI}{n}",
        "author": f"王芳{SCRIPT}",
        "published": "2013-12-04",
        "site": f"example.com{BREAK}",
        "section": BREAK,
        "url": url,
        "text": f"{BODY}第{n}篇。",
        f"more{SCRIPT}": BREAK,
    }
    for n, url in enumerate(
        [
            "javascript:alert(3)",
            "JaVaScRiPt:alert(3)",
            "data:text/html,<script>alert(3)</script>",
            f"https://example.com/{BIDI}",
            'https://example.com/"onmouseover="alert(3)',
            "https://example.com/good?a=1&b=2",
        ]
    )
]
FILES = {
    f"{SCRIPT.replace('/', '')} \"'&.txt": f"{SCRIPT}标题\n\n{BODY}文件。",
    "page.html": f"<html><head><title>{SCRIPT}网页</title></head><body><h1>网页&lt;script&gt;</h1><p>{BODY}网页。</p></body></html>",
    "records.jsonl": "\n".join(json.dumps(record, ensure_ascii=False) for record in RECORDS),
}
# A file that somebody else made may hold what the builder takes out as markup.
_AS_WRITTEN = """UPDATE articles SET title = :title, author = :author, site = :site, section = :section, body = :text,
                 chars = length(:text) WHERE key = :id"""


class Page(HTMLParser):
    """What a browser would run or follow."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))


@pytest.fixture(scope="module")
def hostile_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    (folder / "input").mkdir()
    for name, text in FILES.items():
        (folder / "input" / name).write_text(text, "utf-8")
    target = folder / "corpus.db"
    build([folder / "input"], target)
    with contextlib.closing(sqlite3.connect(target)) as db, db:
        db.executemany(_AS_WRITTEN, [record | {"text": record["text"].replace("\0", "\ufffd")} for record in RECORDS])
    return target


@pytest.fixture
async def hostile(hostile_path: Path) -> AsyncIterator[Datasette]:
    async with served(hostile_path) as datasette:
        yield datasette


def ours(db: sqlite3.Connection) -> list[str]:
    """All of our pages of a corpus."""
    articles = [f"/corpus/-/article/{id}?q=平台" for (id,) in db.execute("SELECT id FROM articles")]
    names = [f"/corpus/-/entity/{id}" for (id,) in db.execute("SELECT id FROM entities")]
    asked = [f"/corpus/-/search?{urlencode({'q': q})}" for q in ("平台", SCRIPT, BREAK, BIDI, "没有这样的词")]
    return ["/corpus/-/home", *articles, *names, *asked]


def test_all_of_it_is_kept(hostile_path: Path) -> None:
    """NUL included, where SQLite's functions take a text to end."""
    db = sqlite3.connect(hostile_path)
    assert db.execute("SELECT * FROM rejects").fetchall() == []
    assert db.execute(
        "SELECT count(*) FROM articles WHERE body LIKE '%成交额%' AND body LIKE '%篇。' OR body LIKE '%文件。'"
    ).fetchone() == (7,)
    assert db.execute("SELECT count(*) FROM sources WHERE raw LIKE '%' || char(65533) || '%'").fetchone() == (2,)
    assert db.execute(
        "SELECT count(*) FROM articles WHERE instr(body, char(0)) OR length(body) <> chars"
    ).fetchone() == (0,)


async def test_no_page_of_ours_runs_or_leads_to_anything(hostile: Datasette, hostile_path: Path) -> None:
    with sqlite3.connect(hostile_path) as db:
        pages = ours(db)
    assert len(pages) > 12
    for address in pages:
        response = await hostile.client.get(address)
        assert response.status_code == 200, address
        assert response.headers["content-security-policy"].startswith("default-src 'none'")
        assert not re.search("[\x00\u202a-\u202e\u2066-\u2069]", response.text), address
        for tag, attributes in Page(response.text).tags:
            assert tag not in ("script", "img", "iframe", "object", "style", "base"), (address, tag)
            assert not [name for name in attributes if name.startswith("on") or name == "style"], address
            assert urlsplit(attributes.get("href") or "").scheme in ("", "http", "https", "data"), address
            assert tag == "link" or not (attributes.get("href") or "").startswith("data:"), address


async def test_datasettes_pages_of_it_hold_no_script_of_it(hostile: Datasette) -> None:
    tables = [row.table_name for row in sql.description_rows() if not row.column_name]
    queries = [f"/corpus/{query.name}?{urlencode(dict.fromkeys(query.params, SCRIPT))}" for query in sql.queries()]
    for address in ("/", "/corpus", *(f"/corpus/{table}" for table in tables), *queries, "/corpus/ranked?_search=平台"):
        response = await hostile.client.get(address)
        if response.status_code in (403, 404):  # shadow tables; names of queries in Datasette 1.0
            continue
        assert "<script>alert" not in response.text, address
        assert "<img src=x" not in response.text, address
        for _, attributes in Page(response.text).tags:
            assert not (attributes.get("href") or "").lower().startswith(("javascript:", "data:text")), address


async def test_feed_llms_json_and_csv_say_it_as_text(hostile: Datasette) -> None:
    feed = check((await hostile.client.get("/corpus/-/feed.atom?q=平台")).content)
    links = [element.attrib["href"] for element in feed.iter() if "href" in element.attrib]
    assert "https://example.com/good?a=1&b=2" in links
    assert {urlsplit(link).scheme for link in links} <= {"http", "https"}
    assert not any("alert(3)" in link or "\u202e" in link for link in links)
    told = (await hostile.client.get("/llms.txt")).text
    assert "<script>" not in told
    assert not re.search("[\x00\u202a-\u202e\u2066-\u2069]", told)
    rows = (await hostile.client.get("/corpus/articles.json?_shape=array&_size=max")).json()
    assert {f"k{n}{SCRIPT}" for n in range(6)} <= {row["key"] for row in rows}
    table = list(csv.DictReader(io.StringIO((await hostile.client.get("/corpus/articles.csv?_size=max")).text)))
    assert [row["title"] for row in table] == [row["title"] or "" for row in rows]


async def test_what_a_strange_file_says_of_itself_is_text(hostile_path: Path, tmp_path: Path) -> None:
    path = tmp_path / "corpus.db"
    path.write_bytes(hostile_path.read_bytes())
    db = sqlite3.connect(path)
    db.execute("DELETE FROM about")
    told = dict.fromkeys(("title", "description", "licence", "source", "description_html", "allow"), SCRIPT + BREAK)
    told |= {"licence_url": "javascript:alert(3)", "source_url": "javascript:alert(3)"}
    db.executemany("INSERT INTO about VALUES (?, ?)", told.items())
    db.execute("UPDATE descriptions SET description = ?", (SCRIPT,))
    db.commit()
    db.close()
    async with served(path) as datasette:
        for address in ("/", "/corpus", "/corpus/articles", "/corpus/-/home", "/corpus/-/feed.atom", "/llms.txt"):
            response = await datasette.client.get(address)
            assert response.status_code == 200
            assert "<script>alert" not in response.text, address
            assert 'href="javascript:' not in response.text.lower(), address


RNG = random.Random(1)
COMMON = "的一是不了人我在有他这中大来上个国和也子时道说平台"
QUESTIONS = {
    "a megabyte": "中" * 1_000_000,
    "10,000 words": " ".join(RNG.choice(COMMON) + RNG.choice(COMMON) for _ in range(10_000)),
    "quotes": '"' * 30_000,
    "either of many": " OR ".join(COMMON * 30),
    "all common characters": " ".join(COMMON),
    "without": " ".join(f"-{char}" for char in COMMON),
    "beginnings": " ".join(f"{char}*" for char in "abcdefghijklmnopqrstuvwxyz"),
    "parentheses": "(" * 10_000 + "NEAR" + ")" * 10_000,
    "spaces": " " * 30_000 + "中",
    "a long word": "a" * 30_000,
    "controls": "\x00\x01\x7f\u202e" * 100 + "平台",
}
_SECONDS = 10  # many times what any takes alone: this machine may be busy


async def status(datasette: Datasette, path: str, query: str) -> int:
    """Asks without a client or server that has limits of its own."""
    answers: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: dict[str, Any]) -> None:
        answers.append(message)

    scope = {"type": "http", "http_version": "1.1", "method": "GET", "scheme": "http", "path": path}
    scope |= {"raw_path": path.encode(), "query_string": query.encode(), "headers": [(b"host", b"localhost")]}
    await datasette.app()(scope, receive, send)
    return int(answers[0]["status"])


@pytest.mark.parametrize("question", QUESTIONS)
async def test_no_question_holds_anybody_up(hostile: Datasette, question: str) -> None:
    asked = QUESTIONS[question]
    while question != "a megabyte" and len(quote_plus(asked)) > MAX_QUERY_BYTES - 100:
        asked = asked[: len(asked) * 9 // 10]
    boxes = [
        ("-/search", "q"),
        ("-/article/1", "q"),
        ("-/feed.atom", "q"),
        ("-/feed.atom", "entity"),
        ("-/entity", "name"),
    ]
    boxes += [
        ("articles", "_search"),
        ("ranked", "_search"),
        ("ranked.json", "_search"),
        ("search", "q"),
        ("phrase.json", "q"),
    ]
    for path, name in boxes:
        begin = time.perf_counter()
        found = await status(hostile, f"/corpus/{path}", urlencode({name: asked}))
        assert found == (414 if question == "a megabyte" else found)
        assert found in (200, 400, 404, 414), (path, found)
        assert time.perf_counter() - begin < _SECONDS, path


async def test_the_functions_of_free_sql_are_capped(hostile: Datasette) -> None:
    """SQLite can not interrupt them: what they are given is cut instead."""
    calls = (
        "zh_query(x)",
        "zh_query_any(x)",
        "zh_highlight(x, x)",
        "zh_snippet(x, x, 1000000)",
        "zh_segment(x)",
        "zh_fold(x)",
    )
    path = "/corpus.json" if IS_STABLE else "/corpus/-/query.json"
    for call in calls:
        statement = f"SELECT length({call}) FROM (SELECT replace(hex(zeroblob(100000)), '00', '平台 ') AS x)"
        begin = time.perf_counter()
        assert await status(hostile, path, urlencode({"sql": statement, "_shape": "array"})) in (200, 400)
        assert time.perf_counter() - begin < _SECONDS, call


async def test_a_long_table_is_not_marked_to_its_end(tmp_path: Path) -> None:
    """Its cells are made in the event loop."""
    many = tuple(
        Sample(f"k{n}", f"第{n}篇", f"开头{n}。" + "天气很好。" * 50 + "平台很多。") for n in range(MAX_BODIES + 5)
    )
    async with served(write_corpus(tmp_path / "corpus.db", many)) as datasette:
        html = (await datasette.client.get("/corpus/ranked?_search=平台&_size=max")).text
        assert html.count("<mark>平台</mark>") == MAX_BODIES
        assert len(re.findall(r"开头\d+。天气很好。", html)) == 5
