"""What the paragraphs of an article are: headings, questions, answers, credits, text.

A reader that knows headings (Markdown's marks, HTML's tags) is believed; elsewhere their form tells.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db.clean.credits import credit
from corpus_db.clean.paragraphs import ENDS_SENTENCE, HEADING_CHARS, Block, balanced
from corpus_db.clean.spans import BLANK, Content
from corpus_db.records import ParagraphKind, Source

_TAGS = frozenset(("tag", "line end"))  # the reasons of pieces that are tags
_MARKING = _TAGS | {"heading"}
_TAG = re.compile(r"<h[1-6]\b", re.IGNORECASE)
_QUESTION = re.compile(r"(?:Q\d{0,2}|问|[^\s:：。]{0,8}问)\s?[:：]\s?\S")
_ANSWER = re.compile(r"(?:A\d{0,2}|答|[^\s:：。]{0,8}答)\s?[:：]\s?\S")
_COLON = re.compile("[:：]")
_PHOTO = re.compile(r"(?:摄|供图|截图|资料图)[）)]?$")
_SPEECH = re.compile(r"(?:说|道|(?<!提)问|答|称|表示|指出|写道|认为|如下|例如|比如|包括)[:：]$")


class Marked(NamedTuple):
    """Where a reader saw headings: half-open stretches of the content, in order."""

    starts: tuple[int, ...]
    ends: tuple[int, ...]
    complete: bool  # all headings are marked; else their form may tell of more

    def at(self, offset: int) -> bool:
        """Whether the character at `offset` belongs to a heading."""
        i = bisect_right(self.starts, offset) - 1
        return i >= 0 and offset < self.ends[i]


def marked(source: Source, content: Content) -> Marked | None:
    """The headings that the reader of `source` saw: body pieces that it calls so, and what stands behind a heading's tag.

    None if it saw none.
    """
    if _MARKING.isdisjoint([piece.reason for piece in source.pieces]):
        return None
    found: list[tuple[int, int]] = []
    complete = False
    behind_tag = False
    offsets = iter(zip(content.pieces, content.starts, strict=True))
    kept = next(offsets, None)
    for piece in source.pieces:
        at = kept[1] if kept is not None and piece is kept[0] else -1
        if at >= 0:
            kept = next(offsets, None)
        if piece.reason in _TAGS:
            behind_tag = behind_tag or bool(_TAG.match(source.raw, piece.start))
        elif at >= 0 and (behind_tag or piece.reason == "heading"):
            found.append((at, kept[1] if kept is not None else len(content.text)))
            complete = complete or not behind_tag
            behind_tag = False
    if not found:
        return None
    return Marked(tuple(start for start, _ in found), tuple(end for _, end in found), complete)


def kinds(blocks: Sequence[Block], marked: Marked | None = None) -> list[Block]:
    """`blocks` with their kinds, by the reader's marks and by their form.

    >>> made = kinds([Block((), t) for t in ["市集的由来", "它很老了。", "问：多老？", "答：不知道。", "谢谢"]])
    >>> [b.kind for b in made]
    ['heading', 'text', 'question', 'answer', 'text']
    """
    found: list[Block] = []
    asked = False  # a question has been asked above
    for i, one in enumerate(blocks):
        kind = _kind(blocks, i, marked, asked=asked) if one.kind == "text" else one.kind
        asked = asked or kind == "question"
        found.append(one if kind == one.kind else one._replace(kind=kind))
    return found


def _kind(blocks: Sequence[Block], i: int, marked: Marked | None, *, asked: bool) -> ParagraphKind:
    """The kind of paragraph `i`, a text so far."""
    text = blocks[i].text
    if marked is not None and marked.at(blocks[i].parts[0][0]):
        return "heading"
    if _COLON.search(text, 0, 12) and _QUESTION.match(text) and (text[0] in "Q问" or asked or _answered(blocks, i)):
        return "question"
    if asked and _ANSWER.match(text):
        return "answer"
    may_be_heading = i + 1 < len(blocks) and (marked is None or not marked.complete)
    if may_be_heading and is_heading(text):
        return "credit" if _is_credit(text) else "heading"
    return "text"


def _is_credit(text: str) -> bool:
    return bool(_COLON.search(text)) and credit(text.strip("【】[]（）() ")) is not None


def _answered(blocks: Sequence[Block], i: int) -> bool:
    return i + 1 < len(blocks) and bool(_ANSWER.match(blocks[i + 1].text))


def is_heading(text: str) -> bool:
    """Whether a paragraph with text after it is a heading: short, and no sentence.

    >>> is_heading("蔬菜的价格"), is_heading("他说：“好。”"), is_heading("现场提问："), is_heading("他说：")
    (True, False, True, False)
    """
    if not 2 <= len(text) <= HEADING_CHARS or _PHOTO.search(text):
        return False
    if text[-1] in ":：":
        return 5 <= len(text) <= 10 and not _SPEECH.search(text) and not re.search("[,，]", text)
    return not ENDS_SENTENCE.search(text) and balanced(text) and any(c.isalnum() for c in text.strip(BLANK))
