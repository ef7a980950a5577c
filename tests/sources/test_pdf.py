"""PDFs: reading order, paragraphs, what repeats at the edges of pages, the title, and what can not be read."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import resources
from itertools import zip_longest
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sources
from corpus_db.clean import clean
from corpus_db.errors import InputError
from corpus_db.records import Source
from tests.sources.box_font import font
from tests.sources.pdfs import HEIGHT, LEFT, RIGHT, SIZE, Text, lock, pdf, typeset, width
from tests.sources.reading import body, check_any, check_tiling, items, pieces

FIRST = "江城的早市昨天开张，来了许多人，青菜卖得最快，不到九点就没有了，鱼摊前排着长队。"
SECOND = "卖鱼的老周说：“今天的鱼是凌晨三点到的。”他去年卖了41.9万元，比前年多两成，今年打算再租一个摊位。"
THIRD = "散市以后，广场又空了。"
TEXTS = [FIRST, SECOND, THIRD] * 3


def source_of(*pages: Iterable[Text | str], **info: str) -> Source:
    """The source of a document of these pages."""
    (item,) = items("a.pdf", pdf(*pages, info=info))
    source = sources.read(item)
    check_tiling(source)
    return source


def paragraphs(source: Source) -> list[str]:
    """The lines of its content."""
    return [line.strip(" ") for line in body(source).split("\n") if line.strip()]


def middle(text: str, y: float, size: float = SIZE) -> Text:
    """A text in the middle of a line."""
    return (LEFT + RIGHT - width(text, size)) / 2, y, size, text


def test_a_document_piece_by_piece() -> None:
    source = source_of(
        [middle("早市开张", 60, 20), *typeset([FIRST, THIRD])], Title="文档1", CreationDate="D:20131204232400+08'00'"
    )
    assert pieces(source) == [
        ("Title: ", "markup", "file properties", None),
        ("文档1", "field", "file_title", None),
        ("\nCreationDate: ", "markup", "file properties", None),
        ("D:20131204232400+08'00'", "field", "file_created", None),
        ("\n\n", "markup", "file properties", None),
        ("早市开张", "title", "title", None),
        ("\n\n", "markup", "line end", None),
        (FIRST[:35], "body", "text", None),
        ("\n", "markup", "line end", None),
        (FIRST[35:], "body", "text", None),
        ("\n\n", "markup", "line end", "\n\n"),
        (THIRD, "body", "text", None),
        ("\n\n", "markup", "line end", "\n\n"),
    ]
    assert source.fields == {"file_title": "文档1", "file_created": "2013-12-04T23:24", "title": "早市开张"}


def test_who_made_the_file_and_when_is_not_who_wrote_the_article_and_when() -> None:
    article = clean(source_of(typeset(TEXTS), Author="打字员", CreationDate="D:2013")).article
    assert (article.author, article.published, article.title) == (None, None, None)
    assert article.extra == {"file_author": "打字员", "file_created": "D:2013"}


def test_what_ends_a_text_elsewhere_is_replaced() -> None:
    assert source_of(typeset(TEXTS), Author="甲\0乙").fields["file_author"] == "甲\ufffd乙"


@pytest.mark.parametrize("indent", [0, 2])
def test_lines_are_joined_to_paragraphs(indent: int) -> None:
    assert paragraphs(source_of(typeset(TEXTS, indent=indent, gap=0 if indent else SIZE))) == TEXTS


def test_names_below_one_another_are_no_paragraph() -> None:
    names = ["张三丰", "李四光", "王五一", "赵六合"] * 3
    assert paragraphs(source_of([(70, 90 + 18 * n, 12, name) for n, name in enumerate(names)])) == names


def test_a_paragraph_goes_on_on_the_next_page() -> None:
    lines = typeset([FIRST * 9, THIRD])
    heads = [middle("江城日报　2013年合订本", 40, 9)]
    pages = [
        [*heads, *moved(lines[:4], 0), middle("1", HEIGHT - 40, 9)],
        [*heads, *moved(lines[4:8], lines[4][1] - 90), middle("2", HEIGHT - 40, 9)],
        [*heads, *moved(lines[8:], lines[8][1] - 90), middle("3", HEIGHT - 40, 9)],
    ]
    source = source_of(*pages)
    assert paragraphs(source) == [FIRST * 9, THIRD]
    assert [one[:3:2] for one in pieces(source) if one[1] == "chrome"] == [
        ("江城日报　2013年合订本\n", "running head"),
        ("1\n", "page number"),
        ("江城日报　2013年合订本\n", "running head"),
        ("2\n", "page number"),
        ("江城日报　2013年合订本\n", "running head"),
        ("3\n", "page number"),
    ]


def moved(lines: Iterable[Text], by: float) -> list[Text]:
    """Lines further up."""
    return [(x, y - by, size, text) for x, y, size, text in lines]


@pytest.mark.parametrize("shown", ["- {} -", "第{}页", "{}/3", "第 {} 页 共 3 页", "{}"])
def test_numbers_of_pages(shown: str) -> None:
    pages = [
        [*typeset([text]), middle(shown.format(n), HEIGHT - 40)] for n, text in enumerate([FIRST, SECOND, THIRD], 1)
    ]
    assert paragraphs(source_of(*pages)) == [FIRST, SECOND, THIRD]


def test_numbers_that_do_not_count_up_are_text() -> None:
    pages = [[*typeset([text]), middle(shown, HEIGHT - 40)] for text, shown in ((FIRST, "1953"), (SECOND, "1812"))]
    assert paragraphs(source_of(*pages)) == [FIRST, "1953", SECOND, "1812"]


def test_pages_of_one_line_each_are_text_and_a_stamp_on_each_is_none() -> None:
    assert paragraphs(source_of(*([(70, 90, 12, f"第{n}次早市")] for n in range(1, 9)))) == [
        f"第{n}次早市" for n in range(1, 9)
    ]
    with pytest.raises(InputError, match="no text"):
        source_of(*([(70, 90, 12, "扫描件")] for _ in range(8)))


def test_what_a_browser_prints_at_the_edges() -> None:
    edges = [(24, 24, 8, "2013/12/4 23:24"), (24, HEIGHT - 17, 8, "https://a.cn/1.html"), (575, HEIGHT - 17, 8, "1/1")]
    source = source_of([*typeset([FIRST, SECOND]), *edges])
    assert source.fields["url"] == "https://a.cn/1.html"
    assert paragraphs(source) == [FIRST, SECOND]


def test_two_columns_below_a_title() -> None:
    left = typeset([FIRST, SECOND, FIRST], left=70, right=286, size=12)
    right = typeset([THIRD, SECOND, FIRST], left=304, right=520, size=12)
    by_rows = [line for pair in zip_longest(left, right) for line in pair if line]
    for lines in ([*left, *right], [*right, *left], by_rows):
        source = source_of([middle("早市开张", 60, 20), *lines])
        assert (source.fields["title"], paragraphs(source)) == (
            "早市开张",
            [FIRST, SECOND, FIRST, THIRD, SECOND, FIRST],
        )


def test_the_short_columns_of_the_last_page_are_those_of_the_others() -> None:
    page = [*typeset([FIRST, FIRST], left=70, right=286), *typeset([SECOND, SECOND], left=304, right=520)]
    last = [*typeset([THIRD], left=70, right=286), *typeset([THIRD[::-1]], left=304, right=520)]
    assert paragraphs(source_of(page, last))[4:] == [THIRD, THIRD[::-1]]


def test_a_row_of_a_table_is_a_line() -> None:
    cells = [
        (x, y, SIZE, text)
        for y, row in ((90, "区名 摊位数 人数"), (108, "东区 120 300"))
        for x, text in zip((70, 200, 400), row.split(), strict=True)
    ]
    assert paragraphs(source_of([*cells, *typeset([FIRST], top=140)])) == [
        "区名\t摊位数\t人数",
        "东区\t120\t300",
        FIRST,
    ]


@pytest.mark.parametrize(
    ("lines", "info", "title"),
    [
        ([middle("关于早市的", 40, 20), middle("若干规定", 65, 20)], "", "关于早市的若干规定"),
        ([middle("江城市人民政府文件", 30, 30), middle("关于早市的通知", 65, 20)], "", "关于早市的通知"),
        ([middle("早市开张", 60)], "早市开张_江城网", "早市开张"),
        ([middle("早市开张", 60)], "Microsoft Word - 文档1", None),
    ],
)
def test_the_title(lines: list[Text], info: str, title: str | None) -> None:
    source = source_of([*lines, *typeset(TEXTS)], Title=info)
    assert source.fields.get("title") == title
    assert paragraphs(source)[-9:] == TEXTS


def test_text_that_runs_downwards() -> None:
    lines = [(x, y, text) for (_, y, _, text), x in zip(typeset([FIRST, SECOND]), (500, 480, 460, 440), strict=True)]
    runs = [
        (x, 90 + SIZE * (n + (x in (500, 460)) * 2), SIZE, char) for x, _, text in lines for n, char in enumerate(text)
    ]
    assert paragraphs(source_of(runs)) == [FIRST, SECOND]


def test_characters_drawn_one_by_one_are_there_though_no_font_is() -> None:
    chars = [
        (x, y, size, char)
        for x0, y, size, text in typeset([FIRST])
        for x, char in zip(range(int(x0), 999, 12), text, strict=False)
    ]
    assert paragraphs(source_of(chars)) == [FIRST]


def test_the_font_is_what_makes_it() -> None:
    shipped = resources.files("corpus_db").joinpath("data", "fonts", "box.ttf")
    assert shipped.read_bytes() == font()


def test_words_that_a_line_parts() -> None:
    lines = [
        (70, 90 + 18 * n, 12, text)
        for n, text in enumerate(
            ["the growth of the manufac-", "turing districts of the whole", "B2B-平台 and the 2013-", "2014 season."]
        )
    ]
    assert paragraphs(source_of(lines)) == [
        "the growth of the manufacturing districts of the whole B2B-平台 and the 2013- 2014 season."
    ]


def test_spaces_that_a_program_sets_between_scripts_are_none() -> None:
    apart = [
        (70, 90, 12, "去年"),
        (97, 90, 12, "1688"),
        (124, 90, 12, "上卖了"),
        (163, 90, 12, "9"),
        (172, 90, 12, "万件。"),
    ]
    assert paragraphs(source_of(apart)) == ["去年1688上卖了9万件。"]


def test_notes_of_the_foot_stand_at_the_end() -> None:
    lines = typeset([FIRST * 3])
    note = (70, HEIGHT - 80, 8, "① 据江城市统计局。")
    source = source_of([*lines[:2], note], moved(lines[2:], lines[2][1] - 90))
    assert paragraphs(source) == [FIRST * 3, "① 据江城市统计局。"]


def raised(before: str, number: str, behind: str, y: float = 90) -> list[Text]:
    """A line in which a number stands above the others."""
    x = 70 + width(before, 12)
    return [(70, y, 12, before), (x, y - 4, 7, number), (x + width(number, 7), y, 12, behind)]


@pytest.mark.parametrize(
    ("page", "texts", "numbers"),
    [
        (raised("早市的由来", "1", "很长，来了许多人。"), ["早市的由来很长，来了许多人。"], ["1"]),
        (raised("早市占地10", "2", "平方米，来了许多人。"), ["早市占地102平方米，来了许多人。"], []),
        (
            [*raised("早市去年的B2B", "1", "很长，来了许多人。"), (70, HEIGHT - 60, 8, "1 据江城市统计局。")],
            ["早市去年的B2B很长，来了许多人。", "1 据江城市统计局。"],
            ["1"],
        ),
    ],
)
def test_the_number_of_a_note_is_no_part_of_the_text(page: list[Text], texts: list[str], numbers: list[str]) -> None:
    source = source_of(page)
    assert paragraphs(source) == texts
    assert [text for text, role, reason, _ in pieces(source) if (role, reason) == ("markup", "footnote")] == numbers


def test_notes_that_say_the_same_are_no_running_heads() -> None:
    pages = [
        [*typeset([text]), (70, HEIGHT - 80, 8, f"{n} 据江城市统计局的资料。"), middle(str(page), HEIGHT - 40)]
        for n, page, text in ((1, 9, FIRST), (4, 10, SECOND))
    ]
    notes = ["1 据江城市统计局的资料。", "4 据江城市统计局的资料。"]
    assert paragraphs(source_of(*pages)) == [FIRST, SECOND, *notes]


def test_what_is_no_text_of_the_article() -> None:
    contents = [
        (70, 90 + 18 * n, 12, f"{title}{'.' * 30}{n + 1}")
        for n, title in enumerate(("一、早市", "二、夜市", "三、庙会"))
    ]
    mark = "BT /F 40 Tf .7 .7 -.7 .7 100 300 Tm <5185 90E8 8D44 6599> Tj ET\n"
    source = source_of([*contents, mark, *typeset([FIRST], top=200)])
    assert paragraphs(source) == [FIRST]
    assert {one[2] for one in pieces(source)} >= {"table of contents", "text across the page"}


@pytest.mark.parametrize(
    ("page", "reason"),
    [
        ([], "no text"),
        (["0 0 m 9 9 l S\n"], "no text"),
        ([(70, 90, 12, "\ue4c6\ue4c7\ue4c8" * 9)], "unreadable text"),
        (
            [(70, 90 * n, 12, "".join(map(chr, range(0x3500 + 99 * n, 0x3520 + 99 * n)))) for n in range(1, 6)],
            "unreadable text",
        ),
    ],
)
def test_what_says_no_characters_is_told_so(page: list[Text | str], reason: str) -> None:
    with pytest.raises(InputError) as caught:
        source_of(page)
    assert caught.value.reason == reason


def test_pages_without_text_are_told() -> None:
    assert source_of(typeset(TEXTS), ["0 0 m 9 9 l S\n"], []).notes == ("1 of 3 pages are pictures",)


@pytest.mark.parametrize("password", ["", "1234"])
def test_a_locked_document_opens_without_a_password_or_not(password: str) -> None:
    (item,) = items("a.pdf", lock(pdf(typeset([FIRST])), password))
    if password:
        with pytest.raises(InputError, match="encrypted"):
            sources.read(item)
    else:
        assert paragraphs(sources.read(item)) == [FIRST]


def test_a_file_cut_anywhere_gives_a_source_or_a_reason() -> None:
    data = pdf(typeset([FIRST]))
    for end in range(0, len(data), 23):
        check_any("a.pdf", data[:end])


@pytest.mark.parametrize("name", ["a.pdf", "a.txt", "a.html", "a"])
def test_it_is_known_by_how_it_begins(name: str) -> None:
    assert [item.format for item in items(name, b"\xef\xbb\xbf\r\n" + pdf(typeset([FIRST])))] == ["pdf"]
    assert [item.format for item in items(name, "看 %PDF-1.7 的第一行<p>")] != ["pdf"]
    assert [item.format for item in items("a.pdf", "<!DOCTYPE html><p>请登录")] == ["html"]


SEEDS = [path.read_text("utf-8") for path in sorted((Path(__file__).parents[2] / "seeds").iterdir())]


@pytest.mark.parametrize("columns", [1, 2])
@pytest.mark.parametrize("text", SEEDS, ids=lambda text: text[:3])
def test_a_seed_that_was_printed_is_the_same_article(text: str, columns: int) -> None:
    (item,) = items("a.txt", text)
    article = clean(sources.read(item)).article
    lines = typeset(article.body.split("\n"), right=RIGHT if columns == 1 else 286)
    rows = 38
    pages: list[list[Text]] = []
    for n, line in enumerate(lines):
        page, place = divmod(n, rows * columns)
        column, row = divmod(place, rows)
        if page == len(pages):
            pages.append([])
        pages[-1].append((line[0] + 234 * column, 90 + 18 * row, line[2], line[3]))
    assert paragraphs(source_of(*pages)) == article.body.split("\n")


@settings(deadline=None, max_examples=30)
@given(st.lists(st.text(st.sampled_from(list("甲乙a1，。")), min_size=3, max_size=20), min_size=1, max_size=20))
def test_no_character_is_lost(lines: list[str]) -> None:
    lines = ["正文", *lines]  # a page that says nothing but the number of a page is a scan
    source = source_of([(70, 90 + 18 * n, 12, line) for n, line in enumerate(lines)])
    assert "".join(source.raw.split()) == "".join(lines)
