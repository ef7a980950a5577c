"""What a feed says → Atom, as RFC 4287 has it; pure.

The serializer escapes; what XML can not hold at all (control characters, lone surrogates) and what turns the direction
of a line are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import datetime, timezone
from typing import NamedTuple
from xml.etree import ElementTree

from corpus_db.serve.pages.render import plain

CONTENT_TYPE = "application/atom+xml; charset=utf-8"
_UNTITLED = "…"
_NAMESPACE = "http://www.w3.org/2005/Atom"
_NEVER = datetime(1970, 1, 1, tzinfo=timezone.utc)  # of a feed without entries
_NO_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
# ISO 8601 from the year to the second, as `articles.published` has it.
_PUBLISHED = re.compile(
    r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d)"
    r"(?:T(?P<minute>\d\d:\d\d)(?P<second>:\d\d)?(?:\.\d+)?(?P<zone>Z|[+-]\d\d:\d\d)?)?)?)?"
)


class Time(NamedTuple):
    """When an article was published."""

    moment: datetime  # the first one that the source's words allow
    known: bool  # the source names at least the day


class Entry(NamedTuple):
    """An article. The texts are plain, the addresses whole; None and '' are left out."""

    id: str
    title: str
    published: Time
    address: str  # of our page
    source: str | None = None  # address of the page it was taken from
    author: str | None = None
    summary: str | None = None
    category: str | None = None


class Feed(NamedTuple):
    """A list of articles."""

    id: str
    title: str
    address: str  # of the page that shows the same
    self: str  # of the feed
    author: str  # of the entries that name none
    subtitle: str | None = None
    rights: str | None = None
    generator: str | None = None


def time(published: str) -> Time | None:
    """The time that `articles.published` means; UTC+8 where it names no zone. None: it is no time.

    >>> time("2013-12-04T23:24"), time("2013").known, time("2013-13")
    (Time(moment=datetime.datetime(2013, 12, 4, 23, 24, tzinfo=datetime.timezone(datetime.timedelta(seconds=28800))), known=True), False, None)
    """
    if not (match := _PUBLISHED.fullmatch(published)):
        return None
    day = "-".join(match[part] or "01" for part in ("year", "month", "day"))
    zone = "+00:00" if match["zone"] == "Z" else match["zone"] or "+08:00"
    try:
        moment = datetime.fromisoformat(f"{day}T{match['minute'] or '00:00'}{match['second'] or ':00'}{zone}")
    except ValueError:
        return None
    return Time(moment, match["day"] is not None)


def render(feed: Feed, entries: Iterable[Entry]) -> bytes:
    """The feed as XML.

    A corpus has no clock: an entry was updated when it was published, and the feed with its newest entry. A time that
    the source names only to the month or year is the month's or year's first moment in `updated`, which Atom demands,
    and is not told as `published`.
    """
    listed = list(entries)
    root = ElementTree.Element("feed", {"xmlns": _NAMESPACE, "xml:lang": "zh"})
    _text(root, "id", feed.id)
    _text(root, "title", feed.title if _clean(feed.title) else _UNTITLED)
    _text(root, "subtitle", feed.subtitle)
    _text(root, "updated", _written(max((entry.published.moment for entry in listed), default=_NEVER)))
    _person(root, feed.author if _clean(feed.author) else "corpus-db")  # a feed must name someone
    _link(root, "self", feed.self, type="application/atom+xml")
    _link(root, "alternate", feed.address, type="text/html")
    _text(root, "rights", feed.rights)
    _text(root, "generator", feed.generator)
    for entry in listed:
        _entry(ElementTree.SubElement(root, "entry"), entry)
    return bytes(ElementTree.tostring(root, encoding="utf-8", xml_declaration=True))


def _entry(element: ElementTree.Element, entry: Entry) -> None:
    _text(element, "id", entry.id)
    _text(element, "title", entry.title if _clean(entry.title) else _UNTITLED)
    _text(element, "updated", _written(entry.published.moment))
    if entry.published.known:
        _text(element, "published", _written(entry.published.moment))
    if entry.author:
        _person(element, entry.author)
    _link(element, "alternate", entry.address, type="text/html")
    if entry.source:
        _link(element, "via", entry.source)
    if entry.category and (term := _clean(entry.category)):
        ElementTree.SubElement(element, "category", term=term)
    _text(element, "summary", entry.summary)


def _text(parent: ElementTree.Element, name: str, text: str | None) -> None:
    if text and (shown := _clean(text)):
        ElementTree.SubElement(parent, name).text = shown


def _person(parent: ElementTree.Element, name: str) -> None:
    if _clean(name):
        _text(ElementTree.SubElement(parent, "author"), "name", name)


def _link(parent: ElementTree.Element, rel: str, href: str, **more: str) -> None:
    ElementTree.SubElement(parent, "link", {"rel": rel, "href": _clean(href), **more})


def _written(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _clean(text: str) -> str:
    return _NO_XML.sub("", str(plain(text))).strip()
