"""A page to its article: which lines are its text, which its title and byline, and what they and the head state."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from corpus_db.errors import InputError
from corpus_db.sources.html import byline, metadata
from corpus_db.sources.html.main_text import Selection, is_prose, select
from corpus_db.sources.html.metadata import Fact
from corpus_db.sources.html.tree import HEADINGS, Page

_HEAD_LINES = 14  # between title and text that may hold the byline
_TAIL_LINES = 8  # after the text that may hold credits
_MIN_TITLE_CHARS = 4
_MAX_NAME_CHARS = 16
_SPACE = re.compile(r"\s+")
_CLASS_WORD = re.compile(r"[a-z]+|[A-Z][a-z]+")
# Words in the class, id, itemprop or rel of an element that holds one fact of a byline.
_CLASS_FIELDS = {
    **dict.fromkeys(("author", "writer", "zuozhe", "byline"), "author"),
    **dict.fromkeys(("source", "sour", "laiyuan", "origin", "media"), "publisher"),
    **dict.fromkeys(("editor", "bianji"), "editor"),
}
# Names of what publishes, by their ends. 网易 and 扬眼 show that there are others; those are found by class or label.
_MEDIA = re.compile(
    r"(?:[报网社台刊]|新闻|传媒|频道|杂志|在线|客户端|电视|广播|通讯|资讯|日报社|出版社|研究院|学会|协会|委员会|公司|[局厅])$"
)
_NOT_A_NAME = re.compile(
    r"^[\W\d_]*$|原创|举报|分享|字号|字体|打印|收藏|评论|关注|阅读|浏览|点击|参与|首页|正文|作者|来源|编辑|时间|日期|刚刚|昨天|前天|今天|小时前|分钟前|星期"
    r"|转载|微信|微博|纠错|投稿|订阅|登录|[。！？，：:@{}<>]"
)


@dataclass(slots=True)
class Article:
    """What a page holds of its article; lines are indices in `Page.lines`, tokens in `Page.tokens`."""

    body: list[int]  # lines of the text
    fields: dict[str, str]
    title_lines: list[int] = field(default_factory=list)
    field_lines: dict[int, str] = field(default_factory=dict)  # line → the field it gave
    field_tokens: dict[int, str] = field(default_factory=dict)  # token of the head → the field it gave
    reasons: dict[int, str] = field(default_factory=dict)  # other line → why it is not of the article


def article(page: Page) -> Article:
    """The article of a page. Raises `InputError` where the page has none."""
    stated = metadata.facts(page)
    page_title = metadata.page_title(page)
    titles = [bare(fact.value) for fact in ([page_title] if page_title else []) + stated if fact.field == "title"]
    selection = select(page)
    if selection is None:
        raise InputError(
            "read", "no article in the page", "no element holds sentences: a list of links or an empty page"
        )
    found = Article(list(selection.lines), {}, reasons=selection.reasons)
    title = _title_line(page, selection, titles)
    _set_title(page, found, title, page_title, stated)
    _cut_head(page, found, title)
    _cut_tail(page, found)
    if not found.body:
        raise InputError("read", "no article in the page", "nothing but title and byline")
    _read_byline(page, found, title)
    _read_head(page, found, stated, page_title)
    return found


def bare(text: str) -> str:
    """`text` without white space, by which titles are compared."""
    return _SPACE.sub("", text)


def _title_line(page: Page, selection: Selection, titles: list[str]) -> int | None:
    """The line before the end of the text's first part that best says what <title> and og:title say."""
    best, best_score = None, 0.0
    last = selection.lines[0] + (len(selection.lines) + 3) // 4
    for index, line in enumerate(page.lines[: last + 1]):
        text = bare(line.text)
        if len(text) < _MIN_TITLE_CHARS or len(text) > 200:
            continue
        score = max((_likeness(text, title) for title in titles), default=0.0)
        names = {page.elements[element].name for element in page.ancestors(line.element)[:3]}
        if names & HEADINGS:
            score *= 1.5 if "h1" in names else 1.2
        if 2 * line.link_chars > len(text):
            score *= 0.5
        if score > best_score or (score == best_score > 0 and index <= selection.lines[0]):
            best, best_score = index, score
    return best if best_score >= 0.5 else None


def _likeness(line: str, title: str) -> float:
    """How much of a page's title a line says, from its beginning; 0 for what says something else."""
    if title.startswith(line) or line.startswith(title):
        shorter = min(len(line), len(title))
        return shorter / max(len(metadata.without_site(title)[0]), len(line)) if shorter >= _MIN_TITLE_CHARS else 0.0
    if line in title or title in line:
        return 0.8 * min(len(line), len(title)) / max(len(line), len(title))
    return 0.0


def _set_title(page: Page, found: Article, title: int | None, page_title: Fact | None, stated: list[Fact]) -> None:
    if title is not None:
        found.fields["title"] = page.lines[title].text
        found.title_lines = [title]
        return
    for fact in stated:
        if fact.field == "title" and (page_title is None or bare(fact.value) in bare(page_title.value)):
            found.fields["title"] = fact.value
            found.field_tokens[fact.token] = "title"
            return
    if page_title is not None:
        found.fields["title"] = metadata.without_site(page_title.value)[0] or page_title.value
        found.field_tokens[page_title.token] = "title"


def _cut_head(page: Page, found: Article, title: int | None) -> None:
    """What stands before the title, and between it and the text, is not of the text."""
    if title is not None:
        found.reasons.update({index: "before the title" for index in found.body if index < title})
        found.body = [index for index in found.body if index > title]
    while found.body:
        index = found.body[0]
        text = page.lines[index].text
        if bare(text) == bare(found.fields.get("title", "")):
            found.title_lines.append(index)
        elif byline.is_site_line(text) or (len(text) <= 60 and byline.stamp(text) and not is_prose(page.lines[index])):
            found.field_lines[index] = "byline"
        else:
            return
        del found.body[0]


def _cut_tail(page: Page, found: Article) -> None:
    for index in found.body[:3] + found.body[-6:]:
        if index in found.body and byline.is_site_line(page.lines[index].text):
            found.body.remove(index)
            found.field_lines[index] = "credits"


def _read_byline(page: Page, found: Article, title: int | None) -> None:
    first, last = found.body[0], found.body[-1]
    start = max(0, first - _HEAD_LINES) if title is None or title > first else title + 1
    head = [i for i in range(start, first) if i - start < _HEAD_LINES * 2]
    tail = [i for i in range(last + 1, min(len(page.lines), last + 1 + _TAIL_LINES))]
    credits = [i for i in found.field_lines if i not in head]
    texts = {i: " ".join(page.text(t).strip() for t in page.lines[i].texts) for i in {*head, *tail, *credits}}
    for index in [*head, *credits, *tail]:
        for printed in byline.labelled(texts[index]):
            if printed.field == "published":
                value = byline.stamp(printed.value)
            else:
                value = printed.value
            if value and printed.field not in found.fields and not _NOT_A_NAME.match(value):
                found.fields[printed.field] = value
                found.field_lines[index] = printed.field
    joined = " ".join(texts[i] for i in head)
    if "published" not in found.fields and (value := byline.stamp(joined)):
        found.fields["published"] = value
    for index in head:
        _read_classes(page, found, index)
    for index in head:
        _read_unlabelled(page, found, index, texts[index])
    if "author" not in found.fields:
        lines = [texts[i] for i in head] + [page.lines[i].text for i in (*found.body[:3], *found.body[-4:])]
        if value := byline.reporters(lines):
            found.fields["author"] = value


def _read_classes(page: Page, found: Article, index: int) -> None:
    line = page.lines[index]
    for token in line.texts:
        value = page.text(token).strip(" :：|")
        if not value or len(value) > _MAX_NAME_CHARS or _NOT_A_NAME.search(value) or byline.stamp(value):
            continue
        for element in page.ancestors(page.owners[token])[:2]:
            attributes = page.elements[element].attributes
            names = " ".join(attributes.get(name, "") for name in ("class", "id", "itemprop", "rel"))
            words = [word.lower() for word in _CLASS_WORD.findall(names)]
            name = next((_CLASS_FIELDS[word] for word in words if word in _CLASS_FIELDS), None)
            if name and name not in found.fields:
                found.fields[name] = value
                found.field_lines[index] = name
                break


def _read_unlabelled(page: Page, found: Article, index: int, text: str) -> None:
    """The name beside a date is who published it, or, if it sounds like none, who wrote it."""
    if not byline.stamp(text) or byline.labelled(text):
        return
    found.field_lines.setdefault(index, "published")
    for token in page.lines[index].texts:
        value = page.text(token).strip(" |·•/")
        if byline.stamp(value) or not 2 <= len(value) <= _MAX_NAME_CHARS or _NOT_A_NAME.search(value):
            continue
        name = "publisher" if _MEDIA.search(value) or "author" in found.fields else "author"
        found.fields.setdefault(name, value)
        return


def _read_head(page: Page, found: Article, stated: list[Fact], page_title: Fact | None) -> None:
    site = metadata.without_site(page_title.value)[1] if page_title else ""
    for fact in stated:
        name, value = fact.field, fact.value
        if name == "title" or (name in found.fields and name != "published"):
            continue
        if name == "published":
            iso = byline.stamp(value) or _epoch(value)
            if iso is None or (name in found.fields and not iso.startswith(found.fields[name])):
                continue
            value = iso
        if name in ("author", "editor"):
            if not _is_name(value) or value in site or value == found.fields.get("publisher"):
                continue
            if _MEDIA.search(value):
                name = "publisher"
        found.fields[name] = value
        found.field_tokens[fact.token] = name


def _is_name(value: str) -> bool:
    return 2 <= len(value) <= 40 and not _NOT_A_NAME.search(value)


def _epoch(value: str) -> str | None:
    from corpus_db.clean.fields import published

    moment = published(value) if value.isdecimal() else None
    return moment.iso if moment else None
