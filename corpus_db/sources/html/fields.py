"""The lines around an article, and what its page states to machines → the fields of the article.

The surest first: what is printed under a label, what the text says of its own reporter, what a class says, the name
beside the date, meta tags. So a page's author is the one it prints, not the name of the site in its head.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from corpus_db.clean.byline import breadcrumb
from corpus_db.clean.fields import person
from corpus_db.sources.html import byline
from corpus_db.sources.html.metadata import Fact, without_site
from corpus_db.sources.html.tree import Page

# Of what prints 3小时前, in which the moment itself stands: HTML, Discuz!, scripts that count on.
_TIME_ATTRIBUTES = frozenset(("datetime", "title", "data-time", "data-timestamp"))
_HEAD_LINES = 24  # between title and text that may hold the byline
_LEADS = 2  # paragraphs that may stand above the byline
_TAIL_LINES = 8  # after the text that may hold credits
_REPORTER_LINES = (10, 5)  # at the head and the end of the text
_CREDIT_LINES = 3  # at either end of the text
_CRUMB_LINES = 12  # above the title
_COPIED_CHARS = 12
_KEYWORD_SEPARATOR = re.compile(r"[,，;；、|\s]+")
_NAME_CHARS = range(2, 17)
_EDGES = " |·•/，,、;；"
_CLASS_WORD = re.compile(r"[a-z]+|[A-Z][a-z]+")
# Words in the class, id, itemprop or rel of an element that holds one fact of a byline.
_CLASS_FIELDS = {
    **dict.fromkeys(("author", "writer", "zuozhe", "byline"), "author"),
    **dict.fromkeys(("source", "sour", "laiyuan", "origin", "nickname"), "publisher"),
    **dict.fromkeys(("editor", "bianji"), "editor"),
}
_OF_PICTURES = frozenset(("img", "image", "pic", "picture", "photo", "figure", "video"))
# What publishes, by the end of its name; what has another name is found by class or label.
_PUBLISHER = re.compile(
    r"(?:[报网社台刊局厅]|新闻|传媒|频道|杂志|在线|客户端|电视|广播|通讯|资讯|研究院|学会|协会|委员会|公司)$"
)
_NOT_A_NAME = re.compile(
    r"^[\W\d_]*$|原创|举报|分享|字号|字体|字数|图片|打印|收藏|评论|关注|阅读|浏览|点击|参与|首页|正文|作者|来源|编辑|时间|日期|刚刚|昨天"
    r"|前天|今天|小时前|分钟前|星期|转载|微信|微博|纠错|投稿|订阅|登录|[。！？，：:@{}<>]"
)


@dataclass(slots=True)
class Fields:
    """What a page states about its article, and where."""

    values: dict[str, str] = field(default_factory=dict)
    lines: dict[int, str] = field(default_factory=dict)  # line of the page → the first field it gave
    tokens: dict[int, str] = field(default_factory=dict)  # token of the head → the field it gave

    def state(self, name: str, value: str, line: int) -> None:
        """A field that a line of the page prints; the first value of a name counts."""
        self.lines.setdefault(line, name)
        if value:
            self.values.setdefault(name, value)


def texts_of(page: Page, line: int) -> list[str]:
    """The texts of a line, without white space around them."""
    return [text for token in page.lines[line].texts if (text := page.text(token).strip())]


def read_lines(page: Page, fields: Fields, body: Sequence[int], taken: Sequence[int], title: int | None) -> None:
    """Read what the page prints around the lines `body`, from which `taken` were; `title` is the line of the title.

    Where no line is of the text, it is what the page begins with.
    """
    head, tail = _around(page, body, title)
    _read_labels(page, fields, [*head, *(index for index in taken if index not in head), *tail], head)
    _read_section(page, fields, title if title is not None else min(body, default=0))
    _read_time(page, fields, head)
    _read_credits(page, fields, body[:_CREDIT_LINES], ("author",))
    _read_reporters(page, fields, head, body)
    for index in head:
        _read_classes(page, fields, index)
    for index in head:
        _read_name_beside_time(page, fields, index)
    _read_credits(page, fields, body[-_CREDIT_LINES:], ("author", "publisher"))
    for index in taken:
        fields.lines.setdefault(index, "byline")


def _around(page: Page, body: Sequence[int], title: int | None) -> tuple[list[int], list[int]]:
    """The lines between title and text (and between the first paragraphs), and those after the text."""
    if not body:
        return list(range(min(_HEAD_LINES, len(page.lines)))), []
    first, last = body[min(_LEADS, len(body) - 1)], body[-1]
    start = max(0, first - _HEAD_LINES)
    if title is not None and title < first:
        start = max(start, title + 1)
    inside = set(body)
    head = [index for index in range(start, first) if index not in inside]
    return head, list(range(last + 1, min(len(page.lines), last + 1 + _TAIL_LINES)))


def _read_labels(page: Page, fields: Fields, lines: Sequence[int], head: Sequence[int]) -> None:
    for index in lines:
        for fact in byline.facts(texts_of(page, index)):
            if fact.field and fact.field != "published":
                fields.state(fact.field, fact.value, index)
            elif fact.field and index not in head and fact.end - fact.start > len(fact.value):  # with a label
                fields.state("published", byline.stamp(fact.value) or "", index)


def _read_section(page: Page, fields: Fields, title: int) -> None:
    """The path above the title: 首页 > 要闻 > 正文."""
    for index in range(title - 1, max(-1, title - _CRUMB_LINES), -1):
        if section := breadcrumb(page.lines[index].text):
            fields.state("section", section, index)
            return


def _read_credits(page: Page, fields: Fields, lines: Sequence[int], names: Sequence[str]) -> None:
    """Credits that are paragraphs of the text, and stay there."""
    for index in lines:
        for fact in byline.facts(texts_of(page, index)):
            if fact.field and fact.field in names:
                fields.values.setdefault(fact.field, fact.value)


def _read_time(page: Page, fields: Fields, head: Sequence[int]) -> None:
    """The first time above the text; it may stand in several lines."""
    joined = " ".join(text for index in head for text in texts_of(page, index))
    if when := byline.stamp(joined):
        fields.values["published"] = when
        for index in head:
            if byline.stamp(" ".join(texts_of(page, index))):
                fields.lines.setdefault(index, "published")
    else:
        for moment, index in _times_in_attributes(page, head):
            fields.state("published", moment, index)


def _times_in_attributes(page: Page, lines: Sequence[int]) -> Iterator[tuple[str, int]]:
    """The times that stand in attributes of what is printed as 3小时前, each with its line."""
    for index in lines:
        for element in {page.owners[token] for token in page.lines[index].texts}:
            found = page.elements[element].attributes
            for name in _TIME_ATTRIBUTES & found.keys():
                if when := byline.stamp(found[name]):
                    yield when, index


def _read_reporters(page: Page, fields: Fields, head: Sequence[int], body: Sequence[int]) -> None:
    at_head, at_end = _REPORTER_LINES
    lines = [*head, *body[:at_head], *body[at_head:][-at_end:]]
    if "author" not in fields.values and (names := byline.reporters([page.lines[i].text for i in lines])):
        fields.values["author"] = names


def _read_classes(page: Page, fields: Fields, line: int) -> None:
    for token in page.lines[line].texts:
        value = page.text(token).strip(_EDGES)
        if not _is_name(value):  # nor is a label, which ends with a colon
            continue
        for element in page.around(page.owners[token], 2):
            name = _class_field(page.elements[element].attributes)
            if name == "author" and "author" in fields.values:  # an account: the text names its author itself
                name = "publisher" if _PUBLISHER.search(value) else "uploader"
            if name and name not in fields.values and person(value) not in fields.values.values():
                fields.state(name, value, line)
                break


def _class_field(attributes: dict[str, str]) -> str | None:
    names = " ".join(attributes.get(name, "") for name in ("class", "id", "itemprop", "rel"))
    words = [word.lower() for word in _CLASS_WORD.findall(names)]
    if not _OF_PICTURES.isdisjoint(words):
        return None
    return next((_CLASS_FIELDS[word] for word in words if word in _CLASS_FIELDS), None)


def _read_name_beside_time(page: Page, fields: Fields, line: int) -> None:
    """The name beside a time is who published the article, or, if it sounds like none, who wrote it."""
    texts = [text.strip(_EDGES) for text in texts_of(page, line)]
    known = {fields.values.get(name) for name in ("author", "publisher", "editor", "uploader")}
    if not byline.stamp(" ".join(texts)) or not known.isdisjoint(texts):
        return
    if any(fact.field in ("author", "publisher") for fact in byline.facts(texts)):
        return
    found = byline.unlabelled(texts)
    for fact in found:
        fields.state(fact.field or "", fact.value, line)
    name = next(filter(_is_name, texts), None)
    if name and not found:
        is_publisher = _PUBLISHER.search(name) or "author" in fields.values
        fields.state("publisher" if is_publisher else "author", name, line)


def bare(text: str) -> str:
    """`text` without white space, by which titles are compared."""
    return "".join(text.split())


def is_summary(summary: str, text: str) -> bool:
    """Whether a summary is of this text: it speaks of the same, and is no copy of a stretch of it.

    >>> is_summary("老桥重开，人们谈起", "老桥昨天重开。人们谈起老桥"), is_summary("本网是江城的门户", "老桥昨天重开。人们谈起老桥")
    (True, False)
    >>> is_summary("老桥昨天重开。人们……", "老桥昨天重开。人们谈起老桥")
    False
    """
    pairs = {summary[i : i + 2] for i in range(len(summary) - 1)}
    ours, theirs = bare(summary).rstrip(".…"), bare(text)
    is_copy = ours[:_COPIED_CHARS] in theirs or ours[-_COPIED_CHARS:] in theirs
    return not is_copy and 2 * sum(pair in text for pair in pairs) >= len(pairs)


def are_keywords(keywords: str, text: str) -> bool:
    """Whether at least half of the keywords occur in the text.

    >>> are_keywords("老桥,重开", "老桥昨天重开"), are_keywords("新闻,门户,江城,老桥", "老桥昨天重开")
    (True, False)
    """
    words = [word for word in _KEYWORD_SEPARATOR.split(keywords) if word]
    return 2 * sum(word in text for word in words) >= len(words) > 0


# What many sites fill with the same words on every page → whether it is of the article.
_OF_THE_SITE: dict[str, Callable[[str, str], bool]] = {"summary": is_summary, "keywords": are_keywords}


def _is_name(value: str) -> bool:
    return len(value) in _NAME_CHARS and not _NOT_A_NAME.search(value) and not byline.stamp(value)


def read_head(fields: Fields, text: str, stated: Sequence[Fact], page_title: Fact | None) -> None:
    """Read what the page states to machines, where it prints nothing; a printed time may become more precise.

    `text` is the article's, by which a summary and keywords that belong to the whole site are told.
    """
    site = without_site(page_title.value)[1] if page_title else ""
    for fact in stated:
        name, value = fact.field, fact.value
        if name == "published":
            value = byline.stamp(value) or ""
            if not value.startswith(fields.values.get("published", "")):
                continue
        elif name in _OF_THE_SITE and not _OF_THE_SITE[name](value, text):
            continue
        elif name in ("author", "editor"):
            if not _is_name(value) or value in site or value == fields.values.get("publisher"):
                continue
            if _PUBLISHER.search(value):
                name = "publisher"
        if value and (name not in fields.values or name == "published"):
            fields.values[name] = value
            fields.tokens[fact.token] = name
