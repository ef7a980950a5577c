"""A script → the objects that it writes down: keys, and where their strings stand; nothing is run.

Portals send a page without text and the article as data for a script to show: ``window.__INITIAL_STATE__ = {…}``,
``__NEXT_DATA__``, ``__NUXT__``, JSON-LD, ``var contentData = {…}``. What stands there is JSON, or JavaScript that a JSON
reader refuses (keys without quotes, ``undefined``, calls): only brackets, strings and names are looked at, in one pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from corpus_db.sources.value import Escapes

_MAX_DEPTH = 60
# A backslash outside a string is passed over with what follows it, so that no failed string is tried a second time.
_TOKEN = re.compile(
    r"""(?P<string>"[^"\\\n]*(?:\\.[^"\\\n]*)*"|'[^'\\\n]*(?:\\.[^'\\\n]*)*'|`[^`\\]*(?:\\.[^`\\]*)*`)"""
    r"""|(?P<name>[A-Za-z_$][\w$]*)|(?P<number>\d[\d.]*)|(?P<mark>[{}\[\],;:=])|\\.""",
    re.DOTALL,
)
_UNIT = (
    r"u[dD][89abAB][0-9a-fA-F]{2}\\u[dD][c-fC-F][0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|u\{[0-9a-fA-F]{1,6}\}|x[0-9a-fA-F]{2}"
)
_EACH_ESCAPE = re.compile(rf"\\(?:{_UNIT}|.)", re.DOTALL)
_ESCAPES = re.compile(rf"(?:\\(?:{_UNIT}|.))+", re.DOTALL)
_CONTROLS = {"n": "\n", "r": "\r", "t": "\t", "b": " ", "f": " ", "v": " ", "0": " "}
_PAIR = {"{": "}", "[": "]"}


class Text(NamedTuple):
    """A string or number: offsets in the page, quotation marks left out."""

    start: int
    end: int


@dataclass(slots=True)
class Node:
    """An object or a list, or (the outermost) the script itself; the keys of a list's members are empty."""

    is_list: bool
    parent: Node | None
    key: str
    members: list[tuple[str, Text | Node]] = field(default_factory=list)


def nodes(page: str, start: int, end: int) -> Iterator[Node]:
    """The objects that the script ``page[start:end]`` writes down, the script itself first.

    >>> found = nodes(script := "var a = {title: 'x', by: {name: 'y'}}; n = f('z')", 0, len(script))
    >>> [[(key, script[v.start : v.end]) for key, v in node.members if isinstance(v, Text)] for node in found]
    [[('n', 'z')], [('title', 'x')], [('name', 'y')]]
    """
    root = here = Node(False, None, "")
    found = [root]
    key = last = ""
    depth = 0
    for token in _TOKEN.finditer(page, start, end):
        kind, shown = token.lastgroup, token[0]
        if kind == "mark":
            if shown in _PAIR:
                here = Node(shown == "[", here, key)
                depth += 1
                if depth > _MAX_DEPTH:
                    break
                if here.parent and (key or here.parent.is_list):
                    here.parent.members.append((key, here))
                if not here.is_list:
                    found.append(here)
            elif shown in "}]" and here.parent and here.is_list == (shown == "]"):
                here, depth = here.parent, depth - 1
            key, last = (last, "") if shown in ":=" else ("", "")
        elif kind == "name":
            last = shown
        elif kind:
            quote = kind == "string"
            if key or here.is_list:
                here.members.append((key, Text(token.start() + quote, token.end() - quote)))
            last = shown.strip("\"'`")
    return iter(found)


def _meaning(escapes: str) -> str:
    """What escapes that follow one another stand for.

    >>> _meaning("\\\\u4e2d\\\\x41\\\\uD83D\\\\uDE00\\\\/")
    '中A😀/'
    """
    return "".join(_one(escape[0][1:]) for escape in _EACH_ESCAPE.finditer(escapes))


def _one(escape: str) -> str:
    """What stands behind a backslash → the character that it stands for."""
    if len(escape) == 1:
        return _CONTROLS.get(escape, escape)
    units = [int(unit.strip("{}ux"), 16) for unit in escape.split("\\")]
    if len(units) == 2:
        return chr(0x10000 + ((units[0] - 0xD800) << 10) + units[1] - 0xDC00)
    return chr(units[0]) if units[0] < 0x110000 and not 0xD800 <= units[0] < 0xE000 else "\ufffd"


WRITTEN = Escapes(_ESCAPES, _EACH_ESCAPE, _meaning)
