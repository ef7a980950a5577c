"""Markdown → a source: title, headings and text as body, everything that only lays it out as markup.

Front matter, metadata in a quote block at the head (``> * 原文作者：…``) and in reference links (``[#]: author: "…"``)
become fields. The text of code stays, for articles about programs speak of it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterator, Sequence
from itertools import chain
from typing import NamedTuple

from corpus_db.decode import decode
from corpus_db.records import Item, Role, Source
from corpus_db.sources.base import Tiling, opened, source
from corpus_db.sources.fields import field_name, is_known, put
from corpus_db.sources.frontmatter import read_block
from corpus_db.sources.inline import label_key, marks
from corpus_db.sources.sections import sections
from corpus_db.sources.stream import Stream, whole

_FENCE = re.compile(r" {0,3}(`{3,}|~{3,})[^`\n]*")
_ATX = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
_H1 = re.compile(r"^#[ \t]", re.MULTILINE)
_SETEXT = re.compile(r"[ \t]{0,3}(?:(=+)|-{2,})[ \t]*(?:\r?\n|\Z)")
_RULE = re.compile(r" {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$")
_QUOTE = re.compile(r"[ \t]{0,9}>[ \t]?")
_CALLOUT = re.compile(r"\[![\w-]{1,20}\][+-]?[ \t]?")  # > [!note] as GitHub and Obsidian write it
_LIST = re.compile(r"[ \t]{0,99}[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_TABLE_RULE = re.compile(r"[ \t]{0,99}\|?[ \t]{0,99}:?-{2,}[-:| \t]*$")
_DEFINITION = re.compile(r"^ {0,3}\[([^\]\n]{1,200})\]:[ \t]*\S", re.MULTILINE)
_HASH_FIELD = re.compile(  # [#]: author: "…"   [#]: author: (…)   [#]: <> (author: …)
    r"""\[\#\]:[ ]*(?:<>[ ]*\()?[ ]*(?P<key>[A-Za-z_]{1,30})[ ]*:[ ]*[("]?(?P<value>[^\s"()][^\n"]{0,500}?)[")]{0,2}[ ]{0,9}$""",
    re.VERBOSE,
)
_QUOTE_FIELD = re.compile(
    r"[ \t]{0,9}>[ \t]*(?:[-*+][ \t]+)?(?P<key>[^\s:：>\[\]#*][^:：\n\[\]]{0,19})[:：][ \t]*(?P<value>\S[^\n]*)"
)
_PLAIN_FIELD = re.compile(r"(?P<key>[^\s:：>\[\]#*|][^:：\n\[\]|]{0,19})[:：][ \t]*(?P<value>\S[^\n]{0,300})")
_NO_VALUE = re.compile(r"[。！？!?；;]\s*$")  # a sentence
_TELLING = frozenset(
    ("url", "published", "created", "keywords", "updated")
)  # fields that no line of a talk begins with
_VIA = re.compile(r"(?P<key>via)[:：][ \t]*(?P<value>https?://\S+)[ \t]*$")
_ADDRESS = re.compile(r"(?<=\S) https?://\S+$")
_MAX_HEADING_CHARS = 100  # a longer line above a rule is a paragraph
_NO_SETEXT = re.compile(r"[ \t]*(?:[>|]|[-*+][ \t])|.*[。|]$")
_LINKS_TO = frozenset({"url", "original_url"})  # fields whose value is where a link goes, not what it says


def split(stream: Stream) -> Iterator[Item]:
    """The articles of a daily digest, numbered by their headings (0: what stands above the first), or the file as it is."""
    data = whole(stream)
    if data.count(b"## ") > 2:
        found = decode(data)
        if parts := sections(found.text):
            head = (0, parts[0][0])
            for number, (start, end) in enumerate([head, *parts]):
                if found.text[start:end].strip("\ufeff \t\r\n"):
                    yield stream.item("markdown", number, found.text[start:end], found.encoding)
            return
    yield stream.item("markdown", None, data, None)


def read(item: Item) -> Source:
    """The source of a Markdown file; raises `InputError` for an empty or binary one."""
    text = opened(item)
    page = _Page(text.raw)
    notes = read_block(text.raw, page.tiling, page.fields)
    if text.raw.startswith("\ufeff"):
        page.tiling.add(1, "markup", "byte order mark")
    page.read()
    return source(item, text, page.tiling, page.fields, *notes)


class _Line(NamedTuple):
    """A line: its text without the line end, where it starts and ends, and where the next one starts."""

    text: str
    start: int
    end: int
    next: int


class _Page:
    """A Markdown text as it is read line by line; each step takes the line, or leaves it to the next step."""

    def __init__(self, raw: str) -> None:
        self.raw = raw
        self.tiling = Tiling()
        self.fields: dict[str, str] = {}
        self.fence: str | None = None  # what closes the block of code we are in
        self.has_h1 = bool(_H1.search(raw))
        self.last_comment = raw.rfind("-->")
        self.labels = frozenset(map(label_key, _DEFINITION.findall(raw))) if "]:" in raw else frozenset()
        self.in_head = True  # nothing but titles and fields so far: a quote block may hold metadata

    def read(self) -> None:
        """Go through the lines from where the tiling stands."""
        while self.tiling.at < len(self.raw):
            line = self._line(self.tiling.at)
            steps = STEPS_BY_FIRST.get(line.text.lstrip()[:1], OTHER_STEPS)
            next(step for step in steps if step(self, line))

    def _line(self, start: int) -> _Line:
        stop = self.raw.find("\n", start) + 1 or len(self.raw)
        text = self.raw[start:stop].rstrip("\r\n")
        return _Line(text, start, start + len(text), stop)

    def code(self, line: _Line) -> bool:
        if self.fence is None:
            return False
        mark = line.text.strip()
        if mark.startswith(self.fence) and not mark.strip(self.fence[0]):
            self.fence = None
            self.tiling.add(line.next, "markup", "code fence")
        else:
            self.tiling.add(line.next, "body", "code")
        return True

    def blank(self, line: _Line) -> bool:
        if not line.text.strip():
            self.tiling.add(line.next, "body", "text")
            return True
        return False

    def code_fence(self, line: _Line) -> bool:
        fence = _FENCE.fullmatch(line.text)
        if fence:
            self.fence, self.in_head = fence[1], False
            self.tiling.add(line.next, "markup", "code fence")
        return bool(fence)

    def comment(self, line: _Line) -> bool:
        if self.last_comment < line.start or not line.text.lstrip().startswith("<!--"):
            return False
        self.tiling.add(self.raw.find("-->", line.start) + 3, "markup", "comment")
        return True

    def field(self, line: _Line) -> bool:
        match = _HASH_FIELD.match(line.text) or _VIA.match(line.text)
        if match:
            self._field(match, line)
        return bool(match)

    def quote_fields(self, line: _Line) -> bool:
        """A block of quoted lines at the head, each ``key：value``, at least half of the keys known."""
        if not self.in_head or not _QUOTE.match(line.text):
            return False
        lines = [line]
        while _QUOTE.match(self.raw, lines[-1].next):
            lines.append(self._line(lines[-1].next))
        matches = [_QUOTE_FIELD.match(one.text) for one in lines]
        pairs = [(one, match) for one, match in zip(lines, matches, strict=True) if match]
        if len(pairs) < len(lines) or 2 * sum(is_known(match["key"]) for _, match in pairs) < len(lines):
            self.in_head = False
            return False
        for one, match in pairs:
            self._field(match, one)
        return True

    def plain_fields(self, line: _Line) -> bool:
        """A block of lines below the title, each ``key: value``, at least half of the keys known, as Notion writes it."""
        if not self.in_head or not _PLAIN_FIELD.fullmatch(line.text):
            return False
        lines = [line]
        while lines[-1].next < len(self.raw) and (following := self._line(lines[-1].next)).text.strip():
            lines.append(following)
        matches = [_PLAIN_FIELD.fullmatch(one.text.rstrip()) for one in lines]
        pairs = [(one, match) for one, match in zip(lines, matches, strict=True) if match]
        known = [match["key"] for _, match in pairs if is_known(match["key"])]
        if len(lines) < 2 or len(pairs) < len(lines) or 2 * len(known) < len(lines):
            return False
        if _TELLING.isdisjoint(map(field_name, known)) or any(_NO_VALUE.search(one.text) for one in lines):
            return False
        for one, match in pairs:
            self._field(match, one)
        return True

    def definition(self, line: _Line) -> bool:
        if _DEFINITION.match(line.text):
            self.tiling.add(line.next, "markup", "link definition")
            return True
        return False

    def atx(self, line: _Line) -> bool:
        heading = _ATX.match(line.text)
        if heading:
            self.tiling.add(line.start + heading.end(), "markup", "heading mark")
            self._heading(line, line.start + max(heading.end(), _closing(line.text)), level=len(heading[1]))
        return bool(heading)

    def setext(self, line: _Line) -> bool:
        underline = _SETEXT.match(self.raw, line.next)
        if not underline or len(line.text) > _MAX_HEADING_CHARS or _NO_SETEXT.match(line.text):
            return False
        self._heading(line, line.end, level=1 if underline[1] else 2)
        self.tiling.add(underline.end(), "markup", "heading mark")
        return True

    def rule(self, line: _Line) -> bool:
        kind = "rule" if _RULE.match(line.text) else "table rule" if _TABLE_RULE.match(line.text) else None
        if kind:
            self.tiling.add(line.next, "markup", kind)
        return bool(kind)

    def text(self, line: _Line) -> bool:
        at = line.start
        while (mark := _QUOTE.match(self.raw, at, line.end)) and mark.end() > at:
            at = mark.end()
            self.tiling.add(at, "markup", "quote mark")
        if at > line.start and (mark := _CALLOUT.match(self.raw, at, line.end)):
            self.tiling.add(mark.end(), "markup", "quote mark")
        elif mark := _LIST.match(self.raw, at, line.end):
            self.tiling.add(mark.end(), "markup", "list mark")
        pieces = self._inline(line.end, "body", "text")
        self.in_head = self.in_head and not pieces.strip()
        self.tiling.add(line.next, "body", "text")
        return True

    def _heading(self, line: _Line, end: int, *, level: int) -> None:
        is_first = self.in_head and not self.has_h1
        text, _ = _plain(self.raw, self.tiling.at, end, self.labels)
        if (level == 1 or is_first) and self.fields.get("title", text) == text:
            put(self.fields, "title", self._inline(end, "title", "title"))
        else:
            self.in_head = False
            self._inline(end, "body", "heading")
            self.tiling.add(line.end, "markup", "heading mark")
            self.tiling.add(line.next, "body", "text")
        self.tiling.add(line.next, "markup", "heading mark")

    def _inline(self, end: int, role: Role, reason: str) -> str:
        """Add the pieces from where the tiling stands to `end`; returns the text they stand for."""
        parts = []
        for mark in marks(self.raw, self.tiling.at, end, self.labels):
            parts += [self.raw[self.tiling.at : mark.start], mark.text or ""]
            self.tiling.add(mark.start, role, reason)
            if mark.text is None or mark.reason == "line break":
                self.tiling.add(mark.end, "markup", mark.reason, mark.text if role == "body" else None)
            else:
                self.tiling.add(mark.end, role, mark.reason, mark.text)
        parts.append(self.raw[self.tiling.at : end])
        self.tiling.add(end, role, reason)
        return "".join(parts) if role == "body" else " ".join("".join(parts).split("\n"))

    def _field(self, match: re.Match[str], line: _Line) -> None:
        start, end = (line.start + offset for offset in match.span("value"))
        value, href = _plain(self.raw, start, end, self.labels)
        is_link = field_name(match["key"]) in _LINKS_TO
        value = href or value if is_link else _ADDRESS.sub("", value)
        name = put(self.fields, match["key"], value)
        self.tiling.add(start, "markup", "field name")
        text = None if value == self.raw[start:end] else value
        self.tiling.add(end, "title" if name == "title" else "field", name, text)
        self.tiling.add(line.next, "markup", "field name")


def _closing(text: str) -> int:
    """Where the marks that close a heading begin, with the space before them; the end of the text if there are none.

    >>> _closing("## 标题 ##"), _closing("## C#")
    (5, 5)
    """
    end = len(text.rstrip(" \t"))
    bare = text[:end].rstrip("#")
    return len(bare.rstrip(" \t")) if bare[-1:] in (" ", "\t", "") else end


def _plain(raw: str, start: int, end: int, labels: Container[str]) -> tuple[str, str | None]:
    """The text of a stretch of Markdown, and where its first link goes."""
    parts, at, href = [], start, None
    for mark in marks(raw, start, end, labels):
        parts += [raw[at : mark.start], mark.text or ""]
        at, href = mark.end, href or mark.href
    return "".join((*parts, raw[at:end])), href


# In the order in which they are asked, each with the characters that its lines begin with ('': a blank one); None: any.
STEPS: tuple[tuple[Callable[[_Page, _Line], bool], Sequence[str] | None], ...] = (
    (_Page.code, None),
    (_Page.blank, [""]),
    (_Page.code_fence, "`~"),
    (_Page.comment, "<"),
    (_Page.field, "[v"),
    (_Page.quote_fields, ">"),
    (_Page.definition, "["),
    (_Page.atx, "#"),
    (_Page.setext, None),
    (_Page.rule, "*-_|:"),
    (_Page.plain_fields, None),
    (_Page.text, None),
)
OTHER_STEPS = tuple(step for step, firsts in STEPS if firsts is None)
STEPS_BY_FIRST = {
    first: tuple(step for step, firsts in STEPS if firsts is None or first in [*firsts])
    for first in chain.from_iterable(firsts or () for _, firsts in STEPS)
}
