"""Rich text: what is text in it and what is not, characters in every spelling, damaged files, and articles in one file."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import corpus_db
from corpus_db import sources
from corpus_db.clean import clean
from corpus_db.errors import InputError
from corpus_db.records import Source
from tests.sources.packages import PIECES, packed
from tests.sources.reading import body, check_any, check_tiling, dropped, items, pieces, read

TEXT = "江城的早市昨天开张，来了许多人。"
FONTS = r"{\fonttbl{\f0\fnil\fcharset134 \'cb\'ce\'cc\'e5;}{\f1\fcharset136 M;}{\f2\fcharset0 A;}{\f3\fcharset128 G;}}"
STYLES = r"{\stylesheet{\ql Normal;}{\s1\outlinelevel0 heading 1;}{\s2 \'b1\'ea\'cc\'e2 2;}{\s9 Title;}{\s8 toc 1;}{\*\cs3 Title;}}"


def spelt(text: str) -> str:
    """Text as Word spells it: UTF-16 units in decimal, with sign."""
    units = memoryview(text.encode("utf-16-le")).cast("h")
    return "".join(rf"\u{unit}?" if not 0 <= unit < 128 else chr(unit) for unit in units)


def rtf(inside: str, fonts: str = FONTS) -> bytes:
    """A file as Chinese editors write it: ASCII, but for what `inside` holds."""
    return rf"{{\rtf1\ansi\ansicpg936\deff0{fonts}{STYLES}{inside}}}".encode("gb18030")


def paragraph(text: str, style: str = "") -> str:
    return rf"\pard\plain{style} {spelt(text)}\par" + "\r\n"


def source_of(inside: str) -> Source:
    """The source of a document of one article."""
    source = read("rtf", rtf(inside))
    check_tiling(source)
    return source


def said(inside: str) -> str:
    """The text of a document of one paragraph."""
    return body(source_of(inside)).removesuffix("\n")


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"\u27743?\u-29343?", "江赡"),
        (r"\u-10179?\u-8704?", "😀"),
        (r"\u128512?", "😀"),
        (r"\u-10179?a", "\ufffda"),
        (r"\uc2\u21271\'b1\'b1a", "北a"),
        (r"\uc0\u21271a", "北a"),
        (r"{\uc0\u21271}\u20140?a", "北京a"),
        (r"\u21271\'3fa", "北a"),
        ("\\u21271\r\n?a", "北a"),
        (r"\u8212\emdash a", "—a"),
        (r"\u21271{}a", "北a"),
        (r"\u21271\u20140", "北京"),
        (r"\u21271\bin3 }}}a", "北a"),
    ],
)
def test_characters_by_their_number_stand_for_those_that_follow(inside: str, text: str) -> None:
    assert said(inside) == text


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"\'b1\'b1\'BE\'A9", "北京"),
        (r"{\b\'b1}{\i\'b1}", "北"),
        ("\\'b1\r\n\\'b1", "北"),
        (r"{\f1 \'a4@\'a4\'a4}\'b1\'b1", "一中北"),
        (r"\f1 \'a4\'40\plain\'b1\'b1", "一北"),
        (r"\f3 \'93\'fa\'96\'7b", "日本"),
        (r"{\f2 caf\'e9 \'93a\'94}", "café “a”"),
        (r"\f2 \'b1\'b1\'be\'a9", "北京"),
        (r"\f7 \'b1\'b1", "北"),
        (r"\'81\'39\'ee\'39", "㐀"),
        ("北京", "北京"),
        (r"\'b1", "\ufffd"),
    ],
)
def test_bytes_in_the_code_page_of_their_font_or_of_the_document(inside: str, text: str) -> None:
    assert said(inside) == text


@pytest.mark.parametrize(
    ("head", "text", "codec"),
    [
        (r"\ansi", "北京来的人", "gb18030"),
        (r"\ansi\ansicpg1252", "北京来的人", "gb18030"),
        (r"\ansi\ansicpg950", "北京來的人", "big5"),
        (r"\ansi\ansicpg936", "北京来的人", "utf-8"),
        (r"\mac\ansicpg10008", "北京来的人", "gb18030"),
        (r"\ansi\ansicpg65001", "北京来的人", "utf-8"),
        (r"\ansi\ansicpg1252", "“a” – café", "cp1252"),
        (r"\ansi\ansicpg1250", "Dvořák", "cp1250"),
        (r"\ansi\ansicpg99999", "café", "cp1252"),
    ],
)
def test_the_page_of_a_document_as_stated_or_as_its_bytes_are(head: str, text: str, codec: str) -> None:
    data = text.encode(codec)
    escaped = b"".join(rb"\'%02x" % byte for byte in data)
    for written in (data, escaped):
        assert body(read("rtf", rb"{\rtf1%s %s}" % (head.encode(), written))) == f"{text}\n"


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"a\tab b\line c\~d\_e\-f\{\\\}", "a\tb\nc\xa0d-ef{\\}"),
        (r"\ldblquote a\rdblquote\lquote b\rquote\endash\bullet\emspace ", "“a”‘b’–•\u2003"),
        (r"a\uc0\u8232 b", "a\nb"),
        (r"{\pntext 1.\tab}a{\listtext 2.\tab}b", "1.\ta2.\tb"),
        (r'{\field{\*\fldinst HYPERLINK "x"}{\fldrslt a}}{\field{\fldinst{PAGE}}{\fldrslt 1}}', "a1"),
        (r"{\header a}{\footerf b}{\*\annotation c}{\pict\bin4 }{}}0a}{\*\x{\y z}}{\xe i}d", "d"),
        (r"{\object{\*\objdata 0102}{\result a}}{\*\shppict{\pict 0a}}{\nonshppict{\pict 0b}}", "a"),
        (r"{\upr{a}{\*\ud{b}}}", "a"),
        (r"{\revised\revauth1 a}{\*\bkmkstart _Toc}b{\v0 c}", "abc"),
    ],
)
def test_what_a_paragraph_says(inside: str, text: str) -> None:
    assert said(inside) == text


@pytest.mark.parametrize("inside", [r"{\deleted\revauthdel1 c}", r"{\v c}", r"\v c\v0 ", r"\deleted c\plain "])
def test_what_is_deleted_or_hidden_is_no_text_but_accounted_for(inside: str) -> None:
    source = source_of(f"a{inside}b")
    assert body(source) == "ab\n"
    assert ("deleted text", "<del>c</del>") in dropped(source)


def test_a_document_piece_by_piece() -> None:
    source = source_of(paragraph("早市", r"\s9") + paragraph("蔬菜", r"\outlinelevel1") + paragraph("甲<乙"))
    assert pieces(source) == PIECES
    assert (source.fields, source.format, source.notes) == ({"title": "早市"}, "rtf", ())


@pytest.mark.parametrize(
    ("inside", "title"),
    [
        (paragraph("早市", r"\s1\outlinelevel0") + paragraph(TEXT), "早市"),
        (rf"{{\info{{\title {spelt('早市')}}}{{\author a}}}}" + paragraph("早 市") + paragraph(TEXT), "早 市"),
        (
            rf"{{\info{{\upr{{\title ??}}{{\*\ud{{\title {spelt('早市')}}}}}}}}}" + paragraph("早市") + paragraph(TEXT),
            "早市",
        ),
        (r"{\info{\title Microsoft Word - a.doc}}" + paragraph("早市") + paragraph(TEXT), None),
    ],
)
def test_the_title(inside: str, title: str | None) -> None:
    source = source_of(inside)
    assert source.fields.get("title") == title
    assert "author" not in source.fields


@pytest.mark.parametrize("style", [r"\s1\outlinelevel0", r"\s2", r"\outlinelevel2"])
def test_headings_are_known_by_the_name_of_their_style_and_by_level(style: str) -> None:
    cleaned = clean(source_of(paragraph(TEXT) + paragraph("蔬菜的价格。", style) + paragraph(TEXT + "又。")))
    assert [one.kind for one in cleaned.paragraphs] == ["text", "heading", "text"]


def test_a_table_of_contents_is_no_text() -> None:
    source = source_of(paragraph("一\t1", r"\s8") + paragraph(TEXT))
    assert ("table of contents", "<nav>一\t1</nav>\n") in dropped(source)


@pytest.mark.parametrize(
    ("inside", "text"),
    [
        (r"\trowd\cellx1\cellx2\pard\intbl a\cell\cell b\cell{\trowd\row}\pard c\par", "a\tb\nc\n"),
        (r"\trowd\pard\intbl a\par b\cell c\cell\row", "a\nb\nc\n"),
        (r"\trowd\pard\intbl a\cell b\row c\cell d\cell\row", "a\tb\nc\td\n"),
        (r"\trowd\pard\intbl a\cell b\cell\pard c\par", "a\tb\nc\n"),
        (
            r"\pard\intbl{\itap2 a\nestcell{\nonesttables\par}b\nestcell{\*\nesttableprops\nestrow}}\cell c\cell\row",
            "a\nb\n\nc\n",
        ),
    ],
)
def test_a_row_of_a_table_is_a_line_and_the_cells_of_a_layout_follow_one_another(inside: str, text: str) -> None:
    assert body(source_of(inside)) == text


def test_text_boxes_come_behind_their_paragraph_and_once() -> None:
    box = (
        r"{\shp{\*\shpinst\shpleft1{\sp{\sn a}{\sv b}}{\shptxt \pard c\par}}{\shprslt{\*\do{\dptxbxtext\pard d\par}}}}"
    )
    assert body(source_of(rf"\pard e{box}f\par g\par")) == "ef\nc\ng\n"
    assert body(source_of(r"e{\*\do\dobxpage{\dptxbxtext\pard d\par}}f\par")) == "ef\nd\n"


def test_notes_stand_at_the_end_without_their_numbers() -> None:
    note = r"{\super\chftn}{\*\footnote\pard\plain{\super\chftn}%s}"
    source = source_of(rf"\pard\s1 a{note % 'x'}\par b{{\deleted {note % 'y'}}}{{\footnote\ftnalt z\par w}}\par")
    assert body(source) == "a\nb\nx\nz\nw\n"
    assert "<aside>" in source.raw


@pytest.mark.parametrize("ending", ["", "}", "}}}", r"\par", "\\", r"\'b", r"\u", "{", "\0\0", r"}{\rtf1}"])
def test_braces_that_are_not_balanced(ending: str) -> None:
    assert body(read("rtf", rtf(paragraph("北京"))[:-1] + ending.encode())).startswith("北京\n")


def test_a_file_that_is_cut_gives_what_it_holds_and_a_note() -> None:
    source = read("rtf", rtf(paragraph("北京") + r"{\b " + paragraph(TEXT))[:-20])
    assert source.notes == ("cut: 2 groups are open where the file ends",)
    assert body(source).startswith("北京\n江城")


def test_what_could_not_be_decoded_is_counted() -> None:
    assert source_of(r"a\'ff b\u-10179?").notes == ("replaced 2 undecodable sequences",)


@pytest.mark.parametrize(
    ("inside", "reason"),
    [("{" * 100_000, "nested too deeply"), (r"\par" * 500_001, "too much markup"), (r"{\pict 00}\par", "no text")],
)
def test_what_is_no_article_is_told_so(inside: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        source_of(inside)
    assert caught.value.reason == reason


SECTION = paragraph("早市", r"\s1\outlinelevel0") + paragraph("来源：江城日报") + paragraph(TEXT * 4)


def test_articles_that_share_a_file() -> None:
    found = items("a.rtf", rtf(paragraph("日报") + SECTION * 3))
    assert [(item.member, item.format) for item in found] == [(number, "rtf") for number in "0123"]
    assert sources.read(found[3]).fields == {"title": "早市"}


@pytest.mark.parametrize("name", ["a.rtf", "a.doc", "a.txt", "a"])
def test_it_is_known_by_how_it_begins(name: str) -> None:
    assert [item.format for item in items(name, b"\xef\xbb\xbf\r\n" + rtf("a"))] == ["rtf"]
    assert [item.format for item in items(name, "a{\\rtf1}")] == ["text"]


def test_what_is_built_of_them(tmp_path: Path) -> None:
    folder, target = tmp_path / "in", tmp_path / "a.db"
    folder.mkdir()
    data = rtf(paragraph("早市开张") + paragraph(TEXT))
    (folder / "x.zip").write_bytes(packed({"甲.rtf": data, "乙.doc": rtf(paragraph(TEXT[::-1]))}))
    (folder / "deep.rtf").write_bytes(rtf("{" * 999))
    (folder / "a.md").write_bytes(data)
    corpus_db.build([folder], target, keep=False)
    with contextlib.closing(sqlite3.connect(target)) as db:
        rejects = db.execute("SELECT path, reason, detail FROM rejects ORDER BY path").fetchall()
        found = db.execute("SELECT member, format, sha256 FROM sources WHERE member LIKE '%.rtf'").fetchall()
        (articles,) = db.execute("SELECT count(*) FROM articles").fetchone()
    assert rejects == [
        ("a.md", "binary file", "rich text document: name it .rtf"),
        ("deep.rtf", "nested too deeply", "more than 500 levels: save it anew"),
    ]
    assert (found, articles) == ([("甲.rtf", "rtf", hashlib.sha256(data).hexdigest())], 2)


SEEDS = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").iterdir())]


@pytest.mark.parametrize("text", [text for text in SEEDS if not text.startswith("---")], ids=lambda text: text[:3])
def test_a_seed_saved_as_rich_text_is_the_same_article(text: str) -> None:
    saved = source_of("".join(map(paragraph, text.split("\n"))))
    (item,) = items("a.txt", text)
    assert clean(saved).article._replace(extra={}) == clean(sources.read(item)).article._replace(extra={})


LINES = st.lists(
    st.text(st.sampled_from(list("甲龘😀é—a<>&;\"'\t ")), min_size=1, max_size=8).filter(str.strip), min_size=1
)


@settings(deadline=None)
@given(LINES, st.booleans())
def test_any_text_comes_back(lines: list[str], is_spelt: bool) -> None:
    written = (spelt(line) if is_spelt else line for line in lines)
    source = source_of("".join(rf"\pard {line}\par " for line in written))
    assert body(source) == "".join(f"{line}\n" for line in lines)


PARTS = (
    *(
        "{",
        "}",
        r"\*",
        r"\pard",
        r"\par",
        r"\cell",
        r"\row",
        r"\intbl",
        r"\footnote",
        r"\shptxt",
        r"\deleted",
        r"\line",
    ),
    *(
        r"\'b1",
        r"\u-10179",
        r"\uc9",
        r"\bin2",
        r"\f1",
        r"\s1",
        r"\stylesheet",
        r"\fonttbl",
        r"\info",
        r"\title",
        "a",
        "\xff",
        "\\",
    ),
)


@settings(deadline=None)
@given(st.lists(st.sampled_from(PARTS), max_size=40))
def test_anything_gives_a_source_or_a_reason(parts: list[str]) -> None:
    check_any("a.rtf", b"{\\rtf1 " + "".join(parts).encode("latin-1"))


def test_a_file_cut_anywhere_gives_a_source_or_a_reason() -> None:
    data = rtf(SECTION + r"{\footnote a}\trowd\intbl b\cell\row{\pict\bin9 000}\u-10179?\u-8704?")
    for end in range(len(data)):
        check_any("a.rtf", data[:end])
