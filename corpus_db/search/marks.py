"""Where the words of a query stand in the untouched text: marks, highlights, snippets cut at sentence bounds."""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from corpus_db.search.language import Term, parse
from corpus_db.text.bigrams import CJK, Token, tokens
from corpus_db.text.fold import fold_map
from corpus_db.text.sentences import bounds

Mark = tuple[int, int]  # start and end of a marked stretch, in characters of the text it belongs to
DEFAULT_WIDTH = 80
_ELLIPSIS = "…"
_GAP = rf"[^\w{CJK}]{{0,8}}"  # what may stand between two tokens of a phrase, as in the index
_NOT_IN_WORD, _NO_WORD_ON = rf"(?<![^\W{CJK}])", rf"(?![^\W{CJK}])"
_NOT_IN_NUMBER, _NO_NUMBER_ON = r"(?<!\d)(?<!\d\.)", r"(?!\d|\.\d)"


class Snippet(NamedTuple):
    """A stretch of a text, with the marks in it."""

    text: str  # one line; begins or ends with … where it is cut inside a sentence
    marks: tuple[Mark, ...]  # in characters of `text`


def zh_highlight(text: str, query: str) -> str:
    """`text` as HTML, with <mark> around what `query` finds, in its original spelling.

    >>> zh_highlight("共13,000家（㎡）& 備貨節", "13000 备货节 m2")
    '共<mark>13,000</mark>家（<mark>㎡</mark>）&amp; <mark>備貨節</mark>'
    """
    return render(text, find_marks(text, parse(query).terms))


def zh_snippet(body: str, query: str, width: int = DEFAULT_WIDTH) -> str:
    """The part of `body` that shows `query` best, as HTML with <mark>; about `width` characters of text.

    >>> zh_snippet("天气很好。電商平台起步早。后来呢？", "电商", 10)
    '<mark>電商</mark>平台起步早。'
    """
    found = cut_snippet(body, parse(query).terms, width)
    return render(found.text, found.marks)


def render(
    text: str, marks: Iterable[Mark], before: str = "<mark>", after: str = "</mark>", escape: bool = True
) -> str:
    """`text` with `before` and `after` around each mark; `escape` makes the text itself safe inside HTML."""
    safe = html.escape if escape else str
    parts, at = [], 0
    for start, end in marks:
        parts += [safe(text[at:start]), before, safe(text[start:end]), after]
        at = end
    return "".join(parts) + safe(text[at:])


def find_marks(text: str, terms: Sequence[Term]) -> tuple[Mark, ...]:
    """The stretches of `text` that the terms find, in order, without overlap; touching stretches stay apart."""
    return tuple((start, end) for start, end, _ in _found(text, terms))


def cut_snippet(body: str, terms: Sequence[Term], width: int = DEFAULT_WIDTH) -> Snippet:
    """The run of whole sentences, about `width` characters, with the most different terms (long ones count more).

    A sentence longer than `width` is cut around its first mark. Without any mark: the beginning of `body`.
    """
    width = max(width, 1)
    found = list(_found(body, terms))
    sentences = list(bounds(body))
    if not sentences:
        return Snippet("", ())
    start, end = _best_window(sentences, found, width)
    start, end = _cut(start, end, [mark for mark in found if start <= mark[0] < end], width)
    head = _ELLIPSIS if start not in {s for s, _ in sentences} else ""
    tail = _ELLIPSIS if end not in {e for _, e in sentences} else ""
    shift = len(head) - start
    marks = tuple((s + shift, min(e, end) + shift) for s, e, _ in found if start <= s < end)
    return Snippet(head + body[start:end].replace("\n", " ") + tail, marks)


def _best_window(sentences: list[Mark], found: list[tuple[int, int, int]], width: int) -> Mark:
    """From each sentence with a mark on, as many as fit; of these windows the one with the most different terms."""
    best, best_weight = sentences[0], -1
    first_of = {}  # sentence index → index of its first mark
    at = 0
    for i, (_, end) in enumerate(sentences):
        if at < len(found) and found[at][0] < end:
            first_of[i] = at
        while at < len(found) and found[at][0] < end:
            at += 1
    for i in first_of or {0: 0}:
        start, end = sentences[i]
        for _, later in sentences[i + 1 :]:
            if later - start > width:
                break
            end = later
        sizes = {term: e - s for s, e, term in found[first_of.get(i, 0) :] if s < end}
        weight = sum(1 + size for size in sizes.values())
        if weight > best_weight:
            best, best_weight = (start, end), weight
    return best


def _cut(start: int, end: int, inside: list[tuple[int, int, int]], width: int) -> Mark:
    if end - start <= width * 3 // 2:
        return start, end
    first = inside[0] if inside else (start, start, 0)
    low = max(start, min(first[0] - width // 3, end - width))
    high = low + width
    whole = max((mark[1] for mark in inside if mark[0] < high), default=0)  # no mark is cut in half
    return low, min(end, max(high, whole))


def _found(text: str, terms: Sequence[Term]) -> Iterator[tuple[int, int, int]]:
    """(start, end, number of the term) of each match."""
    pattern = _pattern(tuple(terms))
    if pattern is None:
        return
    folded, offsets = fold_map(text)
    last = 0
    for match in pattern.finditer(folded):
        if match.end() == match.start():
            continue
        start, end = offsets[match.start()], offsets[match.end() - 1] + 1
        if start >= last:
            yield start, end, match.lastindex or 0
            last = end


@lru_cache(maxsize=64)
def _pattern(terms: tuple[Term, ...]) -> re.Pattern[str] | None:
    """One group per term, the longest first."""
    ordered = sorted(dict.fromkeys(terms), key=lambda term: -len(term.text))
    parts = [f"({source})" for term in ordered if (source := _source(term))]
    return re.compile("|".join(parts)) if parts else None


def _source(term: Term) -> str:
    """The regular expression for a term: its tokens, with gaps between them, and whole words and numbers at its ends."""
    found = [(kind, text) for kind, text in tokens(term.text) if text != "_"]
    if not found:
        return ""
    pieces = _GAP.join(re.escape(text) for _, text in found)
    (first_kind, first), (last_kind, last) = found[0], found[-1]
    start = _edge(first, _NOT_IN_NUMBER, _NOT_IN_WORD) if first_kind == Token.WORD else ""
    end = _edge(last, _NO_NUMBER_ON, _NO_WORD_ON) if last_kind == Token.WORD and not term.prefix else ""
    return start + pieces + end


def _edge(word: str, of_number: str, of_word: str) -> str:
    """What may not touch a word; as in the index, letters may touch a decimal number (v2.0)."""
    number = word.replace(".", "").isdecimal()
    return (of_number if number else "") + ("" if number and "." in word else of_word)
