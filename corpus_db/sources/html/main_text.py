"""A page's lines → those of its article: the subtree that is worth most, without what in it is not text.

Every line has a worth: prose (sentence marks) counts its characters for it, links count against it. The worth of an
element is the sum over its lines, and the article is the element that is worth most: one level further out come
navigation and link lists, which cost, one level further in some prose is missing. That sentence marks tell text from
the rest is the idea of GNE (https://github.com/GeneralNewsExtractor/GeneralNewsExtractor), after the paper
基于文本及符号密度的网页正文提取方法; what is named a comment section, a list of related articles and so on in its class
or id is left out before anything is summed.
"""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from corpus_db import data
from corpus_db.clean.chrome import rules
from corpus_db.sources.html.tree import BLOCK, Line, Page

_SENTENCE_MARK = re.compile(r"[，。！？；…!?;]|[.,](?=\s|$)")
_HAN_GAP = re.compile(r"[\u4e00-\u9fff] +(?=[\u4e00-\u9fff])")
_CHARS_A_GAP = 10  # Chinese text has few spaces; a line with more is labels and buttons in a row
_WORD = re.compile(r"[a-z]+|[A-Z][a-z]+|[A-Z]+(?![a-z])")
_MIN_ARTICLE_CHARS = 20
# Of the page's prose that an element may hold, for a hint in its class or id to be believed: comments may be the most.
_MAX_SHARE, _MAX_COMMENTS_SHARE = 0.5, 0.75
_MAX_HEADING_CHARS = 30
_MIN_ABOVE_COMMENTS = 100  # characters of prose
_CORE_SHARE = 0.6
_MIN_LEAD_CHARS = 30
_CONTAINERS = frozenset(
    (
        "div", "section", "article", "main", "table", "tbody", "tr", "td", "center", "form", "body", "html",
        "dl", "dd", "ul", "ol", "li",
    )
)  # fmt: skip
_ASIDE = {"aside": "side column", "nav": "navigation", "footer": "page foot"}


class Selection(NamedTuple):
    """Which lines of a page are its article."""

    lines: tuple[int, ...]  # indices in `Page.lines`, in order
    reasons: dict[int, str]  # line inside the element that is none of the article → why


def select(page: Page) -> Selection | None:
    """The article of a page; None if the page holds no prose."""
    worths = _worths(page)
    hinted = _hinted(page, worths)
    sums = _sums(page, [0.0 if i in hinted else worth for i, worth in enumerate(worths)])
    best = max(range(len(sums)), key=lambda element: (sums[element], element))
    if sums[best] < _MIN_ARTICLE_CHARS:
        return None
    while best and page.elements[best].name not in _CONTAINERS:
        best = page.elements[best].parent
    core = _core(page, best, hinted)
    leads = (i for i in _lines_inside(page, best) if i not in hinted and _is_lead(page.lines[i]))
    inside = sorted({*_lines_inside(page, core), *leads})
    reasons = {i: hinted[i] for i in inside if i in hinted}
    reasons.update({i: "link list" for i in _in_link_lists(page, core, inside) if i not in reasons})
    kept = [i for i in inside if i not in reasons]
    return Selection(tuple(kept), reasons)


def _core(page: Page, element: int, hinted: dict[int, str]) -> int:
    """The innermost element in `element` that still holds most of its prose.

    Title, byline, sharing buttons and notices stand around it, and no line of them need be judged by itself.
    """
    prose = [is_prose(line) and i not in hinted for i, line in enumerate(page.lines)]
    chars = _sums(page, [float(len(line.text)) * is_ for line, is_ in zip(page.lines, prose, strict=True)])
    counts = _sums(page, [float(is_) for is_ in prose])
    for index in range(element + 1, len(page.elements)):
        inner = page.elements[index]
        is_most = inner.parent == element and chars[index] >= _CORE_SHARE * chars[element]
        if is_most and inner.name in _CONTAINERS and (counts[index] > 1 or counts[element] == 1):
            element = index
    return element


def _is_lead(line: Line) -> bool:
    """Whether a line beside the core of an article is a paragraph of it all the same: whole sentences, no notice."""
    is_sentences = not line.link_chars and len(line.text) >= _MIN_LEAD_CHARS and line.text[-1] in "。！？…”"
    return is_sentences and rules("end").reason(line.text) is None


def is_prose(line: Line) -> bool:
    """Whether a line is sentences rather than a heading, a label or links."""
    if 2 * line.link_chars > len(line.text) or not _SENTENCE_MARK.search(line.text):
        return False
    gaps = sum(1 for _ in _HAN_GAP.finditer(line.text))
    return gaps * _CHARS_A_GAP <= len(line.text)


def _worths(page: Page) -> list[float]:
    """The worth of each line; what readers write below a comment box is worth nothing, however much it is."""
    worths: list[float] = []
    prose, below = 0.0, False
    for line in page.lines:
        worth = _worth(line)
        prose += max(0.0, worth)
        below = below or (prose >= _MIN_ABOVE_COMMENTS and _heads_comments(line.text))
        worths.append(min(0.0, worth) if below else worth)
    return worths


def _heads_comments(text: str) -> bool:
    return len(text) <= _MAX_HEADING_CHARS and rules("end").reason(text) == "comment box"


def _worth(line: Line) -> float:
    """How much a line speaks for the element around it being the article."""
    chars = len(line.text) - line.text.count(" ")
    if 2 * line.link_chars > chars:
        return -float(line.link_chars)
    return float(chars - 2 * line.link_chars) if is_prose(line) else 0.0


def _sums(page: Page, worths: list[float]) -> list[float]:
    """The worth of each element: the sum over the lines in it."""
    sums = [0.0] * len(page.elements)
    for line, worth in zip(page.lines, worths, strict=True):
        sums[line.element] += worth
    for element in range(len(sums) - 1, 0, -1):
        sums[page.elements[element].parent] += sums[element]
    return sums


def _lines_inside(page: Page, container: int) -> list[int]:
    inside = [False] * len(page.elements)
    inside[container] = True
    for index in range(container + 1, len(page.elements)):
        inside[index] = inside[page.elements[index].parent]
    return [i for i, line in enumerate(page.lines) if inside[line.element]]


def _hinted(page: Page, worths: list[float]) -> dict[int, str]:
    """Line → what an element around it is said to be by its name, class or id, if that is no part of an article."""
    prose = _sums(page, [max(0.0, worth) for worth in worths])
    found: list[str | None] = [None] * len(page.elements)
    for index, element in enumerate(page.elements):
        found[index] = found[element.parent]
        if found[index] is None and element.name in BLOCK and prose[index] <= _MAX_COMMENTS_SHARE * prose[0]:
            names = f"{element.attributes.get('class', '')} {element.attributes.get('id', '')}"
            reason = _ASIDE.get(element.name) or hint(names)
            if reason == "comments" or prose[index] <= _MAX_SHARE * prose[0]:
                found[index] = reason
    return {i: reason for i, line in enumerate(page.lines) if (reason := found[line.element])}


def hint(names: str) -> str | None:
    """What the words of a class or an id say that an element holds, if it is no part of an article.

    >>> hint("post-body"), hint("newsRelated"), hint("box comment_list")
    (None, 'related articles', 'comments')
    """
    table = hints()
    return next((table[word] for word in map(str.lower, _WORD.findall(names)) if word in table), None)


@cache
def hints() -> dict[str, str]:
    """Word in a class or id → what stands there (data/html_hints.tsv)."""
    return dict(data.cells("html_hints.tsv"))


def _in_link_lists(page: Page, container: int, inside: list[int]) -> set[int]:
    """The lines in blocks, other than paragraphs, that are mostly links."""
    links, chars = [0] * len(page.elements), [0] * len(page.elements)
    for i in inside:
        line = page.lines[i]
        links[line.element] += line.link_chars
        chars[line.element] += len(line.text)
    for index in range(len(page.elements) - 1, container, -1):
        parent = page.elements[index].parent
        links[parent] += links[index]
        chars[parent] += chars[index]
    many = [False] * len(page.elements)
    for index in range(container + 1, len(page.elements)):
        element = page.elements[index]
        many[index] = many[element.parent] or (2 * links[index] > chars[index] and element.name != "p")
    return {i for i in inside if many[page.lines[i].element]}
