"""Tokens → elements and lines: who stands inside whom, and which texts a reader sees as one line.

Elements are a flat list in document order, each with the index of its parent, so that depth costs nothing: sums over
subtrees are loops over the list, never recursion. The tree is what a browser would build for ordinary pages; for
broken ones it is near enough, in linear time.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from html import unescape

from corpus_db.errors import InputError
from corpus_db.sources.html.tokens import Token, attributes, tokens

_MAX_TOKENS = 400_000  # a page of news has some thousands; a quarter of a gigabyte of memory is reached here

VOID = frozenset(
    (
        "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
        "wbr",
    )
)  # fmt: skip
BLOCK = frozenset(
    (
        "address", "article", "aside", "blockquote", "body", "br", "caption", "center", "dd", "details",
        "dialog", "dir", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2",
        "h3", "h4", "h5", "h6", "head", "header", "hr", "html", "li", "main", "menu", "nav", "noscript", "ol",
        "option", "p", "pre", "section", "select", "summary", "table", "tbody", "td", "template", "textarea",
        "tfoot", "th", "thead", "tr", "ul", "video",
    )
)  # fmt: skip
HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
# Elements whose text no reader of the page sees as text.
UNSEEN = frozenset(
    (
        "audio", "button", "canvas", "datalist", "head", "math", "noscript", "object", "option", "select",
        "rp", "rt", "svg", "template", "video",
    )
)  # fmt: skip
_UNTIL_A_SCRIPT = frozenset(("noscript", "template"))  # of them, what is seen where no script runs, or after one has
# What an opening tag closes, if it is open and no barrier stands between. Source: HTML standard, "Optional tags".
_IMPLIED_END = {
    **dict.fromkeys(
        BLOCK - {"br", "html", "body", "head", "td", "th", "tr", "tbody", "thead", "tfoot"}, frozenset(("p",))
    ),
    "a": frozenset(("a",)),
    "li": frozenset(("li", "p")),
    "dt": frozenset(("dt", "dd", "p")),
    "dd": frozenset(("dt", "dd", "p")),
    "option": frozenset(("option",)),
    "td": frozenset(("td", "th", "p")),
    "th": frozenset(("td", "th", "p")),
    "tr": frozenset(("tr", "td", "th", "p")),
    "tbody": frozenset(("tbody", "thead", "tr", "td", "th", "p")),
    "body": frozenset(("head",)),
}
_TABLE_PARTS = frozenset(("tr", "td", "th", "tbody", "thead", "tfoot", "caption"))
_LIST_BARRIER = frozenset(("ul", "ol", "dl", "table", "td", "th"))
_TABLE_BARRIER = frozenset(("table",))
_CELL_BARRIER = frozenset(("table", "td", "th"))
_MAX_LOOK = 64  # open elements that are looked through for the one that a tag closes

_HIDDEN = re.compile(r"display\s*:\s*none", re.IGNORECASE)
_NO_SIZE = re.compile(r"font-size\s*:\s*0(?:px|em)?\s*(?:;|$)", re.IGNORECASE)  # of a block: its gaps, not its text
_SPACE = re.compile(r"\s+")


@dataclass(slots=True)
class Element:
    """An element of a page. `parent` is its index in `Page.elements`; the root, element 0, is its own parent."""

    name: str
    parent: int
    token: int  # index in `Page.tokens` of its opening tag
    attributes: dict[str, str]
    unseen: bool  # it or one around it is never shown
    block: int  # index of the innermost block element around it, itself included
    link: bool  # it is a link or inside one
    verbatim: bool  # it is <pre> or inside one: white space stands as it is


@dataclass(slots=True)
class Line:
    """Texts that a reader sees as one line or paragraph: those between two block boundaries."""

    element: int  # the innermost block element around it
    texts: list[int] = field(default_factory=list)  # indices in `Page.tokens`
    text: str = ""  # characters resolved, white space collapsed
    link_chars: int = 0  # how many of its characters stand inside links


@dataclass(slots=True)
class Page:
    """A page, taken apart once."""

    raw: str
    tokens: list[Token]
    elements: list[Element]
    owners: dict[int, int]  # text or raw token → element that holds it
    lines: list[Line]
    raws: list[int] = field(default_factory=list)  # tokens of kind 'raw', in order
    hides: bool = False  # a style hides blocks of it

    def text(self, token: int) -> str:
        """What a text token stands for, white space collapsed."""
        found = self.tokens[token]
        return collapsed(self.raw[found.start : found.end])

    def around(self, element: int, count: int) -> list[int]:
        """The element and those around it, inside out, `count` at most."""
        path = [element]
        while element and len(path) < count:
            element = self.elements[element].parent
            path.append(element)
        return path


def collapsed(raw: str) -> str:
    """Character references resolved, each run of white space one space.

    >>> collapsed("A &amp;\\n B&nbsp;")
    'A & B '
    """
    return _SPACE.sub(" ", unescape(raw) if "&" in raw else raw)


def parse(raw: str, *, styled: bool = True) -> Page:
    """`raw` taken apart; what a style or a script hides is unseen, unless not `styled`.

    Raises `InputError` for a page with more tags than any page of text has.
    """
    builder = _Builder(raw, styled)
    for token in tokens(raw):
        builder.add(token)
    builder.end_line()
    return builder.page


def _is_hidden(name: str, found: dict[str, str]) -> bool:
    style = found.get("style")
    if style is not None and (_HIDDEN.search(style) or (name not in BLOCK and _NO_SIZE.search(style))):
        return True
    # The class by which Discuz! hides what it mixes into a text for those who copy it.
    return "hidden" in found or "jammer" in found.get("class", "")


class _Builder:
    """The page while its tokens come in."""

    def __init__(self, raw: str, styled: bool) -> None:
        root = Element("#root", 0, -1, {}, unseen=False, block=0, link=False, verbatim=False)
        self.page = Page(raw, [], [root], {}, [])
        self._styled = styled
        self._unseen = UNSEEN if styled else UNSEEN - _UNTIL_A_SCRIPT
        self._open = [0]  # indices of the open elements, outermost first
        self._counts: dict[str, int] = {}  # how many of each name are open
        self._line: Line | None = None
        self._parts: list[str] = []  # its texts so far

    def add(self, token: Token) -> None:
        page = self.page
        index = len(page.tokens)
        if index >= _MAX_TOKENS:
            raise InputError("read", "page too large", f"more than {_MAX_TOKENS} tags and texts: split it")
        page.tokens.append(token)
        if token.kind == "text":
            self._add_text(index)
        elif token.kind == "raw":
            page.owners[index] = self._open[-1]
            page.raws.append(index)
        elif token.kind == "open":
            self._add_element(index, token)
        elif token.kind == "close":
            self._close(token.name)
        if token.kind in ("open", "close") and token.name in BLOCK:
            self.end_line()

    def _add_text(self, index: int) -> None:
        page, owner = self.page, self._open[-1]
        page.owners[index] = owner
        text = page.text(index)
        if page.elements[owner].unseen or not text:
            return
        if self._line is None:
            if text == " ":
                return
            self._line = Line(page.elements[owner].block)
        line = self._line
        line.texts.append(index)
        self._parts.append(text[1:] if self._parts and self._parts[-1].endswith(" ") and text[0] == " " else text)
        if page.elements[owner].link:
            line.link_chars += len(text.replace(" ", ""))

    def end_line(self) -> None:
        """What follows begins a new line."""
        if self._line is not None:
            self._line.text = "".join(self._parts).strip()
            self._parts.clear()
            if self._line.text:
                self.page.lines.append(self._line)
            self._line = None

    def _add_element(self, index: int, token: Token) -> None:
        page, name = self.page, token.name
        implied = _IMPLIED_END.get(name)
        if implied:
            self._close_implied(name, implied)
        parent, number = self._open[-1], len(page.elements)
        around = page.elements[parent]
        found = attributes(page.raw[token.start : token.end])
        is_hidden = bool(found) and self._styled and _is_hidden(name, found)
        if is_hidden and name in BLOCK:
            page.hides = True
        page.elements.append(
            Element(
                name,
                parent,
                index,
                found,
                unseen=around.unseen or name in self._unseen or is_hidden,
                block=number if name in BLOCK else around.block,
                link=around.link or (name == "a" and "href" in found),
                verbatim=around.verbatim or name == "pre",
            )
        )
        if name not in VOID and not page.raw.startswith("/>", token.end - 2):
            self._open.append(number)
            self._counts[name] = self._counts.get(name, 0) + 1

    def _close_implied(self, name: str, implied: frozenset[str]) -> None:
        if not any(self._counts.get(each) for each in implied):
            return
        barrier = _TABLE_BARRIER if name in _TABLE_PARTS else _LIST_BARRIER
        deepest = None
        for depth in range(len(self._open) - 1, max(0, len(self._open) - _MAX_LOOK), -1):
            open_name = self.page.elements[self._open[depth]].name
            if open_name in implied:
                deepest = depth
            elif open_name in barrier:
                break
        if deepest is not None:
            self._pop_to(deepest)

    def _close(self, name: str) -> None:
        if not self._counts.get(name):
            return
        inline = name not in BLOCK
        for depth in range(len(self._open) - 1, max(0, len(self._open) - _MAX_LOOK), -1):
            open_name = self.page.elements[self._open[depth]].name
            if open_name == name:
                self._pop_to(depth)
                return
            if (inline and open_name in BLOCK) or (
                name not in _TABLE_PARTS and name != "table" and open_name in _CELL_BARRIER
            ):
                return

    def _pop_to(self, depth: int) -> None:
        for element in self._open[depth:]:
            self._counts[self.page.elements[element].name] -= 1
        del self._open[depth:]
