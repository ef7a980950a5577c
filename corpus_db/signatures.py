"""The first bytes of a file that holds no text → what it is, and what makes a text of it."""

from __future__ import annotations

from corpus_db.errors import InputError

# First bytes, what else stands in the file, what it is, and what to do. Sources: Gary Kessler's file signatures table;
# ECMA-376, MS-CFB and MS-OFFCRYPTO for the names inside office documents.
_PAGE, _UNPACK = "save it as .docx, as text or as a web page", "unpack it, or pack it as .zip"
_SHEET = "save it as .xlsx or CSV UTF-8"
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_MAGIC = (
    (b"PK\x03\x04", b"xl/", "binary Excel workbook", _SHEET),
    (b"PK\x03\x04", b"", "zip archive or office document", "name it .zip, or save it as .docx, .xlsx or text"),
    (_OLE, "EncryptedPackage".encode("utf-16-le"), "encrypted office document", "save it without its password"),
    (_OLE, "Workbook".encode("utf-16-le"), "old Excel workbook", _SHEET),
    (_OLE, b"", "old office document", _PAGE),
    (b"{\\rtf", b"", "rich text document", "name it .rtf"),
    (b"%PDF-", b"", "PDF", "it is cut or damaged: fetch it anew"),
    (b"\x1f\x8b", b"", "gzip archive", "name it .gz or .tar.gz"),
    (b"BZh", b"", "bzip2 archive", _UNPACK),
    (b"7z\xbc\xaf\x27\x1c", b"", "7z archive", _UNPACK),
    (b"Rar!\x1a\x07", b"", "rar archive", _UNPACK),
    (b"\xfd7zXZ\x00", b"", "xz archive", _UNPACK),
    (b"\x28\xb5\x2f\xfd", b"", "zstandard archive", _UNPACK),
    (b"SQLite format 3\x00", b"", "SQLite database", "export its table as CSV or JSON"),
    *(
        (magic, b"", kind, "it holds no text: nothing is lost")
        for magic, kind in (
            (b"\x89PNG\r\n\x1a\n", "PNG image"),
            (b"\xff\xd8\xff", "JPEG image"),
            (b"GIF8", "GIF image"),
            (b"\x7fELF", "program"),
            (b"RIFF", "image, sound or video"),
            (b"ID3", "sound"),
            (b"wOF", "font"),
        )
    ),
)
# First bytes of such files that may be text as far as their bytes go.
IN_ASCII = (b"{\\rtf", b"%PDF-")


def refuse(data: bytes) -> None:
    """Raises `InputError` for the bytes of a file that holds no text.

    >>> refuse(b"%PDF-1.7")
    Traceback (most recent call last):
    corpus_db.errors.InputError: decode: binary file (PDF: it is cut or damaged: fetch it anew)
    """
    for magic, inside, kind, remedy in _MAGIC:
        if data.startswith(magic) and inside in data:
            raise InputError("decode", "binary file", f"{kind}: {remedy}")
