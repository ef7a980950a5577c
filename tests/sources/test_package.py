"""Packages of XML parts: what is damaged, locked, too large, too deep, or would expand."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from pathlib import Path

import pytest

import corpus_db
from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.find import find
from corpus_db.records import Item
from corpus_db.sources import package
from corpus_db.sources.package import Package
from corpus_db.sources.stream import MAX_NESTING
from tests.sources.packages import docx, epub, packed, paragraph, row, xlsx
from tests.sources.reading import check_any, items, split

PACKAGES = {
    "a.docx": docx(paragraph("文")),
    "a.xlsx": xlsx({"表": row("标题", "内容") + row("甲", "文")}),
    "a.epub": epub({"a.xhtml": "<p>江城的早市昨天开张，来了许多人，青菜卖得最快。</p>"}),
}


def told(xml: str) -> tuple[str, str]:
    """Reason and detail of the error for a part."""
    with pytest.raises(InputError) as caught:
        list(Package(packed({"a.xml": xml})).events("a.xml"))
    return caught.value.reason, caught.value.detail


def test_tags_and_texts_come_in_order_without_prefixes() -> None:
    events = Package(packed({"a.xml": '<w:p w:b="1">甲&amp;<c/></w:p>'})).events("a.xml")
    assert [(one.kind, one.name, one.attributes) for one in events] == [
        ("open", "p", {"b": "1"}),
        ("text", "甲&", {}),
        ("open", "c", {}),
        ("close", "c", {}),
        ("close", "p", {}),
    ]


@pytest.mark.parametrize(
    ("xml", "reason", "detail"),
    [
        ("<a><b></a>", "damaged document", "mismatched tag"),
        ("<a>", "damaged document", "no element found"),
        ("<!DOCTYPE a [<!ENTITY b 'c'>]><a>&b;</a>", "damaged document", "defines entities"),
        ("<?xml version='1.0' encoding='gbk'?><a/>", "damaged document", "encoding"),
        ("<?xml version='1.0' encoding='none'?><a/>", "damaged document", "encoding"),
        ("<a>" * 1_000, "nested too deeply", f"more than {MAX_NESTING} levels"),
    ],
)
def test_parts_that_can_not_be_read(xml: str, reason: str, detail: str) -> None:
    assert told(xml)[0] == reason
    assert detail in told(xml)[1]


def test_a_package_that_expands_without_end_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package, "_MOST_BYTES", 1 << 20)
    assert told(f"<a>{' ' * (2 << 20)}</a>")[0] == "expands too far"


def test_a_locked_member() -> None:
    data = bytearray(PACKAGES["a.docx"])
    entry = data.find(b"PK\x01\x02")
    while entry >= 0:
        data[entry + 8] |= 1
        entry = data.find(b"PK\x01\x02", entry + 1)
    with pytest.raises(InputError) as caught:
        split("a.docx", bytes(data))
    assert (caught.value.reason, caught.value.detail) == ("encrypted", "save it without its password")


@pytest.mark.parametrize("name", PACKAGES)
def test_a_cut_file_gives_sources_or_reasons(name: str) -> None:
    for end in range(0, len(PACKAGES[name]), 41):
        check_any(name, PACKAGES[name][:end])


@pytest.mark.parametrize("name", PACKAGES)
def test_a_damaged_file_gives_sources_or_reasons(name: str) -> None:
    for at in range(0, len(PACKAGES[name]), 17):
        check_any(name, PACKAGES[name][:at] + b"\xff" + PACKAGES[name][at + 1 :])


@pytest.mark.parametrize("name", PACKAGES)
def test_they_are_read_in_archives_and_by_what_stands_in_them(name: str, tmp_path: Path) -> None:
    path = tmp_path / "x.zip"
    path.write_bytes(packed({f"甲/{name}": PACKAGES[name]}))
    (found,) = find([path])
    (same,) = items("download", PACKAGES[name])
    assert isinstance(found, Item)
    assert str(found.member).startswith(f"甲/{name}")
    assert found.data == same.data


def test_a_zip_that_is_no_document_is_told_so() -> None:
    (item,) = items("a.docx", packed({"a.txt": "文"}))
    with pytest.raises(InputError, match=r"name it \.zip"):
        sources.read(item)


def test_what_is_built_of_them(tmp_path: Path) -> None:
    folder, target = tmp_path / "in", tmp_path / "a.db"
    folder.mkdir()
    for name, data in PACKAGES.items():
        (folder / name).write_bytes(data)
    (folder / "cut.docx").write_bytes(PACKAGES["a.docx"][:-30])
    corpus_db.build([folder], target, keep=False)
    with contextlib.closing(sqlite3.connect(target)) as db:
        keys = [key for (key,) in db.execute("SELECT key FROM articles ORDER BY key")]
        rejects = db.execute("SELECT path, stage, reason FROM rejects").fetchall()
        digests = dict(db.execute("SELECT path, sha256 FROM sources"))
    assert keys == ["a.docx", "a.epub#OPS/text/a.xhtml", "a.xlsx#表#2"]
    assert rejects == [("cut.docx", "read", "damaged document")]
    assert digests["a.docx"] == hashlib.sha256(PACKAGES["a.docx"]).hexdigest()
