"""Rows of the canned queries, and figures of texts → the picture that suits them (`svg`)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from corpus_db.serve.svg import MOST_BARS, bars, points, ranks

Row = Mapping[str, Any]


class Figure(NamedTuple):
    """A number that some text names for some day."""

    day: str | None  # ISO day, month or year; None: unknown, and not drawn
    value: float
    raw: str  # as the text writes it
    unit: str | None


def figures(title: str, found: Iterable[Figure], note: str = "", language: str = "en") -> str:
    """`points` of the figures of one unit, the one that most of them have: values of different units share no scale.

    A lone figure is told, not drawn: ''.
    """
    dated = [figure for figure in found if figure.day]
    if not dated:
        return ""
    units = Counter(figure.unit for figure in dated)
    unit = max(sorted(units, key=str), key=lambda unit: units[unit])
    values = [(figure.day or "", figure.value, figure.raw) for figure in dated if figure.unit == unit]
    return points(title, values, ", ".join(filter(None, (unit, note))), language) if len(values) > 1 else ""


def of_query(name: str, title: str, rows: Iterable[Row], note: str = "", language: str = "en") -> str:
    """The picture of a canned query's rows; '' where the query has none, or nothing to show. `note` says what is drawn."""
    return _DRAW[name](title, list(rows), note, language) if name in DRAWN else ""


def _frequency(title: str, rows: Sequence[Row], note: str, language: str) -> str:
    """A year of few words can have a high frequency by chance: the bars tell how often the text stands there."""
    years = [row for row in rows if row["by"] == "year" and row["value"]]
    of_year = {int(row["value"]): row["per_million_words"] for row in years}
    over = {str(row["value"]): f"{row['occurrences']:,}" for row in years}
    return bars(title, _every_year(of_year), note, language, over)


def _timeline(title: str, rows: Sequence[Row], note: str, language: str) -> str:
    years = Counter(str(row["start_date"])[:4] for row in rows)
    counts = {int(year): count for year, count in years.items() if year.isdecimal()}
    return bars(title, _every_year(counts), note, language)


def _collocates(title: str, rows: Sequence[Row], note: str, language: str) -> str:
    return ranks(title, [(row["word"], row["log_dice"]) for row in rows if row["log_dice"] is not None], note, language)


def _keyness(title: str, rows: Sequence[Row], note: str, language: str) -> str:
    return ranks(title, [(row["term"], row["log_ratio"]) for row in rows if row["significant"]], note, language)


def _figures(title: str, rows: Sequence[Row], note: str, language: str) -> str:
    found = (Figure(row["published"], float(row["value"]), row["raw"], row["unit"]) for row in rows)
    return figures(title, found, note, language)


_DRAW: dict[str, Callable[[str, Sequence[Row], str, str], str]] = {
    "frequency": _frequency,
    "collocates": _collocates,
    "keyness": _keyness,
    "figures": _figures,
    "timeline": _timeline,
}
DRAWN = tuple(_DRAW)  # the queries that have a picture


def _every_year(values: Mapping[int, float | None]) -> list[tuple[str, float]]:
    """A year without a value is a bar of no height, not a gap; only the last ones are drawn where there are many."""
    if not values:
        return []
    last = max(values)
    span = range(max(min(values), last - MOST_BARS + 1), last + 1)
    return [(str(year), float(values.get(year) or 0)) for year in span]
