"""Rows of the canned queries → pictures as static SVG, made without any library and shown without JavaScript.

Three are enough for where people would rather look than read: `bars` (frequency over time), `ranks` (top collocates) and
`points` (figures over time). Each has a title for screen readers, prints its numbers, and takes its colours from the
page (``currentColor``), so that it is as good in the dark. `of_query` picks the one that suits a query's rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from html import escape
from math import isfinite, log10
from typing import Any

Row = Mapping[str, Any]

_WIDTH, _HEIGHT, _MARGIN = 720, 240, 48
_LINE = 20  # height of a line of `ranks`
_MOST_BARS, _MOST_RANKS, _MOST_POINTS = 60, 25, 500
_COLOUR = "#2b6cb0"


def bars(title: str, values: Sequence[tuple[str, float]], note: str = "") -> str:
    """One upright bar for each (label, value): values over time. Labels are thinned where they would touch.

    >>> bars("平台", [("2013", 2.0), ("2014", 4.0)]).count("<rect")
    2
    """
    values = _sound(values)[-_MOST_BARS:]
    if not values:
        return ""
    top = max(0.0, *(value for _, value in values)) or 1.0
    step = (_WIDTH - _MARGIN) / len(values)
    every = -(-len(values) * 40 // (_WIDTH - _MARGIN))  # a label takes 40 pixels
    parts = []
    for i, (label, value) in enumerate(values):
        height = max(0.0, value) / top * (_HEIGHT - 2 * _MARGIN)
        left, upper = _MARGIN + i * step, _HEIGHT - _MARGIN - height
        tip = f"<title>{escape(label)}: {_number(value)}</title>"
        parts.append(
            f'<rect x="{left + step * 0.1:.1f}" y="{upper:.1f}" width="{step * 0.8:.1f}" height="{height:.1f}">{tip}</rect>'
        )
        if i % every == 0:
            parts.append(_text(left + step / 2, _HEIGHT - _MARGIN + 16, label, "middle"))
    parts.append(_text(_MARGIN - 4, _MARGIN + 4, _number(top), "end"))
    parts.append(_text(_MARGIN - 4, _HEIGHT - _MARGIN, "0", "end"))
    parts.append(_text(_WIDTH, 14, note, "end"))
    return _svg(title, _HEIGHT, parts)


def ranks(title: str, values: Sequence[tuple[str, float]], note: str = "") -> str:
    """One lying bar for each (label, value), in the order given: the first ones of a ranked list.

    >>> "11.5" in ranks("平台", [("电商", 11.5)])
    True
    """
    values = _sound(values)[:_MOST_RANKS]
    if not values:
        return ""
    top = max(abs(value) for _, value in values) or 1.0
    label_width = 160
    parts = [_text(_WIDTH, 14, note, "end")]
    for i, (label, value) in enumerate(values):
        upper = _MARGIN + i * _LINE
        width = abs(value) / top * (_WIDTH - label_width - 80)
        parts.append(_text(label_width - 8, upper + 14, label, "end"))
        parts.append(f'<rect x="{label_width}" y="{upper + 3}" width="{width:.1f}" height="{_LINE - 6}"/>')
        parts.append(_text(label_width + width + 6, upper + 14, _number(value), "start"))
    return _svg(title, _MARGIN + len(values) * _LINE + 8, parts)


def points(title: str, values: Sequence[tuple[str, float, str]], note: str = "") -> str:
    """One dot for each (ISO day or year, value > 0, label): figures over time, values on a logarithmic scale.

    >>> points("成交额", [("2013-09-04", 4.19e9, "41.9亿元"), ("2014", 9e8, "9亿元")]).count("<circle")
    2
    """
    placed = [
        (day, value, label)
        for day, value, label in ((_day(when), value, label) for when, value, label in values[:_MOST_POINTS])
        if day is not None and isfinite(value) and value > 0
    ]
    if not placed:
        return ""
    first, last = min(day for day, _, _ in placed), max(day for day, _, _ in placed)
    low, high = (log10(end(value for _, value, _ in placed)) for end in (min, max))
    across, up = (_WIDTH - 2.5 * _MARGIN) / max(1, last - first), (_HEIGHT - 2 * _MARGIN) / max(1e-9, high - low)
    parts = [
        f'<circle cx="{2 * _MARGIN + (day - first) * across:.1f}" cy="{_HEIGHT - _MARGIN - (log10(value) - low) * up:.1f}" r="4"'
        f' fill-opacity=".6"><title>{date.fromordinal(day)}: {escape(label)}</title></circle>'
        for day, value, label in placed
    ]
    parts.append(_text(2 * _MARGIN - 8, _MARGIN + 4, _number(max(value for _, value, _ in placed)), "end"))
    parts.append(_text(2 * _MARGIN - 8, _HEIGHT - _MARGIN, _number(min(value for _, value, _ in placed)), "end"))
    parts.append(_text(2 * _MARGIN, _HEIGHT - _MARGIN + 18, str(date.fromordinal(first)), "start"))
    parts.append(_text(_WIDTH, _HEIGHT - _MARGIN + 18, str(date.fromordinal(last)), "end"))
    parts.append(_text(_WIDTH, 14, note, "end"))
    return _svg(title, _HEIGHT, parts)


def of_query(name: str, title: str, rows: Iterable[Row]) -> str:
    """The picture of a canned query's rows; '' where the query has none, or nothing to show."""
    draw = _OF_QUERY.get(name)
    return draw(title, list(rows)) if draw else ""


def _frequency(title: str, rows: Sequence[Row]) -> str:
    years = {
        int(row["value"]): float(row["per_million_words"] or 0) for row in rows if row["by"] == "year" and row["value"]
    }
    if not years:
        return ""
    # A year without the word is a bar of no height, not a gap.
    span = range(min(years), max(years) + 1)
    return bars(title, [(str(year), years.get(year, 0.0)) for year in span], "per million words, by year")


def _collocates(title: str, rows: Sequence[Row]) -> str:
    return ranks(title, [(row["word"], row["log_dice"]) for row in rows if row["log_dice"] is not None], "logDice")


def _keyness(title: str, rows: Sequence[Row]) -> str:
    return ranks(title, [(row["term"], row["log_ratio"]) for row in rows if row["significant"]], "Log Ratio")


def _figures(title: str, rows: Sequence[Row]) -> str:
    """Those of the unit that most of them have: values of different units share no scale."""
    dated = [row for row in rows if row["published"]]
    units = [row["unit"] for row in dated]
    unit = max(sorted(set(units), key=str), key=units.count, default=None)
    values = [(row["published"], float(row["value"]), row["raw"]) for row in dated if row["unit"] == unit]
    return points(title, values, f"{unit or ''}, by date of publication")


_OF_QUERY: dict[str, Callable[[str, Sequence[Row]], str]] = {
    "frequency": _frequency,
    "collocates": _collocates,
    "keyness": _keyness,
    "figures": _figures,
}


def _svg(title: str, height: float, parts: Iterable[str]) -> str:
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {_WIDTH} {height:.0f}" width="{_WIDTH}"'
        f' style="max-width:100%;height:auto" fill="{_COLOUR}" font-family="sans-serif" font-size="12">'
        f"<title>{escape(title)}</title>{''.join(parts)}</svg>"
    )


def _text(x: float, y: float, text: str, anchor: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" fill="currentColor">{escape(text)}</text>'
        if text
        else ""
    )


def _number(value: float) -> str:
    """Short: three significant digits, 万 and 亿 for what is large.

    >>> _number(4.19e9), _number(13000), _number(0.25), _number(12)
    ('41.9亿', '1.3万', '0.25', '12')
    """
    for size, unit in ((1e8, "亿"), (1e4, "万")):
        if abs(value) >= size:
            return f"{float(f'{value / size:.3g}'):.10g}{unit}"
    return f"{float(f'{value:.3g}'):.10g}" if value % 1 else f"{value:.0f}"


def _sound(values: Iterable[tuple[str, float]]) -> list[tuple[str, float]]:
    return [(label, value) for label, value in values if isfinite(value)]


def _day(when: str) -> int | None:
    """The number of an ISO day; of a year or month alone, its first."""
    year, month, day = [*when[:10].split("-"), "1", "1"][:3]
    try:
        return date(int(year), int(month), int(day)).toordinal()
    except ValueError:
        return None
