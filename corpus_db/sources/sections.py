"""A daily digest (one file with the articles of a day) → its sections, if that is clearly what it is.

Chapters of one article also stand under headings. What tells a daily digest is that every section names its own
source: a line with 来源, 作者, 链接, a date, or a bare link.
"""

from __future__ import annotations

import re

_HEADING = re.compile(r"^## +\S", re.MULTILINE)
_FENCED = re.compile(r"^(?:```|~~~)", re.MULTILINE)
_LABEL = r"来源|出处|稿源|作者|记者|原文|原文链接|阅读原文|链接|网址|日期|时间|发布时间|发表时间|source|via|link|url|date|author"
_PROVENANCE = re.compile(
    rf"^(?:<p>)?(?:[>*\-+_ \t]{{0,9}}\[?(?:{_LABEL})[*_ \t]{{0,4}}(?:[:：]|\]\(https?://)|[>*\-+<\[ \t]{{0,9}}https?://\S+[ \t]*$)",
    re.MULTILINE | re.IGNORECASE,
)
LEAST_SECTIONS = 3
_LEAST_CHARS = 60  # of a section that is an article
_NEAR_CHARS = 300  # a section's source stands at its head or at its end


def sections(raw: str, heading: re.Pattern[str] = _HEADING) -> list[tuple[int, int]]:
    """(start, end) of each section of a daily digest, what stands before the first left out; empty if `raw` is none.

    `heading` is what a section begins with.

    >>> one = "## 标题\\n来源：某报\\n" + "正文。" * 20 + "\\n"
    >>> len(sections("# 日报\\n" + one * 3)), sections("## 一\\n正文\\n" * 3)
    (3, [])
    """
    if _FENCED.search(raw):
        return []  # headings inside code would have to be told apart; digests hold none
    starts = [match.start() for match in heading.finditer(raw)]
    if len(starts) < LEAST_SECTIONS:
        return []
    bounds = list(zip(starts, [*starts[1:], len(raw)], strict=True))
    return bounds if all(_is_article(raw[start:end]) for start, end in bounds) else []


def _is_article(section: str) -> bool:
    ends = section[:_NEAR_CHARS], section[-_NEAR_CHARS:]
    return len(section) >= _LEAST_CHARS and any(map(_PROVENANCE.search, ends))
