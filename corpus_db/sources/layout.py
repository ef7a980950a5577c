"""Runs of text with their places on pages → lines in the order in which they are read.

What a page shows and no text says: columns, between which no line stands; lines that run downwards, or across the others.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import accumulate, pairwise
from statistics import median
from typing import Any, NamedTuple

from corpus_db.sources.edges import Line, foot_notes, rows_of, running

_RAISED = re.compile("\x0e([^\x0f]*)\x0f")  # `pdfium.RAISED`
_LEAST_LINES, _MOST_LINES = 4, 2_000  # of a column; of a page that is looked through for columns
_LEAST_CHARS = 8  # of a line in a column, in the middle: cells of tables are shorter
_MOST_CROSSING = 0.35  # share of lines of a page of columns that go across
_LEAST_FILLED = 0.6  # of the width of a column, by the line in the middle
_DISORDER = 0.2  # share of lines drawn above the one before, from which on places tell more than the order


class Laid(NamedTuple):
    """A document as it is read."""

    regions: list[list[Line]]  # one after the other: columns, and what stands above and below them
    heads: dict[Line, str]  # lines that are no text, and why
    notes: list[Line]  # of the foot of pages


def laid_out(pages: Sequence[Sequence[Any]]) -> Laid:
    """The lines of pages, each given as the runs of `pdfium.document`, in the order in which they are read."""
    found = [_lines(number, runs) for number, runs in enumerate(pages)]
    heads = {line: reason for page in found for line, reason in page.aside.items()}
    heads |= running([page.lines for page in found])
    body = body_size(line for page in found for line in page.lines)
    standing = [[line for line in page.lines if line not in heads] for page in found]
    below = [frozenset(foot_notes(lines, body)) for lines in standing]
    texts = [[line for line in lines if line not in foot] for lines, foot in zip(standing, below, strict=True)]
    gutters = {gutter for gutter in map(_gutter, texts) if gutter is not None}
    regions = [region for lines in texts for region in _ordered(lines, gutters)]
    notes = [
        line
        for lines, foot in zip(standing, below, strict=True)
        for region in _ordered([line for line in lines if line in foot], gutters)
        for line in region
    ]
    return Laid(regions, heads, notes)


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
    parts = _RAISED.split(text)  # every second one is raised
    ends = list(accumulate(map(len, parts)))
    raised = tuple((ends[n - 1], ends[n]) for n in range(1, len(parts), 2))
    return Line(number, left, max(left, right), down, size, "".join(parts), raised)


def _is_vertical(runs: Sequence[Any]) -> bool:
    """Whether most characters of a page stand below one another: in runs that go down, or one to a run."""
    chars = sum(len(run[-1]) for run in runs)
    down = sum(len(run[-1]) for run in runs if abs(run[4] - run[2]) > max(abs(run[3] - run[1]), 2 * run[5]))
    stacked = sum(len(other[-1]) for one, other in pairwise(runs) if _is_below(one, other) and len(one[-1]) == 1)
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
    if len(lines) > _MOST_LINES:
        return None
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
    return list(lines) if jumps <= _DISORDER * len(lines) else [line for row in rows_of(lines) for line in row]
