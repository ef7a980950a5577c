"""Front matter (the block of keys above an article) to fields and pieces: YAML between ``---``, TOML between ``+++``.

Most blocks are lines of ``key: value``, which are read here at once; anything more goes to a real YAML or TOML parser.
What no parser can read is still read line by line, and lines without a key become markup 'broken front matter'.
"""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from typing import Any, NamedTuple

from corpus_db.sources.base import Tiling
from corpus_db.sources.fields import is_known, put

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

_MAX_CHARS = 65_536  # a longer block is no front matter
_MAX_BRACKETS = 500  # the YAML parser's time grows with the square of the nesting
_CLOSERS = {"[": "]", "{": "}", '"""': '"""', "'''": "'''"}
_TABLE = re.compile(r"^\[{1,2}[ \t]*([\w-]+)[ \t]*\]{1,2}[ \t]*\r?$", re.MULTILINE)
_OPEN = re.compile(r"\ufeff?(---|\+\+\+)[ \t]*\r?\n")
_CLOSE = {
    "---": re.compile(r"^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
    "+++": re.compile(r"^\+\+\+[ \t]*(?:\r?\n|\Z)", re.MULTILINE),
}
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_KEY = r"[^\s:#=\-\[{'\"][^:=\n]{0,63}?|'[^'\n]{1,64}'|\"[^\"\n]{1,64}\""
_PAIR = re.compile(rf"({_KEY})[ \t]{{0,9}}(?:: |:\t|:(?=\r?\n|\Z)|：|= ?)[ \t]{{0,99}}")
_TIGHT = re.compile(rf"({_KEY}):(?=[^\s/])")  # no space behind the colon: a common mistake
_WIKI = re.compile(r"\[\[(?:[^\[\]|\n]{1,200}\|)?([^\[\]|\n]{1,200})\]\]")  # as Obsidian writes a name
_PLAIN = re.compile(r"(?![\[\]{}&*!|>'\"%@`#,?-])(?:[^#:\n]|:(?![\s])|(?<=\S)#)*\Z")


class Pair(NamedTuple):
    """A key of the block and its value: offsets of the value in the text, and the value as the format means it."""

    key: str
    start: int
    end: int
    value: str


def read_block(raw: str, tiling: Tiling, fields: dict[str, str]) -> list[str]:
    """Read the front matter at the start of `raw`, if there is one, into `tiling` and `fields`; returns notes."""
    opening = _OPEN.match(raw)
    fence, start = (opening[1], opening.end()) if opening else ("---", int(raw.startswith("\ufeff")))
    closing = _CLOSE[fence].search(raw, start, start + _MAX_CHARS) if opening or _PAIR.match(raw, start) else None
    if not closing:
        return []
    end = closing.start()
    if not opening and not _is_unopened(raw, start, end):
        return []
    pairs = _pairs(raw, start, end, toml=fence == "+++")
    broken = pairs is None
    if pairs is None:
        pairs = [pair._replace(value=_alone(pair.value)) for pair in _lines(raw, start, end)]
    if not pairs and raw[start:end].strip():
        return []  # a text between two rules, no front matter
    tiling.add(start, "markup", "front matter fence")
    _place(raw, pairs, tiling, fields)
    if broken and raw[tiling.at : end].strip():
        tiling.add(end, "markup", "broken front matter")
    tiling.add(end, "markup", "front matter")
    tiling.add(closing.end(), "markup", "front matter fence")
    return ["broken front matter"] if broken else []


def _is_unopened(raw: str, start: int, end: int) -> bool:
    """Whether a block with no fence above it is front matter all the same, as Hexo writes it: known keys and their values."""
    lines = raw[start:end].splitlines()
    keys = [pair.key for pair in _lines(raw, start, end)]
    values = sum(line[:1] in ("-", " ", "\t") for line in lines)  # the elements of a list
    return len(keys) > 1 and len(keys) + values >= len(lines) and 2 * sum(map(is_known, keys)) >= len(keys)


def _place(raw: str, pairs: list[Pair], tiling: Tiling, fields: dict[str, str]) -> None:
    for pair in pairs:
        value = _WIKI.sub(r"\1", pair.value)
        name = put(fields, pair.key, value)
        reason = "front matter key" if "\n" not in raw[tiling.at : pair.start].strip("\r\n") else "broken front matter"
        tiling.add(pair.start, "markup", reason)
        text = None if raw[pair.start : pair.end] == value else value
        tiling.add(pair.end, "title" if name == "title" else "field", name, text)


def _pairs(raw: str, start: int, end: int, *, toml: bool) -> list[Pair] | None:
    """The block's pairs by its format's own rules; None if it breaks them."""
    if toml:
        return _toml(raw, start, end)
    pairs = list(_lines(raw, start, end))
    if len(pairs) == len(raw[start:end].splitlines()) and all(_PLAIN.match(pair.value) for pair in pairs):
        return pairs
    return _yaml(raw, start, end)


def _lines(raw: str, start: int, end: int) -> Iterator[Pair]:
    for line in _LINE.finditer(raw, start, end):
        pair = _PAIR.match(raw, line.start(), line.end())
        if pair is None and (tight := _TIGHT.match(raw, line.start(), line.end())) and is_known(tight[1]):
            pair = tight
        if pair:
            last = pair.end() + len(raw[pair.end() : line.end()].rstrip())
            yield Pair(pair[1].strip("'\" "), pair.end(), last, _unquoted(raw[pair.end() : last]))


def _unquoted(value: str) -> str:
    return value[1:-1] if len(value) > 1 and value[0] == value[-1] and value[0] in "'\"" else value


def _alone(value: str) -> str:
    """What a value means by itself: a list in a block that is broken elsewhere is a list.

    >>> _alone("[甲, [乙]]"), _alone("【甲】: 乙")
    ('甲, 乙', '【甲】: 乙')
    """
    found = _yaml(f"value: {value}", 0, len(value) + 7) if value.startswith("[") else None
    return found[0].value if found else value


def _yaml(raw: str, start: int, end: int) -> list[Pair] | None:
    import yaml

    block = raw[start:end]
    if block.count("[") + block.count("{") > _MAX_BRACKETS:
        return None
    try:
        # Aliases make small texts huge, and no article needs them.
        if "*" in block and any(isinstance(event, yaml.AliasEvent) for event in yaml.parse(block, yaml.BaseLoader)):
            return None
        root = yaml.compose(block, yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        return None
    if not isinstance(root, yaml.MappingNode):
        return None if root is not None else []
    pairs = []
    for key, value in root.value:
        first, last = start + value.start_mark.index, start + value.end_mark.index
        last = first + len(raw[first:last].rstrip())
        pairs.append(Pair(str(key.value), first, last, _flat(_plain_node(value))))
    return pairs


def _plain_node(node: Any) -> Any:
    if isinstance(node.value, str):
        return node.value
    if node.id == "mapping":
        return {str(key.value): _plain_node(value) for key, value in node.value}
    return [_plain_node(child) for child in node.value]


def _flat(value: Any) -> str:
    """A value as one line of text: lists by commas, mappings by their name, or else as ``key: value``."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, dict):
        if "name" in value:
            return _flat(value["name"])
        return ", ".join(f"{key}: {_flat(child)}" for key, child in value.items())
    if isinstance(value, list):
        return ", ".join(map(_flat, value))
    return " ".join(str(value).split())


def _toml(raw: str, start: int, end: int) -> list[Pair] | None:
    """The keys above the first table, and each table at the top as one key."""
    try:
        table = tomllib.loads(raw[start:end].replace("\r\n", "\n"))
    except (tomllib.TOMLDecodeError, RecursionError, ValueError):
        return None
    headers = list(_TABLE.finditer(raw, start, end))
    top = headers[0].start() if headers else end
    spots = [(pair.key, pair.start, pair.end) for pair in _lines(raw, start, top)]
    spots += [(header[1], header.end(), header.end()) for header in headers]
    spots = [spot for spot in spots if spot[0] in table]
    limits = [begin for _, begin, _ in spots[1:]] + [end] * bool(spots)
    pairs = []
    for (key, begin, line_end), limit in zip(spots, limits, strict=True):
        value = table.pop(key, None)  # a line inside a text of several lines can look like a key that is there already
        if value is not None:
            pairs.append(Pair(key, begin, _toml_end(raw, begin, line_end, limit), _flat(value)))
    return pairs


def _toml_end(raw: str, start: int, line_end: int, limit: int) -> int:
    """Where a value ends: with its line, or at the closing bracket or quotes of one of several lines."""
    if start == line_end:  # a table: all up to the next key
        following = _TABLE.search(raw, start, limit)
        limit = following.start() if following else limit
        return start + len(raw[start:limit].rstrip())
    opener = raw[start : start + 3] if raw[start : start + 3] in _CLOSERS else raw[start]
    closer = _CLOSERS.get(opener)
    if closer is None or closer in raw[start + len(opener) : line_end]:
        return line_end
    return max(line_end, raw.rfind(closer, start, limit) + len(closer))
