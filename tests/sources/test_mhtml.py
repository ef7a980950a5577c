"""Pages saved as a single file: the page, its headers, and what no browser writes."""

from __future__ import annotations

import quopri

import pytest

from corpus_db import sources
from corpus_db.errors import InputError
from tests.sources.reading import body, check_any, check_tiling, items

PAGE = "<html><title>早市开张</title><h1>早市开张</h1><p>江城的早市昨天开张，来了许多人。</p><p>摊主说：“青菜卖得最快。”</p></html>"


def saved(page: str, codec: str = "utf-8", top: str = "Snapshot-Content-Location: http://a.cn/1\n") -> bytes:
    """A page as Chrome saves it."""
    head = f"From: <Saved by Blink>\n{top}MIME-Version: 1.0\nContent-Type: multipart/related; boundary=x\n\n"
    part = f"--x\nContent-Type: text/html; charset={codec}\nContent-Transfer-Encoding: quoted-printable\n"
    place = "Content-Location: http://a.cn/2\n\n"
    return (head + part + place).encode() + quopri.encodestring(page.encode(codec)) + b"\n--x--\n"


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_the_page_is_read(codec: str) -> None:
    (item,) = items("a.mht", saved(PAGE, codec))
    source = sources.read(item)
    check_tiling(source)
    assert body(source) == "江城的早市昨天开张，来了许多人。\n摊主说：“青菜卖得最快。”"
    assert source.fields == {"url": "http://a.cn/1", "title": "早市开张"}
    assert source.raw.endswith(PAGE)
    addresses = [source.raw[piece.start : piece.end] for piece in source.pieces if piece.role == "field"]
    assert addresses[0] == "http://a.cn/1"


def test_the_part_states_its_address_too() -> None:
    (item,) = items("a.mhtml", saved(PAGE, top=""))
    assert sources.read(item).fields["url"] == "http://a.cn/2"


def test_headers_that_no_empty_line_ends() -> None:
    (item,) = items("a.mht", b"Content-Type: text/html; charset=utf-8\n" + PAGE.encode())
    source = sources.read(item)
    check_tiling(source)
    assert source.fields == {"title": "早市开张"}


def test_a_page_that_word_saved_under_its_own_ending_is_read() -> None:
    head = b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n"
    (item,) = items("a.doc", head + saved(PAGE).partition(b"\n\n")[2])
    assert item.format == "mhtml"
    assert sources.read(item).fields["title"] == "早市开张"


@pytest.mark.parametrize(
    ("data", "reason"),
    [(b"", "no page"), (b"Content-Type: image/png\n\nx", "no page"), (saved(""), "empty file")],
)
def test_files_without_a_page(data: bytes, reason: str) -> None:
    (item,) = items("a.mht", data)
    with pytest.raises(InputError) as caught:
        sources.read(item)
    assert caught.value.reason == reason


def test_a_broken_file_gives_a_source_or_a_reason() -> None:
    whole = saved(PAGE)
    for end in range(0, len(whole), 37):
        check_any("a.mht", whole[:end])
