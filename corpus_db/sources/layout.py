"""Runs of text with their places on pages → lines in the order in which they are read, and what stands at the edges.

What a page shows and no text says: running heads and the numbers of pages, which repeat at one height from page to page;
columns, between which no line stands; lines that run downwards; notes at the foot. Lengths are in points; `down` grows
towards the foot of the page.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import pairwise
from statistics import median
from typing import Any, NamedTuple

_EDGE_ROWS = 3  # at each edge of a page, among which running heads stand
_SAME_HEIGHT = 4.0  # points by which the height of a running head may differ
_DIGITS = re.compile(r"\d+")
_PAGE_NUMBER = re.compile(
    r"[-—–·•.|/\s]*(?:第|Page|P\.)?\s*(?P<number>\d{1,4})\s*页?(?:\s*(?:/|／|共|of|,|，)+\s*\d{1,4}\s*页?)?[-—–·•.|\s]*",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"(?:https?|file)://\S+")
_NOTE = re.compile(r"(?:[①-⑳]|\[\d{1,3}\]|［\d{1,3}］|〔\d{1,3}〕|\d{1,3}(?![\d.、年月%])|[*＊†])\s?\S")
_LEAST_LINES = 4  # of a column
_LEAST_CHARS = 8  # of a line in a column, in the middle: cells of tables are shorter
_MOST_CROSSING = 0.35  # share of lines of a page of columns that go across
_LEAST_FILLED = 0.6  # of the width of a column, by the line in the middle
_DISORDER = 0.2  # share of lines drawn above the one before, from which on places tell more than the order


class Line(NamedTuple):
    """A run of text on one line of a page; of a row of a table, one cell."""

    page: int
    left: float
    right: float
    down: float  # of its base line
    size: float  # of the type
    text: str


class Laid(NamedTuple):
    """A document as it is read."""

    regions: list[list[Line]]  # one after the other: columns, and what stands above and below them
    heads: dict[Line, str]  # lines that are no text, and why
    notes: list[Line]  # of the foot of pages


def laid_out(pages: Sequence[Sequence[Any]]) -> Laid:
    """The lines of pages, each given as the runs of `pdfium.document`, in the order in which they are read."""
    found = [_lines(number, runs) for number, runs in enumerate(pages)]
    heads = {line: reason for page in found for line, reason in page.aside.items()}
    heads |= _running([page.lines for page in found])
    body = body_size(line for page in found for line in page.lines)
    notes = [line for page in found for line in _notes([line for line in page.lines if line not in heads], body)]
    left_out = {*heads, *notes}
    texts = [[line for line in page.lines if line not in left_out] for page in found]
    gutters = {gutter for gutter in map(_gutter, texts) if gutter is not None}
    return Laid([region for lines in texts for region in _ordered(lines, gutters)], heads, notes)


def body_size(lines: Iterable[Line]) -> float:
    """The size of type that most characters have; 0: there are none."""
    sizes = Counter[float]()
    for line in lines:
        sizes[round(line.size * 2) / 2] += len(line.text)
    return max(sizes, key=lambda size: (sizes[size], size), default=0.0)


class _Page(NamedTuple):
    lines: list[Line]
    aside: dict[Line, str]  # what stands across the others


def _lines(number: int, runs: Sequence[Any]) -> _Page:
    """The lines of a page, turned so that most of them run from left to right."""
    chars = Counter[int]()
    for run in runs:
        chars[run[0]] += len(run[-1])
    if _is_vertical(runs):
        return _Page(list(_columns_of_characters(number, runs)), {})
    upright = max((turn for turn in chars if turn >= 0), key=lambda turn: chars[turn], default=0)
    page = _Page([], {})
    for run in runs:
        line = _turned(number, upright, run)
        if run[0] == upright:
            page.lines.append(line)
        else:
            page.aside[line] = "text across the page"
    return page


def _turned(number: int, turn: int, run: Any) -> Line:
    _, x, y, to_x, to_y, size, text = run
    left, right, down = ((x, to_x, -y), (y, to_y, x), (-x, -to_x, y), (-y, -to_y, -x))[turn]
    return Line(number, left, max(left, right), down, size, text)


def _is_vertical(runs: Sequence[Any]) -> bool:
    """Whether most characters of a page stand below one another: in runs that go down, or one to a run."""
    chars = sum(len(run[-1]) for run in runs)
    down = sum(len(run[-1]) for run in runs if abs(run[4] - run[2]) > max(abs(run[3] - run[1]), 2 * run[5]))
    stacked = sum(len(other[-1]) for one, other in pairwise(runs) if _is_below(one, other) and len(one[-1]) < 4)
    return chars > 10 and 2 * (down + stacked) > chars


def _is_below(one: Any, other: Any) -> bool:
    """Whether a run begins where another one, which goes down, has ended."""
    return bool(abs(other[1] - one[1]) < one[5] / 2 and 0 < min(one[2], one[4]) - other[2] < 2 * one[5])


def _columns_of_characters(number: int, runs: Sequence[Any]) -> Iterator[Line]:
    """The lines of a page on which they run downwards, as if they ran to the right."""
    line: Line | None = None
    before: Any = None
    for run in runs:
        _, x, y, _, to_y, size, text = run
        if line is not None and _is_below(before, run):
            line = line._replace(right=-min(y, to_y), text=line.text + text)
        else:
            if line is not None:
                yield line
            line = Line(number, -y - size, -min(y, to_y), -x, size, text)
        before = run
    if line is not None:
        yield line


def _rows(lines: Sequence[Line]) -> list[list[Line]]:
    """Lines by height, those of one height together."""
    rows: list[list[Line]] = []
    for line in sorted(lines, key=lambda line: (line.down, line.left)):
        if rows and line.down - rows[-1][0].down < line.size / 2:
            rows[-1].append(line)
        else:
            rows.append([line])
    return rows


def _running(pages: Sequence[Sequence[Line]]) -> dict[Line, str]:
    """Running heads and the numbers of pages, and why each is none of the text: from the edges of each page inwards."""
    edges = _Edges([_rows(lines) for lines in pages])
    found = dict[Line, str]()
    for number, sides in enumerate(edges.of_pages):
        for side in sides:
            for row in side:
                reasons = {line: edges.why(line, number) for line in row}
                if not all(reasons.values()):
                    break
                found |= {line: reason for line, reason in reasons.items() if reason}
    return found


class _Edges:
    """The first and last rows of pages: what counts up in them, what stands on several pages at one height."""

    def __init__(self, pages: Sequence[list[list[Line]]]) -> None:
        self.of_pages = [(rows[:_EDGE_ROWS], rows[::-1][:_EDGE_ROWS]) for rows in pages]
        self._counting, self._repeated = Counter[int](), Counter[tuple[str, int]]()
        self._least = 2 if len(pages) < 5 else 3
        for number, sides in enumerate(self.of_pages):
            numbers = {_number(line) for side in sides for row in side[:2] for line in row}
            self._counting.update(shown - number for shown in numbers if shown is not None)
            self._repeated.update({_pattern(line) for side in sides for row in side for line in row})
        self._printed = _printed(self.of_pages[0]) if len(pages) == 1 else frozenset()

    def why(self, line: Line, number: int) -> str | None:
        """Why a line is none of the text; None: it is."""
        shown = _number(line)
        is_only_page = len(self.of_pages) == 1 and shown == 1
        if shown is not None and (is_only_page or self._counting[shown - number] > 1):
            return "page number"
        pattern, height = _pattern(line)
        pages = sum(self._repeated[pattern, height + near] for near in (-1, 0, 1))
        is_repeated = pages >= self._least and any(map(str.isalpha, line.text))
        return "running head" if is_repeated or line in self._printed else None


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


def _notes(lines: Sequence[Line], body: float) -> list[Line]:
    """The notes at the foot of a page: in smaller type, from a mark on."""
    small = list[Line]()
    for row in reversed(_rows(lines)):
        if any(line.size > 0.93 * body for line in row):
            break
        small[:0] = row
    begin = next((n for n, line in enumerate(small) if _NOTE.match(line.text)), len(small))
    return small[begin:]


def _ordered(lines: Sequence[Line], known: Collection[float]) -> list[list[Line]]:
    """The lines of a page in the order in which they are read, columns one after the other."""
    gutter = _gutter(lines, known)
    if gutter is None:
        return [_in_order(lines)] if lines else []
    regions: list[list[Line]] = []
    for is_across, band in _bands(lines, gutter):
        if is_across:
            regions.append(band)
        else:
            for side in (
                [line for line in band if line.right <= gutter],
                [line for line in band if line.left >= gutter],
            ):
                regions += _ordered(side, known)
    return regions


def _bands(lines: Sequence[Line], gutter: float) -> Iterator[tuple[bool, list[Line]]]:
    """(whether they go across the gutter, lines) from the head of a page to its foot."""
    band, was_across = list[Line](), False
    for line in sorted(lines, key=lambda line: (line.down, line.left)):
        is_across = line.left < gutter < line.right
        if band and is_across != was_across:
            yield was_across, band
            band = []
        was_across = is_across
        band.append(line)
    if band:
        yield was_across, band


def _gutter(lines: Sequence[Line], known: Collection[float] = ()) -> float | None:
    """Where a page parts into two columns: of prose, or where other pages do, which are `known`; None: nowhere."""
    best, best_lines = None, 0
    for gutter in sorted({*known, *(round(line.left) - 2.0 for line in lines)}):
        before = [line for line in lines if line.right <= gutter]
        behind = [line for line in lines if line.left >= gutter]
        across = len(lines) - len(before) - len(behind)
        is_known = gutter in known
        least = min(len(before), len(behind))
        if least < max(1 if is_known else _LEAST_LINES, best_lines + 1) or across > _MOST_CROSSING * len(lines):
            continue
        if is_known or (_is_filled(before) and _is_filled(behind)):
            best, best_lines = gutter, least
    return best


def _is_filled(lines: Sequence[Line]) -> bool:
    """Whether the lines of a column are those of prose."""
    width = max(line.right for line in lines) - min(line.left for line in lines)
    in_the_middle = median(line.right - line.left for line in lines)
    return median(len(line.text) for line in lines) >= _LEAST_CHARS and in_the_middle > _LEAST_FILLED * width


def _in_order(lines: Sequence[Line]) -> list[Line]:
    """The lines of a column in the order in which they are drawn, unless that jumps up and down."""
    jumps = sum(other.down < one.down - one.size for one, other in pairwise(lines))
    return list(lines) if jumps <= _DISORDER * len(lines) else [line for row in _rows(lines) for line in row]
