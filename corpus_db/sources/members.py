"""A JSON record → its members: what each key holds and where it stands, wrappers and other nesting undone.

Programs write what they hold: an article inside ``_source`` or ``data``, its text as a list of paragraphs or blocks, its
title in a list of one, its author as an object with a name, its time as MongoDB's ``{"$date": …}``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from itertools import accumulate
from typing import Any, NamedTuple

from corpus_db.errors import InputError
from corpus_db.sources.fields import field_name, is_known

DECODER = json.JSONDecoder(strict=False)
_SPACE = re.compile(r"[ \t\r\n\ufeff]*")
_OPENING = re.compile(r"[ \t\r\n\ufeff]*\{[ \t\r\n]*(\}?)")
_PLAIN_MEMBER = re.compile(r'[ \t\r\n]*"([^"\\]*)"[ \t\r\n]*:[ \t\r\n]*"([^"\\]*)"[ \t\r\n]*([,}])')
_COLONS, _COMMAS = frozenset((":", ": ")), frozenset((",", ", "))
_CALL = re.compile(r'[A-Z][A-Za-z]{2,20}\([ ]?(?:"([^"\\()]{0,99})"|([-\d.]{0,40}))[ ]?\)')  # ISODate("2021-03-04")
_SURROGATE = re.compile("[\ud800-\udfff]")
_ADDRESS = re.compile(r"(?:https?:)?//\S+\Z")
_TEXTS = ("text", "html")  # fields that hold the text of an article
_TITLE_AND_TEXT = frozenset(("title", *_TEXTS))
# Keys of an object that stands for one value. Sources: WordPress REST API, schema.org, xml2js and xmltodict, rich text.
_VALUE_KEYS = ("rendered", "name", "text", "value", "#text", "_text", "$t", "__cdata", "insert")
_LIST_KEYS = ("blocks", "children", "paragraphs", "ops", "data", "content")  # of what holds such objects
_MAX_DEPTH = 6  # of wrappers


class Member(NamedTuple):
    """A key and its value: offsets in the record, quotation marks included."""

    key: str
    start: int
    end: int
    value: Any


def of_record(raw: str) -> list[Member]:
    """The members of the record that `raw` holds; raises `InputError` if it is no sound object.

    >>> [(m.key, m.value) for m in of_record('{"_id": 7, "_source": {"title": ["甲"], "text": "一"}}')]
    [('_id', 7), ('title', '甲'), ('text', '一')]
    """
    plain = _plain(raw)
    if plain is not None:
        return plain
    return [_single(raw, member) for member in _unwrapped(raw, list(_object(raw, 0, whole=True)), _MAX_DEPTH)]


def articles(raw: str, at: int) -> list[tuple[int, int]]:
    """Where the articles stand that the object at `at` holds by number, address or section; empty: it holds no two.

    >>> one, raw = '{"title": "甲", "text": "一"}', '{"7": {"title": "甲", "text": "一"}, "8": {"title": "甲", "text": "一"}}'
    >>> [raw[start:end] == one for start, end in articles(raw, 0)], articles(one, 0)
    ([True, True], [])
    """
    for _ in range(_MAX_DEPTH):
        try:
            found = list(_object(raw, at))
        except InputError:
            return []  # told when it is read
        held = [one for one in found if isinstance(one.value, dict) and _holds_article(one.value, 1)]
        lists = [one for one in found if isinstance(one.value, list)]
        if any(_is_text(one.key, one.value) for one in found) or len(held) == 1:
            return []
        listed = [] if held else [one for each in lists for one in _array(raw, each) if isinstance(one.value, dict)]
        if len(inside := held or [one for one in listed if _holds_article(one.value, 1)]) > 1:
            return [(one.start, one.end) for one in inside]
        wrappers = [one for one in found if isinstance(one.value, dict)]
        if len(wrappers) != 1:
            return []
        at = wrappers[0].start
    return []


def are_columns(found: Iterable[Member]) -> bool:
    """Whether a record is a table written column by column: the titles of many articles, and their texts.

    >>> are_columns(of_record('{"title": {"0": "甲", "1": "乙"}, "text": {"0": "一", "1": "二"}}'))
    True
    """
    sizes = [
        len(one.value)
        for one in found
        if field_name(one.key) in _TITLE_AND_TEXT and isinstance(one.value, (list, dict))
    ]
    return len(sizes) > 1 and len(set(sizes)) == 1 and sizes[0] > 1


def may_be_text(key: str, value: Any) -> bool:
    """Whether a value is a string, or something in which its key says that text stands."""
    return isinstance(value, str) or (isinstance(value, (list, dict)) and field_name(key) in _TEXTS)


def texts(raw: str, member: Member) -> list[Member]:
    """The strings that the text of an article is made of, where a member holds them in lists and objects.

    >>> raw = '{"text": [{"type": "p", "value": "一"}, {"type": "image", "value": "http://a.cn/1.jpg"}, "二"]}'
    >>> [part.value for part in texts(raw, of_record(raw)[0])]
    ['一', '二']
    """
    return list(_texts(raw, member, _MAX_DEPTH))


def flat(value: Any) -> str:
    """A value that is no string as text: null is empty, lists are joined by commas, everything else is JSON.

    >>> flat(None), flat([1, "二"]), flat({"$date": {"$numberLong": "1614816000000"}}), flat({"甲": 1})
    ('', '1, 二', '1614816000000', '{"甲": 1}')
    """
    if value is None:
        return ""
    if isinstance(value, dict) and len(value) == 1:  # MongoDB Extended JSON: {"$oid": "…"}, {"$numberLong": "1"}
        ((key, only),) = value.items()
        if key.startswith("$") and not isinstance(only, list):
            return flat(only)
    if isinstance(value, str):
        return _sound(value)
    if isinstance(value, list):
        parts = [part.get("name", part) if isinstance(part, dict) else part for part in value]
        if all(isinstance(part, (str, int, float)) for part in parts):
            return ", ".join(_sound(str(part)) for part in parts)
    return _sound(json.dumps(value, ensure_ascii=False))


def _plain(raw: str) -> list[Member] | None:
    """The members of a record of plain strings, as programs write it, at half the cost; None: it may be another one."""
    parts = raw.split('"')  # the opening, then key, colon, value and comma (or the end) of each member
    colons, commas = parts[2::4], parts[4:-1:4]
    if "\\" in raw or len(parts) % 4 != 1 or parts[0] != "{" or parts[-1].rstrip(" \t\r\n") != "}":
        return None
    if not (_COLONS.issuperset(colons) and _COMMAS.issuperset(commas)):
        return None
    ends = list(accumulate(map(len, parts)))  # of each part, the quotation marks before it left out
    return [Member(parts[i - 2], ends[i - 1] + i - 1, ends[i] + i + 1, parts[i]) for i in range(3, len(parts), 4)]


def _object(raw: str, at: int, *, whole: bool = False) -> Iterator[Member]:
    """The members of the object at `at`, which is all of `raw` if `whole`."""
    opening = _OPENING.match(raw, at)
    if not opening:
        raise InputError("read", "no record", "character 0: an object in braces was expected")
    at, end_mark = opening.end(), opening[1]
    try:
        while end_mark != "}":
            if plain := _PLAIN_MEMBER.match(raw, at):  # nearly every member: one match instead of five calls
                key, value, end_mark = plain.groups()
                yield Member(key, plain.start(2) - 1, plain.end(2) + 1, value)
                at = plain.end()
                continue
            key, at = DECODER.raw_decode(raw, skip(raw, at))
            if not isinstance(key, str):
                raise json.JSONDecodeError("a key in quotes was expected", raw, at)
            start = skip(raw, _expected(raw, at, ":"))
            value, end = _value(raw, start)
            yield Member(_sound(key), start, end, _sound(value) if isinstance(value, str) else value)
            at = _expected(raw, end, ",}")
            end_mark = raw[at - 1]
        at = skip(raw, at)
        if whole and at < len(raw):
            raise json.JSONDecodeError("something follows the record", raw, at)
    except ValueError as error:  # not only JSONDecodeError: Python refuses numbers of more than 4,300 digits
        place = f"character {error.pos}: {error.msg}" if isinstance(error, json.JSONDecodeError) else str(error)
        detail = f"{place}; mend the record, or write it anew with a JSON library"
        raise InputError("read", "broken JSON", detail) from None


def _value(raw: str, at: int) -> tuple[Any, int]:
    """The value at `at` and where it ends; MongoDB's shell writes some of them as calls."""
    call = _CALL.match(raw, at)
    if call:
        return {"$": call[1] if call[1] is not None else call[2]}, call.end()
    return DECODER.raw_decode(raw, at)


def _array(raw: str, member: Member) -> Iterator[Member]:
    """The elements of a member that is a list, under its key."""
    at = member.start + 1
    for _ in member.value:
        start = skip(raw, at)
        value, end = DECODER.raw_decode(raw, start)
        yield Member(member.key, start, end, _sound(value) if isinstance(value, str) else value)
        at = _expected(raw, end, ",]")


def skip(raw: str, at: int) -> int:
    """Where the white space at `at` ends."""
    match = _SPACE.match(raw, at)
    return match.end() if match else at


def _expected(raw: str, at: int, marks: str) -> int:
    at = skip(raw, at)
    if at >= len(raw) or raw[at] not in marks:
        raise json.JSONDecodeError(f"one of {marks} was expected", raw, at)
    return at + 1


def _sound(text: str) -> str:
    """`text` with lone surrogates replaced: JSON can write them, Unicode text can not hold them."""
    return text if text.isascii() else _SURROGATE.sub("\ufffd", text)


def _unwrapped(raw: str, found: list[Member], depth: int) -> list[Member]:
    """`found`, with the members of the article instead of the object that holds it, if none of them is its text."""
    if depth == 0 or any(_is_text(member.key, member.value) for member in found):
        return found
    has_title = any(field_name(member.key) == "title" for member in found)
    holders = [
        i
        for i, member in enumerate(found)
        if isinstance(member.value, dict) and _holds_article(member.value, depth, may_lack_title=not has_title)
    ]
    if len(holders) != 1:  # of several articles, none is the record's
        return found
    (at,) = holders
    inner = _unwrapped(raw, list(_object(raw, found[at].start)), depth - 1)
    return [*found[:at], *inner, *found[at + 1 :]]


def _is_text(key: str, value: Any) -> bool:
    if field_name(key) not in _TEXTS:
        return False
    return bool(value.strip() if isinstance(value, str) else value if isinstance(value, list) else _one_of(value))


def _holds_article(value: dict[str, Any], depth: int, *, may_lack_title: bool = False) -> bool:
    has_title = may_lack_title or any(field_name(key) == "title" for key in value)
    if has_title and any(_is_text(key, inner) for key, inner in value.items()):
        return True
    inside = [inner for inner in value.values() if isinstance(inner, dict)]
    return depth > 1 and any(_holds_article(inner, depth - 1, may_lack_title=may_lack_title) for inner in inside)


def _single(raw: str, member: Member) -> Member:
    """`member`, or the one value that its list or object stands for, where the key is known."""
    value = member.value
    if isinstance(value, list) and len(value) == 1 and isinstance(value[0], str):
        return next(_array(raw, member))
    key = _one_of(value) if is_known(member.key) else None
    if key is None:
        return member
    inner = next(inner for inner in _object(raw, member.start) if inner.key == key)
    return inner._replace(key=member.key)


def _one_of(value: Any) -> str | None:
    """The key under which an object holds what it stands for."""
    if not isinstance(value, dict):
        return None
    return next((key for key in _VALUE_KEYS if isinstance(value.get(key), str) and value[key].strip()), None)


def _texts(raw: str, member: Member, depth: int) -> Iterator[Member]:
    value = member.value
    if isinstance(value, str):
        if value.strip() and (depth == _MAX_DEPTH or not _ADDRESS.match(value.strip())):
            yield member
    elif depth and isinstance(value, list):
        for element in _array(raw, member):
            yield from _texts(raw, element, depth - 1)
    elif depth and isinstance(value, dict):
        key = _one_of(value) or next((key for key in _LIST_KEYS if isinstance(value.get(key), (list, dict))), None)
        for inner in _object(raw, member.start):
            if inner.key == key:
                yield from _texts(raw, inner, depth - 1)
