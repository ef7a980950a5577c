"""The words at the end of an article that say who made it → fields, and a paragraph of their own.

>>> text = "我们很期待。(来源:某某商报 文/王小明 编选:某研究中心)"
>>> start, found = trailing(text)
>>> text[start:]
'(来源:某某商报 文/王小明 编选:某研究中心)'
>>> [(f.field, f.value) for f in found]
[('publisher', '某某商报'), ('author', '王小明'), ('compiler', '某研究中心')]
"""

from __future__ import annotations

import re

from corpus_db.clean.byline import Found, byline

_MAX_CHARS = 120
_OPENERS = {"）": "（(", ")": "(（", "】": "【", "]": "["}
# '(记者 王小明)': the one credit that is printed without a mark behind its label.
_BARE = re.compile(
    r"(?:本报|本刊|特约|见习|实习)?(?P<job>记者|通讯员|作者|责任编辑|责编|编辑)[\s\u3000]+(?P<names>[\u4e00-\u9fff·]{2,5}(?:[\s\u3000、,，]+[\u4e00-\u9fff·]{2,5}){0,4})"
)
_JOBS = {"责任编辑": "editor", "责编": "editor", "编辑": "editor"}
_MAKERS = {
    "author",
    "editor",
    "publisher",
    "compiler",
    "translator",
    "photographer",
    "uploader",
    "contributor",
    "reviewer",
}


def trailing(text: str) -> tuple[int, list[Found]] | None:
    """Where the credit in brackets that `text` ends with begins, and what it states; None: it ends with none.

    >>> trailing("他住在这里（附近）") is None
    True
    """
    last = text[-1:]
    if last not in _OPENERS:
        return None
    start = max(text.rfind(opener, max(0, len(text) - _MAX_CHARS)) for opener in _OPENERS[last])
    if start < 0:
        return None
    found = credit(text[start + 1 : -1])
    return (start, found) if found else None


def credit(line: str) -> list[Found] | None:
    """What a line says of the makers of an article, and nothing else; None if it says anything else.

    >>> [(f.field, f.value) for f in credit("记者 王小明 李四")]
    [('author', '王小明 李四')]
    """
    line = line.strip()
    bare = _BARE.fullmatch(line)
    if bare:
        names = re.sub(r"[\s\u3000、,，]+", " ", bare["names"])
        return [Found(_JOBS.get(bare["job"], "author"), names, 0, len(line))]
    found = byline(line)
    return found if found and any(one.field in _MAKERS for one in found) else None
