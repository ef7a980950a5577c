"""Atom as RFC 4287 has it, of whatever texts."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.serve import atom

ATOM = "{http://www.w3.org/2005/Atom}"
RFC_3339 = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d")


@pytest.mark.parametrize(
    ("published", "moment", "known"),
    [
        ("2013", "2013-01-01T00:00:00+08:00", False),
        ("2013-12", "2013-12-01T00:00:00+08:00", False),
        ("2013-12-04", "2013-12-04T00:00:00+08:00", True),
        ("2013-12-04T23:24", "2013-12-04T23:24:00+08:00", True),
        ("2013-12-04T23:24:05", "2013-12-04T23:24:05+08:00", True),
        ("2013-12-04T23:24:05Z", "2013-12-04T23:24:05+00:00", True),
        ("2013-12-04T23:24:05.5-03:30", "2013-12-04T23:24:05-03:30", True),
    ],
)
def test_times_are_as_precise_as_the_source(published: str, moment: str, known: bool) -> None:
    assert atom.time(published) == atom.Time(datetime.fromisoformat(moment), known)


@pytest.mark.parametrize(
    "published", ["", "0000", "2013-02-30", "2013-12-04T25:00", "昨天", "2013-12-04T23:24+99:99", "<b>"]
)
def test_what_is_no_time_is_none(published: str) -> None:
    assert atom.time(published) is None


def feed(**texts: Any) -> atom.Feed:
    return atom.Feed(
        **{"id": "urn:f", "title": "T", "address": "http://a/", "self": "http://a/f", "author": "T", **texts}
    )


def entry(**texts: Any) -> atom.Entry:
    time = atom.time("2013-12-04")
    return atom.Entry(**{"id": "urn:e", "title": "E", "published": time, "address": "http://a/e", **texts})


def check(xml: bytes) -> ElementTree.Element:
    """The feed, if RFC 4287, section 4, allows it."""
    root = ElementTree.fromstring(xml)
    assert root.tag == f"{ATOM}feed"
    for element in (root, *root.findall(f"{ATOM}entry")):
        tags = [child.tag.removeprefix(ATOM) for child in element]
        for one in ("id", "title", "updated"):
            assert tags.count(one) == 1
        assert all(tags.count(one) <= 1 for one in ("published", "summary", "rights", "subtitle", "generator"))
        assert all(
            RFC_3339.fullmatch(child.text or "")
            for child in element
            if child.tag[len(ATOM) :] in ("updated", "published")
        )
        links = [(link.get("rel"), link.get("type")) for link in element.findall(f"{ATOM}link")]
        assert ("alternate", "text/html") in links
        assert len(set(links)) == len(links)
        assert all(author.findtext(f"{ATOM}name") for author in element.findall(f"{ATOM}author"))
    assert root.find(f"{ATOM}author") is not None
    assert [link.get("rel") for link in root.findall(f"{ATOM}link")].count("self") == 1
    ids = [entry.findtext(f"{ATOM}id") for entry in root.findall(f"{ATOM}entry")]
    assert len(set(ids)) == len(ids)
    return root


def test_the_feed_was_updated_with_its_newest_entry() -> None:
    late = entry(id="urn:late", published=atom.time("2016-01-25T18:03:21"))
    root = check(atom.render(feed(), [entry(), late]))
    assert root.findtext(f"{ATOM}updated") == "2016-01-25T18:03:21+08:00"


def test_a_day_that_the_source_does_not_name_is_not_told() -> None:
    root = check(atom.render(feed(), [entry(published=atom.time("2013"))]))
    found = root.find(f"{ATOM}entry")
    assert found is not None
    assert found.findtext(f"{ATOM}updated") == "2013-01-01T00:00:00+08:00"
    assert found.find(f"{ATOM}published") is None


texts = st.text(st.characters(), max_size=20)  # lone surrogates and controls too


@given(texts, texts, texts, texts)
def test_every_text_gives_a_valid_feed(title: str, author: str, summary: str, category: str) -> None:
    hostile = entry(title=title, author=author, summary=summary, category=category)
    root = check(atom.render(feed(title=title, author=author, subtitle=summary, rights=category), [hostile]))
    assert {element.tag.removeprefix(ATOM) for element in root.iter()} <= {
        *("feed", "id", "title", "subtitle", "updated", "author", "name", "link", "rights", "generator"),
        *("entry", "published", "category", "summary"),
    }
    assert not re.search("[\u202a-\u202e\u2066-\u2069]", "".join(root.itertext()))
