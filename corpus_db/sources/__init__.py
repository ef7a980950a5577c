"""Files → documents → sources: one module per format.

Each has ``read(item) -> Source``, which says what each stretch of a document's text is (a field, the title, text of the
body, markup) and changes nothing; a format that holds many documents in one file also has
``split(stream) -> Iterator[Item | Reject]``, which gives them one by one, so that memory does not grow with the file.
"""

from __future__ import annotations

import codecs
import importlib
import io
import re
from collections.abc import Iterator
from functools import cache
from types import ModuleType

from corpus_db.decode import encoding_of
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources.markup import TAGS, is_html
from corpus_db.sources.stream import Stream, whole
from corpus_db.sources.value import is_page

# Format → module under `corpus_db.sources` that reads it, loaded when first needed.
READERS = {
    "text": "plain",
    "markdown": "markdown",
    "html": "html",
    "json": "json",
    "csv": "csv",
    "xml": "xml",
    "warc": "warc",
    "mhtml": "mhtml",
    "docx": "docx",
    "rtf": "rtf",
    "xlsx": "xlsx",
    "xls": "xls",
    "epub": "epub",
    "pdf": "pdf",
    "odt": "odt",
}

# Ending of a file's name → format; what has another ending is what it begins as, or text.
ENDINGS = {
    **dict.fromkeys((".txt", ".text"), "text"),
    **dict.fromkeys((".md", ".markdown", ".mdown", ".mkd"), "markdown"),
    **dict.fromkeys((".html", ".htm", ".xhtml", ".shtml"), "html"),
    **dict.fromkeys((".json", ".jsonl", ".ndjson", ".jl"), "json"),
    **dict.fromkeys((".csv", ".tsv"), "csv"),
    **dict.fromkeys((".xml", ".rss", ".atom"), "xml"),
    ".warc": "warc",
    **dict.fromkeys((".xls", ".xlsx"), "xls"),
    **dict.fromkeys((".mht", ".mhtml"), "mhtml"),
}

# Ending → what such a file is instead of an article, unless a page stands in it.
_NO_DOCUMENTS = {
    **dict.fromkeys((".css", ".js", ".mjs", ".map", ".svg", ".vtt"), "part of a web page"),
    **dict.fromkeys((".cdx", ".cdxj", ".idx"), "the index of a web archive"),
    **dict.fromkeys((".url", ".lnk", ".webloc", ".desktop", ".ini", ".cfg", ".lock", ".part"), "no document"),
    **dict.fromkeys((".py", ".pyc", ".java", ".c", ".h", ".cpp", ".go", ".rs", ".sh", ".bat"), "a program"),
    **dict.fromkeys((".eml", ".msg"), "a letter"),
    ".sql": "a dump of a database, of which a table can be exported as CSV or JSON",
}

# What stands in a zip that is a document → its format; a zip of other files is what its name says.
_PACKAGES = (
    (b"mimetypeapplication/vnd.oasis.opendocument.text", "odt"),
    (b"META-INF/container.xml", "epub"),
    (b"word/document", "docx"),
    (b"xl/workbook.xml", "xlsx"),
)

_HEAD_BYTES = 4096  # by which is judged what a file begins as
# A PDF, whose signature may stand somewhat below the beginning. Source: ISO 32000-1, annex H, note 13.
_PDF, _PDF_BYTES = re.compile(rb"%PDF-\d[\s\S]{0,9999}?\d obj\b"), 1024
_WIDE = (b"\xff", b"\xfe", b"\x00")  # first bytes of UTF-16
_RECORD = re.compile(r'\[?\s{0,99}\{\s{0,99}"[^"\n]{1,99}"\s{0,9}:')
_ELEMENT = re.compile(rf"<(?:{TAGS})[\s/>]", re.IGNORECASE)
_XML = re.compile(r"<\?xml\s|<(?:rss|feed|docs?)[\s>]", re.IGNORECASE)


def format_of(name: str) -> str:
    """The format that a file's name says.

    >>> format_of("a.MD"), format_of("README")
    ('markdown', 'text')
    """
    dot = name.rfind(".")
    return ENDINGS.get(name[dot:].lower(), "text") if dot >= 0 else "text"


def documents(stream: Stream) -> Iterator[Item | Reject]:
    """The documents of a file, in order; raises `InputError` where the file, or the rest of it, can not be split."""
    kind = format_of(stream.name)
    if kind in ("text", "html"):  # which endings say least: a page is a page though it is called show.php?id=3
        data = whole(stream)
        stream, kind = stream._replace(file=io.BytesIO(data)), begins_as(data, kind)
        if kind == "text":
            _refuse(stream.name)
        if kind in ("text", "html"):  # whose modules are not worth loading here
            yield Item(stream.path, stream.member, kind, data, None)
            return
    split = getattr(_module(kind), "split", None)
    if split:
        yield from split(stream)
    else:
        yield Item(stream.path, stream.member, kind, whole(stream), None)


def begins_as(data: bytes, kind: str) -> str:
    """The format of a file that its name says to be text or a page, by what stands in it.

    >>> begins_as(b"<!DOCTYPE html><p>1", "text"), begins_as(b'{"a": 1}', "html"), begins_as(b"1 < 2", "text")
    ('html', 'json', 'text')
    >>> begins_as(b"PK\\3\\4 word/document.xml", "text")
    'docx'
    """
    head = data[:_HEAD_BYTES]
    if head.startswith(b"PK\x03\x04"):
        return next((kind for mark, kind in _PACKAGES if mark in data), kind)
    if b"%PDF-" in head[:_PDF_BYTES] and _PDF.search(data):
        return "pdf"
    if head.startswith(b"MIME-Version:") and b"\nContent-Type: multipart/related" in head:
        return "mhtml"
    if kind == "html" and b"<" not in head:
        kind = "html" if b"<" in data else "text"
    begin = head.removeprefix(codecs.BOM_UTF8).lstrip()
    if begin.startswith(b"{\\rtf"):
        return "rtf"
    lead = begin[:1]
    if lead not in (b"<", b"{", b"[", *_WIDE) or (kind == "html" and lead == b"<"):
        return kind
    shown = head.decode(encoding_of(head), "replace").lstrip("\ufeff \t\r\n")
    if _RECORD.match(shown):
        return "json"
    if kind == "text" and shown.startswith("<"):
        is_element = _ELEMENT.match(shown) is not None and is_html(shown)
        return "html" if is_page(shown) or is_element else "xml" if _XML.match(shown) else kind
    return kind


def _refuse(name: str) -> None:
    ending = name[name.rfind(".") :].lower() if "." in name else ""
    if ending in _NO_DOCUMENTS:
        detail = f"{ending} is {_NO_DOCUMENTS[ending]}: name it .txt to have it read as text"
        raise InputError("find", "not a document", detail)


def read(item: Item) -> Source:
    """The source that `item` holds; raises `InputError` if it holds none."""
    if item.format not in READERS:
        raise InputError("read", "unknown format", f"{item.format}: known are {', '.join(READERS)}")
    try:
        source: Source = _module(item.format).read(item)
    except RecursionError:
        raise InputError("read", "nested too deeply", "flatten it, or cut the nested part out") from None
    return source


@cache
def _module(kind: str) -> ModuleType:
    return importlib.import_module(f"corpus_db.sources.{READERS[kind]}")
