"""WARC → sources: the pages of a web archive, each read by the reader of its format, and the headers above it as markup.

Only responses with text count as documents. Format: ISO 28500; chunked and compressed bodies are undone by warcio.
"""

from __future__ import annotations

import io
import re
import zlib
from collections.abc import Iterator
from importlib.util import find_spec
from typing import Any

from corpus_db import sources
from corpus_db.decode import decode
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources.headers import below
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES, Stream, too_large

_MAX_HEADER_BYTES = 1 << 16
_PAGE_TYPES = (b"response", b"resource", b"conversion")  # the others speak about the crawl
_READERS = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text", "application/pdf": "pdf"}

_CHARSET = re.compile(r"charset\s{0,9}=\s{0,9}[\"']?([\w.:-]+)", re.IGNORECASE)
_BLANK = re.compile(rb"\r?\n\r?\n")
_ADDRESS = re.compile(r"^WARC-Target-URI:[ \t]*<?(?P<url>[^\s<>]+)", re.IGNORECASE | re.MULTILINE)


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The records of pages, with the bytes as they stand; raises `InputError` where the file is no WARC or is cut."""
    number = 0
    while header := _header(stream):
        number += 1
        values = dict(line.split(b":", 1) for line in header.splitlines() if b":" in line)
        names = {name.strip().lower(): value.strip() for name, value in values.items()}
        if not (length := names.get(b"content-length", b"")).isdigit():
            raise InputError("find", "broken WARC", f"record {number} has no length: the rest can not be read")
        size = int(length)
        if names.get(b"warc-type", b"").lower() not in _PAGE_TYPES:
            _skip(stream, size)
        elif size > MAX_DOCUMENT_BYTES:
            _skip(stream, size)
            yield stream.reject(number, too_large())
        else:
            block = stream.file.read(size)
            if len(block) < size:
                raise InputError("find", "broken WARC", f"record {number} is cut: fetch the file anew")
            yield stream.item("warc", number, header + block, None)


def _header(stream: Stream) -> bytes:
    """The header lines of the next record, up to and with the blank line; empty at the end of the file."""
    line = stream.file.readline(_MAX_HEADER_BYTES)
    while line in (b"\r\n", b"\n"):
        line = stream.file.readline(_MAX_HEADER_BYTES)
    if line and not line.startswith(b"WARC/"):
        raise InputError("find", "broken WARC", "a record does not begin with WARC/: it is damaged from there on")
    lines = [line]
    while line and line not in (b"\r\n", b"\n") and sum(map(len, lines)) < _MAX_HEADER_BYTES:
        line = stream.file.readline(_MAX_HEADER_BYTES)
        lines.append(line)
    return b"".join(lines)


def _skip(stream: Stream, size: int) -> None:
    while size > 0 and (block := stream.file.read(min(size, 1 << 20))):
        size -= len(block)


def read(item: Item) -> Source:
    """The source of one page; raises `InputError` if it is an error page or no text."""
    data = item.data if isinstance(item.data, bytes) else item.data.encode()
    headers, http, payload = _opened(data)
    status = http.get_statuscode() if http else "200"
    if status != "200":
        remedy = "it leads elsewhere: nothing is lost" if status.startswith("3") else "fetch the page anew"
        raise InputError("read", "error page", f"status {status}: {remedy}")
    kind, _, parameters = ((http or headers).get_header("Content-Type") or "text/html").partition(";")
    if kind.strip().lower() not in _READERS:
        raise InputError("read", "not a page", f"{kind}: only HTML, PDF and plain text are read")
    reader = _READERS[kind.strip().lower()]
    charset = _CHARSET.search(parameters)
    try:
        found = None if reader == "pdf" else decode(payload, charset[1] if charset else None)
    except InputError:
        if http and http.get_header("Content-Encoding") == "br" and not find_spec("brotli"):
            detail = "compressed by Brotli: pip install brotli, and build again"
            raise InputError("read", "not unpacked", detail) from None
        raise
    text, encoding, notes = found or (payload, None, ())
    page = sources.read(item._replace(format=reader, data=text, encoding=encoding))
    return below(_head(data, has_http=http is not None), _ADDRESS, page, item, data, notes)


def _opened(data: bytes) -> tuple[Any, Any, bytes]:
    """(WARC headers, HTTP headers or None, body) of a record, as warcio reads them."""
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    try:
        record = next(iter(ArchiveIterator(io.BytesIO(data))))
        return record.rec_headers, record.http_headers, record.content_stream().read()
    except (ArchiveLoadFailed, StopIteration, ValueError, zlib.error) as error:
        raise InputError("read", "broken WARC", f"{error}: fetch the page anew") from None


def _head(data: bytes, *, has_http: bool) -> str:
    """The headers above the page."""
    end = 0
    for _ in range(1 + has_http):
        blank = _BLANK.search(data, end)
        end = blank.end() if blank else len(data)
    return data[:end].decode("utf-8", "replace")
