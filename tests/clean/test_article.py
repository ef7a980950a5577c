"""What holds for every source: spans tile it, nothing is lost without a reason, the body is what the spans say."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from corpus_db.clean import clean
from corpus_db.errors import InputError
from corpus_db.records import Piece, Source
from corpus_db.text.fold import ZERO_WIDTH
from tests.clean.sources import SEEDS, made, read, seed, text_source

TEXTS = [
    "首页 > 要闻",
    "某地今天下雨了",
    "来源：某报 作者：王小明 2019-09-07 09:59",
    "1160浏览",
    "2018-04-27 14:13:01",
    "雨从早上下到晚上，街上没有什么人，只有卖伞的站在屋檐底下，等着雨再大一点。",
    "卖伞的站在屋檐底下，等着雨再大一点。",
    "雨从早上下到晚上，街上没有",
    "问：下雨了吗？",
    "答：下了。",
    "小标题",
    "下一篇:",
    "相关阅读",
    "0/300",
    "版权所有 © 2018",
    "（来源：某报 文/王小明）",
    "摘要：下雨了。",
    "他说。 她说。 “我说。” 小标题 大家都说了很多很多的话，说到天黑才回家去。 " * 6,
    "e\u0301\u200bカ\u3099\ufeff",
    "。　　他说。　　她说。",
    "\u200b\u200d",
]
LINES = st.one_of(st.sampled_from(TEXTS), st.text(max_size=40))
ENDS = st.sampled_from(["\n", "\n\n", "\r\n", "\r\n\r\n", "\r", "\u2028", "\v", " \n　　"])
PAGES = st.lists(st.tuples(LINES, ENDS), max_size=14).map(lambda rows: "".join(a + b for a, b in rows))
SHOWN = re.compile(f"[^\\s{ZERO_WIDTH}]")


@st.composite
def sources(draw: st.DrawFn) -> Source:
    """A source of random pieces: body, markup, fields, and pieces whose text differs from their raw stretch."""
    raw = ""
    pieces: list[Piece] = []
    fields: dict[str, str] = {}
    for _ in range(draw(st.integers(0, 6))):
        kind = draw(st.sampled_from(["body", "body", "body", "stands for", "break", "markup", "title", "author"]))
        text = draw(PAGES if kind == "body" else st.text(min_size=1, max_size=12))
        stands_for = None
        if kind == "stands for":
            stands_for = draw(st.sampled_from(["&", "", "\n", "两行\n文字", "长文字" * 20]))
        elif kind == "break":
            stands_for = "\n"
        elif kind in ("title", "author"):
            fields[kind] = text
        role = {"stands for": "body", "break": "markup", "author": "field"}.get(kind, kind)
        pieces.append(Piece(len(raw), len(raw) + len(text), role, kind, stands_for))  # type: ignore[arg-type]
        raw += text
    return made(raw, pieces, fields)


def check(source: Source) -> None:
    try:
        article, paragraphs, spans = clean(source)
    except InputError as error:
        assert (error.stage, error.reason) == ("clean", "nothing left")
        return
    assert [span.start for span in spans] == [0, *(span.end for span in spans)][:-1]
    assert spans[-1].end == len(source.raw)
    assert all(span.start < span.end for span in spans)
    for span in spans:
        if span.reason is None and span.role not in ("body", "summary"):
            assert span.role == "space"
            assert not SHOWN.search(source.raw[span.start : span.end])
    assert article.body == "\n".join(article.body[p.start : p.end] for p in paragraphs)
    assert article.body.count("\n") == len(paragraphs) - 1
    assert unicodedata.is_normalized("NFC", article.body)
    assert not set(article.body) & set(ZERO_WIDTH)
    assert all(p.start < p.end for p in paragraphs)
    assert (article.title is None) or (article.title_estimated is None)
    assert all(value != "" for value in (*article[:-1], *article.extra.values()))
    if all(piece.text is None for piece in source.pieces):
        kept = "".join(source.raw[s.start : s.end] for s in spans if s.role in ("body", "summary"))
        assert sorted(shown(kept)) == sorted(shown(article.body))


def shown(text: str) -> str:
    return "".join(SHOWN.findall(unicodedata.normalize("NFD", text)))


@given(PAGES)
@settings(max_examples=300, deadline=None)
@example("")
@example("\n".join(TEXTS))
def test_every_page(page: str) -> None:
    check(text_source(page))


@given(sources())
@settings(max_examples=300, deadline=None)
def test_every_source(source: Source) -> None:
    check(source)


@pytest.mark.parametrize("number", range(5))
def test_seeds(number: int) -> None:
    check(seed(number))


@given(st.integers(0, 4), st.integers(0, 40), st.sampled_from(["", "\u200b", "\r\n", "e\u0301", "0/300"]), st.data())
@settings(max_examples=60, deadline=None)
def test_seeds_cut_and_mixed(number: int, lines: int, put_in: str, data: st.DataObject) -> None:
    rows = SEEDS[number].read_text("utf-8").splitlines(keepends=True)
    rows = rows[:lines] if data.draw(st.booleans()) else rows[-lines:]
    if rows:
        rows.insert(data.draw(st.integers(0, len(rows))), put_in)
        check(read("".join(rows) + "。"))


@pytest.mark.parametrize("page", ["", " \n\u200b", "0/300\n微博发布", "首页 > 要闻\n2018-04-27 14:13:01\n下一篇:\n"])
def test_only_chrome_is_nothing(page: str) -> None:
    with pytest.raises(InputError, match="nothing left"):
        clean(text_source(page))


def test_a_field_of_the_reader_counts_before_one_of_the_page() -> None:
    page = "作者：李四 2019-09-07\n雨从早上下到晚上，街上没有什么人。"
    assert clean(text_source(page, author="张三")).article.author == "张三"
    assert clean(text_source(page, author="admin")).article[2:3] == ("李四",)


def test_a_line_that_repeats_the_stated_title_is_the_title() -> None:
    page = "“雨”下了一天\n雨从早上下到晚上，街上没有什么人。"
    cleaned = clean(text_source(page, title="雨下了一天"))
    assert cleaned.article.body == "雨从早上下到晚上，街上没有什么人。"
    assert cleaned.spans[0].role == "title"


def test_headings_that_the_reader_saw() -> None:
    long = "这是一个很长很长的标题，它一直写到了三十个字以后还没有停下来的意思"
    rows = [
        ("## ", "第一步"),
        ("", "把水烧开，放进茶叶，等五分钟再倒出来。"),
        ("", "茶要趁热喝"),
        ("## ", long),
        ("", "喝完。"),
    ]
    raw, pieces = "", []
    for mark, text in rows:
        for part, role, reason in ((mark, "markup", "heading mark"), (text, "body", "heading" if mark else "text")):
            if part:
                pieces.append(Piece(len(raw), len(raw) + len(part), role, reason))  # type: ignore[arg-type]
                raw += part
        pieces.append(Piece(len(raw), len(raw) + 1, "body", "text"))
        raw += "\n"
    cleaned = clean(made(raw, pieces, {"title": "怎样泡茶"}))
    assert [p.kind for p in cleaned.paragraphs] == ["heading", "text", "text", "heading", "text"]


def test_headings_that_a_tag_announces() -> None:
    raw = "<p>先把水烧开。</p><h2><b>第二步放茶叶，不要放得太多，也不要放得太少，一小撮就刚刚好，多了会苦。</b></h2><p>喝完。</p>"
    pieces = []
    for match in re.finditer("<[^>]*>|[^<]+", raw):
        is_break = match[0] in ("</p>", "<h2>", "</h2>")
        role, reason = (
            ("body", "line end") if is_break else ("markup", "tag") if match[0][0] == "<" else ("body", "text")
        )
        pieces.append(Piece(*match.span(), role, reason, "\n" if is_break else None))  # type: ignore[arg-type]
    assert [p.kind for p in clean(made(raw, pieces)).paragraphs] == ["text", "heading", "text"]


def test_an_escape_goes_with_the_text_around_it() -> None:
    raw = "甲&amp;乙开了一家店，卖的是雨伞和雨鞋。"
    pieces = [Piece(0, 1, "body", "text"), Piece(1, 6, "body", "escape", "&"), Piece(6, len(raw), "body", "text")]
    cleaned = clean(made(raw, pieces))
    assert cleaned.article.body == "甲&乙开了一家店，卖的是雨伞和雨鞋。"
    assert [span[2] for span in cleaned.spans] == ["body"]


def test_what_is_unreadable_as_a_time_is_kept() -> None:
    article = clean(text_source("雨下了一天。", published="昨天", views="很多")).article
    assert (article.published, article.views) == (None, None)
    assert article.extra == {"published_raw": "昨天", "views_raw": "很多"}


@pytest.mark.parametrize(
    "text",
    [
        "会议在傍晚结束，没有作出任何决定。 © 2023 某某网 不对外部网站的内容负责。",
        "他说，未经许可不得转载的规定下个月才开始实行。",
        "老人把写着禁止转载的牌子摘了下来。\n孩子们问他为什么。",
    ],
)
def test_a_sentence_that_looks_like_chrome_is_the_article_where_nothing_else_is(text: str) -> None:
    assert clean(text_source(text)).article.body == text


def test_a_notice_without_a_sentence_is_no_article() -> None:
    for text in ("某某网版权所有，未经书面授权禁止使用", "来源：某报", "（责任编辑：王小明）", "某地公网安备 100号"):
        with pytest.raises(InputError, match="nothing left"):
            clean(text_source(text))


def test_characters_that_only_a_font_shows_are_kept_and_noted() -> None:
    article = clean(text_source("雨从早上\ue603\ue60a下到晚上，街上没有什么人。")).article
    assert article.body == "雨从早上\ue603\ue60a下到晚上，街上没有什么人。"
    assert article.extra["notes"].startswith("2 private-use characters")


def test_numbers_of_pages_inside_a_text() -> None:
    page = "雨从早上下到晚上，街上没有什么人。\n第1页 共2页\n第二天早上雨停了，人们都出门了。\n第2页 共2页"
    cleaned = clean(text_source(page))
    assert cleaned.article.body == "雨从早上下到晚上，街上没有什么人。\n第二天早上雨停了，人们都出门了。"
    assert [span.reason for span in cleaned.spans if span.role == "chrome"] == ["page number"] * 2
