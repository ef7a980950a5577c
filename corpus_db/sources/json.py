"""JSON and JSONL → sources: one record each; its values are the pieces, keys and punctuation are markup.

The raw text is the record exactly as it stands in its file, and each value keeps its place in it. Files may hold one
record, one a line, one after another, an array of them, or an array inside an envelope (``{"count": 2, "data": […]}``).
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from functools import lru_cache

from corpus_db.decode import encoding_of
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources.base import Tiling, opened
from corpus_db.sources.fields import field_name
from corpus_db.sources.members import DECODER, are_columns, articles, flat, may_be_text, of_record, skip, texts
from corpus_db.sources.mended import mended
from corpus_db.sources.records import Keys, add_field, add_text, body_of, record
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES, MAX_NESTING, Stream, Window, too_large
from corpus_db.sources.value import Escapes, Value

_ESCAPE = r"\\(?:u[0-9a-fA-F]{4}|.)"
# Not `(?:…)+`: the `re` module looks faster for a pattern whose first character is certain.
_ESCAPES = re.compile(rf"{_ESCAPE}(?:{_ESCAPE})*", re.DOTALL)
_EACH_ESCAPE = re.compile(
    r"\\(?:u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)", re.DOTALL
)
_SURROGATE = re.compile("[\ud800-\udfff]")
_MARK = re.compile(r'"[^"\\]*(?:\\.[^"\\]*)*"|["{}\[\]]', re.DOTALL)
_STEP = {"{": 1, "[": 1, "}": -1, "]": -1, '"': 0}
# Keys of what holds a list of records, and of what may stand around it. Sources: Elasticsearch, Navicat, Strapi, web APIs.
_LIST_KEYS = frozenset(
    (
        "articles", "items", "data", "datalist", "data_list", "records", "docs", "documents", "list", "lists", "result",
        "results", "rows", "news", "newslist", "posts", "entries", "hits",
    )
)  # fmt: skip
_AROUND_KEYS = frozenset(("data", "result", "results", "hits", "response", "body", "payload"))
_MAX_AROUND = 4
_NESTED = re.compile(r'"[ \t\r\n]*:[ \t\r\n]*[\[{]')  # what an object of articles begins with, wrappers aside
_HEAD_CHARS = 200
_LISTED = re.compile(rf'"(?:{"|".join(sorted(_LIST_KEYS))})"[ \t\r\n]*:[ \t\r\n]*\[[ \t\r\n]*\{{', re.IGNORECASE)


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
    first = _first_listed(window.text)
    is_listed = first is not None
    window.at = first or 0
    inside = 0  # characters to the end of an object whose list is read: none in it is opened a second time
    while (bracket := _next_mark(window, 0)) is not None:
        step = bracket - 1
        window.at += step
        if window.text[window.at] == "{":
            length = _object_length(window)
            listed = _first_listed(window.text, window.at, window.at + length) if inside <= step else None
            if listed is None:
                inner = [] if is_listed else _held(window, length)
                yield from ((True, window.text[start:end]) for start, end in inner)
                if not inner:
                    yield is_listed, window.text[window.at : window.at + length]
                step += length
            else:
                inside, is_listed = step + length, True
                step += listed - window.at
            window.at += step - bracket + 1
        else:
            is_listed = is_listed or window.text[window.at] == "["
            window.at += 1
            step += 1
        inside -= step


def _first_listed(text: str, at: int = 0, end: int | None = None) -> int | None:
    """Where the first record of a list begins that stands in the object at `at`, or in one inside it; None: there is none.

    >>> _first_listed('{"code": 0, "data": {"page": {"n": 1}, "list": [{"title": "甲"}]}}')
    48
    """
    if not _LISTED.search(text, at, len(text) if end is None else end):
        return None
    start = at = skip(text, at)
    try:
        for _ in range(_MAX_AROUND if text[at] == "{" else 0):
            at = skip(text, at + 1)
            while text[at] == '"':
                key, at = DECODER.raw_decode(text, at)
                at = skip(text, skip(text, at) + 1)
                inner = skip(text, at + 1)
                if text[at] == "[" and text[inner] == "{" and key.lower() in _LIST_KEYS:
                    return None if _has_text(text, start) else inner
                if text[at] == "{" and key.lower() in _AROUND_KEYS:
                    break
                _, at = DECODER.raw_decode(text, at)
                at = skip(text, skip(text, at) + 1)
            if text[at] != "{":
                return None
    except (ValueError, IndexError, RecursionError):
        pass  # broken, or cut: what stands there is told when it is read
    return None


def _held(window: Window, length: int) -> list[tuple[int, int]]:
    """Where the articles stand that the object at `window.at` holds; empty: it is one, as nearly all are."""
    head = _NESTED.search(window.text, window.at, window.at + min(length, _HEAD_CHARS))
    return articles(window.text, window.at) if head else []


def _has_text(text: str, at: int) -> bool:
    """Whether the object at `at` has a text of its own beside its lists; not if it goes on behind what is held."""
    try:
        value, _ = DECODER.raw_decode(text, at)
    except ValueError:
        return False
    return any(field_name(key) in ("text", "html") and isinstance(one, str) and one for key, one in value.items())


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
    """The source of one record; raises `InputError` if it is broken, no object, or holds no text."""
    text = opened(item)
    found = of_record(text.raw)
    tiling, keys = Tiling(), Keys()
    both = [(one, (one.key, one.value if isinstance(one.value, str) else flat(one.value))) for one in found]
    chosen = body_of([(key, value if may_be_text(key, member.value) else "") for member, (key, value) in both])
    if chosen is not None and not isinstance(found[chosen].value, str) and are_columns(found):
        detail = "a table by columns: write it by rows, in pandas by to_json(orient='records')"
        raise InputError("read", "no text", detail)
    if chosen is not None and "\\" in text.raw:
        whole = Value(text.raw, found[chosen].start + 1, found[chosen].end - 1, both[chosen][1][1])
        keys.are_spoilt = mended(whole)[1] is not None
    for number, (member, (key, value)) in enumerate(both):
        parts = texts(text.raw, member) if number == chosen else []
        if parts:
            for part in parts:
                tiling.add(part.start + 1, "markup", "json", "\n" if keys.has_text else None)
                add_text(keys, Value(text.raw, part.start + 1, part.end - 1, part.value), tiling, item, _WRITTEN)
        elif isinstance(member.value, str):
            tiling.add(member.start + 1, "markup", "json")
            add_field(keys, key, Value(text.raw, member.start + 1, member.end - 1, value), tiling, _WRITTEN)
        else:
            tiling.add(member.start, "markup", "json")
            tiling.add(member.end, *keys.place(key, value))
    return record(item, text, tiling, keys)


@lru_cache(256)
def _unescaped(escapes: str) -> str:
    return _SURROGATE.sub("\ufffd", DECODER.decode(f'"{escapes}"'))


_WRITTEN = Escapes(_ESCAPES, _EACH_ESCAPE, _unescaped)
