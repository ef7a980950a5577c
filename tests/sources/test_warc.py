"""WARC: the pages of a web archive, their addresses, and what is no page."""

from __future__ import annotations

import gzip
import io
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.find import find
from corpus_db.records import Item, Reject
from tests.sources.reading import body, check_any, check_tiling, items, split

TEXT = "这里是一段正文，昨天下午大家都在说这件事情。"


def archive(*pages: tuple[str, str, bytes], compressed: bool = False, **headers: str) -> bytes:
    """A WARC file of (status, content type, body) pages, below the record that every crawler writes first."""
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("a.warc", {"software": "test"}))
    for number, (status, kind, content) in enumerate(pages, 1):
        http = StatusAndHeaders(status, [("Content-Type", kind), *headers.items()], protocol="HTTP/1.1")
        url = f"http://a.cn/{number}"
        writer.write_record(writer.create_warc_record(url, "response", payload=io.BytesIO(content), http_headers=http))
    return out.getvalue()


def test_a_page_of_text() -> None:
    (item,) = items("a.warc", archive(("200 OK", "text/plain; charset=gbk", TEXT.encode("gbk"))))
    source = sources.read(item)
    assert (source.format, source.encoding, item.member) == ("warc", "gb18030", "2")
    assert (source.fields, body(source)) == ({"url": "http://a.cn/1"}, TEXT)
    assert isinstance(item.data, bytes)
    assert source.bytes == len(item.data)
    check_tiling(source)


def test_a_page_of_html_is_read_as_html() -> None:
    page = f"<html><head><title>标题</title></head><body><h1>标题</h1>{f'<p>{TEXT}</p>' * 5}</body></html>"
    (item,) = items("a.warc", archive(("200 OK", "text/html", page.encode())))
    source = sources.read(item)
    assert source.raw.endswith(page)
    assert body(source).count(TEXT) == 5
    check_tiling(source)


def test_compressed_bodies_are_undone() -> None:
    data = archive(("200 OK", "text/plain", gzip.compress(TEXT.encode())), **{"Content-Encoding": "gzip"})
    (item,) = items("a.warc", data)
    assert body(sources.read(item)) == TEXT


def test_a_compressed_archive(tmp_path: Path) -> None:
    page = ("200 OK", "text/plain", TEXT.encode())
    (tmp_path / "a.warc.gz").write_bytes(archive(page, page, compressed=True))
    found = list(find([tmp_path]))
    assert [(item.path, item.member) for item in found] == [("a.warc.gz", "2"), ("a.warc.gz", "3")]
    assert all(isinstance(item, Item) and body(sources.read(item)) == TEXT for item in found)


@pytest.mark.parametrize(
    ("status", "kind", "reason"),
    [
        ("404 Not Found", "text/html", "error page"),
        ("200 OK", "image/png", "not a page"),
        ("200 OK", "text/plain", "empty file"),
    ],
)
def test_what_is_no_page(status: str, kind: str, reason: str) -> None:
    (item,) = items("a.warc", archive((status, kind, b"")))
    with pytest.raises(InputError) as caught:
        sources.read(item)
    assert caught.value.reason == reason


def test_a_body_that_can_not_be_unpacked_says_what_is_missing() -> None:
    pages = ("200 OK", "text/html", b"\x1b\x03\x00\xf8\x05\x00\x01\x80")
    (item,) = items("a.warc", archive(pages, **{"Content-Encoding": "br"}))
    if find_spec("brotli"):
        pytest.skip("brotli is installed")
    with pytest.raises(InputError, match="pip install brotli"):
        sources.read(item)


def test_a_body_that_only_says_it_is_packed_is_read() -> None:
    pages = ("200 OK", "text/plain", TEXT.encode())
    (item,) = items("a.warc", archive(pages, **{"Content-Encoding": "br"}))
    assert body(sources.read(item)) == TEXT


def test_a_collection_of_browsertrix_is_opened(tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "crawl.wacz", "w") as packed:
        packed.writestr("archive/data.warc.gz", archive(("200 OK", "text/plain", TEXT.encode()), compressed=True))
        packed.writestr("indexes/index.cdx", "cn,a)/1 20210304 {}")
    page, index = find([tmp_path])
    assert (page.member, index.member) == ("archive/data.warc.gz#2", "indexes/index.cdx")
    assert isinstance(index, Reject)


def test_a_cut_file_is_broken_from_there_on() -> None:
    page = ("200 OK", "text/plain", TEXT.encode())
    with pytest.raises(InputError, match="record 3 is cut"):
        split("a.warc", archive(page, page)[:-20])


def test_a_huge_record_is_passed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.sources.warc.MAX_DOCUMENT_BYTES", 1_000)
    big, small = split("a.warc", archive(("200 OK", "text/plain", b"x" * 9_000), ("200 OK", "text/plain", b"x")))
    assert (big[3], type(small)) == ("document too large", Item)


@settings(deadline=None)
@given(st.data())
def test_damage_gives_sources_or_reasons(data: st.DataObject) -> None:
    whole = bytearray(archive(("200 OK", "text/plain", TEXT.encode()), ("200 OK", "text/html", TEXT.encode())))
    for _ in range(data.draw(st.integers(1, 4))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    check_any("a.warc", bytes(whole[: data.draw(st.integers(1, len(whole)))]))
