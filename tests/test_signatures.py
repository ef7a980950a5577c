"""Files that hold no text: told by their first bytes, and by the names inside them where these say more."""

from __future__ import annotations

import pytest

from corpus_db.errors import InputError
from corpus_db.signatures import refuse

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b"PK\x03\x04\x14\x00", "zip archive or office document: "),
        (OLE + bytes(99) + "Workbook".encode("utf-16-le"), "Excel workbook: "),
        (OLE + bytes(99) + "WordDocument".encode("utf-16-le"), "old office document: "),
        (b"\x1f\x8b\x08", "gzip archive: "),
        (b"SQLite format 3\x00", "SQLite database: "),
        (b"RIFF\x00\x00\x00\x00WEBP", "image, sound or video: it holds no text"),
    ],
)
def test_what_it_is_and_what_to_do(data: bytes, what: str) -> None:
    with pytest.raises(InputError) as caught:
        refuse(data)
    assert caught.value.reason == "binary file"
    assert what in caught.value.detail


@pytest.mark.parametrize("text", ["早市开张", "", "PK 赛", "看 %PDF-1.7 的第一行", "Workbook"])
def test_text_is_none_of_them(text: str) -> None:
    refuse(text.encode())
