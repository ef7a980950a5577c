"""OpenDocument texts: what is text in them and what is not, their title, tables, notes, and articles that share a file."""

from __future__ import annotations

import contextlib
import sqlite3
from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_db
from corpus_db import sources
from corpus_db.clean import clean
from corpus_db.errors import InputError
from corpus_db.records import Source
from tests.sources.packages import OPEN, PIECES, odt
from tests.sources.reading import body, check_any, check_tiling, dropped, items, pieces

TEXT = "江城的早市昨天开张，来了许多人。"
GONE = (
    '<text:tracked-changes><text:changed-region text:id="c1"><text:deletion><office:change-info><p>李四</p>'
    "</office:change-info><text:p>删</text:p></text:deletion></text:changed-region></text:tracked-changes>"
)


def paragraph(text: str, style: str = "") -> str:
    """A paragraph; `text` is escaped already."""
    return f'<text:p text:style-name="{style}">{text}</text:p>'


def heading(text: str, level: int) -> str:
    return f'<text:h text:outline-level="{level}">{text}</text:h>'


def source_of(xml: str, title: str = "") -> Source:
    """The source of a document of one article."""
    (item,) = items("a.odt", odt(xml, title))
    source = sources.read(item)
    check_tiling(source)
    return source


def test_a_document_piece_by_piece() -> None:
    source = source_of(paragraph("早市", "P1") + heading("蔬菜", 2) + paragraph("甲&lt;乙"))
    assert pieces(source) == PIECES
    assert (source.fields, source.format) == ({"title": "早市"}, "odt")


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        ('一<text:tab/><text:line-break/><text:span>二</text:span><text:s text:c="2"/>三', "一\t\n二  三"),
        ("一\n   二", "一 二"),
        ('<text:a>链</text:a><text:bookmark-start text:name="b"/>签', "链签"),
        ("一<office:annotation><text:p>评</text:p></office:annotation>二", "一二"),
        ("<text:ruby><text:ruby-base>字</text:ruby-base><text:ruby-text>zì</text:ruby-text></text:ruby>", "字"),
        ("一<draw:frame><svg:title>图</svg:title><svg:desc>说</svg:desc></draw:frame>", "一"),
        ("<text:title>题</text:title>，<text:date>4日</text:date>", "题，4日"),
    ],
)
def test_what_a_paragraph_says(xml: str, text: str) -> None:
    assert body(source_of(paragraph(xml))).rstrip("\n") == text


@pytest.mark.parametrize(
    ("xml", "gone"),
    [
        (GONE + paragraph('一<text:change text:change-id="c1"/>二'), "<del>删</del>"),
        (paragraph("一<text:hidden-text>藏</text:hidden-text>二"), "<del>藏</del>"),
    ],
)
def test_what_is_deleted_or_hidden_is_no_text_but_accounted_for(xml: str, gone: str) -> None:
    source = source_of(xml)
    assert body(source) == "一二\n"
    assert ("deleted text", gone) in dropped(source)


def test_a_table_of_contents_is_no_text() -> None:
    source = source_of(f"<text:table-of-content>{paragraph('一、早市 1')}</text:table-of-content>" + paragraph(TEXT))
    assert body(source) == f"{TEXT}\n"
    assert ("table of contents", "<nav>一、早市 1</nav>\n") in dropped(source)


def test_lists_tables_boxes_and_notes() -> None:
    cells = (f"<table:table-cell>{paragraph(text)}</table:table-cell>" for text in ("城", "9"))
    table = f"<table:table><table:table-row>{''.join(cells)}</table:table-row></table:table>"
    note = f"<text:note><text:note-citation>1</text:note-citation><text:note-body>{paragraph('注')}</text:note-body></text:note>"
    box = f"<draw:frame><draw:text-box>{paragraph('框')}</draw:text-box></draw:frame>"
    listed = f"<text:list><text:list-item>{paragraph('项')}</text:list-item></text:list>"
    source = source_of(paragraph(f"甲{note}乙{box}") + listed + table + paragraph("丙"))
    assert body(source) == "甲乙\n框\n项\n城\t9\n丙\n注\n"


def test_a_table_inside_another_lays_the_page_out() -> None:
    inner = f"<table:table><table:table-row><table:table-cell>{paragraph('内')}</table:table-cell></table:table-row></table:table>"
    outer = f"<table:table><table:table-row><table:table-cell>{paragraph('外') + inner}</table:table-cell></table:table-row></table:table>"
    assert body(source_of(outer)).split() == ["外", "内"]


def test_who_typed_it_is_not_who_wrote_it() -> None:
    article = clean(source_of(paragraph("早市开张") + paragraph(TEXT), "早市开张")).article
    assert (article.title, article.author, article.body) == ("早市开张", None, TEXT)
    assert "打字员" not in str(article.extra)


SECTION = heading("早市", 1) + paragraph("来源：江城日报") + paragraph(TEXT * 4)


def test_articles_that_share_a_file() -> None:
    found = items("a.odt", odt(paragraph("日报") + SECTION * 3))
    assert [(item.member, item.format) for item in found] == [(number, "odt") for number in "0123"]
    assert sources.read(found[3]).fields == {"title": "早市"}


@pytest.mark.parametrize(
    ("more", "reason"),
    [
        (
            {"META-INF/manifest.xml": f"<manifest:file-entry {OPEN}><manifest:encryption-data/></manifest:file-entry>"},
            "encrypted",
        ),
        ({"content.xml": "<a>"}, "damaged document"),
        ({"content.xml": "<a/>"}, "no text"),
    ],
)
def test_what_can_not_be_read_is_told_so(more: dict[str, str], reason: str) -> None:
    with pytest.raises(InputError) as caught:
        for item in items("a.odt", odt(paragraph(TEXT), **more)):
            sources.read(item)
    assert caught.value.reason == reason


def test_what_is_built_of_them(tmp_path: Path) -> None:
    folder, target = tmp_path / "in", tmp_path / "a.db"
    folder.mkdir()
    data = odt(paragraph("早市开张") + paragraph(TEXT))
    (folder / "a.odt").write_bytes(data)
    (folder / "b").write_bytes(odt(paragraph(TEXT[::-1])))
    (folder / "cut.odt").write_bytes(data[:-30])
    corpus_db.build([folder], target, keep=False)
    with contextlib.closing(sqlite3.connect(target)) as db:
        assert [key for (key,) in db.execute("SELECT key FROM articles ORDER BY key")] == ["a.odt", "b"]
        assert db.execute("SELECT path, reason FROM rejects").fetchall() == [("cut.odt", "damaged document")]


@settings(deadline=None)
@given(st.lists(st.text(st.sampled_from(list("甲乙a<>&;\"'")), min_size=1, max_size=8), min_size=1))
def test_any_text_comes_back(lines: list[str]) -> None:
    assert body(source_of("".join(paragraph(escape(line)) for line in lines))) == "".join(f"{line}\n" for line in lines)


TAGS = (
    *(
        "text:p",
        "text:h",
        "text:span",
        "text:note",
        "text:note-body",
        "draw:text-box",
        "table:table",
        "table:table-row",
    ),
    *("table:table-cell", "text:changed-region", "text:change", "text:list", "svg:title", "text:s", "text:hidden-text"),
)


@settings(deadline=None)
@given(
    st.recursive(
        st.just("甲"),
        lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
            lambda one: f"<{one[0]}>{''.join(one[1])}</{one[0]}>"
        ),
    )
)
def test_any_nesting_gives_a_source_or_a_reason(xml: str) -> None:
    check_any("a.odt", odt(xml))
