"""Numbers with labels → pictures as static SVG, made without any library and shown without JavaScript.

Three are enough for where people would rather look than read: `bars` (counts and frequencies over time), `ranks` (top
collocates) and `points` (figures over time). Each has a title and its numbers as a description for screen readers, and
neither style nor script, so that a page's content security policy need not allow any. Large numbers are said in the
units of a language, "en" or "zh".
"""

from __future__ import annotations

from calendar import isleap, monthrange
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from html import escape
from math import ceil, floor, isfinite, log10
from typing import NamedTuple

MOST_BARS = 60
_COLOUR, _TEXT_COLOUR, _LINE_COLOUR = "#2b6cb0", "#22242a", "#dedbd4"  # a page's style sheet may say otherwise
_MOST_RANKS, _MOST_POINTS = 25, 500
_MOST_DESCRIBED = 60
_MOST_MONTHS = 18
_SMALLEST, _LARGEST = 1e-300, 1e300  # the powers of ten around a value have to be numbers
_DIGIT = 11  # width of a character below a bar or a dot, with its share of the space between two labels
_LABEL = 4 * _DIGIT

# Of `bars` and `points`: where the drawing stands in the picture.
_WIDTH, _HEIGHT = 720, 240
_LEFT, _MARGIN, _TOP, _BOTTOM = 64, 12, 48, 208
_NARROWEST, _BAR = 360, 64  # few bars make a narrow picture, which a phone shows whole

_RANKS_WIDTH, _RANKS_LEFT, _RANKS_NUMBER, _LINE = 480, 128, 56, 22


def bars(
    title: str,
    values: Sequence[tuple[str, float]],
    note: str = "",
    language: str = "en",
    over: Mapping[str, str] | None = None,
) -> str:
    """One upright bar for each (label, value): values over time. Labels are thinned where they would touch.

    `over` has what is printed over a bar, by its label.

    >>> bars("平台", [("2013", 2.0), ("2014", 4.0)]).count("<rect")
    2
    """
    values = _sound(values)[-MOST_BARS:]
    if not values:
        return ""
    top = max(0.0, *(value for _, value in values)) or 1.0
    right = min(_WIDTH, max(_NARROWEST, _LEFT + _MARGIN + len(values) * _BAR)) - _MARGIN
    step = (right - _LEFT) / len(values)
    width = min(step * 0.8, 56)
    every = ceil(_LABEL / step)
    parts = [_rule(_TOP, right, _number(top, language)), _rule(_BOTTOM, right, "0"), _text(right, 16, note, "end")]
    for i, (label, value) in enumerate(values):
        height = max(0.0, value) / top * (_BOTTOM - _TOP)
        middle = _LEFT + (i + 0.5) * step
        parts.append(
            f'<rect x="{middle - width / 2:.1f}" y="{_BOTTOM - height:.1f}" width="{width:.1f}" height="{height:.1f}">'
            f"<title>{escape(label)}: {_number(value, language)}</title></rect>"
        )
        if i % every == 0:
            parts.append(_text(middle, _BOTTOM + 18, label, "middle"))
        if over and every == 1:
            parts.append(_text(middle, _BOTTOM - height - 5, over.get(label, ""), "middle", small=True))
    return _svg(title, note, values, (right + _MARGIN, _HEIGHT), parts, language)


def ranks(title: str, values: Sequence[tuple[str, float]], note: str = "", language: str = "en") -> str:
    """One lying bar for each (label, value), in the order given: the first ones of a ranked list.

    >>> "11.5" in ranks("平台", [("电商", 11.5)])
    True
    """
    values = _sound(values)[:_MOST_RANKS]
    if not values:
        return ""
    top = max(abs(value) for _, value in values) or 1.0
    longest = _RANKS_WIDTH - _RANKS_LEFT - _RANKS_NUMBER
    parts = [_text(_RANKS_WIDTH - 4, 16, note, "end")]
    for i, (label, value) in enumerate(values):
        upper = 28 + i * _LINE
        width = abs(value) / top * longest
        parts.append(_text(_RANKS_LEFT - 8, upper + 15, label, "end"))
        parts.append(f'<rect x="{_RANKS_LEFT}" y="{upper + 3}" width="{width:.1f}" height="{_LINE - 6}"/>')
        parts.append(_text(_RANKS_LEFT + width + 6, upper + 15, _number(value, language), "start"))
    return _svg(title, note, values, (_RANKS_WIDTH, 28 + len(values) * _LINE + 8), parts, language)


def points(title: str, values: Sequence[tuple[str, float, str]], note: str = "", language: str = "en") -> str:
    """One dot for each (ISO day, month or year, value > 0, label): figures over time, values on a logarithmic scale.

    >>> points("成交额", [("2013-09-04", 4.19e9, "41.9亿元"), ("2014", 9e8, "9亿元")]).count("<circle")
    2
    """
    placed = [
        (day, value, label)
        for day, value, label in ((_day(when), value, label) for when, value, label in values[:_MOST_POINTS])
        if day is not None and _SMALLEST < value < _LARGEST
    ]
    if not placed:
        return ""
    # Whole powers of ten up: that is where the lines stand.
    low, high = floor(log10(min(v for _, v, _ in placed))), ceil(log10(max(v for _, v, _ in placed)))
    high = max(high, low + 1)
    right = _WIDTH - _MARGIN
    spans = _spans(min(day for day, _, _ in placed), max(day for day, _, _ in placed))
    begin, end = spans[0].begin, spans[-1].end

    def across(day: float) -> float:
        return _LEFT + (day - begin) / (end - begin) * (right - _LEFT)

    def up(value: float) -> float:
        return _BOTTOM - (log10(value) - low) / (high - low) * (_BOTTOM - _TOP)

    decades = range(low, high + 1)
    shown = decades[:: ceil(len(decades) / 6)]
    parts = [_rule(up(10.0**power), right, _number(10.0**power, language)) for power in shown]
    parts += [
        _text(across((span.begin + span.end) / 2), _BOTTOM + 18, span.label, "middle")
        for span in spans[:: ceil(len(spans) * len(spans[0].label) * _DIGIT / (right - _LEFT))]
    ]
    parts += [
        f'<circle cx="{across(day):.1f}" cy="{up(value):.1f}" r="5" fill-opacity=".6">'
        f"<title>{date.fromordinal(day)}: {escape(label)}</title></circle>"
        for day, value, label in placed
    ]
    parts.append(_text(right, 16, note, "end"))
    told = [(f"{date.fromordinal(day)} {label}", value) for day, value, label in placed]
    return _svg(title, note, told, (_WIDTH, _HEIGHT), parts, language)


class _Span(NamedTuple):
    """A month or a year below the dots."""

    begin: int  # the number of its first day
    end: int  # of the day after its last
    label: str


def _spans(first: int, last: int) -> list[_Span]:
    """The months from one day to another; the years, if they are many.

    >>> [span.label for span in _spans(date(2013, 11, 5).toordinal(), date(2014, 1, 2).toordinal())]
    ['2013-11', '2013-12', '2014-01']
    """
    from_month, to_month = (day.year * 12 + day.month - 1 for day in map(date.fromordinal, (first, last)))
    if to_month - from_month < _MOST_MONTHS:
        months = [date(month // 12, month % 12 + 1, 1) for month in range(from_month, to_month + 1)]
        return [_Span(day.toordinal(), day.toordinal() + _days(day), day.isoformat()[:7]) for day in months]
    years = [date(year, 1, 1) for year in range(from_month // 12, to_month // 12 + 1)]
    return [_Span(day.toordinal(), day.toordinal() + 365 + isleap(day.year), str(day.year)) for day in years]


def _days(month: date) -> int:
    return monthrange(month.year, month.month)[1]


def _svg(
    title: str,
    note: str,
    values: Iterable[tuple[str, float]],
    size: tuple[float, float],
    parts: Iterable[str],
    language: str,
) -> str:
    width, height = size
    told = "; ".join(f"{label}: {_number(value, language)}" for label, value in list(values)[:_MOST_DESCRIBED])
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="drawn" role="img" viewBox="0 0 {width:.0f} {height:.0f}"'
        f' width="{width:.0f}" height="{height:.0f}" fill="{_COLOUR}" font-family="sans-serif" font-size="13">'
        f"<title>{escape(title)}</title><desc>{escape(f'{note} – {told}' if note else told)}</desc>{''.join(parts)}</svg>"
    )


def _rule(y: float, right: float, label: str) -> str:
    """A line across with its number."""
    line = f'<path d="M{_LEFT} {y:.1f}H{right:.1f}" stroke="{_LINE_COLOUR}" fill="none"/>'
    return line + _text(_LEFT - 8, y + 4, label, "end")


def _text(x: float, y: float, text: str, anchor: str, *, small: bool = False) -> str:
    if not text:
        return ""
    size = ' font-size="11"' if small else ""
    return f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="{_TEXT_COLOUR}"{size}>{escape(text)}</text>'


# From where on a number is said in which unit.
_UNITS = {
    "en": ((1e9, 1e9, " bn"), (1e6, 1e6, " m"), (1e4, 1e3, "k")),
    "zh": ((1e8, 1e8, "亿"), (1e4, 1e4, "万")),
}


def _number(value: float, language: str) -> str:
    """Short: three significant digits, and a unit for what is large.

    >>> [_number(value, "zh") for value in (4.19e9, 13000, 0.25, 12)]
    ['41.9亿', '1.3万', '0.25', '12']
    >>> [_number(value, "en") for value in (4.19e9, 1.5e6, 13812, 1234)]
    ['4.19 bn', '1.5 m', '13.8k', '1,234']
    """
    for least, size, unit in _UNITS[language]:
        if abs(value) >= least:
            return f"{float(f'{value / size:.3g}'):.10g}{unit}"
    return f"{float(f'{value:.3g}'):,.10g}" if value % 1 else f"{value:,.0f}"


def _sound(values: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(label, value) for label, value in values if isfinite(value)]


def _day(when: str) -> int | None:
    """The number of an ISO day; of a year or month alone, its first."""
    year, month, day = [*when[:10].split("-"), "1", "1"][:3]
    try:
        return date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None
