"""XML → sources: one item, a list of them, RSS and Atom; elements are fields, the element that holds the text is body.

No XML parser is at work: feeds and exports in the wild are full of bare ``&`` and unclosed tags, several roots, and
encodings that expat does not know (GBK); and a scanner that never resolves an entity of a document type can not be
made to expand one. Text inside an element may be HTML, in CDATA or escaped: its tags are markup as well.
"""

from __future__ import annotations

import itertools
import re
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Role, Source
from corpus_db.sources.base import MAX_PIECES, Tiling, opened, too_much_markup
from corpus_db.sources.fields import field_name, is_known
from corpus_db.sources.markup import is_break, marks, place
from corpus_db.sources.records import Keys, record
from corpus_db.sources.stream import MAX_NESTING, Stream, Window

# Elements that hold one article. Sources: RSS 2.0, RFC 4287 (Atom), TREC and Sogou corpora, NITF, MediaWiki, Solr.
_RECORDS = frozenset({"item", "entry", "doc", "document", "article", "news", "record", "page", "post", "row", "story"})
# Attributes that are fields. Sources: RFC 4287 (Atom), 4.2.
_ATTRIBUTES = {("link", "href"): "url", ("category", "term"): "section"}
_OTHER_LINK = re.compile(r"""\brel\s{0,9}=\s{0,9}["']?(?!alternate)[a-z]""", re.IGNORECASE)  # edit, enclosure: no page
_OF_A_PERSON = frozenset(("uri", "email"))  # beside the name of an author. Source: RFC 4287, 3.2.
_SINGLE = frozenset(("id", "url", "title", "published"))  # fields of which the first value counts
_TOKEN = re.compile(
    r"<(?:(?P<comment>!--)|(?P<cdata>!\[CDATA\[)|(?P<name>[/?!]?[^\s<>/!?]+)(?P<rest>[^<>]*)(?P<end>>)?|\Z)"
)
_TAG = re.compile(r"<(/?)([^\s<>/]+)")
_ATTRIBUTE = re.compile(r"""([\w:.-]{1,64})\s{0,9}=\s{0,9}(?:"([^"<>]*)"|'([^'<>]*)')""")
_LEAST_BODY_CHARS = 30  # of an element whose name says nothing, to be taken for the body


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The records of a file, or the file as one; raises `InputError` for a record that has no end."""
    window = Window(stream.file)
    found = _records(window)
    first, second = next(found, None), next(found, None)
    if first is None:
        yield stream.item("xml", None, window.text, window.encoding)
        return
    is_alone = second is None and not first[0]
    yield stream.item("xml", None if is_alone else 1, first[1], window.encoding)
    if second:
        yield stream.item("xml", 2, second[1], window.encoding)
    for number, (_, text) in enumerate(found, 3):
        yield stream.item("xml", number, text, window.encoding)


class _Tag(NamedTuple):
    """A tag: offsets from `Window.at`, name in lower case without prefix ('/item' for an end), and attributes."""

    start: int
    end: int
    name: str
    attributes: str

    @property
    def opens(self) -> bool:
        return self.name[0] not in "/?!" and not self.attributes.endswith("/")


def _records(window: Window) -> Iterator[tuple[bool, str]]:
    """(whether it stands inside another element, text) of each record."""
    offset, is_inside = 0, False
    while tag := _next_tag(window, offset):
        offset = tag.end
        if not tag.opens:
            continue
        if tag.name not in _RECORDS or _holds_records(window, tag):
            is_inside = True
            continue
        end = _record_end(window, tag)
        start, window.at = window.at + tag.start, window.at + end
        yield is_inside, window.text[start : window.at]
        offset = 0


def _holds_records(window: Window, tag: _Tag) -> bool:
    child = _next_tag(window, tag.end)
    return child is not None and child.opens and child.name in _RECORDS


def _record_end(window: Window, tag: _Tag) -> int:
    depth, offset = 1, tag.end
    while depth:
        inner = _next_tag(window, offset)
        if inner is None:
            raise InputError(
                "find", "broken XML", f"<{tag.name}> is never closed: the file is cut, or a tag is missing"
            )
        offset = inner.end
        if inner.name.lstrip("/") == tag.name:
            depth += 1 if inner.opens else -1 if inner.name[0] == "/" else 0
    return offset


def _next_tag(window: Window, offset: int) -> _Tag | None:
    """The next tag from `offset` on, counted from `window.at`; comments and CDATA are passed over."""
    while True:
        match = _TOKEN.search(window.text, window.at + offset)
        if match and match["end"]:
            name = match["name"].lower()
            prefix = name[0] if name[0] in "/?!" else ""
            plain = prefix + name.rsplit(":", 1)[-1].lstrip("/?!")
            return _Tag(match.start() - window.at, match.end() - window.at, plain, match["rest"])
        end = _passed(window.text, match) if match else None
        if end is not None:
            offset = end - window.at
            continue
        offset = (match.start() if match else len(window.text)) - window.at
        if not window.more():  # a tag may go on behind what is held
            return None


def _passed(text: str, match: re.Match[str]) -> int | None:
    """Where a comment, a CDATA section or a '<' that begins no tag ends; None: not in what is held."""
    if match["comment"] or match["cdata"]:
        closer = "-->" if match["comment"] else "]]>"
        end = text.find(closer, match.end())
        return end + 3 if end >= 0 else None
    return match.end() if match.end() < len(text) else None


class _Run(NamedTuple):
    """A stretch of a record: a tag, or text, and the key of the element that it belongs to."""

    start: int
    end: int
    key: str
    is_tag: bool


def read(item: Item) -> Source:
    """The source of one record; raises `InputError` if it is nested too deeply, or holds neither text nor title."""
    text = opened(item)
    runs = list(itertools.islice(_Walk(text.raw).runs(), MAX_PIECES + 1))
    if len(runs) > MAX_PIECES:
        raise too_much_markup()
    body = _body_key(runs)
    tiling, keys, values = Tiling(), Keys(), dict[str, list[str]]()
    for run in runs:
        if run.is_tag:
            _place_tag(text.raw, run.end, tiling, in_body=run.key == body)
            continue
        name = field_name(run.key)
        role: Role = "body" if run.key == body else "title" if name == "title" else "field"
        value = _place_text(text.raw, run.end, tiling, role, "text" if role == "body" else name)
        if role != "body" and value.strip():
            values.setdefault(run.key, []).append(value.strip())
    for key, parts in values.items():
        keys.place(key, parts[0] if field_name(key) in _SINGLE else ", ".join(parts))
    return record(item, text, tiling, keys)


def _body_key(runs: list[_Run]) -> str:
    """The element that holds the text: by its name, or else the description, or else the longest."""
    chars = Counter[str]()
    for run in runs:
        if not run.is_tag:
            chars[run.key] += run.end - run.start
    for name in ("text", "summary"):
        if named := [key for key in chars if field_name(key) == name]:
            return max(named, key=lambda key: chars[key])
    unnamed = [key for key in chars if not is_known(key) and chars[key] >= _LEAST_BODY_CHARS]
    return max(unnamed, key=lambda key: chars[key], default="text")


class _Walk:
    """One pass over a record: the elements that are open, and the runs between their tags."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.open: list[str] = []
        self.at = 0

    def runs(self) -> Iterator[_Run]:
        """The runs of the record; together they tile it."""
        while token := _TOKEN.search(self.raw, self.at):
            yield from self._text(token.start())
            if token["cdata"]:
                yield self._tag(token.end())
                end = self.raw.find("]]>", token.end())
                yield from self._text(end if end >= 0 else len(self.raw))
                yield self._tag(self.at + 3 if end >= 0 else self.at)
            elif token["comment"]:
                end = self.raw.find("-->", token.end())
                yield self._tag(end + 3 if end >= 0 else len(self.raw))
            elif token["end"]:
                yield from self._element(token)
            else:
                yield from self._text(token.end())
        yield from self._text(len(self.raw))

    def _key(self) -> str:
        """The outermost element inside the record whose name is known, or else the innermost."""
        inner = self.open[1:]
        if inner and inner[-1] in _OF_A_PERSON:
            return inner[-1]
        return next(filter(is_known, inner), inner[-1] if inner else "text")

    def _tag(self, end: int) -> _Run:
        start, self.at = self.at, end
        return _Run(start, end, self._key(), True)

    def _text(self, end: int) -> Iterator[_Run]:
        if end > self.at:
            start, self.at = self.at, end
            yield _Run(start, end, self._key(), not (self.open and self.raw[start:end].strip()))

    def _element(self, token: re.Match[str]) -> Iterator[_Run]:
        name = token["name"]
        if name[0] in "?!":
            yield self._tag(token.end())
        elif name[0] == "/":
            yield self._tag(token.end())
            if name[1:] in self.open:  # a stray end tag closes nothing, a late one what is still open inside
                del self.open[len(self.open) - 1 - self.open[::-1].index(name[1:]) :]
        else:
            yield from self._attributes(token)
            yield self._tag(token.end())
            if not token["rest"].endswith("/"):
                self.open.append(name)
        if len(self.open) > MAX_NESTING:
            raise InputError("read", "nested too deeply", f"more than {MAX_NESTING} levels: flatten it")

    def _attributes(self, token: re.Match[str]) -> Iterator[_Run]:
        if _OTHER_LINK.search(token["rest"]):
            return
        for match in _ATTRIBUTE.finditer(self.raw, *token.span("rest")):
            is_own = not self.open and is_known(match[1])
            key = match[1] if is_own else _ATTRIBUTES.get((token["name"], match[1]))
            group = 2 if match[2] is not None else 3
            if key and match[group].strip():
                yield self._tag(match.start(group))
                yield _Run(self.at, match.end(group), key, False)
                self.at = match.end(group)


def _place_tag(raw: str, end: int, tiling: Tiling, *, in_body: bool) -> None:
    tag = _TAG.match(raw, tiling.at, end)
    if in_body and tag and is_break(tag[2], tag[1]):
        tiling.add(end, "markup", "line break", "\n")
    else:
        tiling.add(end, "markup", "tag")


def _place_text(raw: str, end: int, tiling: Tiling, role: Role, reason: str) -> str:
    """Add the pieces of a text up to `end`, HTML inside it taken apart; returns what they stand for."""
    parts: list[str] = []
    for mark in marks(raw, tiling.at, end, escaped=True):
        parts += [raw[tiling.at : mark.start], mark.text or ""]
        tiling.add(mark.start, role, reason)
        place(mark, mark.end, tiling, role)
    parts.append(raw[tiling.at : end])
    tiling.add(end, role, reason)
    return "".join(parts)
