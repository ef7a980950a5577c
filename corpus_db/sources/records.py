"""What records of JSON and CSV have in common: what their keys mean, and that one of them has to hold the text."""

from __future__ import annotations

from corpus_db.errors import InputError
from corpus_db.records import Item, Role, Source
from corpus_db.sources.base import Opened, Tiling, source
from corpus_db.sources.fields import field_name, put

_OWN_NAMES = {"source": "site"}  # a record's `source` is the site it was taken from; elsewhere it is the publisher


class Keys:
    """The keys of one record as they come: what each is, and its value put into `fields`."""

    def __init__(self) -> None:
        self.fields: dict[str, str] = {}
        self.has_text = False

    def place(self, key: str, value: str, *, is_text: bool = True) -> tuple[Role, str]:
        """The role and reason of a value's pieces; the first text is the body, another one a further field."""
        key = _OWN_NAMES.get(key.lower(), key)
        if field_name(key) == "text":
            if is_text and not self.has_text and value.strip():
                self.has_text = True
                return "body", "text"
            if value.strip():
                self.fields.setdefault(key, value.strip())
            return "field", key
        name = put(self.fields, key, value)
        return "title" if name == "title" else "field", name


def record(item: Item, text: Opened, tiling: Tiling, keys: Keys) -> Source:
    """The source of a record; raises `InputError` if it has neither text nor title."""
    made = source(item, text, tiling, keys.fields)
    if not keys.has_text and not any(piece.role in ("body", "title") for piece in made.pieces):
        raise InputError("read", "no text", "no key text, body or content: rename the key that holds the text")
    return made
