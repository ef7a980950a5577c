"""CSV: rows, delimiters, quoted values, and what Excel writes."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject
from corpus_db.sources import stream
from tests.sources.reading import body, check_any, check_tiling, items, pieces, split


def written(rows: list[list[str]], delimiter: str = ",", line_end: str = "\r\n") -> str:
    """The rows as a CSV file."""
    file = io.StringIO()
    csv.writer(file, delimiter=delimiter, lineterminator=line_end).writerows(rows)
    return file.getvalue()


ROWS = [["标题", "来源", "内容"], ["甲,乙;丙\t丁", "某报", '第一"段"\n第二段'], ["戊", "", "正文"]]


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_rows_become_records(delimiter: str, codec: str, line_end: str) -> None:
    found = items("a.csv", written(ROWS, delimiter, line_end).encode(codec))
    assert [item.member for item in found] == ["1", "2"]
    first, second = map(sources.read, found)
    assert first.fields == {"title": "甲,乙;丙\t丁", "publisher": "某报"}
    assert body(first) == '第一"段"\n第二段'
    assert (second.fields, body(second)) == ({"title": "戊"}, "正文")
    check_tiling(first)


def test_a_row_piece_by_piece() -> None:
    (item,) = items("a.csv", 'title,text\n甲,"说""好"""\n')
    source = sources.read(item)
    assert pieces(source) == [
        ("甲", "title", "title", None),
        (',"', "markup", "csv", None),
        ("说", "body", "text", None),
        ('""', "body", "escape", '"'),
        ("好", "body", "text", None),
        ('""', "body", "escape", '"'),
        ('"\n', "markup", "csv", None),
    ]


@pytest.mark.parametrize(
    ("data", "fields"),
    [
        ("sep=;\ntitle;text\n甲;乙\n", {"title": "甲"}),
        ("title,text\n甲,乙,多\n", {"title": "甲", "column 3": "多"}),
        ("text,title,date\n乙,甲\n", {"title": "甲"}),
        (" Title , TEXT \n甲,乙\n", {"title": "甲"}),
        ("title,text\n\n甲,乙", {"title": "甲"}),
        ('title,text\n5" 屏,乙\n', {"title": '5" 屏'}),
        ('title,text\n"说"好"，走了",乙\n', {"title": '说"好"，走了'}),
        ('title,text\n"好"的一天,乙\n', {"title": '"好"的一天'}),
        ("newsTitle,新闻内容,postName\n甲,乙,NULL\n", {"title": "甲"}),
    ],
)
def test_uneven_files(data: str, fields: dict[str, str]) -> None:
    (item,) = items("a.csv", data)
    source = sources.read(item)
    assert (source.fields, body(source)) == (fields, "乙")


@pytest.mark.parametrize(
    ("data", "reason"),
    [("a,b\n1,2\n", "no text column"), ("", "no text column"), ('title,text\n甲,"没有结尾\n乙,丙\n', "broken CSV")],
)
def test_files_without_rows(data: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        split("a.csv", data)
    assert caught.value.reason == reason


def test_lines_above_the_header_are_told() -> None:
    above, row = split("a.csv", "某报导出,\n2021-03-04,\ntitle,text\n甲,乙\n")
    assert isinstance(above, Reject)
    assert (above.reason, "某报导出" in (above.detail or "")) == ("above the header", True)
    assert isinstance(row, Item)
    assert (row.member, sources.read(row).fields) == ("1", {"title": "甲"})


def test_the_delimiter_is_that_of_the_header_wherever_it_may_stand() -> None:
    *_, row = split("a.csv", "某报导出\n" * 5 + "title;text\n甲;乙\n")
    assert isinstance(row, Item)
    assert sources.read(row).fields == {"title": "甲"}


CELLS = st.text(st.sampled_from(list('甲乙a,;"\t\n ')), min_size=1, max_size=8)


@settings(deadline=None)
@given(
    st.lists(st.tuples(CELLS, CELLS), min_size=1, max_size=5),
    st.sampled_from([",", ";", "\t"]),
    st.sampled_from([3, 1 << 18]),
)
def test_any_cells_come_back(rows: list[tuple[str, str]], delimiter: str, block: int) -> None:
    rows = [row for row in rows if "".join(row).strip()]  # a blank row is passed over
    data = written([["title", "text"], *map(list, rows)], delimiter, "\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(stream, "_BLOCK_BYTES", block)
        found = items("a.csv", data)
    assert [next(csv.reader(io.StringIO(str(item.data)), delimiter=delimiter)) for item in found] == list(
        map(list, rows)
    )
    for item, (_, text) in zip(found, rows, strict=True):
        try:
            source = sources.read(item)
        except InputError as error:
            assert error.reason == "no text"
            continue
        check_tiling(source)
        if text.strip():
            assert body(source) == text


@settings(deadline=None)
@given(st.lists(st.sampled_from([*list('",;\n\r\t甲 '), "title", "text", '""']), max_size=25))
def test_any_file_gives_sources_or_reasons(parts: list[str]) -> None:
    check_any("a.csv", ("title,text\n" + "".join(parts)).encode())
