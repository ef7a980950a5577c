"""Lines with their places → paragraphs: what the places say of where one ends, and what stands between two lines.

`clean.paragraphs.unwrap` judges lines of a text by their widths alone, and all of them or none. Here the margins are known:
a line is full where the first word of the next had no room, a first line is indented, and a gap is wider than between
lines. So paragraphs are joined before they are cleaned, across columns and pages too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise

from corpus_db.clean.paragraphs import ENDS_SENTENCE, join, width
from corpus_db.sources.layout import Line

_WIDE_GAP = 1.25  # of the distance between lines, from which on a paragraph ends
_OTHER_SIZE = 1.08  # ratio of sizes of type that are not those of one paragraph
_INDENT, _MOST_INDENT = 0.9, 4.5  # in sizes of the type
_FIRST_LINE = (1.5, 2.6)  # of an indented first line
_FULL_SHARE = 0.8  # where among the ends of lines, from the shortest, the margin is
_SLACK = 0.6  # by which full lines may end before it
_MOST_ENDING = 0.7  # share of full lines that end a sentence or clause, above which none was cut: verse, lists
_OVERLAP, _FEW = 0.7, 3  # of two columns of one width; lines of a column that do not tell its width
# A line of a table of contents.
CONTENTS = re.compile(r"\S.{0,80}?(?:[.．·•…]\s?){4,}\s*[-–]?\d{1,4}\s*[-–]?")
_MARK = re.compile(r"(?:[•·●○■□◆▪➢-]|[\ue000-\uf8ff]|[（(]?(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-z])[.、)）])\s?\S")
# What is not parted at the end of a line: a word, or a character, with the marks that may not begin or end one, and what
# stands behind those of them that bind. Source: Unicode Standard Annex 14, classes OP, CL, EX, IS and QU.
_ATOM, _CLOSING = "(?:[!-~]+|.)", r"[、。，．：；？！）」』】》〉”’…—～·!,.:;?)\]}%％]*"
_UNIT = re.compile(rf"[“‘（《「『【〈]*{_ATOM}(?:{_CLOSING}(?:[“”‘’]|(?<=[,.:;!?])(?=[!-~])){_ATOM})?{_CLOSING}")
_LATIN_END = re.compile("[0-9A-Za-z][!-~]*$")
_HYPHENATED = re.compile("[a-z][-\u2010]$")
_SOFT_HYPHEN = "\u00ad"


class Margins:
    """Where the lines of a column begin and end, and how far they stand apart."""

    def __init__(self, lines: Sequence[Line]) -> None:
        """`lines`: those of the column, and of columns like it."""
        rights = sorted(line.right for line in lines)
        self.right = rights[int(_FULL_SHARE * (len(rights) - 1))]
        self.left = _first_common([line.left for line in lines])
        steps = [
            other.down - one.down
            for one, other in pairwise(lines)
            if 0.8 * one.size < other.down - one.down < 3 * one.size and _is_same_size(one, other)
        ]
        self.step = sorted(steps)[len(steps) // 3] if steps else 0.0
        full = [line for line, other in pairwise(lines) if self.is_full(line, other)]
        ending = sum(ENDS_SENTENCE.search(line.text.rstrip()) is not None for line in full)
        self.are_wrapped = ending <= _MOST_ENDING * len(full)

    def is_full(self, line: Line, other: Line) -> bool:
        """Whether the beginning of the next line had no room in this one."""
        unit = _UNIT.match(other.text.lstrip())
        return line.right + (width(unit[0] if unit else "") / 2 + _SLACK) * line.size > self.right


def _first_common(lefts: Sequence[float]) -> float:
    """The leftmost place at which several lines begin."""
    ordered = sorted(lefts)
    least = max(2, len(ordered) // 10)
    return next((left for n, left in enumerate(ordered) if _count_near(ordered, n) >= least), ordered[0])


def _count_near(ordered: Sequence[float], n: int) -> int:
    end = n
    while end < len(ordered) and ordered[end] - ordered[n] < 2:
        end += 1
    return end - n


def paragraphs(regions: Sequence[Sequence[Line]]) -> list[list[list[Line]]]:
    """The paragraphs of columns, in order: lines as rows of one line, or of the cells of a table."""
    found: list[list[list[Line]]] = []
    above = None  # margins of the column in which the last paragraph ends
    for number, region in enumerate(regions):
        margins = Margins(_like(regions, number))
        for row in _rows(region):
            if above is not None and _goes_on(found[-1], row, above, margins):
                found[-1].append(row)
            else:
                found.append([row])
            above = margins
    return found


def _like(regions: Sequence[Sequence[Line]], number: int) -> list[Line]:
    """The lines of a column and of its neighbours that stand in the same width: of one line alone, no margin is known."""
    region = regions[number]
    left, right = _extent(region)
    lines = list[Line]()
    for near in regions[max(number - 2, 0) : number + 3]:
        near_left, near_right = _extent(near)
        overlap = min(right, near_right) - max(left, near_left)
        is_part = len(region) < _FEW <= len(near) and overlap >= right - left
        if near is region or is_part or overlap > _OVERLAP * max(right - left, near_right - near_left):
            lines += near
    return lines


def _extent(region: Sequence[Line]) -> tuple[float, float]:
    return min(line.left for line in region), max(line.right for line in region)


def _rows(region: Sequence[Line]) -> Iterator[list[Line]]:
    """The lines of a column; those side by side together."""
    row = list[Line]()
    for line in region:
        if row and (abs(line.down - row[-1].down) > line.size / 3 or line.left < row[-1].right - line.size / 2):
            yield row
            row = []
        row.append(line)
    if row:
        yield row


def _goes_on(paragraph: Sequence[Sequence[Line]], row: Sequence[Line], above: Margins, margins: Margins) -> bool:
    """Whether a row goes on with the paragraph that the one before it is the end of."""
    before, line = paragraph[-1][-1], row[0]
    if len(row) > 1 or len(paragraph[-1]) > 1 or not above.are_wrapped or not _is_same_size(before, line):
        return False
    if CONTENTS.fullmatch(before.text.strip()):
        return False
    if above is not margins:  # in the next column, or on the next page
        return above.is_full(before, line) and not _begins([[line]], line, margins)
    if line.down - before.down > max(margins.step * _WIDE_GAP, before.size * 1.1):
        return False
    return margins.is_full(before, line) and not _begins(paragraph, line, margins)


def _begins(paragraph: Sequence[Sequence[Line]], line: Line, margins: Margins) -> bool:
    """Whether a line is indented as the first of a paragraph is."""
    first, before = paragraph[0][0], paragraph[-1][0]
    indent = (line.left - margins.left) / line.size
    if indent < _INDENT:
        return False
    if before is not line and _MARK.match(first.text) and line.left - first.left < _MOST_INDENT * line.size:
        return line.left <= first.left + 1  # it hangs below the text behind the mark
    if indent > _MOST_INDENT:  # at the right, or in the middle
        return True
    is_alike = before is not line and abs(line.left - before.left) < 0.3 * line.size
    return not is_alike or _FIRST_LINE[0] < indent < _FIRST_LINE[1]


def _is_same_size(one: Line, other: Line) -> bool:
    return max(one.size, other.size) < _OTHER_SIZE * min(one.size, other.size)


def between(first: str, second: str) -> str:
    """What stands between two lines of a paragraph: nothing, or a space between two Latin words.

    >>> between("电商", "平台"), between("big", "data"), between("big ", "data")
    ('', ' ', '')
    >>> between("他们说,", "2013年")
    ''
    """
    has_space = second[:1].isspace() or not _LATIN_END.search(first)
    return "" if has_space else join(first[-1:], second[:1])[1:-1]


def hyphen_at_end(first: str, second: str) -> int:
    """How many characters at the end of a line a word was parted by, which goes on in the next.

    >>> hyphen_at_end("the plat-", "forms"), hyphen_at_end("2013-", "2014"), hyphen_at_end("B-", "Boy")
    (1, 0, 0)
    """
    return 1 if first[-1:] == _SOFT_HYPHEN or (_HYPHENATED.search(first) and second[:1].islower()) else 0
