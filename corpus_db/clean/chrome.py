"""Lines at the edges of a document → what belongs to the page and not to the article.

The patterns are the table data/chrome.tsv. They are asked only from the first line down and from the last line up,
and the search stops at the first line that is text: the body between the edges is never at risk.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from corpus_db import data
from corpus_db.clean.byline import Found, byline
from corpus_db.clean.moments import STAMP, moment
from corpus_db.clean.spans import BLANK, Line, Mark
from corpus_db.text.fold import simplified

MAX_CHARS = 320  # of a line that a pattern may take
REPEATS = "repeats on the site"  # the reason of what only the corpus tells: `survey.ChromeEvidence`
_INSIDE_CHARS = 24  # of a line that is no text wherever it stands
_HEADLINE_CHARS = 60
_TAIL_CHARS = 40
_MAX_LINKS = 60  # lines below one list heading
_SENTENCE_ENDS = ("。", "！", "？", "”", "…", "）", ")")
_ENDS_SENTENCE = re.compile(r"[。；;，,：:][”’」』）)]*$")
_DAY = r"(?:20\d\d[-/.年])?\d{1,2}[-/.月]\d{1,2}日?"
# A headline with its date behind or before it.
_DATED_HEADLINES = (
    re.compile(rf"[·•\-\s]*\S.{{3,60}}?[\s\[（(]+{_DAY}(?:\s\d\d:\d\d)?[\])）]?"),
    re.compile(rf"[\[（(]?{_DAY}[\])）]?\s+.{{4,60}}"),
)
# A link to the next or previous article whose headline stands in the line below.
_ANNOUNCES = re.compile(r"(?:上|下|前|后)一?(?:篇|页|条|章|个)(?:文章|新闻)?\s?[:：]?")
_LINKED = re.compile(r"neighbour link|list heading")


class Rules(NamedTuple):
    """The rows of data/chrome.tsv for one edge: the alternation of their patterns, and their reasons by group."""

    pattern: re.Pattern[str]
    reasons: tuple[str, ...]

    def reason(self, line: str) -> str | None:
        """Why `line` as a whole is chrome, or None."""
        match = self.pattern.fullmatch(simplified(line)) if len(line) <= MAX_CHARS else None
        return self.reasons[int((match.lastgroup or "r0")[1:])] if match else None

    def at_end(self, line: str) -> re.Match[str] | None:
        """Where chrome begins that `line` ends with, in its last characters; None: it ends with none, or is a sentence."""
        if line.endswith(_SENTENCE_ENDS):
            return None
        start = max(0, len(line) - _TAIL_CHARS)
        line = line[:start] + simplified(line[start:])
        return next((m for m in self.pattern.finditer(line, start) if m.end() == len(line)), None)


@cache
def rules(edge: str) -> Rules:
    """The rules for one edge, 'top', 'end' or 'tail', or for any line of a text, 'inside'.

    >>> rules("end").reason("下一页:"), rules("end").reason("0/300"), rules("end").reason("他走了。")
    ('neighbour link', 'comment box', None)
    """
    wanted = {edge} if edge in ("tail", "inside") else {edge, "both"}
    kept = [(reason, pattern) for where, reason, pattern in data.cells("chrome.tsv") if where in wanted]
    patterns = "|".join(f"(?P<r{i}>{pattern})" for i, (_, pattern) in enumerate(kept))
    return Rules(re.compile(patterns, re.IGNORECASE), tuple(reason for reason, _ in kept))


def edge_reason(edge: str, line: str, is_known: Callable[[str], bool] | None) -> str | None:
    """Why a line at an edge is chrome: by the rules, or by `is_known`, the evidence of the corpus; None: it is not.

    >>> edge_reason("end", "下一页:", None), edge_reason("end", "某网首页", {"某网首页"}.__contains__)
    ('neighbour link', 'repeats on the site')
    """
    return rules(edge).reason(line) or inside(line) or (REPEATS if is_known is not None and is_known(line) else None)


def inside(line: str) -> str | None:
    """Why a line is no text wherever it stands; None: it may be.

    >>> inside("第2页 共3页"), inside("展开全文"), inside("第二天"), inside("第3名")
    ('page number', 'page tools', None, None)
    """
    return rules("inside").reason(line) if len(line) <= _INSIDE_CHARS else None


class Footer(NamedTuple):
    """The end of a document: chrome and credits."""

    lines: Sequence[Line]  # what stands above it
    marks: list[Mark]  # for the chrome among them
    credits: list[tuple[Line, list[Found]]]  # the credits among them, in order


def footer(lines: Sequence[Line], is_known: Callable[[str], bool] | None = None) -> Footer:
    """The chrome and credits that `lines` end with. `is_known`: evidence of the corpus about a line.

    >>> from corpus_db.clean.spans import lines
    >>> page = lines("他走了。\\n（责任编辑：王五）\\n下一篇:\\n某地下雨\\n热门阅读\\n某人的一天\\n某事的始末")
    >>> found = footer(page)
    >>> len(found.lines), [(page[i + 2].text, mark.reason) for i, mark in enumerate(found.marks)][1:3]
    (1, [('某地下雨', 'neighbour link'), ('热门阅读', 'list heading')])
    """
    marks: list[Mark] = []
    credits: list[tuple[Line, list[Found]]] = []
    i = len(lines)
    while i > 0:
        line = lines[i - 1]
        if len(line.text) > MAX_CHARS:
            break
        if reason := edge_reason("end", line.text, is_known):
            marks.append(Mark(line.start, line.end, "chrome", reason))
            i -= 1
            continue
        found = byline(line.text)
        if found and _is_credit(found):
            credits.append((line, found))
            i -= 1
            continue
        above = _links_above(lines, i)
        if above is None:
            break
        start, reason = above
        marks += [Mark(one.start, one.end, "chrome", reason) for one in reversed(lines[start:i])]
        i = start
    text, tail = _without_tail(lines[:i])
    return Footer(text, tail + marks[::-1], credits[::-1])


def _without_tail(lines: Sequence[Line]) -> tuple[Sequence[Line], list[Mark]]:
    """`lines` without what a page printed right behind the last one, and the mark for it."""
    if not lines:
        return lines, []
    last = lines[-1]
    match = rules("tail").at_end(last.text)
    if match is None or match.start() == 0:
        return lines, []
    text = last.text[: match.start()].rstrip(BLANK)
    kept = last._replace(end=last.start + len(text), text=text)
    return [*lines[:-1], kept], [Mark(last.start + match.start(), last.end, "chrome", "page tools")]


def _is_credit(found: list[Found]) -> bool:
    return any(one.field not in (None, "published", "views", "section") for one in found)


def is_headline(text: str) -> bool:
    """Whether `text` can be the headline of a link: short, and not the end of a sentence."""
    return len(text) <= _HEADLINE_CHARS and not _ENDS_SENTENCE.search(text)


def is_stamp(text: str) -> bool:
    """Whether `text` is a date and nothing else."""
    match = STAMP.fullmatch(text)
    return match is not None and moment(match) is not None


def _links_above(lines: Sequence[Line], end: int) -> tuple[int, str] | None:
    """Where the list of other articles that ends before line `end` begins, and why it is one; None: there is none."""
    i = end
    while i > 1 and is_stamp(lines[i - 1].text) and is_headline(lines[i - 2].text) and not is_stamp(lines[i - 2].text):
        i -= 2
    if end - i >= 4:
        return i, "link list"
    i = end
    while i > 0 and is_dated_headline(lines[i - 1].text):
        i -= 1
    if end - i >= 3:
        return i, "link list"
    # Headlines without dates: only below a line that announces them, which the last one does not.
    if not is_headline(lines[end - 1].text):
        return None
    for start in range(end - 2, max(-1, end - 1 - _MAX_LINKS), -1):
        reason = rules("end").reason(lines[start].text)
        if reason and _LINKED.fullmatch(reason):
            if reason == "list heading":
                return start + 1, "link list"
            return (start + 1, reason) if start == end - 2 and _ANNOUNCES.fullmatch(lines[start].text) else None
        if not is_headline(lines[start].text):
            return None
    return None


def is_dated_headline(text: str) -> bool:
    """Whether `text` is a headline with its date in the same line.

    >>> is_dated_headline("某地下雨 2019-09-07"), is_dated_headline("[09-07] 某地下雨"), is_dated_headline("某地下雨")
    (True, True, False)
    """
    return is_headline(text) and any(pattern.fullmatch(text) for pattern in _DATED_HEADLINES)
