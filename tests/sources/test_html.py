"""The HTML reader on short pages written for the test: layouts, fields, tiling, what never is text, bounds."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.clean import clean
from corpus_db.clean.spans import content
from corpus_db.errors import InputError
from corpus_db.records import Item, Source
from corpus_db.sources import html

GOLDEN = sorted((Path(__file__).parent.parent / "golden" / "html").glob("*.html"))
PROSE = "<p>今天，平台上线了，人们很高兴，纷纷表示要来看看。</p>"


def read(page: str | bytes) -> Source:
    return html.read(Item("page.html", None, "html", page, "utf-8" if isinstance(page, str) else None))


def text(page: str) -> str:
    return content(read(page)).text


def assert_tiles(source: Source) -> None:
    ends = [0, *(piece.end for piece in source.pieces)]
    assert [piece.start for piece in source.pieces] == ends[:-1]
    assert ends[-1] == len(source.raw)


def of_role(source: Source, role: str) -> dict[str, str]:
    """Raw text of the pieces of a role → reason."""
    return {source.raw[p.start : p.end].strip(): p.reason for p in source.pieces if p.role == role}


@pytest.mark.parametrize("page", GOLDEN, ids=lambda path: path.stem)
def test_golden(page: Path) -> None:
    head, _, body = page.with_suffix(".txt").read_text("utf-8").partition("\n\n")
    source = read(page.read_bytes())
    assert content(source).text == body.rstrip("\n")
    stated = dict(line.split(": ", 1) for line in head.splitlines())
    assert {name: source.fields.get(name) for name in stated} == stated
    assert_tiles(source)


@pytest.mark.parametrize("page", GOLDEN, ids=lambda path: path.stem)
def test_cleaning_keeps_the_text(page: Path) -> None:
    _, _, body = page.with_suffix(".txt").read_text("utf-8").partition("\n\n")
    cleaned = clean(read(page.read_bytes()))
    kept = set(cleaned.article.body.split("\n"))
    assert kept >= {line for line in body.split("\n") if line.endswith("。")}
    assert cleaned.article.published


def test_says_why_the_rest_is_not_text() -> None:
    source = read(
        f"<title>平台上线_某某网</title><div><h1>平台上线</h1><div>2019-09-07 09:59 来源：某某日报</div>{PROSE * 3}"
        "<div class='comment-list'><p>沙发，写得真好！</p></div></div><!-- 完 --><style>p{}</style>"
    )
    assert of_role(source, "title") == {"平台上线": "title"}
    assert of_role(source, "field") == {"2019-09-07 09:59 来源：某某日报": "publisher"}
    assert of_role(source, "chrome")["沙发，写得真好！"] in ("comments", "outside the main text")
    assert of_role(source, "markup")["<!-- 完 -->"] == "comment"
    assert of_role(source, "markup")["p{}"] == "style"


@pytest.mark.parametrize(
    "hidden",
    [
        "<script>{}</script>",
        "<style>{}</style>",
        "<noscript><p>{}</p></noscript>",
        "<template><p>{}</p></template>",
        "<!-- {} -->",
        "<textarea>{}</textarea>",
        "<select><option>{}</option></select>",
        "<p style='display: none'>{}</p>",
        "<p hidden>{}</p>",
        "<img alt='{}' src='data:text/html,{}'>",
        "<iframe>{}</iframe>",
        "<script type='text/template'><p>{}</p></script>",
        "<div class='recommend-list'><p>{}</p></div>",
        "<section id='comments'><p>{}</p></section>",
        "<nav><p>{}</p></nav>",
        "<ul><li><a href='1'>{}</a></li><li><a href='2'>{}</a></li></ul>",
    ],
)
def test_never_text(hidden: str) -> None:
    page = f"<body>{PROSE}{hidden.replace('{}', '这一句，无论如何不是正文。')}{PROSE.replace('今天', '明天')}"
    assert "这一句" not in text(page)


def test_white_space_is_what_a_browser_shows() -> None:
    page = (
        "<p>\n  今天，平台\n  上线了，见 <b>New\n York</b>  Times，\n  共 3 页。\n</p><p>　　次日，人们&nbsp;来了。</p>"
    )
    assert text(page) == "今天，平台上线了，见 New York Times，共 3 页。\n次日，人们\xa0来了。"


def test_character_references_keep_their_place() -> None:
    source = read("<p>&ldquo;AT&amp;T&rdquo;今天，上线了&#x3002;人们很高兴，都来了。</p>")
    assert content(source).text == "“AT&T”今天，上线了。人们很高兴，都来了。"
    pieces = {source.raw[p.start : p.end]: p.text for p in source.pieces if p.role == "body" and p.text}
    assert pieces == {"&ldquo;": "“", "&amp;": "&", "&rdquo;": "”", "&#x3002;": "。"}


@pytest.mark.parametrize(
    ("head", "printed", "title"),
    [
        ("<title>平台上线：谁来用_财经_某某网</title>", "<h1>平台上线：谁来用</h1>", "平台上线：谁来用"),
        ("<title>平台上线：谁来用_财经_某某网</title>", "", "平台上线：谁来用"),
        ("<title>某某网</title>", "<div class='t'><h2>平台上线：谁来用</h2></div>", "平台上线：谁来用"),
        ("<title>平台上线：谁来用</title>", "<h1>某某网</h1><p>平台上线：谁来用</p>", "平台上线：谁来用"),
        ("<title>平台上线：谁来用</title>", "<h2><i>原创</i>平台上线：谁来用</h2>", "平台上线：谁来用"),
        ("<meta property='og:title' content='平台上线&amp;下线'>", "", "平台上线&下线"),
    ],
)
def test_title(head: str, printed: str, title: str) -> None:
    assert read(f"<head>{head}</head><body>{printed}<div>{PROSE * 3}</div>").fields["title"] == title


@pytest.mark.parametrize(
    ("line", "fields"),
    [
        ("2019-09-07 09:59 来源：某某日报", {"published": "2019-09-07T09:59", "publisher": "某某日报"}),
        (
            "<span>来源：</span><a href='x'>某某日报</a><span>作者：张三</span>",
            {"publisher": "某某日报", "author": "张三"},
        ),
        ("<span class='source'>青年周末</span> <span class='date'>2019年9月7日</span>", {"publisher": "青年周末"}),
        ("<span class='author'>老林，</span><span>写字的人</span>", {"author": "老林"}),
        ("原创 GameTalk 2019-09-04 22:18:34", {"published": "2019-09-04T22:18:34"}),
        ("<i>原创</i> <i>GameTalk</i> <i>2019-09-04 22:18:34</i>", {"author": "GameTalk"}),
        ("<i>江城晚报</i> <i>2019-09-04 22:18</i> <i>评论 12</i>", {"publisher": "江城晚报"}),
        ("<i>2019</i><p>09 / 07</p><p>19 : 02</p>", {"published": "2019-09-07T19:02"}),
        ("发布时间：18-03-08 23:16", {"published": "2018-03-08T23:16"}),
    ],
)
def test_byline(line: str, fields: dict[str, str]) -> None:
    found = read(f"<h1>平台上线：谁来用</h1><div class='info'>{line}</div><div>{PROSE * 3}</div>").fields
    assert {name: found.get(name) for name in fields} == fields


@pytest.mark.parametrize(
    ("first", "last", "author"),
    [
        ("某某报讯（记者 张三 李四）", "", "张三 李四"),
        ("", "江城晚报记者 王小明", "王小明"),
        ("", "采写：江城晚报实习记者 王小明", "王小明"),
        ("", "今天上线。（文/图 赵六 孙七）", "赵六 孙七"),
        ("", "文丨赵六", "赵六"),
        ("", "采写：江报记者 王小明 李四", "王小明 李四"),
        ("", "本报记者 王小明 通讯员 李四", "王小明"),
        ("他是一名记者，", "", None),
        ("（本文原作者的妄加改动，恕不负责）", "", None),
    ],
)
def test_reporter_named_by_the_text(first: str, last: str, author: str | None) -> None:
    found = read(f"<h1>平台上线：谁来用</h1><div><p>{first}今天，平台上线了。</p>{PROSE * 3}<p>{last}</p></div>").fields
    assert found.get("author") == author


def test_section_from_the_path_above_the_title() -> None:
    page = "<div><a href=1>首页</a> &gt; <a href=2>要闻</a> &gt; <a href=3>本地</a> &gt; 正文</div><h1>平台上线：谁来用</h1>"
    source = read(f"<title>平台上线：谁来用</title>{page}<div>{PROSE * 3}</div>")
    assert source.fields["section"] == "要闻/本地"
    assert of_role(source, "field")["要闻"] == "section"


def test_keywords_and_summary_of_the_whole_site_are_not_the_articles() -> None:
    page = next(path for path in GOLDEN if path.stem == "government")
    assert not {"keywords", "summary"} & read(page.read_bytes()).fields.keys()


def test_site_is_no_author() -> None:
    page = f"<title>平台上线_某某网</title><meta name=author content=某某网><h1>平台上线</h1>{PROSE * 3}"
    assert "author" not in read(page).fields


def test_printed_date_counts_and_may_become_more_precise() -> None:
    meta = "<meta property='article:published_time' content='{}'>"
    page = f"{meta}<h1>平台上线</h1><div>2019-09-07 09:59</div><div>{PROSE * 3}</div>"
    assert read(page.replace("{}", "2019-09-07T09:59:31+08:00")).fields["published"] == "2019-09-07T09:59:31"
    assert read(page.replace("{}", "2019-09-08T00:00:00+08:00")).fields["published"] == "2019-09-07T09:59"


@pytest.mark.parametrize(
    ("head", "url"),
    [
        ("<!-- saved from url=(0018)http://a.cn/1.html -->", "http://a.cn/1.html"),
        (
            "<!--\n Page saved with SingleFile \n url: https://a.cn/1 \n saved date: Thu Mar 04 2021\n-->",
            "https://a.cn/1",
        ),
        ("<!-- Mirrored from a.cn/1.html by HTTrack Website Copier/3.x -->", "http://a.cn/1.html"),
        ("<!-- url: 见上 -->", None),
        ("<!-- saved from url=(0018)http://a.cn/1.html --><link rel=canonical href=http://b.cn/2>", "http://b.cn/2"),
    ],
)
def test_address_as_the_program_that_saved_the_page_wrote_it(head: str, url: str | None) -> None:
    assert read(f"<!DOCTYPE html>{head}<title>平台上线</title><h1>平台上线</h1>{PROSE * 3}").fields.get("url") == url


def test_account_of_a_public_account_is_its_publisher() -> None:
    source = read(
        "<meta name=author content=王小明><h1>平台上线</h1><div class=rich_media_meta_list><span>原创</span>"
        "<span class='rich_media_meta rich_media_meta_text'>王小明</span>"
        f"<span class='rich_media_meta_nickname'><a>江城小站</a></span></div><div id=js_content>{PROSE * 3}</div>"
    )
    assert (source.fields["author"], source.fields["publisher"]) == ("王小明", "江城小站")


def test_the_day_below_a_decree_is_its_text() -> None:
    signed = f"{PROSE * 3}<p>某市人民政府</p><p>2021年3月4日</p>"
    assert text(f"<h1>平台上线</h1>{signed}").endswith("\n某市人民政府\n2021年3月4日")
    assert read(f"<h1>平台上线</h1><p>2021年3月5日</p>{signed}").fields["published"] == "2021-03-05"


def test_page_hidden_until_a_script_has_run() -> None:
    assert text(f"<body style='display:none'><div>{PROSE * 3}</div></body>").startswith("今天，平台上线了")


def test_anchor_without_address_is_no_link() -> None:
    assert "后天" in text(f"<body><p><a name=top>{'今天，平台上线了。' * 3}</p><p>后天，人们来了。</p>{PROSE}</body>")


def test_bytes_of_a_labelled_encoding() -> None:
    page = f"<meta http-equiv=Content-Type content='text/html; charset=gb2312'><body>{PROSE * 3}".encode("gbk")
    source = read(page)
    assert source.encoding == "gb18030"
    assert source.bytes == len(page)
    assert content(source).text.startswith("今天，平台上线了")


@pytest.mark.parametrize(
    "page",
    [
        "<html></html>",
        "x",
        "<ul>" + "<li><a href=1>今天，平台上线了</a></li>" * 50 + "</ul>",
        f"<script>{PROSE}</script>",
    ],
    ids=["empty", "a letter", "links", "script"],
)
def test_page_without_article(page: str) -> None:
    with pytest.raises(InputError, match="no article in the page"):
        read(page)


@pytest.mark.parametrize(
    ("page", "reason", "detail"),
    [
        ("<frameset><frame src=a.htm></frameset>", "no article in the page", "frames"),
        ("<div id=app></div><script src=a.js></script>", "no article in the page", "a script fetches its text"),
        (
            "<title>404 Not Found</title><h1>404 Not Found</h1><p>您访问的页面不见了，请检查地址是否正确。</p>",
            "error page",
            "404",
        ),
        ("<title>页面不存在_某网</title><p>您访问的页面不见了，请检查地址是否正确。</p>", "error page", "页面不存在"),
    ],
)
def test_why_a_page_holds_no_article(page: str, reason: str, detail: str) -> None:
    with pytest.raises(InputError, match=detail) as caught:
        read(page)
    assert caught.value.reason == reason


def test_an_article_about_errors_is_none() -> None:
    assert text(f"<title>404 背后的故事</title><h1>404 背后的故事</h1>{PROSE * 9}")


def test_page_with_too_many_tags() -> None:
    with pytest.raises(InputError, match="page too large"):
        read("<br>" * 400_001)


@pytest.mark.parametrize(
    "page",
    [
        "<div>" * 100_000 + PROSE * 3 + "</div>" * 100_000,
        "<title>今天的平台</title>" + "<span>" * 30_000 + "今天，平台上线了。<br>" * 20_000,
        "<table><tr><td>" * 30_000 + PROSE * 3,
        "<b><p>" * 30_000 + PROSE * 3,
        PROSE * 3 + "<p title='" * 30_000,
        PROSE * 3 + "<!--" * 100_000,
        PROSE * 3 + "<" * 500_000,
        "<script type='application/ld+json'>" + "[" * 100_000 + "</script>" + PROSE * 3,
        "<p>" + "今天，平台上线了。" * 200_000,
    ],
    ids=["div", "span", "table", "misnested", "quote", "comment", "angle", "json", "line"],
)
def test_time_is_bounded(page: str) -> None:
    started = time.process_time()
    source = read(page)
    assert time.process_time() - started < 20
    assert "平台上线了" in content(source).text


_BITS = st.sampled_from(
    [
        *(
            "<p>",
            "</p>",
            "<div class='article'>",
            "</div>",
            "<b>",
            "</b>",
            "<br>",
            "<td>",
            "<table>",
            "</table>",
            "<pre>",
        ),
        *(
            "<script>",
            "</script>",
            "<!--",
            "-->",
            "<a href='",
            "'>",
            '"',
            "<",
            ">",
            "&amp;",
            "&nbsp;",
            "&",
            "&#x",
            "\n",
        ),
        *(
            "今天，平台上线了。",
            "　",
            " ",
            "来源：",
            "2019-09-07",
            "<title>",
            "</title>",
            "<h1>",
            "\ufeff",
            "\x00",
            "A",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(_BITS, max_size=40).map("".join))
def test_pieces_tile_every_page(bits: str) -> None:
    source = read(PROSE + bits + PROSE)
    assert_tiles(source)
    assert_tiles(source._replace(pieces=clean(source).spans))  # type: ignore[arg-type]


@settings(max_examples=100, deadline=None)
@given(st.lists(st.sampled_from("今天，平台上线了。很好！&<>“”AB 1"), min_size=5).map("".join))
def test_text_comes_out_as_it_went_in(words: str) -> None:
    escaped = words.replace("&", "&amp;").replace("<", "&lt;")
    got = text(f"<div><p>{escaped}</p>{PROSE}</div>").split("\n")
    assert " ".join(words.split()) in [" ".join(line.split()) for line in got] or not words.strip()


@pytest.mark.parametrize(
    "marked",
    [
        "<ruby>饕<rt>tāo</rt>餮<rt>tiè</rt></ruby>",
        "<ruby>饕餮<rp>(</rp><rt>tāo tiè</rt><rp>)</rp></ruby>",
        "饕<font class='jammer'>8 h3 e& w</font>餮",
        "饕<span style='font-size:0px'>某某网</span>餮",
    ],
)
def test_what_is_mixed_into_a_word_is_no_part_of_it(marked: str) -> None:
    assert "饕餮纹的铜鼎" in text(f"<body>{PROSE}<p>他在{marked}纹的铜鼎前，站了很久。</p>")


def test_what_a_button_shows_is_of_the_text() -> None:
    rest = PROSE.replace("今天", "明天")
    page = f"<h1>平台上线</h1><div>{PROSE}<p><a>展开全文</a></p><div style='display:none'>{rest}</div></div>"
    assert "明天，平台上线了" in text(page)
    assert "明天" not in text(page.replace("展开全文", "平台一景"))
    assert "展开全文" not in clean(read(page)).article.body


@pytest.mark.parametrize(
    ("printed", "published"),
    [
        ("<time datetime='2021-03-04T08:05:06+08:00'>3小时前</time>", "2021-03-04T08:05:06"),
        ("<span title='2021-3-4 08:05'>3 天前</span>", "2021-03-04T08:05"),
        ("<span data-time='1614816306'>昨天</span>", "2021-03-04T08:05:06"),
        ("<span>民國110年3月4日</span>", "2021-03-04"),
        ("<span>2021年3月4日 下午8:05</span>", "2021-03-04T20:05"),
        ("<span>3小时前</span>", None),
        ('<script>var ct = "1614816306";</script>', "2021-03-04T08:05:06"),
    ],
)
def test_time_that_is_not_printed_as_one(printed: str, published: str | None) -> None:
    page = f"<title>平台上线的一天</title><h1>平台上线的一天</h1><div>江城日报 {printed}</div><div>{PROSE * 3}</div>"
    assert read(page).fields.get("published") == published


def test_an_index_states_nothing_of_one_article_for_all() -> None:
    one = "<article><h2>第{}天</h2><p>2021-03-0{} 来源：江城日报</p>{}</article>"
    articles = "".join(one.format(day, day, PROSE.replace("今天", f"第{day}天")) for day in (1, 2, 3))
    source = read(f"<title>江城的三天 - 江城日报</title><body>{articles}")
    assert (source.fields, source.notes) == ({"title": "江城的三天"}, ("several articles in one page",))
    assert all(f"第{day}天，平台上线了" in content(source).text for day in (1, 2, 3))
    assert (
        read(f"<title>第1天 - 江城日报</title><body>{articles[: articles.index('第3天')]}").fields["published"]
        == "2021-03-01"
    )
