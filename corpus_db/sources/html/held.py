"""The article that a page holds outside its markup: as data for a script, or in a text area that a script shows.

It is looked for where the markup has no article, or far less of it than such data has. Its strings stand in the page, so
they are pieces of it as any other text: nothing is run, and no code is ever text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import NamedTuple

from corpus_db.records import Item, Piece
from corpus_db.sources.base import Tiling
from corpus_db.sources.fields import field_name, is_known, put
from corpus_db.sources.html.fields import bare
from corpus_db.sources.html.scripts import WRITTEN, Node, Text, nodes
from corpus_db.sources.html.tree import Page
from corpus_db.sources.markup import is_escaped, shown
from corpus_db.sources.value import REFERENCES, Escapes, Value, add_body, is_page

_FULL_STOPS = ("。", "\\u3002", "&#12290;")  # as pages and scripts write it
_FEW_CHARS = 100  # of a text in the markup that may be a notice
_LEAST_CHARS = 50  # of an article
_BEGINNING_CHARS = 20  # of a text, by which it is known again
_TIMES_MORE = 2  # than the markup has, for the data to be the text
_SENTENCE_END = re.compile("[。！？]")
_CODE = re.compile(r"\{\{|\bfunction\s?\(|<%|\$\{")  # in a template, of which the text is still to come
_TEXT_WORDS = frozenset(("content", "body", "html", "text", "txt", "article"))
_KEY_WORD = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_TITLE_WORDS = frozenset(("title", "headline"))
_NO_TITLES = frozenset(("sub", "share", "seo"))  # before such a word
_IN_TEXTS = frozenset(("", "text", "content", "value", "html"))  # keys of the strings that a list of paragraphs holds
_ABOVE = 3  # objects around that of the text in which its title may stand
# What an object states beside the text; all else in it is for the script.
_STATED = frozenset(
    ("title", "author", "editor", "publisher", "published", "created", "section", "summary", "keywords", "views")
)
_NEVER = re.compile(r"(?!)")
_NONE = Escapes(_NEVER, _NEVER, str)
_HOLDERS = frozenset(("script", "textarea", "xmp"))
_TEMPLATE = re.compile(r"text/(?:x-)?(?:template|plain|html|markdown)", re.IGNORECASE)


class Held(NamedTuple):
    """An article outside the markup."""

    token: int  # index in `Page.tokens`: what holds it
    parts: tuple[Text, ...]  # of its text
    escapes: Escapes
    text: str  # what they stand for, HTML taken out
    stated: tuple[tuple[str, Text, str], ...] = ()  # field, where it stands, value

    @property
    def title(self) -> str:
        """The title that stands beside the text; '': none."""
        return next((value for name, _, value in self.stated if name == "title"), "")

    def is_longer(self, text: str) -> bool:
        """Whether this is much more than `text`, and not only a copy of it."""
        return len(self.text) >= _TIMES_MORE * len(text)


def held(page: Page, text: str, titles: Sequence[str], *, is_stated: bool) -> Held | None:
    """The article that the page holds outside its markup; None: it holds none, or nothing that the markup lacks.

    `text` is that of the markup, '' where it has none; `titles` are what the page is called; where not all `is_stated` in
    the markup, an article is looked for that is no longer.
    """
    stops = _TIMES_MORE * _stops(text) if is_stated else _stops(text) / _TIMES_MORE
    tokens = [index for index in page.raws if page.tokens[index].name in _HOLDERS]
    if sum(_stops(page.raw, page.tokens[i].start, page.tokens[i].end) for i in tokens) < max(1, stops):
        return None
    found = [one for i in tokens for one in _of_token(page, i, in_markup=bool(text))]
    candidates = list({one.parts: one for one in found}.values())  # of objects one in another, the innermost
    named = [one for one in candidates if any(_is_same(one.title, title) for title in titles)]
    best = max(named or candidates, key=lambda one: len(one.text), default=None)
    if best is None or not (named or _stands_out(best, candidates)):
        return None
    is_same = _beginning(text) in bare(best.text)
    return best if is_same or (named and len(text) < _FEW_CHARS) else None


def _stands_out(best: Held, candidates: Sequence[Held]) -> bool:
    """Whether a page that is not called after any of its articles is still about this one: of several, none is its own."""
    others = [one for one in candidates if _beginning(one.text) != _beginning(best.text)]
    return len(best.text) >= _FEW_CHARS and all(2 * len(one.text) < len(best.text) for one in others)


def _beginning(text: str) -> str:
    return bare(text[: 2 * _BEGINNING_CHARS])[:_BEGINNING_CHARS]


def _stops(text: str, start: int = 0, end: int | None = None) -> int:
    return sum(text.count(stop, start, len(text) if end is None else end) for stop in _FULL_STOPS)


def _is_same(title: str, other: str) -> bool:
    ours, theirs = bare(title), bare(other)
    return bool(ours and theirs) and (ours in theirs or theirs in ours)


def _of_token(page: Page, index: int, *, in_markup: bool) -> Iterator[Held]:
    """The articles that may stand in a script or a text area; `in_markup`: the page's markup has one."""
    token = page.tokens[index]
    kind = page.elements[page.owners[index]].attributes.get("type", "") if token.name == "script" else "text/html"
    if not _TEMPLATE.fullmatch(kind):
        for node in nodes(page.raw, token.start, token.end):
            yield from _of_node(page.raw, index, node)
    elif not in_markup:
        escapes = REFERENCES if token.name == "textarea" else _NONE
        one = Text(token.start, token.end)
        if _is_article(text := _flat(_meant(page.raw, one, escapes))):
            yield Held(index, (one,), escapes, text)


def _meant(raw: str, place: Text, escapes: Escapes) -> str:
    """What a stretch of the page stands for."""
    return escapes.meant(raw[place.start : place.end])


def _of_node(raw: str, token: int, node: Node) -> Iterator[Held]:
    """The article that an object holds, if one of its keys says so, with what stands beside it."""
    for key, value in node.members:
        if _says_text(key) and (parts := list(_texts(raw, value))):
            text = "\n".join(_flat(_meant(raw, part, WRITTEN)) for part in parts)
            if _is_article(text):
                yield Held(token, tuple(parts), WRITTEN, text, tuple(_stated(raw, node)))
                return


def _says_text(key: str) -> bool:
    words = [word.lower() for word in _KEY_WORD.findall(key)]
    return field_name(key) in ("text", "html") or (bool(words) and not _TEXT_WORDS.isdisjoint((words[0], words[-1])))


def _texts(raw: str, value: Text | Node) -> Iterator[Text]:
    """The strings of a text, which may be a list of paragraphs."""
    if isinstance(value, Text):
        yield value
    else:
        for key, inner in value.members:
            if key in _IN_TEXTS and (isinstance(inner, Node) or raw[inner.end] in "\"'`"):
                yield from _texts(raw, inner)


def _flat(text: str) -> str:
    """What a text says, HTML taken out; of a whole page, nothing: such a page is a template, or another one."""
    return "" if is_page(text) else shown(unescape(text) if is_escaped(text) else text).strip()


def _is_article(text: str) -> bool:
    return len(text) >= _LEAST_CHARS and bool(_SENTENCE_END.search(text)) and not _CODE.search(text)


def _stated(raw: str, node: Node) -> Iterator[tuple[str, Text, str]]:
    """What an object, and those around it as far as the one with a title, state."""
    fields: dict[str, str] = {}
    around: Node | None = node
    for _ in range(_ABOVE):
        known_first = sorted(around.members, key=lambda member: not is_known(member[0])) if around else ()
        for key, value in known_first:
            name, place = _name(key), _of_person(value)
            if name in _STATED and name not in fields and place:
                stated = _flat(_meant(raw, place, WRITTEN)).strip('"')
                if put(fields, name, stated) == name and name in fields:
                    yield name, place, stated
        around = around.parent if around and "title" not in fields else None


def _name(key: str) -> str:
    """The field that a key means: widgetTitle, pubTime."""
    name = field_name(key)
    words = [word.lower() for word in _KEY_WORD.findall(key)]
    is_title = name == key and words and words[-1] in _TITLE_WORDS and words[0] not in _NO_TITLES
    return "title" if is_title else name


def _of_person(value: Text | Node) -> Text | None:
    """A value, or the name in the object that stands for it."""
    if isinstance(value, Text):
        return value
    if value.is_list:
        return next((_of_person(inner) for _, inner in value.members), None)
    return next((inner for key, inner in value.members if key == "name" and isinstance(inner, Text)), None)


def pieces(page: Page, found: Held, item: Item) -> list[Piece]:
    """The pieces of the token that holds the article: its text, what is stated beside it, and all else as markup."""
    token = page.tokens[found.token]
    tiling = Tiling()
    tiling.at = token.start
    places = [*((part, "") for part in found.parts), *((place, name) for name, place, _ in found.stated)]
    for place, name in sorted(places):
        if not token.start <= tiling.at <= place.start:
            continue
        tiling.add(place.start, "markup", token.name, "\n" if not name and place != found.parts[0] else None)
        if name:
            tiling.add(place.end, "title" if name == "title" else "field", name)
        else:
            value = Value(page.raw, *place, _meant(page.raw, place, found.escapes))
            add_body(value, tiling, item, found.escapes)
    tiling.add(token.end, "markup", token.name)
    return tiling.pieces
