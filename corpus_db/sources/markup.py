"""HTML inside a value (of a feed, a record, a cell) → marks: tags, comments and scripts as markup, references as escapes.

Unlike a page, such a value is all text: nothing in it is judged. Its blocks end lines.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from corpus_db.records import Role
from corpus_db.sources.base import Tiling

# HTML elements that stand in text; '<T>' or '<stdio.h>' in one about programs is none of them.
TAGS = (
    "a|abbr|article|aside|audio|b|big|blockquote|br|center|cite|code|col|dd|del|details|div|dl|dt|em|embed|figcaption|"
    "figure|font|footer|h[1-6]|header|hr|i|iframe|img|ins|kbd|label|li|mark|nav|object|ol|p|picture|pre|q|rp|rt|ruby|s|"
    "script|section|small|source|span|strike|strong|style|sub|summary|sup|svg|table|tbody|td|tfoot|th|thead|tr|u|ul|"
    "video"
)
# What stands between & and ; for a character.
REFERENCE = r"\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30}"
_PLAIN = re.compile(
    rf"""<!--(?P<comment>)|<(?P<slash>/?)(?P<tag>[a-z][\w:.-]{{0,63}})(?:[\s/][^<>]*)?>|(?P<entity>&(?:{REFERENCE});)""",
    re.IGNORECASE,
)
# Of a value that is XML, in which HTML may stand as it is (CDATA) or escaped.
_ESCAPED = re.compile(
    rf"""(?:<|&lt;)!--(?P<comment>)|(?:<|&lt;)(?P<slash>/?)(?P<tag>{TAGS})(?![\w-])(?:(?!&[lg]t;)[^<>])*(?:>|&gt;)"""
    rf"""|(?P<entity>&(?:amp;)?(?:{REFERENCE});)""",
    re.IGNORECASE,
)
_COMMENT_END = re.compile(r"--(?:>|&gt;)")
_BREAKS = re.compile(
    "p|br|div|li|t[drh]|h[1-6r]|section|article|blockquote|table|ul|ol|d[ltd]|pre|fig(?:ure|caption)", re.IGNORECASE
)
_UNSEEN = re.compile(r"(?:<|&lt;)/(?:script|style)", re.IGNORECASE)
# What makes a text HTML: an element that ends, one that has no end, or a reference that nobody types.
_SURE = re.compile(
    rf"</(?:{TAGS})\s{{0,9}}>|<(?:br|hr|p|img)(?:\s[^<>]*|/)?>|&(?:nbsp|amp|quot|[lg]t|[lr][sd]quo|hellip|mdash|\#x?\d{{2,6}});",
    re.IGNORECASE,
)
_ESCAPED_SURE = re.compile(rf"&lt;(?:/(?:{TAGS})|br\s{{0,9}}/?)\s{{0,9}}&gt;", re.IGNORECASE)


class Mark(NamedTuple):
    """A stretch that is not text as it stands."""

    start: int
    end: int
    reason: str  # 'tag', 'comment', 'script', 'line break', or 'escape': what stands for a character
    text: str | None = None  # what it stands for


def is_html(text: str) -> bool:
    """Whether a value is HTML; a text about programs with a tag in it is not.

    >>> is_html("<p>一</p>"), is_html("一<br/>二"), is_html("一&nbsp;二"), is_html("用 <div> 分栏，a < b")
    (True, True, True, False)
    """
    return ("<" in text or "&" in text) and _SURE.search(text) is not None


def is_escaped(text: str) -> bool:
    """Whether a value is HTML that was escaped once more, as a whole: no tag stands in it as it is.

    >>> is_escaped("&lt;p&gt;一&lt;/p&gt;"), is_escaped("<p>用 &lt;/p&gt; 结束</p>")
    (True, False)
    """
    return "&lt;" in text and "<" not in text and _ESCAPED_SURE.search(text) is not None


def marks(text: str, start: int, end: int, *, escaped: bool = False) -> Iterator[Mark]:
    """The marks in ``text[start:end]``, in order; `escaped`: HTML in it may stand for itself or be escaped once.

    >>> [(mark.start, mark.reason, mark.text) for mark in marks("甲<b>&amp;</b><br>", 0, 18)]
    [(1, 'tag', None), (4, 'escape', '&'), (9, 'tag', None), (13, 'line break', '\\n')]
    """
    pattern, at = _ESCAPED if escaped else _PLAIN, start
    open_ended = set[str]()  # what is never closed: looked for once
    while mark := pattern.search(text, at, end):
        at = mark.end()
        if mark["entity"]:
            shown = html.unescape(mark["entity"])
            yield Mark(mark.start(), at, "escape", html.unescape(shown) if escaped else shown)
        elif mark["comment"] is not None:
            closing = None if "comment" in open_ended else _COMMENT_END.search(text, at, end)
            at = closing.end() if closing else at
            open_ended.update(() if closing else ("comment",))
            yield Mark(mark.start(), at, "comment")
        elif is_break(mark["tag"], mark["slash"]):
            yield Mark(mark.start(), at, "line break", "\n")
        else:
            yield Mark(mark.start(), at, "tag")
            if mark["tag"].lower() in ("script", "style") and not mark["slash"] and "script" not in open_ended:
                closing = _UNSEEN.search(text, at, end)
                open_ended.update(() if closing else ("script",))
                if closing:
                    yield Mark(at, closing.start(), "script")
                    at = closing.start()


def shown(value: str) -> str:
    """What a value says in one line, HTML in it taken out.

    >>> shown("早市&#8220;开张&#8221;"), shown("<p>一</p><p>二</p>"), shown("a < b")
    ('早市“开张”', '一 二', 'a < b')
    """
    if not is_html(value):
        return value
    parts, at = [], 0
    for mark in marks(value, 0, len(value)):
        parts += [value[at : mark.start], mark.text or ""]
        at = mark.end
    return " ".join("".join((*parts, value[at:])).split())


def is_break(tag: str, slash: str) -> bool:
    """Whether a tag ends a line: one that closes a block, or <br>.

    >>> is_break("P", "/"), is_break("p", ""), is_break("br", ""), is_break("b", "/")
    (True, False, True, False)
    """
    return _BREAKS.fullmatch(tag) is not None and (bool(slash) or tag.lower() in ("br", "hr"))


def place(found: Mark, end: int, tiling: Tiling, role: Role) -> None:
    """Add the piece of a mark that ends at `end` of the raw text, in a value of that role."""
    if found.reason == "escape":
        tiling.add(end, role, "escape", found.text)
    elif found.reason == "line break":
        tiling.add(end, "markup", "line break", "\n" if role == "body" else None)
    else:
        tiling.add(end, "markup", found.reason)
