"""What a page prints about its article: the line near the title, the credits under the text, the reporter in brackets.

What such a line may look like, `corpus_db.clean.byline` knows; here is what the page's elements add to it: where one
fact ends and the next begins, and what a class says of an element (``class="source"``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.clean.byline import Found
from corpus_db.clean.byline import byline as facts_of
from corpus_db.clean.moments import STAMP, moment, published, western
from corpus_db.text.fold import simplified

# Facts that only a site's own lines state: a line with one of them is none of the article's text.
_SITE_FACTS = frozenset(("editor", "original_title", "published", "modified", "views", "uploader", "reviewer"))
_BRACKET = re.compile(r"[（(【\[〔]")
_OPENING, _CLOSING = "（(【[〔", "）)】]〕"

# The day below a letter or a decree: its text.
_SIGNED = re.compile(r"(?:19|20)\d\d\s?年\s?[01]?\d\s?月\s?[0-3]?\d\s?日")
_SHORT_YEAR = re.compile(r"(?<!\d)(\d\d-[01]\d-[0-3]\d)(?!\d)\s?([012]\d:[0-5]\d)?")
# A date in pieces, as on the calendar leaf beside an article: 2019 09/07 19:02.
_LEAF = re.compile(r"(?<!\d)((?:19|20)\d\d)\s([01]?\d)\s?[/-]\s?([0-3]?\d)(?:\s([012]?\d)\s?:\s?([0-5]\d))?(?!\d)")

_NAME = r"[\u4e00-\u9fff·]{2,4}"
_NAMES = rf"(?P<names>{_NAME}(?:[\s\u3000、]{{1,3}}{_NAME}){{0,5}})"
_JOB = r"(?:(?:记者|通讯员)[\s\u3000:：]{0,2}|(?:作者|撰稿人|撰文|采写|文字)[\s\u3000:：]{1,2})"
# How the text itself names its reporter: （记者 张三 李四）; 某某报记者 张三 as a whole line; (文/图 张三) at the end.
_REPORTERS = (
    re.compile(rf"[（(][^（）()]{{0,10}}?{_JOB}{_NAMES}[^（）()]{{0,30}}[）)]"),
    re.compile(rf"^[【\[（(]?(?:本报|特约)?记者(?P<names>{_NAME})[／/][\u4e00-\u9fff]{{2,6}}(?:报道|报导)"),
    re.compile(
        rf"^[（(]?(?:[^。！？，]{{0,12}}?(?:记者|通讯员|评论员|作者|撰稿人|撰文|采写)|文)[\s\u3000:：丨｜|/]{{1,2}}{_NAMES}\s*[）)]?$"
    ),
    re.compile(rf"[（(](?:文|文/图|文图|图文|图/文)[\s\u3000:：/]{{1,2}}{_NAMES}\s*[）)]\s*$"),
)
_WITH_JOB = re.compile(rf"[^。！？，\s]{{0,12}}{_JOB}{_NAMES}")
_BETWEEN_NAMES = re.compile(r"[\s\u3000、]+")
_NOT_NAMES = frozenset(
    (
        *("报道", "整理", "整合", "综合", "综述", "编译", "采写", "撰文", "摄影", "摄像", "发自", "通讯员", "记者"),
        *("编辑", "实习生", "表示", "获悉", "专访", "了解到", "采访", "介绍", "认为", "发现", "调查", "观察", "注意到"),
    )
)  # fmt: skip


def facts(texts: Sequence[str]) -> list[Found]:
    """The facts that the texts of a line state for certain.

    If the line as a whole is no byline, each of its texts may be one; a label stands for the text after it.

    >>> [(f.field, f.value) for f in facts(["来源：", "某某晚报", "为您推荐"])]
    [('publisher', '某某晚报')]
    """
    parts = _with_labels(texts)
    found = _whole(parts)
    if found is None:
        found = [fact for part in parts for fact in facts_of(part) or ()]
    found = [fact._replace(value=_author(fact.value)) if fact.field == "author" else fact for fact in found]
    return [fact for fact in found if fact.certain and fact.value]


def unlabelled(texts: Sequence[str]) -> list[Found]:
    """The author and publisher that a line names without a label, beside a time: likely by their names alone.

    >>> [(f.field, f.value) for f in unlabelled(["2001年9月8日 某某晚报 王小明"])]
    [('publisher', '某某晚报'), ('author', '王小明')]
    """
    found = _whole(_with_labels(texts)) or []
    return [fact for fact in found if not fact.certain and fact.field in ("author", "publisher")]


def _whole(parts: Sequence[str]) -> list[Found] | None:
    line = "  ".join(parts)  # a wide gap: where an element ends, a fact ends
    if line[:1] in _OPENING and line[-1:] in _CLOSING:
        line = line[1:-1]
    return facts_of(line)


def _with_labels(texts: Sequence[str]) -> list[str]:
    parts: list[str] = []
    for text in texts:
        if parts and parts[-1].endswith((":", "：")):
            parts[-1] += text
        else:
            parts.append(text)
    return parts


def _author(value: str) -> str:
    """An author's name without the job in front of it, and without the page tools in brackets behind it.

    >>> _author("某报记者 张三"), _author("记者王小明 李四【字号"), _author("记者站")
    ('张三', '王小明 李四', '记者站')
    """
    value = _BRACKET.split(value)[0].strip()
    match = _WITH_JOB.fullmatch(value)
    return match["names"] if match else value


def is_site_line(line: str) -> bool:
    """Whether a line at the edge of an article is the site's rather than the author's: editor, time, former title.

    >>> is_site_line("（责任编辑：王五）"), is_site_line("来源：某某网 编辑：王五"), is_site_line("采写：某报记者 张三")
    (True, True, False)
    """
    bare = line.strip(" \u3000" + _OPENING + _CLOSING)
    if _SIGNED.fullmatch(bare):
        return False
    return any(fact.field in _SITE_FACTS for fact in facts_of(bare) or ()) or bare in ("责任编辑：", "责任编辑:")


def stamp(text: str) -> str | None:
    """The first date with a day that a byline prints, ISO 8601.

    >>> stamp("2019年09月07日 09:59 来源"), stamp("2019 09/07 19 : 02"), stamp("发布时间：18-03-08 23:16")
    ('2019-09-07T09:59', '2019-09-07T19:02', '2018-03-08T23:16')
    """
    for match in STAMP.finditer(text):
        found = moment(match)
        if found and len(found.iso) >= len("2019-09-07"):
            return found.iso
    leaf = _LEAF.search(text)
    if leaf:
        clock = f" {leaf[4]}:{leaf[5]}" if leaf[4] else ""
        return stamp(f"{leaf[1]}-{leaf[2]}-{leaf[3]}{clock}")
    short = _SHORT_YEAR.search(text)
    if short:
        return stamp(f"20{short[1]} {short[2] or ''}")
    if (in_figures := western(text)) != text:
        return stamp(in_figures)
    seconds = published(text) if text.isdecimal() and len(text) >= 10 else None
    return seconds.iso if seconds else None


def reporters(lines: Sequence[str]) -> str | None:
    """The reporters that an article names in its first or last lines.

    >>> reporters(["某某报讯（记者 张三 李四）昨日，平台上线。", "……"]), reporters(["他是一名记者，昨日到任。"])
    ('张三 李四', None)
    """
    for pattern in _REPORTERS:
        for line in lines:
            match = pattern.search(simplified(line))
            names = _names(line[slice(*match.span("names"))]) if match else None
            if names:
                return names
    return None


def _names(text: str) -> str:
    names = [name for name in _BETWEEN_NAMES.split(text) if not name.endswith("记者")]
    end = next((i for i, name in enumerate(names) if name in _NOT_NAMES), len(names))
    return " ".join(names[:end])
