"""A page → its article: which lines are its text, which its title and byline, and what they and the head state."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from corpus_db.clean.chrome import inside
from corpus_db.errors import InputError
from corpus_db.sources.html import byline, metadata
from corpus_db.sources.html.fields import Fields, bare, read_head, read_lines, texts_of
from corpus_db.sources.html.held import Held, held
from corpus_db.sources.html.main_text import is_prose, select
from corpus_db.sources.html.metadata import Fact, without_site
from corpus_db.sources.html.title import Title, title
from corpus_db.sources.html.tree import Page

_MAX_TIME_CHARS = 60  # of a line that holds a time and is no text
_MAX_ERROR_CHARS = 150  # of text on a page that only says that there is none
_ERROR = re.compile(
    r"(?:HTTP\s?)?(?:40[0134]|50[0234])(?:$|[\s\-_|,，:：]|错|页)|(?:页面|网页|内容|文章|您(?:要)?访问的页面)(?:不存在|未找到|没有找到|已删除|出错)"
    r"|(?:抱歉|对不起)[，,\s]{0,2}(?:您|你|该)?.{0,6}(?:页面|网页)|找不到(?:该|此)?(?:页面|网页|文件)|(?:page )?not found",
    re.IGNORECASE,
)
_ALL_STATED = frozenset(("author", "published"))
_INDEX_ARTICLES = 3  # beside one another: a page with fewer is an article and what is related to it
_FOLD_LINES = 3  # below a text, among which the button stands that shows more of it
_EDGE_LINES = (3, 6)  # of the text, at its head and its end, that may be the site's


@dataclass(slots=True)
class PageArticle:
    """What a page holds of its article; lines are indices in `Page.lines`."""

    body: list[int]  # lines of the text
    fields: Fields = field(default_factory=Fields)
    title_lines: list[int] = field(default_factory=list)
    reasons: dict[int, str] = field(default_factory=dict)  # other line → why it is not of the article
    held: Held | None = None  # the text, where the markup does not hold it
    notes: list[str] = field(default_factory=list)


def article(page: Page) -> PageArticle:
    """The article of a page. Raises `InputError` where the page has none."""
    stated, page_title = metadata.facts(page), metadata.page_title(page)
    try:
        found = _in_markup(page, stated, page_title)
    except InputError:
        found = PageArticle([])
        if not _take_held(page, found, stated, page_title):
            raise
    else:
        _take_held(page, found, stated, page_title)
    return found


def _in_markup(page: Page, stated: Sequence[Fact], page_title: Fact | None) -> PageArticle:
    selection = select(page)
    if selection is None:
        raise InputError("read", "no article in the page", _why_none(page))
    found = PageArticle(list(selection.lines), reasons=selection.reasons)
    if _is_index(page, selection.lines):
        _read_index(found, page, stated, page_title)
        return found
    named = title(page, selection, page_title, stated)
    if named:
        _cut_at_title(found, named)
    if named and _ERROR.match(named.text) and sum(len(page.lines[i].text) for i in found.body) < _MAX_ERROR_CHARS:
        raise InputError("read", "error page", f"{named.text[:40]!r}: fetch the page anew, or leave it out")
    taken = _cut_byline(page, found) + _cut_site_lines(page, found)
    if not found.body:
        raise InputError("read", "no article in the page", "nothing but a title and a byline")
    read_lines(page, found.fields, found.body, taken, named.line if named else None)
    text = "\n".join([found.fields.values.get("title", ""), *(page.lines[index].text for index in found.body)])
    read_head(found.fields, text, [fact for fact in stated if fact.field != "title"], page_title)
    return found


def _is_index(page: Page, lines: Sequence[int]) -> bool:
    """Whether lines are of several articles beside one another, as on the first page of a blog."""
    if page.raw.count("<article") < _INDEX_ARTICLES:
        return False
    inside = [0] * len(page.elements)  # the outermost <article> around each element
    for index, element in enumerate(page.elements):
        inside[index] = inside[element.parent] or (index if element.name == "article" else 0)
    held = {inside[page.lines[line].element] for line in lines if is_prose(page.lines[line])}
    return len(held - {0}) >= _INDEX_ARTICLES


def _read_index(found: PageArticle, page: Page, stated: Sequence[Fact], page_title: Fact | None) -> None:
    """Read what states the whole of an index: its head. Title, author and time in it are each of one article."""
    found.notes.append("several articles in one page")
    if page_title:
        _state_title(found, page_title)
    text = "\n".join(page.lines[index].text for index in found.body)
    read_head(found.fields, text, [fact for fact in stated if fact.field != "title"], page_title)


def _take_held(page: Page, found: PageArticle, stated: Sequence[Fact], page_title: Fact | None) -> bool:
    """Take in what the page holds outside its markup: more of the text, and what is stated beside it; False: nothing."""
    text = "\n".join(page.lines[index].text for index in found.body)
    titles = [fact.value for fact in (page_title, *stated) if fact and fact.field == "title"]
    holds = held(page, text, titles, is_stated=found.fields.values.keys() >= _ALL_STATED)
    if holds is None:
        return False
    if not found.body:
        read_lines(page, found.fields, [], [], None)
    if holds.is_longer(text):
        found.reasons.update(dict.fromkeys(found.body, "part of the text in a script"))
        found.body, found.held = [], holds
        found.notes.append("its text stood in the page as data, not in its markup")
    beside = [Fact(name, value, holds.token) for name, _, value in holds.stated]
    named = next((fact for fact in (*beside, page_title) if fact and fact.field == "title"), None)
    if named and "title" not in found.fields.values:
        _state_title(found, named)
    facts = [fact for fact in (*beside, *stated) if fact.field != "title"]
    read_head(found.fields, f"{holds.title}\n{holds.text}", facts, page_title)
    return True


def _state_title(found: PageArticle, named: Fact) -> None:
    found.fields.values["title"] = without_site(named.value)[0]
    found.fields.tokens[named.token] = "title"


def is_folded(page: Page, found: PageArticle) -> bool:
    """Whether a button in the text or below it shows more of it, and a style hides something."""
    if not page.hides or not found.body:
        return False
    near = page.lines[found.body[0] : found.body[-1] + 1 + _FOLD_LINES]
    return any(inside(line.text) == "page tools" for line in near)


def goes_on(page: Page, found: PageArticle, shown: Page, whole: PageArticle) -> bool:
    """Whether `whole`, found in the page with what styles hide, is `found` and more, rather than another text."""
    texts = [page.lines[index].text for index in found.body]
    more = [shown.lines[index].text for index in whole.body]
    return len(more) > len(texts) and {text for text in texts if not inside(text)} <= set(more)


def _why_none(page: Page) -> str:
    names = {element.name for element in page.elements}
    if "frameset" in names:
        return "it only holds frames: save the page inside the frame"
    if "script" in names and sum(len(line.text) for line in page.lines) < _MAX_ERROR_CHARS:
        return "a script fetches its text: save the page from a browser that shows it"
    return "nothing in it is sentences: a list of links, or an empty page"


def _cut_at_title(found: PageArticle, named: Title) -> None:
    """State the title; what stands before its line is not of the text."""
    found.fields.values["title"] = named.text
    if named.token is not None:
        found.fields.tokens[named.token] = "title"
    if named.line is not None:
        found.title_lines.append(named.line)
        found.reasons.update({index: "before the title" for index in found.body if index < named.line})
        found.body = [index for index in found.body if index > named.line]


def _cut_byline(page: Page, found: PageArticle) -> list[int]:
    """Take the lines off the head of the text that repeat the title or are a byline; returns the latter."""
    name = bare(found.fields.values.get("title", ""))
    taken: list[int] = []
    end = 0
    for index in found.body:
        line = page.lines[index]
        if bare(line.text) == name:
            found.title_lines.append(index)
        elif _is_byline(page, index):
            taken.append(index)
        else:
            break
        end += 1
    del found.body[:end]
    return taken


def _is_byline(page: Page, index: int) -> bool:
    line = page.lines[index]
    if byline.is_site_line(line.text):
        return True
    if is_prose(line):
        return False
    if any(fact.field != "photographer" for fact in byline.facts(texts_of(page, index))):
        return True
    return len(line.text) <= _MAX_TIME_CHARS and byline.stamp(line.text) is not None


def _cut_site_lines(page: Page, found: PageArticle) -> list[int]:
    """Take the site's own lines off either end of the text: editor, former title."""
    at_head, at_end = _EDGE_LINES
    edges = {*found.body[:at_head], *found.body[-at_end:]}
    taken = sorted(index for index in edges if byline.is_site_line(page.lines[index].text))
    found.body = [index for index in found.body if index not in taken]
    return taken
