"""Where figures and time expressions may begin: nothing is left out that the patterns would find."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis import date_beginnings, figure_beginnings, numerals, places

# Beginnings, what may follow them, and what makes them part of something else.
PIECES = [
    *"0123456789一二两三十百千万亿几半第年月日周点个多,.:/·-~至 今去前上那这Q'“元人%米度A_翻负壹拾零¥好，",
    "双十一", "618", "US$", "人民币", "百分之", "２", "萬", "20131204",
]  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), max_size=12).map("".join)

FIGURES = figure_beginnings.pattern()
DATES = re.compile(date_beginnings.pattern(date_beginnings.words() + date_beginnings.HAN_FIRST))
DIGITS = re.compile("(?<![0-9])(?:" + date_beginnings.pattern(date_beginnings.ARABIC) + ")")


def found(pattern: re.Pattern[str], text: str) -> set[int]:
    """Every place where `pattern` matches, those inside another match too."""
    return {start for start in range(len(text)) if pattern.match(text, start)}


@given(TEXTS)
def test_no_beginning_is_left_out(text: str) -> None:
    of = places.of(text)
    plain = numerals.plain(text)
    assert of.plain == plain
    assert found(FIGURES, plain) <= set(of.figures)
    assert found(DATES, plain) <= set(of.dates)
    long = {digits.start() for digits in re.finditer("[0-9]+", plain) if len(digits[0]) in (7, *range(9, 99))}
    assert found(DIGITS, plain) - long <= set(of.dates)


@given(st.lists(TEXTS, max_size=4))
def test_many_texts_have_the_places_of_each_alone(texts: list[str]) -> None:
    assert places.of_all(texts) == [places.of(text) for text in texts]


def test_codes_phone_numbers_and_parts_of_dates_begin_no_figure() -> None:
    assert places.of("XI66781、iPhone5、a_3、10:30、1.5人").figures == [26]
    assert places.of("拨打12345678、约300。").figures == [12]  # a bare number counts only where it is qualified
