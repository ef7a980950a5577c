"""What stands at the head and the foot of pages and is none of the text: running heads, numbers of pages, and notes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

_HEAD = "running head"
_EDGE_ROWS = 3  # at each edge of a page, among which running heads stand
_SAME_HEIGHT = 4.0  # points by which the height of a running head may differ
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–·•.|/\s]*(?:第|Page|P\.)?\s*(?P<number>\d{1,4})\s*页?(?:\s*(?:/|／|共|of|,|，)+\s*\d{1,4}\s*页?)?[-—–·•.|\s]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
NOTE = re.compile(
    r"(?:[①-⑳]|\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕|(?P<number>\d{1,3})(?![\d.、年月日页%个万亿元])|[*＊†])\s?\S"
)


class Line(NamedTuple):
    """A run of text on one line of a page; of a row of a table, one cell. Lengths are in points, from the head down."""

    page: int
    left: float
    right: float
    down: float  # of its base line
    size: float  # of the type
    text: str
    raised: tuple[tuple[int, int], ...] = ()  # what stands above the line in small type: (start, end) in the text


def running(pages: Sequence[Sequence[Line]]) -> dict[Line, str]:
    """Running heads and the numbers of pages, and why each is none of the text: from the edges of each page inwards."""
    edges = _Edges([rows_of(lines) for lines in pages])
    found = dict[Line, str]()
    for number, sides in enumerate(edges.of_pages):
        for side in sides:
            for row in side:
                reasons = {line: edges.why(line, number, is_foot=side is sides[1]) for line in row}
                if not all(reasons.values()):
                    break
                found |= {line: reason for line, reason in reasons.items() if reason}
    return {line: reason for line, reason in found.items() if reason != _HEAD} if _are_all(pages, found) else found


def _are_all(pages: Sequence[Sequence[Line]], found: Mapping[Line, str]) -> bool:
    """Whether running heads are all that most pages say, and differ: then they are the text."""
    heads = {line.text for line, reason in found.items() if reason == _HEAD}
    bare = sum(bool(lines) and all(line in found for line in lines) for lines in pages)
    return 2 * bare > len(pages) and 2 * len(heads) > len(pages)


class _Edges:
    """The first and last rows of pages: what counts up in them, what stands on several pages at one height."""

    def __init__(self, pages: Sequence[list[list[Line]]]) -> None:
        self.of_pages = [(rows[:_EDGE_ROWS], rows[::-1][:_EDGE_ROWS]) for rows in pages]
        self._counting, self._repeated = Counter[int](), Counter[tuple[str, int]]()
        self._leading = Counter[int]()  # numbers that the foot begins with, before other text
        self._least = 2 if len(pages) < 5 else 3
        for number, sides in enumerate(self.of_pages):
            numbers = {_number(line) for side in sides for row in side[:2] for line in row}
            self._counting.update(shown - number for shown in numbers if shown is not None)
            self._repeated.update({_pattern(line) for side in sides for row in side for line in row})
            self._leading.update({_first(note) - number for line in _last(sides) if (note := NOTE.match(line.text))})
        self._printed = _printed(self.of_pages[0]) if len(pages) == 1 else frozenset()

    def why(self, line: Line, number: int, *, is_foot: bool) -> str | None:
        """Why a line is none of the text; None: it is."""
        shown = _number(line)
        is_only_page = len(self.of_pages) == 1 and shown == 1
        if shown is not None and (is_only_page or self._counting[shown - number] > 1):
            return "page number"
        if is_foot and (note := NOTE.match(line.text)) and self._leading[_first(note) - number] < 2:
            return None  # a note, though it may say what another one does
        pattern, height = _pattern(line)
        pages = sum(self._repeated[pattern, height + near] for near in (-1, 0, 1))
        is_repeated = pages >= self._least and any(map(str.isalpha, line.text))
        return _HEAD if is_repeated or line in self._printed else None


def _last(sides: tuple[list[list[Line]], list[list[Line]]]) -> list[Line]:
    """The last row of a page."""
    return sides[1][0] if sides[1] else []


def _first(note: re.Match[str]) -> int:
    """The number that a note begins with; -1: it begins with another mark."""
    return int(note["number"] or -1)


def _printed(sides: tuple[list[list[Line]], list[list[Line]]]) -> frozenset[Line]:
    """What browsers print at the edges of a page: time and title, address and number; of one page nothing repeats."""
    head, foot = (side[0] if side else [] for side in sides)
    is_printed = any(_ADDRESS.fullmatch(line.text) for line in foot) and any(_number(line) == 1 for line in foot)
    size = foot[0].size if foot else 0
    return frozenset([*foot, *(line for line in head if line.size == size)] if is_printed else ())


def _number(line: Line) -> int | None:
    """The number of the page that a line shows, if it shows nothing else."""
    shown = _PAGE_NUMBER.fullmatch(line.text)
    return int(shown["number"]) if shown else None


def _pattern(line: Line) -> tuple[str, int]:
    """What repeats of a line from page to page: its text but for numbers, and its height."""
    return _DIGITS.sub("#", "".join(line.text.split())), round(line.down / _SAME_HEIGHT)


def foot_notes(lines: Sequence[Line], body: float) -> list[Line]:
    """The notes at the foot of a page: in smaller type, from a mark on."""
    small = list[Line]()
    for row in reversed(rows_of(lines)):
        if any(line.size > 0.93 * body for line in row):
            break
        small[:0] = row
    begin = next((n for n, line in enumerate(small) if NOTE.match(line.text)), len(small))
    return small[begin:]


def rows_of(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by height, those of one height together."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.down, line.left)):
        if rows and line.down - rows[-1][0].down < line.size / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows
