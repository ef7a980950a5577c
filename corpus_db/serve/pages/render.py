"""Template and values → HTML. Every value is escaped, and none can turn the direction of the text around it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, timedelta
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from corpus_db.serve import charts
from corpus_db.serve.pages.links import web_address
from corpus_db.serve.profile import without_params

# Embeddings, overrides and isolates; the reader's browser works out the direction of a text without them.
_BIDI_CONTROLS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])

# No script runs, nothing is loaded from elsewhere, no other page frames these.
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Vary": "Accept-Language, Cookie, Authorization",
}


def render(template: str, **values: Any) -> str:
    """The HTML of a template under `templates/`."""
    return environment().get_template(template).render(values)


@cache
def environment() -> Environment:
    """The templates. Datasette's are neither used nor changed."""
    found = Environment(
        loader=PackageLoader("corpus_db.serve.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=plain,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    found.globals |= {"draw": draw, "draw_figures": draw_figures}
    found.filters |= {
        "n": number,
        "day": day,
        "period": period,
        "bytes": size,
        "web": web_address,
        "without_params": without_params,
    }
    return found


def draw(name: str, title: str, rows: Iterable[charts.Row], note: str, language: str) -> Markup:
    """`charts.of_query`: it is safe, as it escapes every text."""
    return Markup(charts.of_query(name, title, rows, note, language))


def draw_figures(title: str, found: Iterable[charts.Figure], note: str, language: str) -> Markup:
    """`charts.figures`, likewise."""
    return Markup(charts.figures(title, found, note, language))


def plain(value: object) -> object:
    """`value` without bidirectional controls.

    >>> plain("a\u202egnp.exe"), plain(3)
    ('agnp.exe', 3)
    """
    if isinstance(value, Markup):
        return Markup(str(value).translate(_BIDI_CONTROLS))  # it was safe, and only gets shorter
    return value.translate(_BIDI_CONTROLS) if isinstance(value, str) else value


def number(value: object) -> str:
    """A number with its thousands parted; whole where it is whole.

    >>> number(4190000000.0), number(1273865.43), number(None)
    ('4,190,000,000', '1,273,865.43', '')
    """
    if not isinstance(value, int | float):
        return "" if value is None else str(value)
    return f"{value:,.0f}" if value == value // 1 else f"{value:,.10g}"


def day(value: object) -> str:
    """The date of an ISO 8601 time, with hour and minute where it has them.

    >>> day("2013-12-04T23:24:10+08:00"), day("2016")
    ('2013-12-04 23:24', '2016')
    """
    return str(value or "")[:16].replace("T", " ")


def period(row: Mapping[str, str]) -> str:
    """The days of a row of `dates`, as short as they can be said.

    >>> [period({"start_date": "2012-02-01", "end_date": end}) for end in ("2012-02-01", "2012-02-29", "2012-02-28")]
    ['2012-02-01', '2012-02', '2012-02-01 – 2012-02-28']
    >>> period({"start_date": "2013-01-01", "end_date": "2013-12-31"})
    '2013'
    """
    start, end = str(row["start_date"]), str(row["end_date"])
    if start == end:
        return start
    if start[:4] == end[:4] and start.endswith("-01-01") and end.endswith("-12-31"):
        return start[:4]
    if start[:7] == end[:7] and start.endswith("-01") and _ends_month(end):
        return start[:7]
    return f"{start} – {end}"


def _ends_month(day: str) -> bool:
    try:
        return (date.fromisoformat(day) + timedelta(days=1)).day == 1
    except (ValueError, OverflowError):  # a file may come from anywhere
        return False


_UNITS = ((1e9, "GB"), (1e6, "MB"), (1e3, "kB"))


def size(value: int) -> str:
    """A number of bytes in the unit that suits it.

    >>> size(1_510_000), size(999), size(2_000_000_000_000)
    ('1.5 MB', '999 bytes', '2,000.0 GB')
    """
    for factor, unit in _UNITS:
        if value >= factor:
            return f"{value / factor:,.1f} {unit}"
    return f"{value} bytes"
