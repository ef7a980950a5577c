"""A record of a JSON, JSONL or CSV file to a source: its fields are its pieces, names and punctuation are markup.

The raw text is the record exactly as it stands in its file; each value keeps its place in it.
"""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from typing import Any

from corpus_db.errors import InputError
from corpus_db.records import Item, Role, Source
from corpus_db.sources.base import Opened, Tiling, opened, source
from corpus_db.sources.fields import field_name, put

_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_ESCAPES = re.compile(r"(?:\\(?:u[0-9a-fA-F]{4}|.))+", re.DOTALL)
_SURROGATE = re.compile("[\ud800-\udfff]")
_RECORD_NAMES = {"source": "site"}  # a record's `source` is the site it was taken from; elsewhere it is the publisher


def read(item: Item) -> Source:
    """The source of one record; raises `InputError` if it is broken, no object, or has no text and no title."""
    text = opened(item)
    tiling, fields = Tiling(), dict[str, str]()
    if item.format == "csv":
        _read_row(item, text, tiling, fields)
    else:
        _read_object(text.raw, tiling, fields)
    if not any(piece.role in ("body", "title") for piece in tiling.pieces):
        raise InputError("read", "no text", "no key text, body or content: rename the key that holds the text")
    return source(item, text, tiling, fields)


def _name(key: str) -> str:
    return _RECORD_NAMES.get(key.lower()) or field_name(key)


def _role(name: str) -> tuple[Role, str]:
    if name == "text":
        return "body", "text"
    return ("title", "title") if name == "title" else ("field", name)


def _read_object(raw: str, tiling: Tiling, fields: dict[str, str]) -> None:
    has_text = False
    for key, start, end, value in _members(raw):
        name = _name(key)
        if name == "text" and (has_text or not isinstance(value, str)):
            name = key
        has_text = has_text or name == "text"
        role, reason = _role(name)
        if name != "text":
            reason = put(fields, name, _flat(value))
        _place_value(raw, start, end, value, tiling, role, reason)


def _place_value(raw: str, start: int, end: int, value: Any, tiling: Tiling, role: Role, reason: str) -> None:
    if not isinstance(value, str):
        tiling.add(start, "markup", "json")
        tiling.add(end, "field", reason)
        return
    tiling.add(start + 1, "markup", "json")
    if "\\" in raw[start + 1 : end - 1]:
        for escape in _ESCAPES.finditer(raw, start + 1, end - 1):
            tiling.add(escape.start(), role, reason)
            tiling.add(escape.end(), role, "escape", _sound(_DECODER.decode(f'"{escape[0]}"')))
    tiling.add(end - 1, role, reason)


def _members(raw: str) -> Iterator[tuple[str, int, int, Any]]:
    """(key, start, end, value) of each member of the object in `raw`; raises `InputError` if it is no sound object."""
    at = _skip(raw, 0)
    if raw[at : at + 1] != "{":
        raise InputError("read", "no record", f"character {at}: an object in braces was expected")
    try:
        at = _skip(raw, at + 1)
        if raw[at : at + 1] != "}":
            while True:
                key, at = _DECODER.raw_decode(raw, at)
                if not isinstance(key, str):
                    raise json.JSONDecodeError("a key in quotes was expected", raw, at)
                start = _skip(raw, _expected(raw, _skip(raw, at), ":"))
                value, at = _DECODER.raw_decode(raw, start)
                yield _sound(key), start, at, value
                at = _skip(raw, at)
                if raw[at : at + 1] == "}":
                    break
                at = _skip(raw, _expected(raw, at, ","))
        at = _skip(raw, at + 1)
        if at < len(raw):
            raise json.JSONDecodeError("something follows the record", raw, at)
    except json.JSONDecodeError as error:
        detail = f"character {error.pos}: {error.msg}; mend the record or write it anew with a JSON library"
        raise InputError("read", "broken JSON", detail) from None


def _skip(raw: str, at: int) -> int:
    if raw[at : at + 1] in '"{}[]:,':
        return at if at < len(raw) else len(raw)
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def _expected(raw: str, at: int, mark: str) -> int:
    if raw[at : at + 1] != mark:
        raise json.JSONDecodeError(f"'{mark}' was expected", raw, at)
    return at + 1


def _sound(text: str) -> str:
    """`text` with lone surrogates replaced: JSON can write them, Unicode text can not hold them.

    Pairs that a file escaped as two halves have already become one character.
    """
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _flat(value: Any) -> str:
    """A value as text: null is empty, lists of plain values are joined by commas, everything else is JSON."""
    if isinstance(value, str):
        return _sound(value)
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, (str, int, float)) for part in value):
        return ", ".join(_sound(str(part)) for part in value)
    return _sound(json.dumps(value, ensure_ascii=False))


def _read_row(item: Item, text: Opened, tiling: Tiling, fields: dict[str, str]) -> None:
    raise InputError("read", "unknown format", "csv")
    csv.reader
