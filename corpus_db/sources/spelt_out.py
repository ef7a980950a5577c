"""Text that is spelt out in ASCII (``\\u4e2d``, ``%E4%B8%AD``, ``&#20013;``) → how, where nearly all of it is.

Programs leave it so: a JSON string taken out of its file, an address kept as text, XML written without an encoding.
"""

from __future__ import annotations

import re
from urllib.parse import unquote_to_bytes

from corpus_db.sources.value import REFERENCES, Escapes, in_runs
from corpus_db.text.likeness import SURE, beyond_ascii, likeness

SPELT = "its characters were spelt out in ASCII"  # as a note
_UNIT = re.compile(r"(?:\\|%)u([0-9a-fA-F]{4})")
_BACKSLASHED = re.compile(r"\\u[0-9a-fA-F]{4}")
_PERCENT = re.compile(r"%u[0-9a-fA-F]{4}|(?:%[0-9a-fA-F]{2})+")


def _of_units(escapes: str) -> str:
    """UTF-16 code units, as JavaScript counts characters."""
    units = b"".join(int(unit, 16).to_bytes(2, "big") for unit in _UNIT.findall(escapes))
    return units.decode("utf-16-be", "replace")


def _of_percent(escapes: str) -> str:
    if escapes.startswith("%u"):
        return _of_units(escapes)
    data = unquote_to_bytes(escapes)
    try:
        return data.decode()
    except UnicodeDecodeError:
        return data.decode("gb18030", "replace")


# What stands in such a text → how to read it.
_WAYS = {
    "\\u": in_runs(_BACKSLASHED, _of_units),
    "%": Escapes(re.compile(rf"(?:%u[0-9a-fA-F]{{4}})+|{_PERCENT.pattern}"), _PERCENT, _of_percent),
    "&#": REFERENCES,
}


def way(text: str) -> Escapes | None:
    """How the characters of a text are spelt out; None: they are not.

    >>> way("\\\\u4eca\\\\u5929").meaning("\\\\u4eca\\\\u5929"), way("see \\\\u4eca in the table"), way("100%")
    ('今天', None, None)
    """
    if not text.isascii():
        return None
    for mark, spelling in _WAYS.items():
        if mark in text:
            meant = spelling.meant(text)
            if 2 * len(beyond_ascii(meant)) > len(meant) and likeness(meant) > SURE:
                return spelling
    return None
