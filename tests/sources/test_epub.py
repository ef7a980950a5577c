"""E-books: chapters in reading order, what the book says of itself, and books that can not be read."""

from __future__ import annotations

import pytest

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject
from tests.sources.packages import epub
from tests.sources.reading import body, check_any, check_tiling, items, split

PAGE = "<html><head><title>{}</title></head><body><h2>{}</h2><p>“来了？”</p><p>江城的早市昨天开张，来了许多人，青菜卖得最快。</p></body></html>"
BOOK = "<dc:title>江城&amp;旧事</dc:title><dc:creator opf:role='aut'>李小米</dc:creator><dc:date>1984-05</dc:date>"


def test_chapters_are_articles_in_reading_order() -> None:
    found = items(
        "a.epub", epub({"b.xhtml": PAGE.format("", "第一章 早市"), "a.xhtml": PAGE.format("", "第二章 夜市")}, BOOK)
    )
    assert [item.member for item in found] == ["OPS/text/b.xhtml", "OPS/text/a.xhtml"]
    source = sources.read(found[0])
    check_tiling(source)
    assert source.fields == {"section": "江城&旧事", "author": "李小米", "published": "1984-05", "title": "第一章 早市"}
    assert (source.format, body(source)) == ("epub", "“来了？”\n江城的早市昨天开张，来了许多人，青菜卖得最快。")
    assert source.raw.startswith("title: 江城&旧事\ncreator: 李小米\ndate: 1984-05\n\n<html>")


@pytest.mark.parametrize(
    "stated",
    [
        "<dc:creator opf:role='trl'>译者</dc:creator>",
        "<dc:creator>calibre</dc:creator>",
        "<dc:date opf:event='modification'>2020-01-01</dc:date>",
        "<dc:date>0101-01-01T00:00:00+00:00</dc:date>",
        "",
    ],
)
def test_what_is_not_the_books_own_is_not_stated(stated: str) -> None:
    (item,) = items("a.epub", epub({"a.xhtml": PAGE.format("", "第一章 早市")}, stated))
    source = sources.read(item)
    check_tiling(source)
    assert source.fields == {"title": "第一章 早市"}


def test_the_title_of_the_book_is_not_that_of_a_chapter() -> None:
    (item,) = items("a.epub", epub({"a.xhtml": PAGE.format("江城旧事", "一")}, "<dc:title>江城旧事</dc:title>"))
    assert "title" not in sources.read(item).fields


def test_a_page_without_text_says_so() -> None:
    (item,) = items("a.epub", epub({"cover.xhtml": "<html><body><img src='a.png'/></body></html>"}))
    with pytest.raises(InputError, match="no article in the page"):
        sources.read(item)


def test_one_chapter_missing_or_locked_does_not_keep_the_others_from_being_read() -> None:
    locked = "<encryption><CipherReference URI='OPS/text/b.xhtml'/></encryption>"
    data = epub(
        {"a.xhtml": "", "b.xhtml": "x", "c.xhtml": PAGE.format("", "早市")}, **{"META-INF/encryption.xml": locked}
    )
    missing, shut, item = split("a.epub", data)
    assert isinstance(missing, Reject)
    assert isinstance(shut, Reject)
    assert isinstance(item, Item)
    assert (missing.reason, shut.reason, item.member) == ("damaged document", "encrypted", "OPS/text/c.xhtml")


def test_a_book_without_chapters() -> None:
    with pytest.raises(InputError, match="names no chapters"):
        split("a.epub", epub({}))


def test_a_cut_book_gives_sources_or_reasons() -> None:
    whole = epub({"a.xhtml": PAGE.format("", "早市")}, BOOK)
    for end in range(0, len(whole), 41):
        check_any("a.epub", whole[:end])
