"""Lines of text → paragraphs of the article: flattened lines parted, wrapped lines joined."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db.clean.spans import Line, may_hide
from corpus_db.records import ParagraphKind

HEADING_CHARS = 30
_HEADING_MIN = 3
_FINAL = r"[。！？!?…⋯.~～]"
_CLOSERS = r"[”’」』）)\]】\"'》]"
ENDS_SENTENCE = re.compile(rf"(?:{_FINAL}{_CLOSERS}*|[；;：:，,、])$")
_HAN_RUN = re.compile("[\u3400-\u9fff\U00020000-\U000323af]+")
_HAN = "\u3400-\u9fff\U00020000-\U000323af"


class Block(NamedTuple):
    """A paragraph in the making."""

    parts: tuple[tuple[int, int], ...]  # stretches of the content that it is made of, in reading order
    text: str
    kind: ParagraphKind = "text"


def is_prose(text: str) -> bool:
    """Whether `text` reads as Chinese prose rather than code, a table or a list: it ends a sentence, mostly in Han.

    >>> is_prose("他走了。"), is_prose("return this.calculator(input);"), is_prose("第三步")
    (True, False, False)
    """
    return text[-1] in "。！？!?…”’」』）)" and 2 * sum(map(len, _HAN_RUN.findall(text))) > len(text)


# --- one line that holds many paragraphs ---------------------------------------------------------------------------

_MIN_FLAT_CHARS = 300
_MIN_BOUNDARIES = 4
_MIN_SHARE = 0.6  # of the text, that stands in the one line
_MAX_TYPED = 0.95  # share of sentence ends with a space behind, above which it is the writer's habit
_MIN_MEAN_CHARS = 60
_GAP = r"[ \t\u3000\xa0]"
_MAYBE_WIDE = re.compile(rf"{_GAP}(?:(?<=\t){_GAP}*|{_GAP}+)")
_BEHIND_MARK = re.compile(rf"{_GAP}(?<=[。！？!?…⋯.~～”’」』）)\]】\"'》]{_GAP}){_GAP}*")  # maybe behind a sentence
_WIDE = re.compile(r"\u3000{2}|[ \xa0]{2}|\t")
_VERY_WIDE_CHARS = 8
_BEHIND_SENTENCE = re.compile(rf"(?:[。！？!?…⋯~～]|(?<=[\u3400-\u9fff])\.){_CLOSERS}{{0,3}}$|[）】]$")
_BEHIND_CLAUSE = re.compile(rf"(?:{_FINAL}|[：:；;]){_CLOSERS}{{0,3}}$|[）】]$")
_ENDING = re.compile(r"[。！？!?]")
_HEAD = re.compile(
    rf"(?P<head>[^。！？!?；;\n]{{{_HEADING_MIN},{HEADING_CHARS}}}?[{_HAN}”’」』）)》])(?P<gap>{_GAP}+)(?=[{_HAN}“‘「『《（(A-Za-z0-9])"
)
# What stands before a space at the beginning of a paragraph and is no heading: datelines, photo credits, reporters.
_NO_HEADING = re.compile(
    r".*(?:电|讯|消息|报道|摄|供图|截图|资料图|[）)]|记者|通讯员)$|(?:图|资料图|记者|通讯员|来源|作者)[:：为]"
)
_SPACED_LATIN = re.compile(rf"[A-Za-z0-9.%+-]+{_GAP}")


def part(text: str, start: int, end: int, share: float) -> list[tuple[int, int]]:
    """The paragraphs of the line text[start:end], which holds `share` of the document's text.

    Paragraphs that a scraper joined by spaces begin behind a sentence's end and a space. That is believed where one
    line is the document and has several such places, but not every sentence ends in one (then it is a typing habit).
    A wide gap (two ideographic spaces, as Chinese paragraphs begin with) needs no more than two places, and a very wide
    one no sentence's end.
    """
    if end - start < _MIN_FLAT_CHARS:
        return [(start, end)]
    line = text[start:end]
    only_spaces = not may_hide(line)  # a quick look before the close ones
    if only_spaces and line.count(" ") < _MIN_BOUNDARIES:
        return [(start, end)]
    bounds = [] if only_spaces and "  " not in line else _wide_gaps(text, start, end)
    if len(bounds) < 2:
        bounds = _sentence_gaps(text, start, end) if share >= _MIN_SHARE else []
        if not _is_flat(text, start, end, len(bounds)):
            return [(start, end)]
    cut: list[tuple[int, int]] = []
    at = start
    for gap_start, gap_end in [*bounds, (end, end)]:
        cut += _with_heading(text, at, gap_start)
        at = gap_end
    return cut


def _wide_gaps(text: str, start: int, end: int) -> list[tuple[int, int]]:
    gaps = [match.span() for match in _MAYBE_WIDE.finditer(text, start, end)]
    return [gap for gap in gaps if _is_wide(text, *gap)]


def _is_wide(text: str, start: int, end: int) -> bool:
    if end - start >= _VERY_WIDE_CHARS:
        return True
    return bool(_WIDE.match(text, start, end)) and bool(_BEHIND_CLAUSE.search(text, start - 4, start))


def _sentence_gaps(text: str, start: int, end: int) -> list[tuple[int, int]]:
    gaps = [match.span() for match in _BEHIND_MARK.finditer(text, start, end)]
    return [gap for gap in gaps if _BEHIND_SENTENCE.search(text, gap[0] - 4, gap[0])]


def part_lines(text: str, lines: Sequence[Line]) -> list[Line]:
    """`lines` of `text`, a flattened one as many."""
    size = sum(len(line.text) for line in lines)
    parted: list[Line] = []
    for line in lines:
        bounds = part(text, line.start, line.end, len(line.text) / size)
        if len(bounds) == 1:
            parted.append(line)
        else:
            parted += [Line(start, end, text[start:end], True, False) for start, end in bounds]
    return parted


def _is_flat(text: str, start: int, end: int, boundaries: int) -> bool:
    if boundaries < _MIN_BOUNDARIES:
        return False
    sentences = len(_ENDING.findall(text, start, end))
    return boundaries / max(sentences, 1) <= _MAX_TYPED or (end - start) / boundaries >= _MIN_MEAN_CHARS


def _with_heading(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """text[start:end], parted behind a heading that it begins with.

    A heading has no final punctuation and stands before a space with Han (or the mark that closes it) on its left; the
    text behind it must not be one more short run, nor spaced out around Latin words and numbers (在 2013 年).
    """
    match = _HEAD.match(text, start, end)
    if match is None or _NO_HEADING.match(match["head"]) or not balanced(match["head"]):
        return [(start, end)]
    rest = text[match.end() : end]
    if (
        len(rest) < 8
        or not ENDS_SENTENCE.search(rest)
        or _SPACED_LATIN.match(rest)
        or re.match(rf"\S{{1,7}}{_GAP}", rest)
    ):
        return [(start, end)]
    return [(start, match.end("head")), (match.end(), end)]


def balanced(text: str) -> bool:
    """Whether every bracket and quotation mark that `text` opens is closed in it."""
    return all(
        text.count(opener) == text.count(closer) for opener, closer in ("“”", "《》", "（）", "()", "「」", "【】")
    )


# --- paragraphs cut into lines of one width ------------------------------------------------------------------------

_MIN_WRAPPED = 6  # lines
_WIDTHS = (24, 130)  # columns; a Han character takes two
_SENTENCE_ENDS = "。！？!?…”」：:"
_RAGGED = 6  # columns that a full line may stay short of the widest


def width(text: str) -> int:
    """Columns that `text` takes on a terminal.

    >>> width("电商B2B")
    7
    """
    return len(text) + (0 if text.isascii() else sum(unicodedata.east_asian_width(c) in "WF" for c in text))


def unwrap(lines: Sequence[Line]) -> list[list[Line]]:
    """`lines`, those of one paragraph together, where all were cut near one width; else each by itself."""
    single = [[line] for line in lines]
    together = [line for line in lines if not line.apart]
    if len(together) < _MIN_WRAPPED - 1 or max(len(line.text) for line in lines) > _WIDTHS[1]:
        return single
    if sum(line.text[-1] in _SENTENCE_ENDS for line in together) > 0.7 * len(together):
        return single
    widths = [width(line.text) + 4 * (line.indented and not line.text.isascii()) for line in lines]
    widest = max(widths)
    longest = max(len(line.text) for line in lines)
    full = [w >= widest - _RAGGED or len(line.text) >= longest - 1 for w, line in zip(widths, lines, strict=True)]
    open_ended = sum(f and not ENDS_SENTENCE.search(line.text) for f, line in zip(full, lines, strict=True))
    if not _WIDTHS[0] <= widest <= _WIDTHS[1] or sum(full) < 0.5 * len(lines) or open_ended < 0.4 * sum(full):
        return single
    joined: list[list[Line]] = []
    goes_on = False
    for line, is_full in zip(lines, full, strict=True):
        if goes_on and not line.apart and not line.indented:
            joined[-1].append(line)
        else:
            joined.append([line])
        goes_on = is_full
    return joined


def join(first: str, second: str) -> str:
    """Two lines of one paragraph as one: a space only between two Latin words.

    >>> join("电商", "平台"), join("big", "data")
    ('电商平台', 'big data')
    """
    return first + (" " if first[-1:].isascii() and second[:1].isascii() else "") + second


def of_lines(lines: Sequence[Line]) -> Block:
    """The paragraph that `lines` make up."""
    if len(lines) == 1:
        return Block(((lines[0].start, lines[0].end),), lines[0].text)
    text = lines[0].text
    for line in lines[1:]:
        text = join(text, line.text)
    return Block(tuple((line.start, line.end) for line in lines), text)
