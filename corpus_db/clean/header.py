"""The first lines of a document → title, fields, and the lines that only the page needed.

A header is read as far as metadata reaches: short lines above a byline, breadcrumb or time are title and subtitle.
Where there is no metadata, the first line is the title only if it reads like one and longer text follows it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from itertools import pairwise
from typing import NamedTuple

from corpus_db.clean import byline as bylines
from corpus_db.clean.chrome import edge_reason
from corpus_db.clean.fields import is_account
from corpus_db.clean.spans import BLANK, Line, Mark

_MAX_LINES = 15  # of a header
_MAX_PENDING = 3  # title and subtitles
_TITLE_CHARS = 60
_NAME_CHARS = 10  # of a publisher's name above the title
_MIN_TITLE_CHARS = 6  # of one that stands alone
_MIN_TEXT_CHARS = 40  # what follows a title that stands alone
_ENDS = re.compile(r"[。；;，,、：:…][”’」』）)]*$")
_NOT_A_TITLE = re.compile(
    r"[一二三四五六七八九十]{1,3}[、.．]|[（(][一二三四五六七八九十\d]{1,3}[）)]|\d{1,2}[、.．)）]|[QA问答][:：]|第[一二三四五六七八九十]{1,3}[,，、]|"
    r"(?:摘要|前言|导语|导读|引言|编者按|编者的话|目录|正文|概述|背景|核心提示|内容提要)$|[\d\s:：./年月日-]+$|广告|[，。,.]|.{0,8}记者[:：]|[\d年月日时点分]+$|!?\[|https?://|```|<"
)
_ADDRESS = re.compile(r"https?://[^\s\u4e00-\u9fff]+")
_BELOW_TITLE = re.compile("[—–-]{1,2}|[（(]")  # a subtitle begins so
_QUOTES_AND_GAPS = re.compile(r"[\s\u3000\xa0“”\"‘’'《》]+")


class Header(NamedTuple):
    """The beginning of a document: lines before `end` are no text."""

    end: int  # index of the first line of text
    marks: list[Mark]
    fields: dict[str, str]  # found in it, as printed; the first of a name counts


def header(
    lines: Sequence[Line],
    stated: Mapping[str, str],
    is_known: Callable[[str], bool] | None = None,
    *,
    lone_title: bool = True,
) -> Header:
    """The header that `lines` begin with; `stated` are the fields that the reader knows already.

    `lone_title`: a first line may be the title though no metadata stands near it.

    >>> from corpus_db.clean.spans import lines
    >>> head = header(lines("首页 > 要闻\\n市集今天开张\\n2016-01-25 18:03:21\\n1160浏览\\n今天，市集开张了。"), {})
    >>> head.end, head.fields["title"], head.fields["published"], head.fields["views"], head.fields["section"]
    (4, '市集今天开张', '2016-01-25 18:03:21', '1160', '要闻')
    """
    end, marks, found = _metadata(lines, stated, is_known)
    has_none = "title" not in found and "title" not in stated
    if has_none and (lone_title or marks) and _reads_like_title(lines[end:]):
        found["title"] = _unmarked(lines[end].text)
        marks.append(Mark(lines[end].start, lines[end].end, "title", "title"))
        end += 1
    # Many pages print the title twice, above and below their navigation.
    while "title" in found and end < len(lines) - 1 and _is_title(lines[end].text, found["title"]):
        marks.append(Mark(lines[end].start, lines[end].end, "title", "title again"))
        end += 1
    return Header(end, marks, found)


def _metadata(
    lines: Sequence[Line], stated: Mapping[str, str], is_known: Callable[[str], bool] | None
) -> tuple[int, list[Mark], dict[str, str]]:
    """The header as far as its last line of metadata: its end, marks and fields; the short lines above are its titles."""
    end = 0
    marks: list[Mark] = []
    found: dict[str, str] = {}
    pending: list[Line] = []  # short lines that are titles, if metadata follows
    for i, line in enumerate(lines[:_MAX_LINES]):
        if len(line.text) > bylines.MAX_CHARS:
            break
        read = _read(line, is_known)
        if read is None and _is_title(line.text, stated.get("title")):
            read = [Mark(line.start, line.end, "title", "title")], {}
        if read is not None:
            if "title" in read[1]:  # under a label: surer than any line above it
                found.setdefault("title", read[1]["title"])
            marks += _titles(pending, found, stated) + read[0]
            pending = []
            for name, value in read[1].items():
                found.setdefault(name, value)
            end = i + 1
        elif "title" not in stated and len(pending) < _MAX_PENDING and _may_be_title(line.text):
            pending.append(line)
        else:
            break
    return end, marks, found


def _may_be_title(text: str) -> bool:
    return len(text) <= _TITLE_CHARS and not _ENDS.search(text)


def _read(line: Line, is_known: Callable[[str], bool] | None) -> tuple[list[Mark], dict[str, str]] | None:
    """What a line of metadata or chrome is, with the fields it states; None: neither."""
    section = bylines.breadcrumb(line.text)
    if section is not None:
        return [Mark(line.start, line.end, "field", "section")], {"section": section} if section else {}
    if _ADDRESS.fullmatch(line.text):
        return [Mark(line.start, line.end, "field", "url")], {"url": line.text}
    found = bylines.byline(line.text)
    if found is not None:
        return list(field_marks(line, found)), field_values(found)
    reason = edge_reason("top", line.text, is_known)
    return ([Mark(line.start, line.end, "chrome", reason)], {}) if reason else None


def field_marks(line: Line, found: Sequence[bylines.Found]) -> list[Mark]:
    """Marks for what a byline states; what stands between two facts (bars, brackets) goes with the one before.

    >>> line = Line(10, 21, "作者:甲 | 阅读 3", True, False)
    >>> field_marks(line, bylines.byline(line.text))
    [Mark(start=10, end=17, role='field', reason='author'), Mark(start=17, end=21, role='field', reason='views')]
    """
    starts = [0, *(one.start for one in found[1:]), len(line.text)]
    return [
        Mark(line.start + start, line.start + end, "field" if one.field else "chrome", one.field or "page tools")
        for one, (start, end) in zip(found, pairwise(starts), strict=True)
    ]


def field_values(found: Sequence[bylines.Found]) -> dict[str, str]:
    """The fields of a byline, the first of each name; an account that signs as author is the uploader."""
    values: dict[str, str] = {}
    for one in found:
        if one.field and one.value:
            values.setdefault("uploader" if one.field == "author" and is_account(one.value) else one.field, one.value)
    return values


def _titles(pending: Sequence[Line], found: dict[str, str], stated: Mapping[str, str]) -> list[Mark]:
    """The short lines above metadata: the longest is the title, a publisher's name is known by its end."""
    marks: list[Mark] = []
    titles: list[Line] = []
    for line in pending:
        if not any(map(str.isalnum, line.text)):
            marks.append(Mark(line.start, line.end, "chrome", "page tools"))
        elif len(line.text) <= _NAME_CHARS and bylines.PUBLISHER.search(line.text):
            found.setdefault("publisher", line.text)
            marks.append(Mark(line.start, line.end, "field", "publisher"))
        else:
            titles.append(line)
    if not titles:
        return marks
    title = max(titles, key=lambda line: (not _BELOW_TITLE.match(line.text), len(line.text)))
    if "title" in found or "title" in stated:
        others = titles
    else:
        found["title"] = _unmarked(title.text)
        marks.append(Mark(title.start, title.end, "title", "title"))
        others = [line for line in titles if line is not title]
    if others:
        found.setdefault("subtitle", " ".join(line.text for line in others))
    return marks + [Mark(line.start, line.end, "field", "subtitle") for line in others]


def _is_title(text: str, title: str | None) -> bool:
    return title is not None and bare(text) == bare(title)


def bare(text: str) -> str:
    """`text` without gaps, quotation and heading marks, for comparing headlines.

    >>> bare("# “雨” 停了")
    '雨停了'
    """
    return _QUOTES_AND_GAPS.sub("", text).strip(BLANK + "#")


def _unmarked(title: str) -> str:
    return title.lstrip("# ") or title


def _reads_like_title(lines: Sequence[Line]) -> bool:
    if len(lines) < 2:
        return False
    title = _unmarked(lines[0].text)
    if len(title) < _MIN_TITLE_CHARS or not _may_be_title(title) or "。" in title or _NOT_A_TITLE.match(title):
        return False
    if len(title) <= _NAME_CHARS and bylines.PUBLISHER.search(title):
        return False
    if bare(lines[1].text) == bare(title):
        return True
    return max(len(line.text) for line in lines[1:6]) >= max(_MIN_TEXT_CHARS, 2 * len(title))
