"""Where the words of a query stand in the untouched text: marks, highlights, snippets cut at sentence bounds."""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import islice, zip_longest
from typing import NamedTuple

from corpus_db.search.language import Term, parse
from corpus_db.text.bigrams import CJK, Token, tokens
from corpus_db.text.fold import Folded, fold_all, fold_map, fold_offsets
from corpus_db.text.sentences import bounds

Mark = tuple[int, int]  # start and end of a marked stretch, in characters of the text it belongs to
Worth = Callable[[str, Mark], float]  # of a stretch of a text, folded one character for one, and where it stands
_Match = tuple[int, int, int]  # start, end, number of the term
DEFAULT_WIDTH = 80
_MAX_CUTS = 100  # of one sentence that are compared
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
    return tuple((start, end) for start, end, _ in _found(*fold_map(text), terms))


def cut_snippet(body: str, terms: Sequence[Term], width: int = DEFAULT_WIDTH) -> Snippet:
    """The run of whole sentences, about `width` characters, with the most different terms (long ones count more).

    A sentence longer than `width` is cut where it has the most. Without any mark: the beginning of `body`.
    """
    return cut_snippets([body], terms, width)[0]


def cut_snippets(
    bodies: Sequence[str], terms: Sequence[Term], width: int = DEFAULT_WIDTH, worth: Sequence[Worth] = ()
) -> list[Snippet]:
    """The snippet of each body; `worth`, for each, says what else than its terms makes a stretch the best to show."""
    folded = fold_all(bodies)
    return [_snippet(body, one, terms, max(width, 1), of) for body, one, of in zip_longest(bodies, folded, worth)]


def _snippet(body: str, folded: Folded, terms: Sequence[Term], width: int, worth: Worth | None) -> Snippet:
    offsets = range(len(body)) if folded.whole == folded.aligned else fold_offsets(body, folded).tolist()
    found = list(_found(folded.whole, offsets, terms))
    sentences = bounds(body)
    if not sentences:
        return Snippet("", ())

    def worth_of(stretch: Mark) -> float:
        start, end = stretch
        if worth:
            return worth(folded.aligned[start:end], stretch)
        sizes = {term: e - s for s, e, term in _inside(found, start, end)}
        return sum(1 + size for size in sizes.values())

    start, end = max(_windows(sentences, found, width, first=worth is not None), key=worth_of)
    if end - start > width * 3 // 2:
        start, end = max(_cuts(start, end, _inside(found, start, end), width), key=worth_of)
    head = _ELLIPSIS if start not in {s for s, _ in sentences} else ""
    tail = _ELLIPSIS if end not in {e for _, e in sentences} else ""
    shift = len(head) - start
    marks = tuple((s + shift, min(e, end) + shift) for s, e, _ in _inside(found, start, end))
    return Snippet(head + body[start:end].replace("\n", " ") + tail, marks)


def _inside(found: Sequence[_Match], start: int, end: int) -> Sequence[_Match]:
    """Those of the matches that begin in a stretch."""
    return found[bisect_left(found, (start,)) : bisect_left(found, (end,))]


def _windows(sentences: Sequence[Mark], found: Sequence[_Match], width: int, first: bool) -> Iterator[Mark]:
    """From each sentence with a match on, as many as fit; `first`: from the first too, as where none has a match."""
    matched = [n for n, (start, end) in enumerate(sentences) if _inside(found, start, end)]
    for number in dict.fromkeys([0, *matched] if first else matched or [0]):
        start, end = sentences[number]
        for _, later in islice(sentences, number + 1, None):
            if later - start > width:
                break
            end = later
        yield start, end


def _cuts(start: int, end: int, inside: Sequence[_Match], width: int) -> Iterator[Mark]:
    """Parts of a long sentence, about `width` characters, with a third before each match; no match is cut in half."""
    for at, _, _ in inside[:_MAX_CUTS] or [(start, start, 0)]:
        low = max(start, min(at - width // 3, end - width))
        whole = max((stop for _, stop, _ in _inside(inside, low, low + width)), default=0)
        yield low, min(end, max(low + width, whole))


def _found(folded: str, offsets: Sequence[int], terms: Sequence[Term]) -> Iterator[_Match]:
    """The matches in a folded text, whose characters come from those offsets, in order and without overlap."""
    pattern = _pattern(tuple(terms))
    if pattern is None:
        return
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
