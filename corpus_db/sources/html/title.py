"""A page's lines and what its head says → the line that is the title of the article, or the words for it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus_db.sources.html.fields import bare
from corpus_db.sources.html.main_text import Selection, is_prose
from corpus_db.sources.html.metadata import Fact, without_site
from corpus_db.sources.html.tree import HEADINGS, Page

_CHARS = range(4, 200)  # of a title
_HEADING_DISTANCE = {"h1": 20, "h2": 5, "h3": 5, "h4": 5, "h5": 5, "h6": 5}  # lines from a heading to its text
_MAX_BADGE_CHARS = 6  # beside the title in its line: 原创, 独家
_MIN_SCORE = 0.5


class Title(NamedTuple):
    """The title of an article, and where it stands: in a line of the page, or in a token of its head."""

    text: str
    line: int | None  # index in `Page.lines`
    token: int | None  # index in `Page.tokens`


def title(page: Page, selection: Selection, page_title: Fact | None, stated: Sequence[Fact]) -> Title | None:
    """The title: a line above the text that <title> or a meta tag repeats, a heading above it, or what they say."""
    facts = [fact for fact in stated if fact.field == "title"]
    texts = [fact.value for fact in ([page_title] if page_title else []) + facts]
    line = _repeated_line(page, selection, texts)
    if line is None:
        line = _heading_above(page, selection)
    if line is not None:
        return Title(_without_badge(page.lines[line].text, texts), line, None)
    for fact in facts:
        if page_title is None or bare(fact.value) in bare(page_title.value):
            return Title(fact.value, None, fact.token)
    if page_title is not None:
        return Title(without_site(page_title.value)[0], None, page_title.token)
    return None


def _repeated_line(page: Page, selection: Selection, titles: Iterable[str]) -> int | None:
    """The line, up to the first quarter of the text, that says best what a title in the head says."""
    wanted = [(bare(text), len(bare(without_site(text)[0]))) for text in titles]
    best, best_score = None, _MIN_SCORE
    last = selection.lines[(len(selection.lines) - 1) // 4]
    for index, line in enumerate(page.lines[: last + 1]):
        text = bare(line.text)
        if len(text) not in _CHARS:
            continue
        heading = _heading(page, index, around=3)
        if 2 * line.link_chars > len(text) and heading is None:
            continue
        score = max((_likeness(text, title, chars) for title, chars in wanted), default=0.0)
        score *= 1.5 if heading == "h1" else 1.2 if heading else 1.0
        if score > best_score or (score == best_score and index <= selection.lines[0]):
            best, best_score = index, score
    return best


def _likeness(line: str, title: str, chars: int) -> float:
    """How much a line says of a page's title (`chars` of it name the article), from its beginning; 0: another thing."""
    shorter = min(len(line), len(title))
    if shorter in _CHARS and (title.startswith(line) or line.startswith(title)):
        return shorter / max(chars, len(line))
    if line in title or title in line:
        return 0.8 * shorter / max(len(line), len(title))
    return 0.0


def _heading(page: Page, line: int, around: int) -> str | None:
    """The name of the heading element that a line stands in, among the next `around` elements."""
    names = (page.elements[element].name for element in page.around(page.lines[line].element, around))
    return next((name for name in names if name in HEADINGS), None)


def _heading_above(page: Page, selection: Selection) -> int | None:
    first = next((i for i in selection.lines if is_prose(page.lines[i])), selection.lines[0])
    for index in range(first, max(-1, first - max(_HEADING_DISTANCE.values())), -1):
        line, heading = page.lines[index], _heading(page, index, around=2)
        if heading is None or line.link_chars or len(line.text) not in _CHARS:
            continue
        if first - index <= _HEADING_DISTANCE[heading]:
            return index
    return None


def _without_badge(line: str, titles: Iterable[str]) -> str:
    """`line`, or the title in it where it is only a word longer."""
    for text in titles:
        name = without_site(text)[0]
        if name in line and 0 < len(bare(line)) - len(bare(name)) <= min(_MAX_BADGE_CHARS, len(name) - 1):
            return name
    return line
