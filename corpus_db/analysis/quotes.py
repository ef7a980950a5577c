"""Text → quotations: what is said, by whom, with which verb; `speakers` says who it is.

Speech stands between quotation marks and is told from titles, slogans and scare quotes by what is around it: a colon, a
verb of saying and a comma, a speaker after it, or a full sentence inside. Without marks it follows a colon that a name
or a verb of saying stands before.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import cache

from corpus_db.analysis.decisions import Mention
from corpus_db.analysis.speakers import HEADING, Speakers
from corpus_db.records import Quote

# Opening mark → what stands between it and its closing mark; the first kind may hold one more of itself.
_MARKED = {
    "“": r"“[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*”",
    "「": r"「[^「」\n]*」",
    "『": r"『[^『』\n]*』",
    '"': r"\"[^\"\n]*\"",
}
# One pattern for each: one that begins with a single character is searched for several times faster than with a set.
_COLONS = tuple(re.compile(rf"{colon}(?=[^\s：:“\"「『\d/\\)）][^：:\n“\"「]{{4}})") for colon in "：:")
_SPOKEN = re.compile(r"[^\x00-\x7f]| ")  # what straight marks hold that is no value of a program
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<!\.)\.(?!\w)|$")
_UNCLOSED = re.compile(r"[（(][^（()）\n]{0,20}\Z")
_UNCLOSED_CHARS = 22
_SHORT = 6  # characters; shorter words behind a colon are an entry of a list
Span = tuple[int, int]


def find(text: str, people: Sequence[Mention]) -> list[Quote]:
    """The quotations of `text`, by position; `people` are the names known in it, by position.

    >>> find("“要做好服务。”韦思远说。", [Mention(8, "韦思远", "韦思远", "person")])
    [Quote(start=1, speaker='韦思远', verb='说', text='要做好服务。', direct=True)]
    """
    marks = _marks(text)
    colons = _colons(text, marks)
    if not marks and not colons:
        return []
    speakers = Speakers(text, people)
    said: dict[str, Quote] = {}
    quotes = []
    for quote in sorted([*_marked(text, marks, speakers), *_unmarked(text, colons, speakers)]):
        # A caption repeats, without a verb, what the text quotes with its speaker.
        first = said.setdefault(quote.text, quote)
        quotes.append(quote if quote.verb else quote._replace(speaker=first.speaker or quote.speaker, verb=first.verb))
    return quotes


def _marks(text: str) -> list[Span]:
    """Where quotation marks open and close."""
    opening = "".join([mark for mark in _MARKED if mark in text])
    return [match.span() for match in _opened_by(opening).finditer(text)] if opening else []


@cache
def _opened_by(opening: str) -> re.Pattern[str]:
    return re.compile("|".join(_MARKED[mark] for mark in opening))


def _colons(text: str, marks: Sequence[Span]) -> list[int]:
    """The colons outside of marks that words follow."""
    found = []
    following = iter([*marks, (len(text), len(text))])
    start, end = next(following)
    for colon in sorted([match.start() for one in _COLONS for match in one.finditer(text)]):
        while end <= colon:
            start, end = next(following)
        if colon < start:
            found.append(colon)
    return found


def _marked(text: str, marks: Sequence[Span], speakers: Speakers) -> Iterator[Quote]:
    for start, end in marks:
        inner = text[start + 1 : end - 1].strip()
        spoken = text[start] != '"' or _SPOKEN.search(inner)
        if inner and spoken and (speaker := speakers.of_marked(start, end, inner)):
            yield Quote(text.index(inner, start + 1), speaker.name, speaker.verb, inner, True)


def _unmarked(text: str, colons: Sequence[int], speakers: Speakers) -> Iterator[Quote]:
    """韦思远：干累活是我的长处。"""
    for colon in colons:
        if text.endswith(HEADING, 0, colon) or _UNCLOSED.search(text, max(0, colon - _UNCLOSED_CHARS), colon):
            continue
        speaker = speakers.before_colon(colon)
        if speaker is None:
            continue
        closing = _SENTENCE_END.search(text, colon + 1)
        said = text[colon + 1 : closing.end() if closing else len(text)].strip()
        if len(said) >= _SHORT:
            yield Quote(text.index(said, colon + 1), speaker.name, speaker.verb, said, False)
