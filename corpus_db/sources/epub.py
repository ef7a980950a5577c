"""An e-book (.epub) → its chapters: each page of the reading order is an article, below what the book says of itself.

A chapter is what a reader turns to and cites, and a book of essays is many articles. It is read as any other page; its
author, publisher and date are the book's (Dublin Core), and the title of the book is the section that it stands in.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus_db.decode import decode
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources import html
from corpus_db.sources.base import opened
from corpus_db.sources.headers import below
from corpus_db.sources.package import Package, joined
from corpus_db.sources.stream import Stream, whole

_PAGES = ("application/xhtml+xml", "text/html")
# What a book says of itself, field. Source: Dublin Core.
_STATED = {"title": "section", "creator": "author", "publisher": "publisher", "date": "published"}
# Of the book are who wrote it and when it came out, not who translated it and when the file was made. Source: EPUB 2.0.1
# OPF, 2.2.6 and 2.2.7.
_OWN = ("", "aut", "publication")
# What programs write that were told nothing.
_NOTHING = re.compile(r"calibre|unknown|anonymous|未知|佚名|0\d{3}-.*", re.IGNORECASE)
_MOST_CHARS = 500  # of what a book says of itself, which stands above each chapter
_FIELD = re.compile("|".join(f"^{key}: (?P<{name}>.+)$" for key, name in _STATED.items()), re.MULTILINE)


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The chapters in reading order; raises `InputError` for a book that is damaged or has none."""
    package = Package(whole(stream))
    tags = [
        (event.name, event.attributes) for event in package.events("META-INF/container.xml") if event.kind == "open"
    ]
    main = next((joined("", stated.get("full-path", "")) for name, stated in tags if name == "rootfile"), "")
    locked = {
        joined("", event.attributes.get("URI", ""))
        for event in package.events("META-INF/encryption.xml")
        if event.name == "CipherReference"
    }
    head = "".join(f"{name}: {value}\n" for name, value in _stated(package, main)) + "\n"
    chapters = dict.fromkeys(_chapters(package, main))
    if not chapters:
        raise InputError("read", "damaged document", "it names no chapters: convert it anew, or unpack its pages")
    for name in chapters:
        place = stream._replace(member=f"{stream.member}/{name}" if stream.member else name)
        try:
            if name in locked:
                raise InputError("read", "encrypted", "the book is locked to a reader: have it in a free format")
            found = decode(package.data(name))
        except InputError as error:
            yield place.reject(None, error)
            continue
        yield place.item("epub", None, head + found.text, "utf-8")


def _stated(package: Package, main: str) -> Iterator[tuple[str, str]]:
    """What the book says of itself."""
    value, is_own = list[str](), False
    for kind, name, attributes in package.events(main):
        if kind == "open":
            role = attributes.get("role") or attributes.get("event") or ""
            value, is_own = [], name in _STATED and role in _OWN
        elif kind == "text":
            value.append(name)
        elif is_own:
            shown, is_own = " ".join("".join(value).split()), False
            if 0 < len(shown) <= _MOST_CHARS and not _NOTHING.fullmatch(shown):
                yield name, shown


def _chapters(package: Package, main: str) -> Iterator[str]:
    """The names of the pages that the book's main part lists, in the order of its spine."""
    folder, pages = main.rpartition("/")[0], dict[str, str]()
    for event in package.events(main):
        stated = event.attributes
        if event.kind == "open" and event.name == "item" and stated.get("media-type") in _PAGES:
            pages[stated.get("id", "")] = joined(folder, stated.get("href", ""))
        elif event.kind == "open" and event.name == "itemref" and stated.get("idref") in pages:
            yield pages[stated["idref"]]


def read(item: Item) -> Source:
    """The source of a chapter; raises `InputError` for a page without an article, such as a cover."""
    text = opened(item)
    head, end, page = text.raw.partition("\n\n") if text.raw[:1] != "\n" else ("", "\n", text.raw[1:])
    chapter = html.read(item._replace(format="html", data=page, encoding=text.encoding))
    made = below(head + end, _FIELD, chapter, item, text.raw.encode(), text.notes)
    if made.fields.get("title") == made.fields.get("section"):  # some programs write the book's into every chapter
        made.fields.pop("title", None)
    return made
