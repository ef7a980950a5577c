"""What records of JSON, CSV and XML have in common: what their keys mean, and which of them holds the text."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.errors import InputError
from corpus_db.records import Item, Role, Source
from corpus_db.sources.base import Opened, Tiling, source
from corpus_db.sources.fields import field_name, is_address, is_known, put
from corpus_db.sources.markup import shown
from corpus_db.sources.mended import meant, mended
from corpus_db.sources.value import Escapes, Value, add_body, add_plain

_OWN_NAMES = {"source": "site"}  # a record's `source` is the site it was taken from; elsewhere it is the publisher
_BODIES = ("text", "html", "summary")  # fields that may hold the text, the surest first
_LEAST_BODY_CHARS = 30  # of a value whose key says nothing, to be taken for the text
_SENTENCE_END = re.compile("[。！？]")
_SHOWN_CHARS = 80  # of the keys in a message


class Keys:
    """The keys of one record as they come: what each is, and its value put into `fields`."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.names: list[str] = []
        self.has_text = False
        self.of_page: dict[str, str] = {}  # what a page inside the record states
        self.notes: list[str] = []  # what had to be done to values
        self.are_spoilt = False  # as the record's text is

    def place(self, key: str, value: str) -> tuple[Role, str]:
        """The role and reason of the pieces of a value that is not the record's text."""
        self.names.append(key)
        value = meant(value, is_known=True)[0] if self.are_spoilt else value
        key = _OWN_NAMES.get(key.lower(), key)
        if key == "site" and is_address(value):
            key = "url"
        if field_name(key) in ("text", "html"):
            if value.strip():
                self.fields.setdefault(key, value.strip())
            return "field", key
        is_text = is_known(key) and field_name(key) != "id"  # an id is what it is, whatever stands in it
        name = put(self.fields, key, shown(value) if is_text else value)
        return "title" if name == "title" else "field", name


def body_of(values: Sequence[tuple[str, str]]) -> int | None:
    """Which of the (key, value) of a record is its text: by its key, or else the longest of those that say nothing.

    >>> body_of([("url", "http://a.cn"), ("description", "摘要"), ("content", "正文")]), body_of([("id", "7")])
    (2, None)
    """
    for name in _BODIES:
        for number, (key, value) in enumerate(values):
            if field_name(key) == name and value.strip():
                return number
    unnamed = [n for n, (key, value) in enumerate(values) if not is_known(key) and _SENTENCE_END.search(value)]
    longest = max(unnamed, key=lambda n: len(values[n][1]), default=None)
    return longest if longest is not None and len(values[longest][1]) >= _LEAST_BODY_CHARS else None


def add_text(keys: Keys, value: Value, tiling: Tiling, item: Item, escapes: Escapes) -> None:
    """Add the pieces of the record's text, or of a part of it; what had been spoilt is one piece, with what was meant."""
    sound, cause = mended(value)
    if cause:
        inside = Tiling()
        keys.of_page.update(add_body(Value(sound, 0, len(sound), sound), inside, item, escapes))
        tiling.add(value.end, "body", "escape", "".join(piece.content(sound) for piece in inside.pieces))
        keys.notes.append(cause)
    else:
        keys.of_page.update(add_body(value, tiling, item, escapes))
    keys.has_text = keys.has_text or bool(value.text.strip())


def add_field(keys: Keys, key: str, value: Value, tiling: Tiling, escapes: Escapes) -> None:
    """Add the pieces of a value that is a field."""
    add_plain(value, tiling, *keys.place(key, value.text), escapes)


def record(item: Item, text: Opened, tiling: Tiling, keys: Keys) -> Source:
    """The source of a record; raises `InputError` if it has no text."""
    for name, value in keys.of_page.items():
        keys.fields.setdefault(name, value)
    made = source(item, text, tiling, keys.fields, *dict.fromkeys(keys.notes))
    if not any(piece.role == "body" for piece in made.pieces):
        names = ", ".join(dict.fromkeys(keys.names))[:_SHOWN_CHARS]
        detail = f"the keys are {names!r}: rename the one that holds the text to text, body or content"
        if any(field_name(name) == "text" for name in keys.names):
            detail = "its text is empty: fill it, or leave the record out"
        if not names:
            detail = "nothing in it is text: a list of links, or an empty record"
        raise InputError("read", "no text", detail)
    return made
