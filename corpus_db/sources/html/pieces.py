"""An article found in a page → the pieces that tile the page.

The content is what the body pieces say, in order. A line's texts are body pieces; white space is as a browser shows it
(a run is one space, none at the ends of a line, none for a line break between two Chinese characters, all of it inside
<pre>); a character reference is a piece of its own with what it stands for. The block tag that ends a line is a body
piece too, with the text ``"\\n"``: it is what parts two paragraphs. All else is markup, a title, a field, or chrome
with the reason.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html import unescape
from typing import NamedTuple

from corpus_db.records import Item, Piece, Role
from corpus_db.sources.base import Tiling
from corpus_db.sources.html import held
from corpus_db.sources.html.article import PageArticle
from corpus_db.sources.html.tokens import Token
from corpus_db.sources.html.tree import BLOCK, Page

_PART = re.compile(r"[ \t\n\r\f]+|\s+|&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]\w{1,31});?|[^\s&]+|&")
# Between two of these a line break in the page's source is no space. Source: CSS Text Module Level 3, section 4.1.3.
_WIDE = re.compile("[\u2e80-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\U00020000-\U000323af“”‘’…—]")


class _Part(NamedTuple):
    """A stretch of one text token: white space, a character reference, or characters that stand for themselves."""

    token: int
    start: int
    end: int
    text: str  # what it stands for

    @property
    def is_space(self) -> bool:
        return self.text.isspace()


def tiling(page: Page, found: PageArticle, item: Item) -> Tiling:
    """The pieces of the page, which is that of `item`; neighbours of one kind are one piece."""
    tiles = Tiling()
    for piece in _merged(_pieces(page, found, item)):
        tiles.add(piece.end, piece.role, piece.reason, piece.text)
    return tiles


def _pieces(page: Page, found: PageArticle, item: Item) -> Iterator[Piece]:
    bodies: dict[int, list[Piece]] = {}
    if found.held:
        bodies[found.held.token] = held.pieces(page, found.held, item)
    for index in found.body:
        bodies.update(_line_pieces(page, index))
    ends = {page.lines[index].texts[-1] for index in found.body[:-1]}
    stood = _Roles(page, found)
    ended = False  # a line of the body has ended, its line feed is still to come
    for index, token in enumerate(page.tokens):
        if index in bodies:
            yield from bodies[index]
            ended = index in ends
        elif ended and token.kind in ("open", "close") and token.name in BLOCK:
            yield Piece(token.start, token.end, "body", "tag", "\n")
            ended = False
        else:
            yield Piece(token.start, token.end, *stood.of(index, token))


class _Roles:
    """Role and reason of the tokens that are not of the body."""

    def __init__(self, page: Page, found: PageArticle) -> None:
        self._page = page
        self._fields = found.fields.tokens
        self._lines: dict[int, tuple[Role, str]] = {}
        for index, reason in found.reasons.items():
            self._set(index, "chrome", reason)
        for index, name in found.fields.lines.items():
            self._set(index, "field", name)
        for index in found.title_lines:
            self._set(index, "title", "title")

    def _set(self, line: int, role: Role, reason: str) -> None:
        for token in self._page.lines[line].texts:
            self._lines[token] = role, reason

    def of(self, index: int, token: Token) -> tuple[Role, str]:
        """What a token is and why it is not of the body."""
        if index in self._fields:
            name = self._fields[index]
            return ("title" if name == "title" else "field"), name
        if token.kind in ("open", "close"):
            return "markup", "tag"
        if token.kind == "comment":
            return "markup", "comment"
        if token.kind == "raw":
            return ("chrome", "page title") if token.name == "title" else ("markup", token.name)
        if self._page.raw[token.start : token.end].isspace():
            return "markup", "tag"
        if index in self._lines:
            return self._lines[index]
        owner = self._page.elements[self._page.owners[index]]
        return "chrome", "not shown" if owner.unseen else "outside the main text"


def _line_pieces(page: Page, line: int) -> dict[int, list[Piece]]:
    """The pieces of each text token of a line of the body."""
    texts = page.lines[line].texts
    found: dict[int, list[Piece]] = {token: [] for token in texts}
    verbatim = page.elements[page.lines[line].element].verbatim
    parts = [part for token in texts for part in _parts(page, token)]
    before = ""  # the last character of the line so far
    for part, after in zip(parts, _firsts_after(parts), strict=True):
        raw = page.raw[part.start : part.end]
        shown = part.text
        if part.is_space and not (before and after):
            shown = ""
        elif raw.isspace() and raw.isascii() and not verbatim:
            joined = "\n" in raw and _WIDE.match(before) and _WIDE.match(after)
            shown = "" if joined or before.isspace() else " "
        if shown:
            found[part.token].append(Piece(part.start, part.end, "body", "text", None if shown == raw else shown))
            before = shown[-1]
        else:
            found[part.token].append(Piece(part.start, part.end, "space", "white space"))
    return found


def _firsts_after(parts: list[_Part]) -> list[str]:
    """For each part the first character after it that is no white space, '' if none follows."""
    found, first = [], ""
    for part in reversed(parts):
        found.append(first)
        if not part.is_space:
            first = part.text[0]
    return found[::-1]


def _parts(page: Page, token: int) -> Iterator[_Part]:
    start, end = page.tokens[token].start, page.tokens[token].end
    for match in _PART.finditer(page.raw, start, end):
        text = unescape(match[0]) if match[0][0] == "&" else match[0]
        yield _Part(token, match.start(), match.end(), text or match[0])


def _merged(stream: Iterable[Piece]) -> Iterator[Piece]:
    held: Piece | None = None
    for piece in stream:
        if held and piece.text is None and held.text is None and held[2:4] == piece[2:4]:
            held = held._replace(end=piece.end)
            continue
        if held:
            yield held
        held = piece
    if held:
        yield held
