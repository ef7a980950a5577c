"""Word documents: what is text in them and what is not, their title, tables, notes, and articles that share a file."""

from __future__ import annotations

from html import escape
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sources
from corpus_db.clean import clean
from corpus_db.errors import InputError
from corpus_db.records import Source
from tests.sources.packages import PIECES, docx, paragraph
from tests.sources.reading import body, check_any, check_tiling, dropped, items, pieces

TEXT = "江城的早市昨天开张，来了许多人。"
BOX = "<w:txbxContent>{}</w:txbxContent>"


def source_of(data: bytes) -> Source:
    """The source of a document of one article."""
    (item,) = items("a.docx", data)
    source = sources.read(item)
    check_tiling(source)
    return source


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_a_document_piece_by_piece() -> None:
    source = source_of(docx(paragraph("早市", "a") + paragraph("蔬菜", "3") + paragraph("甲&lt;乙")))
    assert pieces(source) == PIECES
    assert (source.fields, source.format) == ({"title": "早市"}, "docx")


@pytest.mark.parametrize(
    ("xml", "text"),
    [
        (run("一") + "<w:r><w:tab/><w:br/><w:noBreakHyphen/></w:r>" + run("二"), "一\t\n-二"),
        ("<w:pPr><w:tabs><w:tab/></w:tabs></w:pPr>" + run("一"), "一"),
        (f"<w:ins>{run('增')}</w:ins><w:sdt><w:sdtContent>{run('控')}</w:sdtContent></w:sdt>", "增控"),
        (f"<w:hyperlink>{run('链')}</w:hyperlink><w:smartTag>{run('签')}</w:smartTag>", "链签"),
        (run("一") + "<w:r><w:instrText>PAGE</w:instrText></w:r>", "一"),
        ("<w:r><w:ruby><w:rt>" + run("zì") + "</w:rt><w:rubyBase>" + run("字") + "</w:rubyBase></w:ruby></w:r>", "字"),
        (run("一", '<w:vanish w:val="0"/>'), "一"),
    ],
)
def test_what_a_paragraph_says(xml: str, text: str) -> None:
    assert body(source_of(docx(f"<w:p>{xml}</w:p>"))).rstrip("\n") == text


@pytest.mark.parametrize(
    ("xml", "reason", "gone"),
    [
        ("<w:del><w:r><w:delText>删</w:delText></w:r></w:del>", "deleted text", "<del>删</del>"),
        (f"<w:moveFrom>{run('移')}</w:moveFrom>", "deleted text", "<del>移</del>"),
        (run("藏", "<w:vanish/>"), "deleted text", "<del>藏</del>"),
    ],
)
def test_what_is_deleted_or_hidden_is_no_text_but_accounted_for(xml: str, reason: str, gone: str) -> None:
    source = source_of(docx(f"<w:p>{run('一')}{xml}{run('二')}</w:p>"))
    assert body(source) == "一二\n"
    assert (reason, gone) in dropped(source)


def test_a_table_of_contents_is_no_text() -> None:
    source = source_of(docx(paragraph("一、早市\t1", "toc") + paragraph("一、早市", "3") + paragraph(TEXT)))
    assert ("table of contents", "<nav>一、早市\t1</nav>\n") in dropped(source)
    assert body(source) == f"{TEXT}\n"


def test_text_boxes_come_behind_their_paragraph_and_once() -> None:
    inner = paragraph("框")
    box = f"<w:r><mc:AlternateContent><mc:Choice>{BOX.format(inner)}</mc:Choice><mc:Fallback>{BOX.format(inner)}</mc:Fallback></mc:AlternateContent></w:r>"
    assert body(source_of(docx(paragraph("一", more=box) + paragraph("二")))) == "一\n框\n二\n"


def table(*rows: list[str]) -> str:
    cells = ("".join(f"<w:tc>{cell}</w:tc>" for cell in cells) for cells in rows)
    return "<w:tbl>" + "".join(f"<w:tr>{row}</w:tr>" for row in cells) + "</w:tbl>"


def test_a_row_of_a_table_is_a_line() -> None:
    xml = table([paragraph("城"), "<w:p/>", paragraph("9")], [paragraph("乡"), paragraph("3"), "<w:p/>"])
    assert body(source_of(docx(xml))) == "城\t9\n乡\t3\n"


def test_the_cells_of_a_layout_follow_one_another() -> None:
    xml = table([paragraph("一") + paragraph("二"), paragraph("三")])
    assert body(source_of(docx(xml))) == "一\n二\n三\n"


def test_notes_stand_at_the_end_and_once() -> None:
    notes = '<w:footnote w:id="0" w:type="separator"><w:p/></w:footnote>' + "".join(
        f'<w:footnote w:id="{n}">{paragraph(text)}</w:footnote>' for n, text in ((1, "注一"), (2, "注二"))
    )
    mark = '<w:r><w:footnoteReference w:id="{}"/></w:r>'
    source = source_of(
        docx(
            f"<w:p>{run('甲')}{mark.format(2)}{run('乙')}</w:p>" + paragraph("丙", more=mark.format(2)), footnotes=notes
        )
    )
    assert body(source) == "甲乙\n丙\n注二\n"


@pytest.mark.parametrize(
    ("xml", "property_", "title"),
    [
        (paragraph("早市", "a") + paragraph("一、", "2") + paragraph("二、", "2"), "", "早市"),
        (paragraph("早市", "2") + paragraph(TEXT), "", "早市"),
        (paragraph("一、", "2") + paragraph(TEXT) + paragraph("二、", "2"), "一", None),
        (paragraph("早市 开张") + paragraph(TEXT), "早市开张", "早市 开张"),
        (paragraph("早市") + paragraph(TEXT), "Microsoft Word - 文档1", None),
        (paragraph("早" * 101, "2") + paragraph(TEXT), "", None),
    ],
)
def test_the_title(xml: str, property_: str, title: str | None) -> None:
    assert source_of(docx(xml, property_)).fields.get("title") == title


@pytest.mark.parametrize("style", ["3", "own", "outline"])
def test_headings_are_known_by_name_by_level_and_by_what_they_are_based_on(style: str) -> None:
    cleaned = clean(source_of(docx(paragraph(TEXT) + paragraph("蔬菜的价格。", style) + paragraph(TEXT + "又。"))))
    assert [one.kind for one in cleaned.paragraphs] == ["text", "heading", "text"]


def test_the_first_lines_are_read_as_those_of_a_text() -> None:
    lines = ["早市开张", "来源：江城日报", "作者：李小米", "2013-12-04 23:24", TEXT, TEXT[::-1]]
    article = clean(source_of(docx("".join(map(paragraph, lines))))).article
    assert (article.title, article.publisher, article.author) == ("早市开张", "江城日报", "李小米")
    assert (article.published, article.body.split("\n")) == ("2013-12-04T23:24", lines[-2:])


def test_who_typed_it_is_not_who_wrote_it() -> None:
    article = clean(source_of(docx(paragraph(TEXT)))).article
    assert article.author is None
    assert "打字员" not in str(article.extra)


SECTION = paragraph("早市", "2") + paragraph("来源：江城日报") + paragraph(TEXT * 4)


def test_articles_that_share_a_file() -> None:
    found = items("a.docx", docx(paragraph("日报") + SECTION * 3))
    assert [item.member for item in found] == ["0", "1", "2", "3"]
    source = sources.read(found[3])
    check_tiling(source)
    assert (source.fields, body(source)) == ({"title": "早市"}, f"来源：江城日报\n{TEXT * 4}\n")


def test_chapters_are_not_articles() -> None:
    chapter = paragraph("早市", "2") + paragraph(TEXT * 5)
    (item,) = items("a.docx", docx(chapter * 3))
    assert item.member is None


SEEDS = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").iterdir())]


@pytest.mark.parametrize("text", [text for text in SEEDS if not text.startswith("---")], ids=lambda text: text[:3])
def test_a_seed_pasted_into_word_is_the_same_article(text: str) -> None:
    lines = text.split("\n")
    pasted = source_of(
        docx("".join(paragraph(escape(line, quote=False)) if line.strip() else "<w:p/>" for line in lines))
    )
    (item,) = items("a.txt", text)
    assert clean(pasted).article._replace(extra={}) == clean(sources.read(item)).article._replace(extra={})


@settings(deadline=None)
@given(
    st.lists(st.text(st.sampled_from(list("甲乙a<>&;\"'\t ")), min_size=1, max_size=8).filter(str.strip), min_size=1)
)
def test_any_text_comes_back(lines: list[str]) -> None:
    source = source_of(docx("".join(paragraph(escape(line)) for line in lines)))
    assert body(source) == "".join(f"{line}\n" for line in lines)


TAGS = ("p", "r", "t", "tr", "tc", "tbl", "txbxContent", "del", "footnote", "pPr", "sdt", "nav", "delText")


@settings(deadline=None)
@given(
    st.recursive(
        st.just("甲"),
        lambda inner: st.tuples(st.sampled_from(TAGS), st.lists(inner, max_size=4)).map(
            lambda one: f"<w:{one[0]}>{''.join(one[1])}</w:{one[0]}>"
        ),
    )
)
def test_any_nesting_gives_a_source_or_a_reason(xml: str) -> None:
    check_any("a.docx", docx(xml))


def test_a_document_without_text() -> None:
    (item,) = items("a.docx", docx("<w:p/>"))
    with pytest.raises(InputError, match="no text"):
        sources.read(item)
