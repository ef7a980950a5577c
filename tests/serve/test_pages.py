"""Our own pages, through whichever line of Datasette is installed."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import Counter, deque
from collections.abc import AsyncIterator
from pathlib import Path
from urllib.parse import parse_qs, urlencode, urljoin, urlsplit

import pytest
from datasette.app import Datasette

from corpus_db import sql
from corpus_db.serve import datasette as plugin
from corpus_db.serve.pages import answer
from corpus_db.serve.pages.labels import tables
from tests.corpus_fixture import SAMPLES, Sample, write_corpus
from tests.serve.browsing import Html, get
from tests.serve.serving import served

BIDI = "\u202e\u2066"
HOSTILE = Sample(
    "<script>key</script>",
    f'"><script>alert("title")</script>{BIDI}gnp.exe',
    f'<img src=x onerror=alert("body")>平台{BIDI}反。</p></article><script>alert(2)</script>也是平台。',
    site='example.com"><script>site</script>',
    publisher="<b>publisher</b>",
    section="'\" onmouseover=alert(1) x='",
)
MAX_OF_A_KIND = 12  # addresses that differ in their numbers or arguments only


pytestmark = pytest.mark.usefixtures("with_plugin")


@pytest.fixture
async def hostile(tmp_path: Path) -> AsyncIterator[Datasette]:
    """An article that tries to be more than text."""
    path = write_corpus(tmp_path / "corpus.db", (HOSTILE, *SAMPLES))
    db = sqlite3.connect(path)
    db.execute(
        "UPDATE articles SET url = 'javascript:alert(3)', author = ?, extra = ? WHERE id = 1", (HOSTILE.title, "{")
    )
    db.execute("UPDATE articles SET url = 'https://example.com/a?b=1&c=2', keywords = '3', extra = '[1]' WHERE id = 2")
    db.execute("UPDATE articles SET url = 'https://example.com/' || char(8238) || 'moc.elpmaxe' WHERE id = 3")
    db.execute("UPDATE about SET value = ? WHERE key = 'title'", (HOSTILE.title,))
    db.execute("UPDATE entities SET name = ?, aliases = 'no JSON' WHERE id = 1", (HOSTILE.title,))
    db.commit()
    db.close()
    async with served(path) as datasette:
        yield datasette


def results(html: str) -> list[int]:
    """The articles that a search page lists."""
    listed = html.partition('<ol class="hits"')[2].partition("</ol>")[0]
    return [int(id) for id in re.findall(r'<h2><a lang="zh" href="/corpus/-/article/(\d+)', listed)]


async def crawl(datasette: Datasette, start: str, most: int) -> Counter[str]:
    """Follows every link from `start` on, at most so many of a kind: our pages, what they point to, and the anchors.

    Returns how many of each kind there were; an address that does not answer, a page that is not well-formed and an
    anchor that is not there fail.
    """
    waiting, seen = deque([start]), {start}
    root = start.partition("/-/")[0]
    anchors: set[tuple[str, str]] = set()
    ids: dict[str, list[str]] = {}
    kinds: Counter[str] = Counter()
    while waiting:
        address = waiting.popleft()
        response = await datasette.client.get(address)
        assert response.status_code in (200, 302), address
        if response.status_code == 302:
            links = [response.headers["location"]]
        elif address.startswith(f"{root}/-/") and response.headers["content-type"].startswith("text/html"):
            page = Html(response.text)
            assert page.problems == [], address
            assert "undefined" not in response.text.lower(), address
            ids[address] = page.ids
            links = [urljoin(f"http://localhost{address}", href) for href in page.hrefs if not href.startswith("data:")]
        else:
            continue
        here = (link.removeprefix("http://localhost") for link in links)
        for path, _, anchor in (link.partition("#") for link in here if link.startswith("/")):
            anchors |= {(path, anchor)} if anchor else set()
            kind = re.sub(r"\d+", "N", path.partition("?")[0].removeprefix(root))
            if path not in seen and kinds[kind] < most:
                kinds[kind] += 1
                seen.add(path)
                waiting.append(path)
    assert [(path, anchor) for path, anchor in anchors if path in ids and anchor not in ids[path]] == []
    return kinds


async def test_every_link_of_the_seeds_answers_and_every_page_is_well_formed(five: Datasette) -> None:
    kinds = await crawl(five, "/corpus/-/home", MAX_OF_A_KIND)
    assert kinds["/-/article/N"] > 5
    assert kinds["/-/entity/N"] > 10
    assert kinds["/-/word"] == MAX_OF_A_KIND
    assert {"/-/chart/frequency.svg", "/-/chart/collocates.svg", "/frequency.csv", "/ranked.json"} <= kinds.keys()


ODD = "a/b?c=d&e#f%2F\"'+ ;:@!~\\ 😀…%"


async def test_every_link_of_odd_names_answers(tmp_path: Path) -> None:
    """Names of everything that an address is made from: the file, keys, sites, sections, words, entities."""
    body = f"王芳说平台。{ODD}也说平台。"
    odd = Sample(ODD, f"{ODD}标题", body, site=f"{ODD}.com", publisher=f"{ODD}社", section=f"{ODD}栏")
    path = write_corpus(tmp_path / "a b'é数据😀.db", (odd, odd._replace(key=f"{ODD}2"), *SAMPLES))
    db = sqlite3.connect(path)
    db.execute("UPDATE entities SET name = ? WHERE id = 1", (ODD,))
    db.execute("UPDATE articles SET keywords = json_array(?) WHERE key = ?", (ODD, ODD))
    db.execute("UPDATE about SET value = ? WHERE key IN ('version', 'title')", (ODD,))
    db.commit()
    db.close()
    async with served(path) as datasette:
        (name,) = (name for name in datasette.databases if not datasette.databases[name].is_memory)
        home = f"{datasette.urls.database(name)}/-/home"
        kinds = await crawl(datasette, home, most=5)
        assert kinds["/-/word"] == kinds["/-/article/N"] == 5
        found = await get(datasette, home.replace("home", "word"), q=ODD)
        assert "<b>" in found.partition('class="numbers')[2]
        moved = await datasette.client.get(home.replace("home", "entity") + f"?{urlencode({'name': ODD})}")
        assert moved.status_code == 302


async def test_home_tells_what_is_there_and_its_examples_find_it(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/home")
    assert "示例语料" in html
    assert re.search(r"Articles <b>10</b>", html)
    table = html.partition('<table class="examples">')[2].partition("</table>")[0]
    examples = re.findall(r'<a lang="zh" href="([^"]+)">.*?<td class="number">(\d+)', table, re.DOTALL)
    assert len(examples) >= 6
    for address, count in examples:
        assert f"{count} found" in await get(ten, address.replace("&amp;", "&"))


async def test_search_lists_what_the_search_finds_in_its_order(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/search", q="电商平台")
    assert sorted(results(html)) == [1, 2, 6]
    assert "<mark>電商平台</mark>" in html
    assert "3 found" in html


@pytest.mark.parametrize(
    ("args", "expected"),
    [
        ({"q": "商", "site": "example.com"}, [1, 6]),
        ({"q": "商", "year": "2016"}, [6, 8]),
        ({"q": "商", "year": "2016", "site": "example.net"}, [8]),
        ({"site": "example.net"}, [5, 8, 10]),
        ({"section": "财经"}, [4, 7]),
        ({"section": "财"}, []),
        ({"publisher": "晴天社"}, [5]),
        ({"q": "-平台 site:example.net"}, [5, 8]),
        ({"q": "平台", "year": "二〇一三"}, []),
        ({"q": "王芳怎么看供应链？", "any": "1", "section": "财经"}, [7]),
        ({"q": "商", "page": "2"}, [1, 2, 3, 6, 8]),  # beyond the last page stands the last
        ({"q": "商", "page": "99999999999999999999"}, [1, 2, 3, 6, 8]),
        ({"q": '" * OR ) NEAR('}, []),
        ({"q": ""}, []),
    ],
)
async def test_search_narrows_by_whole_values(ten: Datasette, args: dict[str, str], expected: list[int]) -> None:
    assert sorted(results(await get(ten, "/corpus/-/search", **args))) == expected


async def test_every_facet_counts_what_it_leads_to(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/search", q="商")
    facets = html.partition('<aside class="facets"')[2]
    found = re.findall(r'<li><a lang="zh" href="([^"]+)"><bdi>[^<]*</bdi></a> <small>(\d+)', facets)
    assert {name for address, _ in found for name in parse_qs(urlsplit(address.replace("&amp;", "&")).query)} == {
        *("q", "site", "publisher", "year", "section", "keyword")
    }
    for address, count in found:
        assert len(results(await get(ten, address.replace("&amp;", "&")))) == int(count), address


async def test_where_nothing_is_found_something_close_is_offered_by_its_name(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/search", q="平台 没有这样的词")
    assert results(html) == []
    assert "Nothing has all of this" in html
    assert "without “没有这样的词”" in html
    assert "代替拼音" in await get(ten, "/corpus/-/search", "zh-CN", q="wangfang")
    assert "去掉“没有这样的词”" in await get(ten, "/corpus/-/search", "zh-CN", q="平台 没有这样的词")


async def test_pages_of_results(tmp_path: Path) -> None:
    many = tuple(Sample(f"k{n}", f"第{n}篇", "平台很多。") for n in range(45))
    async with served(write_corpus(tmp_path / "corpus.db", many)) as datasette:
        pages = [results(await get(datasette, "/corpus/-/search", q="平台", page=str(n))) for n in (1, 2, 3)]
        assert [len(page) for page in pages] == [20, 20, 5]
        assert len({id for page in pages for id in page}) == 45
        html = await get(datasette, "/corpus/-/search", q="平台", page="2")
        assert 'rel="prev"' in html
        assert 'start="21"' in html


async def test_an_article_shows_its_facts_where_they_stand(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/article/1", q="平台")
    assert re.search(r'<a class="entity person" href="/corpus/-/entity/1"[^>]*>王芳</a>', html)
    assert re.search(r'<a class="figure" href="#f\d+" title="4,190,000,000 元">41\.9亿元</a>', html)
    assert re.search(r'<span class="quoted"><mark>平台</mark></span>', html)
    assert re.search(r'<li id="q1">\s*<blockquote><a lang="zh" href="#s\d+"[^>]*><bdi>平台要为店主服务。', html)
    sentence = re.search(r'href="#(s\d+)"', html)
    assert sentence
    assert f'id="{sentence[1]}"' in html
    assert "footer" in html  # why the last character of the source is not in the text
    assert "/corpus/-/article/6" in html  # the reprint


async def test_the_text_of_an_article_is_whole(five: Datasette, seeds: sqlite3.Connection) -> None:
    for id, body in seeds.execute("SELECT id, body FROM articles"):
        html = await get(five, f"/corpus/-/article/{id}")
        article = html.partition('<article id="text" lang="zh">')[2].partition("</article>")[0]
        shown = re.sub(r"<[^>]+>", "", re.sub(r'<a class="quote-link".*?</a>', "", article))
        assert "".join(shown.split()) == "".join(_escaped(body).split())


def _escaped(text: str) -> str:
    for char, safe in (("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ('"', "&#34;"), ("'", "&#39;")):
        text = text.replace(char, safe)
    return text


async def test_keys_and_names_lead_to_their_pages(ten: Datasette) -> None:
    for path, args, target in (
        ("article", {"key": "a4"}, "/corpus/-/article/4"),
        ("entity", {"name": "王芳"}, "/corpus/-/entity/1"),
        ("entity", {"name": "王女士"}, "/corpus/-/entity/1"),
    ):
        response = await ten.client.get(f"/corpus/-/{path}?{urlencode(args)}")
        assert (response.status_code, response.headers["location"]) == (302, target)


@pytest.mark.parametrize(
    "path",
    ["article/999", "article/x", "article?key=none", "article", "entity/999", "entity?name=none", "entity"],
)
async def test_what_is_not_there_is_not_found(ten: Datasette, path: str) -> None:
    assert (await ten.client.get(f"/corpus/-/{path}")).status_code == 404


async def test_the_dossier_of_a_name(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/entity/1")
    assert "<bdi>王芳</bdi>" in html
    assert "平台要为店主服务。" in html
    assert [int(id) for id in re.findall(r'<li><a href="/corpus/-/article/(\d+)\?', html)] == [1, 6, 7]


async def test_what_an_article_holds_stays_text(hostile: Datasette) -> None:
    for path in (
        "home",
        "search?q=平台",
        "search?q=<script>alert(4)</script>",
        "article/1?q=平台",
        "article/3",
        "entity/1",
        "word?q=平台",
        "word?q=平台&site=<script>alert(5)</script>&_version=<script>alert(6)</script>",
    ):
        html = await get(hostile, f"/corpus/-/{path}")
        page = Html(html)
        assert page.problems == []
        tags = {tag for tag, _ in page.elements}
        assert not tags & {"script", "img", "iframe", "object", "style"}
        attributes = {name for _, attributes in page.elements for name in attributes}
        assert not {name for name in attributes if name.startswith("on") or name == "style"}
        assert {urlsplit(href).scheme for href in page.hrefs} <= {"", "http", "https", "data"}
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", html)


async def test_only_web_addresses_are_links(hostile: Datasette) -> None:
    first, second, third = [await get(hostile, f"/corpus/-/article/{id}") for id in (1, 2, 3)]
    assert "javascript:alert(3)" in first
    assert "javascript:" not in "".join(Html(first).hrefs)
    assert "https://example.com/a?b=1&c=2" in Html(second).hrefs
    assert not any("moc.elpmaxe" in href for href in Html(third).hrefs)


async def test_no_script_may_run_and_nothing_is_loaded_from_elsewhere(ten: Datasette) -> None:
    for path in ("home", "search", "article/1", "entity/1", "word", "word?q=平台"):
        response = await ten.client.get(f"/corpus/-/{path}")
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert "script-src" not in policy
        for tag, attributes in Html(response.text).elements:
            if tag == "link":
                assert attributes["rel"] == "alternate" or attributes["href"] in ("data:,", "/-/corpus-db/pages.css")
    assert (await ten.client.get("/-/corpus-db/pages.css")).status_code == 200


TOLD_GROUPS = ("default ", "purpose ", "query ")


async def test_chinese_for_those_who_ask_for_it(ten: Datasette) -> None:
    html = await get(ten, "/corpus/-/home", "zh-CN,zh;q=0.9,en;q=0.8")
    assert '<html lang="zh-Hans">' in html
    assert "怎样搜索" in html
    assert "How to search" in await get(ten, "/corpus/-/home", "de")


def test_what_a_new_file_says_of_itself_and_every_query_is_told_in_both_languages(seeds: sqlite3.Connection) -> None:
    about = {str(value) for (value,) in seeds.execute("SELECT value FROM about")}
    told = {
        group: {label.partition(" ")[2] for label in tables()["zh"] if label.startswith(group)} for group in TOLD_GROUPS
    }
    assert told["default "] <= about
    assert told["purpose "] == told["query "] == set(sql.QUERIES)


def test_every_label_is_in_both_languages_and_asks_for_the_same_values() -> None:
    english, chinese = tables()["en"], tables()["zh"]
    assert english.keys() == chinese.keys()
    for label, text in english.items():
        assert text and chinese[label], label
        asked, in_chinese = (sorted(re.findall(r"\{(\w+)[}:]", one)) for one in (text, chinese[label]))
        assert asked == in_chinese, label


async def test_who_may_not_see_the_table_may_not_see_the_page(corpus_path: Path) -> None:
    denied = {"databases": {"corpus": {"tables": {"articles": {"allow": False}}}}}
    async with served(corpus_path, metadata=denied) as datasette:
        for path in ("home", "search?q=商", "article/1", "entity/1", "article?key=a1"):
            assert (await datasette.client.get(f"/corpus/-/{path}")).status_code == 403


async def test_free_sql_is_not_needed(corpus_path: Path) -> None:
    async with served(corpus_path, settings={"default_allow_sql": False}) as datasette:
        assert results(await get(datasette, "/corpus/-/search", q="备货节")) == [2]


async def test_a_base_address_is_kept(corpus_path: Path) -> None:
    async with served(corpus_path, settings={"base_url": "/below/"}) as datasette:
        response = await datasette.client.get("/corpus/-/home")
        hrefs = [href for href in Html(response.text).hrefs if href.startswith("/")]
        assert hrefs
        assert all(href.startswith("/below/") for href in hrefs)


async def test_a_file_that_only_says_it_is_a_corpus(tmp_path: Path, corpus_path: Path) -> None:
    path = tmp_path / "corpus.db"
    path.write_bytes(corpus_path.read_bytes())
    db = sqlite3.connect(path)
    db.executescript("DROP TABLE figures; DROP TABLE mentions; DROP TABLE entities;")
    db.close()
    async with served(path) as datasette:
        for page in ("home", "article/1"):
            response = await datasette.client.get(f"/corpus/-/{page}")
            assert response.status_code == 500
            assert "The file is not as this page expects it" in response.text


async def test_other_databases_have_no_such_pages(tmp_path: Path) -> None:
    path = tmp_path / "other.db"
    db = sqlite3.connect(path)
    db.execute("CREATE TABLE articles (id)")
    db.close()
    async with served(path) as datasette:
        assert (await datasette.client.get("/other/-/home")).status_code == 404
        assert (await datasette.client.get("/none/-/home")).status_code == 404


async def test_datasettes_own_pages_point_here(ten: Datasette) -> None:
    for path in ("/", "/corpus"):
        html = await get(ten, path)
        assert html.count("pages to read") == 1
        assert "/corpus/-/home" in html
        assert "/corpus/-/search" in html


def test_every_label_that_is_used_is_there_and_every_one_there_is_used() -> None:
    package = Path(plugin.__file__).parent
    text = "".join(
        path.read_text("utf-8") for path in [*package.glob("pages/templates/*.html"), *package.glob("pages/*.py")]
    )
    named = set(re.findall(r'\bt\("([a-z_]+)"', text)) | set(re.findall(r"\bt\('([a-z_]+)'", text))
    groups = set(re.findall(r"""told\(["']([a-z]+)["']""", text))
    quoted = set(re.findall(r'"([a-z_]+)"', text))
    labels = set(tables()["en"])
    assert named <= labels
    assert {label for label in labels if " " not in label} <= named | quoted
    assert {label.split()[0] for label in labels if " " in label} == groups


async def test_a_long_question_is_cut(ten: Datasette) -> None:
    page = Html(await get(ten, "/corpus/-/search", q="平" * 2_000))
    box = next(attributes for tag, attributes in page.elements if attributes.get("id") == "q")
    assert box["value"] == "平" * 500


async def test_what_takes_too_long_is_given_up(ten: Datasette, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(answer, "PATIENCE", 0)
    response = await ten.client.get("/corpus/-/home")
    assert response.status_code == 503
    assert "It took too long" in response.text


# --- articles of any shape


@pytest.fixture
async def odd(with_plugin: None, corpus, tmp_path: Path) -> AsyncIterator[Datasette]:
    """A title as long as a text, and an article that names nothing."""
    corpus(
        {
            "a.json": json.dumps(
                [
                    {"id": "long", "title": "很长的标题" * 600, "text": "说的是平台。"},
                    {"id": "bare", "text": "说的也是平台。"},
                ]
            )
        }
    )
    async with served(tmp_path / "corpus.db") as datasette:
        yield datasette


async def test_a_list_shows_the_beginning_of_a_long_title_and_its_page_all(odd: Datasette) -> None:
    html = await get(odd, "/corpus/-/search", q="平台")
    assert "很长的标题" * 40 + "…</bdi>" in html
    assert html.count("很长的标题") == 40
    assert "很长的标题" * 600 + "</bdi></h1>" in await get(odd, "/corpus/-/article/1")


async def test_an_article_without_facts_has_no_heading_for_them(odd: Datasette, ten: Datasette) -> None:
    for datasette, there in ((odd, False), (ten, True)):
        html = await get(datasette, "/corpus/-/article/2" if datasette is odd else "/corpus/-/article/1")
        assert ('id="facts"' in html, 'id="show-dates"' in html) == (there, there)


@pytest.mark.parametrize("kind", ["article", "entity"])
@pytest.mark.parametrize("id", ["0", "abc", "9" * 20, "9" * 400, "-1", "%00", "1e999"])
async def test_a_number_that_is_none_is_not_found(ten: Datasette, kind: str, id: str) -> None:
    assert (await ten.client.get(f"/corpus/-/{kind}/{id}")).status_code == 404


async def test_large_numbers_are_said_in_the_units_of_the_reader(five: Datasette) -> None:
    for language, said, unsaid in (("en", "k</text>", "万</text>"), ("zh", "万</text>", "k</text>")):
        html = await get(five, "/corpus/-/word", language, q="平台")
        assert said in html and unsaid not in html
