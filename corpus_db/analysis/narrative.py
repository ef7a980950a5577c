"""What a text has named so far, read from front to back: the year, day and month that later words may hang on."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_db.analysis.date_grammar import Expression
from corpus_db.analysis.periods import Day, Period
from corpus_db.records import DateBasis


class Anchor(NamedTuple):
    """What dates without a year count from. `day` is None where only the year is known."""

    year: int
    day: Day | None
    basis: DateBasis
    near: Day | None = None  # a day near the time of writing, for festivals: `day`, or the last one that the text names


_SENTENCE_END = re.compile(r"[。！？!?\n]")
_COMPARED = frozenset("比较")  # before what is only compared with: 相比去年
_COMPARED_AFTER = re.compile(r"的?(?:同期|同比|相比|以来)")
_OF_NO_YEAR = frozenset(("span", "today", "week", "year before", "years"))
_NAMES_YEAR = frozenset(("year", "published", "previous", "paragraph"))


class Narrative:
    """One reading of a text, with what it named last."""

    def __init__(self, text: str, anchor: Anchor | None) -> None:
        self.text = text
        self.anchor = anchor
        self.year: int | None = None  # the last year named
        self.day: Period | None = None  # the last day named
        self.sentence: tuple[int, DateBasis] | None = None  # the year named in this sentence, comparisons apart
        self.month: tuple[int, int] | None = None  # the year and month named in this sentence
        self.paragraph = False  # whether `year` was named in this paragraph
        self.year_end = 0  # where the last year was named
        self.subject: int | None = None  # the last year named in this paragraph, comparisons apart
        self._end = 0

    def advance(self, start: int) -> None:
        """Read on to `start`."""
        if start <= self._end:
            return
        if match := _SENTENCE_END.search(self.text, self._end, start):
            self.sentence = self.month = None
            if self.text.find("\n", match.start(), start) >= 0:
                self.paragraph = False
                self.day = self.subject = None
        self._end = start

    def note(self, expression: Expression, period: Period) -> None:
        """Remember what `expression` names: `period`."""
        start, end, _, parts, _ = expression
        if period.precision == "decade" or parts.base in _OF_NO_YEAR:
            return
        last = period.last
        self.year, self.paragraph, self.year_end = last.year, True, end
        if period.precision == "day":
            self.day = period
        if (start and self.text[start - 1] in _COMPARED) or _COMPARED_AFTER.match(self.text, end):
            return
        self.subject = last.year
        if parts.base in _NAMES_YEAR:
            of_anchor = self.anchor if parts.base == "published" else None
            self.sentence = (last.year, of_anchor.basis if of_anchor else "previous")
        if parts.month and not parts.lunar:
            self.month = (last.year, last.month)
