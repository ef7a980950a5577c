"""Workbooks: sheets, headers, what cells show, and what is no list of articles."""

from __future__ import annotations

from datetime import date
from html import escape

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject
from corpus_db.sources import package
from tests.sources.packages import row, xlsx
from tests.sources.reading import body, check_any, check_tiling, items, split

HEADER = row("标题", "内容")


def shown(
    cell: str, *, formats: tuple[str, ...] = (), strings: tuple[str, ...] = (), properties: str = ""
) -> str | None:
    """What is read from a cell."""
    data = xlsx(
        {"表": row("标题", "内容", "x") + f"<row><c r='B2' t='inlineStr'><is><t>正文</t></is></c>{cell}</row>"},
        strings,
        formats,
        properties,
    )
    (item,) = items("a.xlsx", data)
    return sources.read(item).fields.get("x")


def test_rows_become_records() -> None:
    found = items(
        "a.xlsx",
        xlsx({"一月": HEADER + row("甲", "说“好”,\n走了") + row("乙", "文"), "二月": HEADER + row("丙", "文")}),
    )
    assert [item.member for item in found] == ["一月#2", "一月#3", "二月#2"]
    source = sources.read(found[0])
    check_tiling(source)
    assert (source.format, source.raw) == ("xlsx", '甲,"说“好”,\n走了"\n')
    assert (source.fields, body(source)) == ({"title": "甲"}, "说“好”,\n走了")


@pytest.mark.parametrize(
    ("cell", "value"),
    [
        ("<c t='s'><v>1</v></c>", "乙丙"),
        ("<c t='s'><v>9</v></c>", None),
        ("<c t='s'><v>x</v></c>", None),
        ("<c t='str'><f>A1</f><v>式</v></c>", "式"),
        ("<c t='str'><f>A1</f></c>", None),
        ("<c t='str'><v>一_x000D_\n二</v></c>", "一\r\n二"),
        ("<c t='b'><v>1</v></c>", "TRUE"),
        ("<c t='e'><v>#N/A</v></c>", None),
        ("<c t='d'><v>2013-12-04</v></c>", "2013-12-04"),
        ("<c><v>12345</v></c>", "12345"),
        ("<c><v>12345.0</v></c>", "12345"),
        ("<c><v>310101199001011234</v></c>", "310101199001011234"),
        ("<c><v>3.1E+17</v></c>", "310000000000000000"),
        ("<c><v>0.30000000000000004</v></c>", "0.3"),
        ("<c><v>1e999</v></c>", "inf"),
        ("<c s='7'><v>5</v></c>", "5"),
    ],
)
def test_what_a_cell_shows(cell: str, value: str | None) -> None:
    assert shown(cell, strings=("<t>甲</t>", "<r><t>乙</t></r><r><t>丙</t></r><rPh><t>yi</t></rPh>")) == value


@pytest.mark.parametrize(
    ("code", "number", "value"),
    [
        ("yyyy-mm-dd", "41612", "2013-12-04"),
        ("yyyy&quot;年&quot;m&quot;月&quot;d&quot;日&quot;", "41612", "2013-12-04"),
        ("[$-804]yyyy/m/d h:mm", "41612.975", "2013-12-04 23:24"),
        ("yyyy/m/d", "41612.9750347", "2013-12-04 23:24:03"),
        ("yyyy年m月", "41609", "2013-12"),
        ("yyyy年m月", "41612", "2013-12-04"),
        ("h:mm", "0.975", "23:24"),
        ("yyyy-mm-dd", "1", "1900-01-01"),
        ("yyyy-mm-dd", "61", "1900-03-01"),
        ("yyyy-mm-dd", "-1", "-1"),
        ("yyyy-mm-dd", "9999999", "9999999"),
        ("yyyy-mm-dd", "nan", None),
        ("[h]:mm", "1.5", "1.5"),
        ("#,##0.00_);[Red](#,##0.00)", "12", "12"),
        ("0.00E+00", "12", "12"),
        ("General", "41612", "41612"),
    ],
)
def test_what_a_date_shows(code: str, number: str, value: str | None) -> None:
    assert shown(f"<c s='0'><v>{number}</v></c>", formats=(code,)) == value


def test_days_are_counted_from_1904_where_the_workbook_says_so() -> None:
    cell = "<c s='0'><v>40150</v></c>"
    assert shown(cell, formats=("yyyy-mm-dd",), properties='<workbookPr date1904="1"/>') == "2013-12-04"


@given(st.dates(date(1900, 3, 1), date(9999, 1, 1)))
@settings(deadline=None, max_examples=30)
def test_every_day_comes_back(day: date) -> None:
    number = (day - date(1899, 12, 30)).days
    assert shown(f"<c s='0'><v>{number}</v></c>", formats=("yyyy/m/d",)) == day.isoformat()


def test_cells_stand_where_they_say() -> None:
    cells = "<row r='7'><c r='A7'><v>1</v></c><c r='C7' t='inlineStr'><is><t>文</t></is></c></row>"
    (item,) = items("a.xlsx", xlsx({"表": row("编号", "作者", "正文") + "<row r='3'/>" + cells}))
    assert (item.member, sources.read(item).fields) == ("表#7", {"id": "1"})


def test_what_stands_above_the_header_is_told() -> None:
    above, item = split("a.xlsx", xlsx({"表": row("某报导出") + HEADER + row("甲", "文")}))
    assert isinstance(above, Reject)
    assert (above.member, above.reason) == ("表", "above the header")
    assert isinstance(item, Item)
    assert item.member == "表#3"


def test_a_sheet_without_texts_does_not_keep_the_others_from_being_read() -> None:
    found = split("a.xlsx", xlsx({"统计": row("年", "篇数"), "空": "", "表": HEADER + row("甲", "文")}))
    assert [(type(one), one.member) for one in found] == [(Reject, "统计"), (Item, "表#2")]


@pytest.mark.parametrize(
    ("rows", "reason"),
    [("", "empty file"), (HEADER + "<row><c r='XFD2'><v>1</v></c></row>", "too many columns")],
)
def test_workbooks_without_records(rows: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        split("a.xlsx", xlsx({"表": rows}))
    assert caught.value.reason == reason


CELLS = st.text(st.sampled_from(list('甲乙a,;"<&\t\n ')), min_size=1, max_size=8).filter(str.strip)


@settings(deadline=None)
@given(st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5))
def test_any_cells_come_back(rows: list[tuple[str, str]]) -> None:
    data = xlsx({"表": HEADER + "".join(row(*map(escape, one)) for one in rows)})
    for item, (title, text) in zip(items("a.xlsx", data), rows, strict=True):
        source = sources.read(item)
        check_tiling(source)
        assert (source.fields.get("title"), body(source)) == (title.strip(), text)


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(["<row>", "</row>", "<c>", "<c t='s'>", "<c r='C1'>", "</c>", "<v>", "</v>", "7", "甲"]))
)
def test_any_sheet_gives_sources_or_reasons(parts: list[str]) -> None:
    check_any("a.xlsx", xlsx({"表": HEADER + "".join(parts)}))


def test_a_string_that_stands_in_every_cell_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_MOST_BYTES", 1 << 18)
    cells = "<row><c t='s'><v>0</v></c><c t='s'><v>0</v></c></row>" * 100
    with pytest.raises(InputError, match="expands too far"):
        split("a.xlsx", xlsx({"表": HEADER + cells}, ["<t>" + "甲" * 2_000 + "</t>"]))
