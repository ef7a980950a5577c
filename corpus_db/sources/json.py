"""JSON and JSONL to sources: one record each; its values are the pieces, keys and punctuation are markup.

The raw text is the record exactly as it stands in its file, and each value keeps its place in it. Files may hold one
record, one a line, one after another, an array of them, or an array inside an envelope (``{"count": 2, "data": […]}``).
"""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import accumulate
from typing import Any

from corpus_db.decode import encoding_of
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Role, Source
from corpus_db.sources.base import Tiling, opened
from corpus_db.sources.records import Keys, record
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES, MAX_NESTING, Stream, Window, too_large

_DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_OPENING = re.compile(r"[ \t\r\n\ufeff]*\{[ \t\r\n]*(\}?)")
_PLAIN_MEMBER = re.compile(r'[ \t\r\n]*"([^"\\]*)"[ \t\r\n]*:[ \t\r\n]*"([^"\\]*)"[ \t\r\n]*([,}])')
_COLONS, _COMMAS = frozenset((":", ": ")), frozenset((",", ", "))
_ESCAPE = r"\\(?:u[0-9a-fA-F]{4}|.)"
# Not `(?:…)+`: the `re` module looks faster for a pattern whose first character is certain.
_ESCAPES = re.compile(rf"{_ESCAPE}(?:{_ESCAPE})*", re.DOTALL)
_OFTEN_CHARS = 12  # of escapes that come again and again: line ends, quotation marks
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\]]', re.DOTALL)
_STEP = {"{": 1, "[": 1, "}": -1, "]": -1, '"': 0}
_LIST_KEYS = "articles|items|data|records|docs|documents|list|results|rows|news|posts|entries"
_ENVELOPE = re.compile(
    r'[\s\ufeff]*\{\s*(?:"(?!title|text|content|body)[^"\\]{0,100}"\s*:\s*'
    r'(?:"[^"\\]{0,1000}"|[-+\d.eE]{1,40}|true|false|null)\s*,\s*){0,20}'
    rf'"(?:{_LIST_KEYS})"\s*:\s*\[\s*(?=\{{)'
)


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The records of a file; raises `InputError` if it holds none, or one that has no end."""
    if stream.name.lower().endswith((".jsonl", ".ndjson", ".jl")):
        yield from _lines(stream)
    else:
        yield from _values(stream, Window(stream.file))


def _lines(stream: Stream) -> Iterator[Item | Reject]:
    read = stream.file.readline
    first = read(MAX_DOCUMENT_BYTES + 1)
    start = first.removeprefix(codecs.BOM_UTF8).strip()
    if first.startswith((b"\xff\xfe", b"\xfe\xff")) or b"\x00" in first[:4] or start in (b"{", b"[", b"[{"):
        window = Window(stream.file, first)  # UTF-16, or JSON over several lines: no line is a record
        yield from _values(stream, window)
        return
    whole = encoding_of(first)
    hint = None if whole == "utf-8" else whole  # for short lines, which tell little by themselves
    number, line = 0, first
    while line:
        number += 1
        if len(line) > MAX_DOCUMENT_BYTES:
            while line and not line.endswith(b"\n"):
                line = read(1 << 20)
            yield stream.reject(number, too_large())
        elif not line.isspace():
            yield stream.item("json", number, line, hint)
        line = read(MAX_DOCUMENT_BYTES + 1)


def _values(stream: Stream, window: Window) -> Iterator[Item | Reject]:
    """Each object of a file that stands in no other object; a lone one is the file itself."""
    found = _objects(window)
    first = next(found, None)
    if first is None:
        raise InputError("read", "no record", "an object in braces, or an array of them, was expected")
    is_listed, text = first
    second = next(found, None)
    alone = second is None and not is_listed
    yield stream.item("json", None if alone else 1, text, window.encoding)
    if second:
        yield stream.item("json", 2, second[1], window.encoding)
    for number, (_, text) in enumerate(found, 3):
        yield stream.item("json", number, text, window.encoding)


def _objects(window: Window) -> Iterator[tuple[bool, str]]:
    """(whether it stands in a list, text) of each outermost object; only brackets and strings are looked at."""
    if envelope := _ENVELOPE.match(window.text):
        window.at = envelope.end()
    is_listed = bool(envelope)
    while (bracket := _next_mark(window, 0)) is not None:
        window.at += bracket - 1
        if window.text[window.at] == "{":
            length = _object_length(window)
            window.at += length
            yield is_listed, window.text[window.at - length : window.at]
        else:
            is_listed = is_listed or window.text[window.at] == "["
            window.at += 1


def _object_length(window: Window) -> int:
    """Length of the object that begins at `window.at`."""
    depth, offset = 0, 0
    while True:
        end = _next_mark(window, offset)
        if end is None:
            raise InputError("find", "broken JSON", "the file ends within a record: it is cut, or a bracket is missing")
        offset = end
        depth += _STEP[window.text[window.at + end - 1]]
        if depth == 0:
            return offset
        if depth > MAX_NESTING:
            raise InputError("find", "nested too deeply", f"more than {MAX_NESTING} levels: flatten it")


def _next_mark(window: Window, offset: int) -> int | None:
    """Where the next bracket or string ends, counted from `window.at` as `offset` is; None: there is none."""
    while True:
        mark = _MARK.search(window.text, window.at + offset)
        if mark and mark[0] != '"':
            return mark.end() - window.at
        offset = (mark.start() if mark else len(window.text)) - window.at
        if not window.more():  # a string may go on behind what is held
            return None


def read(item: Item) -> Source:
    """The source of one record; raises `InputError` if it is broken, no object, or holds neither text nor title."""
    text = opened(item)
    tiling, keys = Tiling(), Keys()
    for key, start, end, value in _plain_members(text.raw) or _members(text.raw):
        if isinstance(value, str):
            role, reason = keys.place(key, value)
            tiling.add(start + 1, "markup", "json")
            if end - start - 2 != len(value):
                _place_escapes(text.raw, start + 1, end - 1, tiling, role, reason)
            tiling.add(end - 1, role, reason)
        else:
            role, reason = keys.place(key, _flat(value), is_text=False)
            tiling.add(start, "markup", "json")
            tiling.add(end, role, reason)
    return record(item, text, tiling, keys)


def _place_escapes(raw: str, start: int, end: int, tiling: Tiling, role: Role, reason: str) -> None:
    for escape in _ESCAPES.finditer(raw, start, end):
        tiling.add(escape.start(), role, reason)
        stands_for = _often_unescaped if len(escape[0]) <= _OFTEN_CHARS else _unescaped
        tiling.add(escape.end(), role, "escape", stands_for(escape[0]))


def _unescaped(escapes: str) -> str:
    return _sound(_DECODER.decode(f'"{escapes}"'))


_often_unescaped = lru_cache(256)(_unescaped)


def _plain_members(raw: str) -> list[tuple[str, int, int, str]] | None:
    """`_members` of a record of plain strings, as programs write it, at half the cost; None: it may be another one."""
    parts = raw.split('"')  # the opening, then key, colon, value and comma (or the end) of each member
    colons, commas = parts[2::4], parts[4:-1:4]
    if "\\" in raw or len(parts) % 4 != 1 or parts[0] != "{" or parts[-1].rstrip(" \t\r\n") != "}":
        return None
    if not (_COLONS.issuperset(colons) and _COMMAS.issuperset(commas)):
        return None
    ends = list(accumulate(map(len, parts)))  # of each part, the quotation marks before it left out
    return [(parts[i - 2], ends[i - 1] + i - 1, ends[i] + i + 1, parts[i]) for i in range(3, len(parts), 4)]


def _members(raw: str) -> Iterator[tuple[str, int, int, Any]]:
    """(key, start, end, value) of each member of the object in `raw`; raises `InputError` if it is no sound object."""
    opening = _OPENING.match(raw)
    if not opening:
        raise InputError("read", "no record", "character 0: an object in braces was expected")
    at, end_mark = opening.end(), opening[1]
    try:
        while end_mark != "}":
            if plain := _PLAIN_MEMBER.match(raw, at):  # nearly every member: one match instead of five calls
                key, value, end_mark = plain.groups()
                yield key, plain.start(2) - 1, plain.end(2) + 1, value
                at = plain.end()
                continue
            key, at = _DECODER.raw_decode(raw, _skip(raw, at))
            if not isinstance(key, str):
                raise json.JSONDecodeError("a key in quotes was expected", raw, at)
            start = _skip(raw, _expected(raw, at, ":"))
            value, end = _DECODER.raw_decode(raw, start)
            yield _sound(key), start, end, _sound(value) if isinstance(value, str) else value
            at = _expected(raw, end, ",}")
            end_mark = raw[at - 1]
        at = _skip(raw, at)
        if at < len(raw):
            raise json.JSONDecodeError("something follows the record", raw, at)
    except ValueError as error:  # not only JSONDecodeError: Python refuses numbers of more than 4,300 digits
        place = f"character {error.pos}: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
        detail = f"{place}; mend the record, or write it anew with a JSON library"
        raise InputError("read", "broken JSON", detail) from None


def _skip(raw: str, at: int) -> int:
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def _expected(raw: str, at: int, marks: str) -> int:
    at = _skip(raw, at)
    if at >= len(raw) or raw[at] not in marks:
        raise json.JSONDecodeError(f"one of {marks} was expected", raw, at)
    return at + 1


def _sound(text: str) -> str:
    """`text` with lone surrogates replaced: JSON can write them, Unicode text can not hold them."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _flat(value: Any) -> str:
    """A value that is no string as text: null is empty, lists are joined by commas, everything else is JSON."""
    if value is None:
        return ""
    if isinstance(value, list) and all(isinstance(part, (str, int, float)) for part in value):
        return ", ".join(_sound(str(part)) for part in value)
    return _sound(json.dumps(value, ensure_ascii=False))
