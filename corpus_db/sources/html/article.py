"""A page to its article: which lines are its text, which its title and byline, and what they and the head state."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from corpus_db.errors import InputError
from corpus_db.sources.html import byline, metadata
from corpus_db.sources.html.main_text import Selection, is_prose, select
from corpus_db.sources.html.metadata import Fact
from corpus_db.sources.html.tree import HEADINGS, Page

_HEAD_LINES = 24  # between title and text that may hold the byline
_TAIL_LINES = 8  # after the text that may hold credits
_REPORTER_LINES = (10, 5)  # at the head and the end of the text
_TITLE_CHARS = range(4, 200)
_HEADING_DISTANCE = 5  # lines from a heading that <title> does not repeat to the text
_MAX_BADGE_CHARS = 6  # beside the title in its line: 原创, 独家
_MAX_NAME_CHARS = 16
_MAX_BYLINE_CHARS = 60
_SPACE = re.compile(r"\s+")
_CLASS_WORD = re.compile(r"[a-z]+|[A-Z][a-z]+")
# Words in the class, id, itemprop or rel of an element that holds one fact of a byline.
_CLASS_FIELDS = {
    **dict.fromkeys(("author", "writer", "zuozhe", "byline"), "author"),
    **dict.fromkeys(("source", "sour", "laiyuan", "origin", "media"), "publisher"),
    **dict.fromkeys(("editor", "bianji"), "editor"),
}
# What publishes, by the end of its name; what has another name is found by class or label.
_PUBLISHER = re.compile(
    r"(?:[报网社台刊局厅]|新闻|传媒|频道|杂志|在线|客户端|电视|广播|通讯|资讯|研究院|学会|协会|委员会|公司)$"
)
_NOT_A_NAME = re.compile(
    r"^[\W\d_]*$|原创|举报|分享|字号|字体|打印|收藏|评论|关注|阅读|浏览|点击|参与|首页|正文|作者|来源|编辑|时间|日期|刚刚|昨天|前天|今天"
    r"|小时前|分钟前|星期|转载|微信|微博|纠错|投稿|订阅|登录|[。！？，：:@{}<>]"
)


@dataclass(slots=True)
class Article:
    """What a page holds of its article; lines are indices in `Page.lines`, tokens in `Page.tokens`."""

    body: list[int]  # lines of the text
    fields: dict[str, str] = field(default_factory=dict)
    title_lines: list[int] = field(default_factory=list)
    field_lines: dict[int, str] = field(default_factory=dict)  # line → the field it gave
    field_tokens: dict[int, str] = field(default_factory=dict)  # token of the head → the field it gave
    reasons: dict[int, str] = field(default_factory=dict)  # other line → why it is not of the article

    def state(self, name: str, value: str, line: int) -> None:
        """A field that a line of the page prints; the first value of a name counts."""
        self.field_lines.setdefault(line, name)
        self.fields.setdefault(name, value)


def article(page: Page) -> Article:
    """The article of a page. Raises `InputError` where the page has none."""
    selection = select(page)
    if selection is None:
        raise InputError("read", "no article in the page", "no element holds sentences: a list of links, or an empty page")
    found = Article(list(selection.lines), reasons=selection.reasons)
    stated = metadata.facts(page)
    page_title = metadata.page_title(page)
    title = _set_title(page, found, selection, page_title, stated)
    _cut_head(page, found, title)
    _cut_tail(page, found)
    if not found.body:
        raise InputError("read", "no article in the page", "nothing but a title and a byline")
    _read_lines(page, found, title)
    _read_head(found, stated, page_title)
    return found


def bare(text: str) -> str:
    """`text` without white space, by which titles are compared."""
    return _SPACE.sub("", text)


def _set_title(
    page: Page, found: Article, selection: Selection, page_title: Fact | None, stated: Sequence[Fact]
) -> int | None:
    """Set the title: a line above the text that <title> or a meta tag repeats, a heading above it, or what they say."""
    stated_titles = [fact for fact in stated if fact.field == "title"]
    texts = [fact.value for fact in ([page_title] if page_title else []) + stated_titles]
    line = _repeated_line(page, selection, texts)
    if line is None:
        line = _heading_above(page, selection)
    if line is not None:
        found.fields["title"] = _without_badge(page.lines[line].text, texts)
        found.title_lines.append(line)
        return line
    for fact in stated_titles:
        if page_title is None or bare(fact.value) in bare(page_title.value):
            found.fields["title"] = fact.value
            found.field_tokens[fact.token] = "title"
            return None
    if page_title is not None:
        found.fields["title"] = metadata.without_site(page_title.value)[0]
        found.field_tokens[page_title.token] = "title"
    return None


def _repeated_line(page: Page, selection: Selection, titles: Iterable[str]) -> int | None:
    """The line, up to the first quarter of the text, that says best what a title in the head says."""
    wanted = [bare(title) for title in titles]
    best, best_score = None, 0.5
    last = selection.lines[(len(selection.lines) - 1) // 4]
    for index, line in enumerate(page.lines[: last + 1]):
        text = bare(line.text)
        if len(text) not in _TITLE_CHARS:
            continue
        names = {page.elements[element].name for element in page.ancestors(line.element)[:3]}
        if 2 * line.link_chars > len(text) and not names & HEADINGS:
            continue
        score = max((_likeness(text, title) for title in wanted), default=0.0)
        score *= 1.5 if "h1" in names else 1.2 if names & HEADINGS else 1.0
        if score > best_score or (score == best_score and index <= selection.lines[0]):
            best, best_score = index, score
    return best


def _likeness(line: str, title: str) -> float:
    """How much of a page's title a line says, from its beginning; 0 for what says something else."""
    shorter = min(len(line), len(title))
    if shorter in _TITLE_CHARS and (title.startswith(line) or line.startswith(title)):
        return shorter / max(len(bare(metadata.without_site(title)[0])), len(line))
    if line in title or title in line:
        return 0.8 * shorter / max(len(line), len(title))
    return 0.0


def _heading_above(page: Page, selection: Selection) -> int | None:
    first = next((i for i in selection.lines if is_prose(page.lines[i])), selection.lines[0])
    for index in range(first, max(-1, first - _HEADING_DISTANCE), -1):
        line = page.lines[index]
        names = {page.elements[element].name for element in page.ancestors(line.element)[:2]}
        if names & HEADINGS and not line.link_chars and len(line.text) in _TITLE_CHARS:
            return index
    return None


def _without_badge(line: str, titles: Iterable[str]) -> str:
    for title in titles:
        name = metadata.without_site(title)[0]
        if name in line and 0 < len(bare(line)) - len(bare(name)) <= _MAX_BADGE_CHARS and len(name) > len(line) / 2:
            return name
    return line


def _cut_head(page: Page, found: Article, title: int | None) -> None:
    """What stands before the title, and between it and the text, is not of the text."""
    if title is not None:
        found.reasons.update({index: "before the title" for index in found.body if index < title})
        found.body = [index for index in found.body if index > title]
    while found.body:
        line = page.lines[found.body[0]]
        if bare(line.text) == bare(found.fields.get("title", "")):
            found.title_lines.append(found.body[0])
        elif byline.facts(_texts(page, found.body[0])) and not is_prose(line):
            found.field_lines[found.body[0]] = "byline"
        elif byline.is_site_line(line.text):
            found.field_lines[found.body[0]] = "byline"
        elif len(line.text) <= _MAX_BYLINE_CHARS and byline.stamp(line.text) and not is_prose(line):
            found.field_lines[found.body[0]] = "published"
        else:
            return
        del found.body[0]


def _cut_tail(page: Page, found: Article) -> None:
    """Lines of the site near either end of the text: editor, former title."""
    edges = {*found.body[:3], *found.body[-6:]}
    credits = {index for index in edges if byline.is_site_line(page.lines[index].text)}
    found.field_lines.update(dict.fromkeys(credits, "credits"))
    found.body = [index for index in found.body if index not in credits]


def _texts(page: Page, line: int) -> list[str]:
    return [text for token in page.lines[line].texts if (text := page.text(token).strip())]


def _read_lines(page: Page, found: Article, title: int | None) -> None:
    """Read what the page prints of its article, the surest first: labels, the text's own words, classes, names."""
    first, last = found.body[0], found.body[-1]
    start = first if title is None or title > first else title + 1
    head = list(range(min(start, max(0, first - _HEAD_LINES)), first))[-_HEAD_LINES:]
    if title is not None and title < first:
        head = [index for index in head if index > title]
    tail = list(range(last + 1, min(len(page.lines), last + 1 + _TAIL_LINES)))
    credits = [index for index in found.field_lines if index not in head]
    texts = {index: _texts(page, index) for index in {*head, *tail, *credits, *found.body[-3:]}}
    for index in [*head, *credits, *tail]:
        for fact in byline.facts(texts[index]):
            if fact.field and fact.field != "published":
                found.state(fact.field, fact.value, index)
            elif fact.field and index not in head and fact.end - fact.start > len(fact.value):  # a label before it
                found.state("published", byline.stamp(fact.value) or "", index)
    if when := byline.stamp(" ".join(text for index in head for text in texts[index])):
        found.fields["published"] = when
        found.field_lines.update({i: "published" for i in head if byline.stamp(" ".join(texts[i]))})
    lines = [page.lines[i].text for i in found.body]
    near = lines[: _REPORTER_LINES[0]] + lines[-_REPORTER_LINES[1] :]
    if "author" not in found.fields and (names := byline.reporters([" ".join(texts[i]) for i in head] + near)):
        found.fields["author"] = names
    for index in head:
        _read_classes(page, found, index)
    for index in head:
        _read_unlabelled(page, found, index)
    for index in found.body[-3:]:
        for fact in byline.facts(texts[index]):
            if fact.field in ("author", "publisher"):
                found.fields.setdefault(fact.field, fact.value)


def _read_classes(page: Page, found: Article, index: int) -> None:
    for token in page.lines[index].texts:
        value = page.text(token).strip(" :：|")
        if not _is_name(value):
            continue
        for element in page.ancestors(page.owners[token])[:2]:
            name = _class_field(page.elements[element].attributes)
            if name == "author" and "author" in found.fields:
                name = "publisher"
            if name and name not in found.fields and value not in found.fields.values():
                found.state(name, value, index)
                break


def _class_field(attributes: dict[str, str]) -> str | None:
    names = " ".join(attributes.get(name, "") for name in ("class", "id", "itemprop", "rel"))
    words = (word.lower() for word in _CLASS_WORD.findall(names))
    return next((_CLASS_FIELDS[word] for word in words if word in _CLASS_FIELDS), None)


def _read_unlabelled(page: Page, found: Article, index: int) -> None:
    """The name beside a date is who published it, or, if it sounds like none, who wrote it."""
    texts = _texts(page, index)
    values = {found.fields.get(name) for name in ("author", "publisher", "editor")}
    if not byline.stamp(" ".join(texts)) or any(text.strip(" :：|") in values for text in texts):
        return
    if any(fact.field in ("author", "publisher") for fact in byline.facts(texts)):
        return
    name = next((text.strip(" |·•/") for text in texts if _is_name(text.strip(" |·•/"))), None)
    if name:
        found.state("publisher" if _PUBLISHER.search(name) or "author" in found.fields else "author", name, index)


def _is_name(value: str) -> bool:
    return 2 <= len(value) <= _MAX_NAME_CHARS and not _NOT_A_NAME.search(value) and not byline.stamp(value)


def _read_head(found: Article, stated: Sequence[Fact], page_title: Fact | None) -> None:
    """Read what the page states to machines, where it prints nothing; a printed date may become more precise."""
    site = metadata.without_site(page_title.value)[1] if page_title else ""
    for fact in stated:
        name, value = fact.field, fact.value
        if name == "published":
            value = byline.stamp(value) or ""
            if not value.startswith(found.fields.get("published", "")):
                continue
        elif name in ("author", "editor"):
            if not _is_name(value) or value in site or value == found.fields.get("publisher"):
                continue
            if _PUBLISHER.search(value):
                name = "publisher"
        if value and (name not in found.fields or name == "published"):
            found.fields[name] = value
            found.field_tokens[fact.token] = name
