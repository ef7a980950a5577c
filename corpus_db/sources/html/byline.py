"""What a page prints about its article: the line near the title, the credits under the text, the reporter in brackets.

Chinese pages name author, source and time in one line (``来源：新华社 作者：张三 2019-09-07 09:59``); its labels are those
of data/labels.tsv.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import zip_longest
from typing import NamedTuple

from corpus_db.clean.fields import STAMP, label_of, label_pattern, moment

_OPENING = "（([【〔["
_CLOSING = "）)]】〕"
_EDGES = " \u3000\xa0|｜丨/·•-—,，;；:：>" + _CLOSING + _OPENING
_GAP = re.compile(r"[\s\u3000|｜丨、,，;；/]+")
_MAX_LINE_CHARS = 200
_MAX_VALUE_CHARS = 40
# Facts that only a site's own lines state: a line with one of them is none of the article's text.
_SITE_FACTS = frozenset(("editor", "original_title", "published", "modified", "views", "uploader", "reviewer"))

_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d-[01]\d-[0-3]\d)(?!\d)\s?([012]\d:[0-5]\d)?")
# A date in pieces, as the calendar leaf beside an article: 2019 09/07 19:02.
_LEAF = re.compile(r"(?<!\d)((?:19|20)\d\d) ([01]?\d)\s?[/-]\s?([0-3]?\d)(?: ([012]?\d:[0-5]\d))?(?!\d)")

_NAME = r"[\u4e00-\u9fff·]{2,4}"
_NAMES = rf"{_NAME}(?:[\s\u3000、]{{1,3}}{_NAME}){{0,5}}"
_JOB = r"(?:见习|实习|特约|首席|驻站)?(?:记者|作者|通讯员|撰稿人|撰文|采写)"
# The reporter as the text itself names them: （记者 张三 李四） at its head; 某某报记者 张三 as a line of its own.
_REPORTERS = (
    re.compile(rf"[（(][^（）()]{{0,10}}?{_JOB}[\s\u3000:：]{{0,2}}(?P<names>{_NAMES})[^（）()]{{0,30}}[）)]"),
    re.compile(rf"^[（(]?[^。！？，]{{0,12}}{_JOB}[\s\u3000:：丨|/]{{0,2}}(?P<names>{_NAMES})\s*[）)]?$"),
    re.compile(rf"[（(](?:文|文字|文/图|文图|图文|图/文)[\s\u3000:：/]{{1,2}}(?P<names>{_NAMES})\s*[）)]\s*$"),
)
_NOT_NAMES = frozenset(
    "报道 整理 整合 综合 综述 编译 采写 摄影 摄 文 图 通讯员 记者 实习生 编辑 电 讯 发自 表示 获悉 专访 了解到".split()
)


class Printed(NamedTuple):
    """A fact printed in a line."""

    field: str
    value: str


def labelled(line: str) -> list[Printed]:
    """The facts a line announces with labels, in order.

    >>> labelled("来源：某某晚报 作者：张三 李四 责任编辑：王五")
    [Printed(field='publisher', value='某某晚报'), Printed(field='author', value='张三 李四'), Printed(field='editor', value='王五')]
    >>> labelled("他说来源：不明的消息，不可信")
    []
    """
    if len(line) > _MAX_LINE_CHARS:
        return []
    found: list[Printed] = []
    matches = [m for m in label_pattern().finditer(line) if _is_announced(line, m)]
    for match, following in zip_longest(matches, matches[1:]):
        field = label_of(match["label"]).field
        value = line[match.end() : following.start() if following else len(line)]
        value = _value(field, value)
        if value:
            found.append(Printed(field, value))
    return found


def _is_announced(line: str, match: re.Match[str]) -> bool:
    before = line[: match.start()]
    return not before or before[-1] in _EDGES or before[-1].isspace() or before[-1].isdigit()


def _value(field: str, text: str) -> str:
    if field == "original_title":
        return text.strip().removesuffix("）").removesuffix(")").strip()
    if field in ("published", "modified"):
        return text.strip()
    stamp = STAMP.search(text)
    text = text[: stamp.start()] if stamp else text
    text = re.split(r"\s{3,}|[。！？]", text.strip(_EDGES))[0]
    parts = [part.strip(_EDGES) for part in _GAP.split(text)]
    parts = [part for part in parts if part]
    if not parts:
        return ""
    kept = parts[:1]
    if field in ("author", "editor"):
        for part in parts[1:]:
            if not re.fullmatch(_NAME, part) or part in _NOT_NAMES:
                break
            kept.append(part)
    value = " ".join(kept)
    return value if len(value) <= _MAX_VALUE_CHARS else ""


def is_site_line(line: str) -> bool:
    """Whether a line at the edge of an article is the site's rather than the author's: editor, time, former title.

    >>> is_site_line("（责任编辑：王五）"), is_site_line("编辑：王五 来源：某某网"), is_site_line("采写：某报记者 张三")
    (True, True, False)
    """
    bare = line.strip(_EDGES)
    match = label_pattern().match(bare)
    if match is None or len(bare) > _MAX_LINE_CHARS:
        return False
    return any(label_of(m["label"]).field in _SITE_FACTS for m in label_pattern().finditer(bare))


def stamp(text: str) -> str | None:
    """The first date with a day that a byline prints, ISO 8601.

    >>> stamp("2019年09月07日 09:59 来源"), stamp("2019 09/07 19:02"), stamp("发布时间：18-03-08 23:16")
    ('2019-09-07T09:59', '2019-09-07T19:02', '2018-03-08T23:16')
    """
    for match in STAMP.finditer(text):
        found = moment(match)
        if found and len(found.iso) >= len("2019-09-07"):
            return found.iso
    leaf = _LEAF.search(text)
    if leaf:
        return stamp(f"{leaf[1]}-{leaf[2]}-{leaf[3]} {leaf[4] or ''}")
    short = _SHORT_YEAR.search(text)
    return stamp(f"20{short[1]} {short[2] or ''}") if short else None


def reporters(lines: list[str]) -> str | None:
    """The reporters that an article names in its first or last lines.

    >>> reporters(["某某报讯（记者 张三 李四）昨日，平台上线。", "……"])
    '张三 李四'
    """
    for pattern in _REPORTERS:
        for line in lines:
            match = pattern.search(line)
            if match and (names := list(_names(match["names"]))):
                return " ".join(names)
    return None


def _names(text: str) -> Iterator[str]:
    for name in _GAP.split(text):
        if name in _NOT_NAMES:
            return
        yield name
