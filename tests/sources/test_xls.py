"""Files called .xls that are something else: tables in HTML and XML, text, pages, workbooks of new and old Excel."""

from __future__ import annotations

import pytest

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject
from tests.sources.packages import row, xlsx
from tests.sources.reading import body, check_any, check_tiling, items, split

PAGE = (
    "<html xmlns:x='urn:schemas-microsoft-com:office:excel'><meta charset={}><table><tr><th>标题<th>内容</tr>"
    "<tr><td>早市</td><td>第一段。<br style='mso-data-placement:same-cell;'>第二&amp;\n段。</td></tr></table></html>"
)
SPREADSHEET = (
    '<?xml version="1.0"?><Workbook xmlns:ss="s"><Table><Row><Cell><Data>标题</Data></Cell>'
    '<Cell ss:Index="3"><Data>内容</Data></Cell></Row><Row ss:Height="12"><Cell/><Cell ss:Index="3">'
    "<Data>第一段。&#10;第二&amp; 段。</Data></Cell></Row></Table></Workbook>"
)
TEXT = "第一段。\n第二& 段。"


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_a_table_in_a_page_becomes_records(codec: str) -> None:
    (item,) = items("a.xls", PAGE.format(codec).encode(codec))
    source = sources.read(item)
    check_tiling(source)
    assert (item.member, source.format, source.fields, body(source)) == ("2", "xls", {"title": "早市"}, TEXT)


def test_the_xml_of_excel_becomes_records() -> None:
    (item,) = items("a.xls", SPREADSHEET)
    source = sources.read(item)
    assert (source.raw, source.fields, body(source)) == (f',,"{TEXT}"\n', {}, TEXT)


@pytest.mark.parametrize("codec", ["utf-8-sig", "gbk", "utf-16"])
def test_text_between_tabs_becomes_records(codec: str) -> None:
    (item,) = items("a.xls", "标题\t内容\n早市\t文\n".encode(codec))
    assert (item.format, sources.read(item).fields) == ("csv", {"title": "早市"})


def test_a_page_without_records_is_a_page() -> None:
    (item,) = items(
        "a.xls", "<html><table><tr><td>江城的早市昨天开张，来了许多人，青菜卖得最快。</td></tr></table></html>"
    )
    assert (item.member, item.format) == (None, "html")


@pytest.mark.parametrize("name", ["a.xls", "a.xlsx", "a", "download.php"])
def test_a_workbook_is_one_by_what_stands_in_it(name: str) -> None:
    (item,) = items(name, xlsx({"表": row("标题", "内容") + row("早市", "文")}))
    assert item.format == "xlsx"


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("inside", "told"),
    [("Workbook", "old Excel workbook: save it as .xlsx"), ("EncryptedPackage", "save it without its password")],
)
@pytest.mark.parametrize("name", ["a.xls", "a.xlsx"])
def test_what_must_be_saved_anew_says_how(name: str, inside: str, told: str) -> None:
    with pytest.raises(InputError, match=told):
        split(name, OLE + inside.encode("utf-16-le"))


def test_a_broken_file_gives_sources_or_reasons() -> None:
    for whole in (PAGE.format("utf-8"), SPREADSHEET):
        for end in range(0, len(whole), 7):
            check_any("a.xls", whole[:end].encode())
            found = split("a.xls", whole[:end]) if "<table" in whole[:end].lower() else []
            assert all(isinstance(one, (Item, Reject)) for one in found)
