"""A page's text → tokens with positions: tags, comments, raw text and text, each a stretch of the page, none missing.

Not `html.parser`: its handling of broken markup differs between Python releases, some inputs cost it quadratic time,
and it tells where a token starts but not where it ends. This one follows the tokenization of the HTML standard
(https://html.spec.whatwg.org/multipage/parsing.html#tokenization) and departs from it in one thing: what is never
closed (a quote, a comment, a title) does not swallow the rest of the page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Literal, NamedTuple

Kind = Literal["text", "open", "close", "comment", "raw"]

RAW_TEXT = frozenset(("script", "style", "title", "textarea", "xmp", "iframe", "noembed", "noframes"))
_SWALLOWS = frozenset(("script", "style"))  # never closed, these hold the rest of the page; the others hold nothing
_MAX_TAG_CHARS = 8_000_000  # a picture as a data URI can be megabytes long

_MARKUP = re.compile(r"<(?:(?P<slash>/?)(?P<name>[a-zA-Z][^\s/>]*)|(?P<comment>!--)|[!?/])")
# A quotation mark opens a value only after '='. The parts exclude one another: a failed match costs linear time.
_TAG_REST = re.compile(r"""[^>=]*(?:=\s*(?:"[^"]*"|'[^']*'|[^\s"'>=]|(?=[>=]))[^>=]*)*>""")
_COMMENT_END = re.compile(r"--!?>")
_ATTRIBUTE = re.compile(r"""([^\s/>="'][^\s/>=]*)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>]+))?""")


class Token(NamedTuple):
    """A stretch of a page."""

    kind: Kind  # 'raw': what stands between <script> and </script>, <title> and </title> …
    start: int
    end: int
    name: str = ""  # of the tag, lower case; of the element that holds it for 'raw'


def tokens(page: str) -> Iterator[Token]:
    """The tokens of `page`, which tile it. Any string has some; the time is linear in its length.

    >>> [(t.kind, t.name) for t in tokens("<p class='a>b'>1 < 2<!-- x --></p>")]
    [('open', 'p'), ('text', ''), ('comment', ''), ('close', 'p')]
    >>> [(t.kind, t.start, t.end) for t in tokens("<script>'<p>'</script>x")]
    [('open', 0, 8), ('raw', 8, 13), ('close', 13, 22), ('text', 22, 23)]
    """
    ends = _Ends(page)
    position = text_start = 0
    while (match := _MARKUP.search(page, position)) is not None:
        start, name = match.start(), (match["name"] or "").lower()
        if name:
            end = ends.of_tag(match.end())
            kind: Kind = "close" if match["slash"] else "open"
        else:
            end = ends.of_comment(match.end()) if match["comment"] else ends.of_tag(match.end(), quotes=False)
            kind = "comment"
        if end < 0:
            break
        if text_start < start:
            yield Token("text", text_start, start)
        yield Token(kind, start, end, name)
        position = text_start = end
        if kind == "open" and name in RAW_TEXT:
            position = text_start = ends.of_raw_text(name, end)
            if end < position:
                yield Token("raw", end, position, name)
    if text_start < len(page):
        yield Token("text", text_start, len(page))


class _Ends:
    """Where things end in one page; remembers what does not occur any more, so that no search is made twice in vain."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._missing: set[str] = set()

    def of_tag(self, position: int, *, quotes: bool = True) -> int:
        """After the '>' that ends a tag, -1 if there is none."""
        if "tag" in self._missing:
            return -1
        if quotes and (match := _TAG_REST.match(self._page, position, position + _MAX_TAG_CHARS)):
            return match.end()
        found = self._page.find(">", position)
        if found < 0:
            self._missing.add("tag")
        return found + 1 or -1

    def of_comment(self, position: int) -> int:
        if self._page.startswith((">", "->"), position):
            return self._page.index(">", position) + 1
        found = self._search("comment", _COMMENT_END, position)
        return found.end() if found else self.of_tag(position, quotes=False)

    def of_raw_text(self, name: str, position: int) -> int:
        """Before the closing tag of the raw text element `name` that was opened before `position`."""
        found = self._search(name, re.compile(rf"</{name}(?=[\s/>])", re.IGNORECASE), position)
        if found:
            return found.start()
        return len(self._page) if name in _SWALLOWS else position

    def _search(self, what: str, pattern: re.Pattern[str], position: int) -> re.Match[str] | None:
        found = None if what in self._missing else pattern.search(self._page, position)
        if found is None:
            self._missing.add(what)
        return found


def attributes(tag: str) -> dict[str, str]:
    """The attributes of an opening tag as it stands in the page, values as written; the first of a name counts.

    >>> attributes('<META Name=author content="A &amp; B" hidden>')
    {'name': 'author', 'content': 'A &amp; B', 'hidden': ''}
    """
    found: dict[str, str] = {}
    name = _MARKUP.match(tag)
    for match in _ATTRIBUTE.finditer(tag, name.end() if name else 0, len(tag) - 1):
        value = match[2] or ""
        found.setdefault(match[1].lower(), value[1:-1] if value[:1] in ('"', "'") and len(value) > 1 else value)
    return found
