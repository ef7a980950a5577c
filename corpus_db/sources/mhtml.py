"""A page saved as a single file (.mht, .mhtml) → a source: the page, read by the HTML reader, below the file's headers.

Format: RFC 2557, as Chrome ("Webpage, Single File"), Internet Explorer and the browsers built on them write it. The other
parts (pictures, styles, frames) hold no text of the article.
"""

from __future__ import annotations

import email
import re
from email.message import Message

from corpus_db.decode import decode
from corpus_db.errors import InputError
from corpus_db.records import Item, Source
from corpus_db.sources import html
from corpus_db.sources.fields import is_address
from corpus_db.sources.headers import below

_BLANK = re.compile(rb"\r?\n\r?\n")
_ADDRESS = re.compile(
    r"^(?:Snapshot-)?Content-Location:[ \t]*<?(?P<url>https?://[^\s<>]+)", re.IGNORECASE | re.MULTILINE
)


def read(item: Item) -> Source:
    """The source of a saved page; raises `InputError` if no part is a page, or the page has no article."""
    data = item.data if isinstance(item.data, bytes) else item.data.encode()
    part = _page(data)
    payload = part.get_payload(decode=True)
    found = decode(payload if isinstance(payload, bytes) else b"", part.get_content_charset())
    page = html.read(item._replace(format="html", data=found.text, encoding=found.encoding))
    blank = _BLANK.search(data)
    head = data[: blank.end() if blank else 0].decode("utf-8", "replace")
    address = part.get("Content-Location", "")
    return _with_address(below(head, _ADDRESS, page, item, data, found.notes), address)


def _with_address(source: Source, address: str) -> Source:
    """`source`, with the address that its part states, where nothing else does."""
    return source._replace(fields={"url": address, **source.fields}) if is_address(address) else source


def _page(data: bytes) -> Message:
    """The first part that is HTML."""
    for part in email.message_from_bytes(data).walk():
        if part.get_content_type() in ("text/html", "application/xhtml+xml"):
            return part
    raise InputError("read", "no page", "no part of it is HTML: save the page anew")
