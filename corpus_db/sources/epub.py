"""An e-book (.epub) to its chapters: each file of the reading order is an article, below what the book says of itself.

A chapter is what a reader turns to and cites, and a book of essays is many articles. A chapter is read as any other
page; author, publisher and date are the book's (Dublin Core), and its title is the section in which the chapters stand.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator

from corpus_db.decode import decode
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources import html
from corpus_db.sources.headers import below
from corpus_db.sources.package import Package, joined
from corpus_db.sources.stream import Stream, whole

_CONTAINER = "META-INF/container.xml"
_PAGES = ("application/xhtml+xml", "text/html")
_METADATA = re.compile(r"<(?:\w+:)?metadata\b.*?</(?:\w+:)?metadata\s*>", re.DOTALL)
_NOBODY = "calibre|unknown|anonymous|未知|佚名"  # what programs write who were told nothing
_STATED = re.compile(
    rf"<dc:title\b[^>]*>\s*(?P<section>[^<>]*[^<>\s])\s*</|<dc:publisher\b[^>]*>\s*(?!{_NOBODY})(?P<publisher>[^<>]*[^<>\s])\s*</"
    rf"|<dc:creator\b[^>]*>\s*(?!{_NOBODY})(?P<author>[^<>]*[^<>\s])\s*</"
    r"|<dc:date\b(?![^>]*(?:modification|creation))[^>]*>\s*(?P<published>[12]\d{3}[^<>\s]*)\s*</",
    re.IGNORECASE,
)
_END = "</metadata>\n"


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The chapters in reading order; raises `InputError` for a book that is damaged or has none."""
    package = Package(whole(stream))
    opened = [event.attributes for event in package.events(_CONTAINER) if (event.kind, event.name) == ("open", "rootfile")]
    main = joined("", opened[0].get("full-path", "")) if opened else ""
    ...
