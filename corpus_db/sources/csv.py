"""CSV and TSV to sources: one row each, by the names in the header; quotation marks and delimiters are markup.

Delimiters are found by trying: the one that gives the most columns with known names. Rows may break off early or run
on, quoted values may hold line ends, and Excel's ``sep=;`` line is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Role, Source
from corpus_db.sources.base import Tiling, opened
from corpus_db.sources.fields import field_name, is_known
from corpus_db.sources.records import Keys, record
from corpus_db.sources.stream import Stream, Window

_DELIMITERS = (",", "\t", ";")
_SEP = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)


@cache
def _value(delimiter: str) -> re.Pattern[str]:
    """One value and what ends it; a value that begins with a quotation mark goes on to the closing one."""
    other = rf"[^{delimiter}\n]*?"
    return re.compile(
        rf'(?:[ ]*"(?P<quoted>[^"]*(?:""[^"]*)*)"(?!"){other}|(?![ ]*"){other})(?P<end>{delimiter}|\r?\n|\Z)'
    )


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The rows below the header, numbered from 1; raises `InputError` if no column is text, or a quote stays open."""
    window = Window(stream.file)
    while window.text.count("\n") < 2 and window.more():
        pass  # the header has to be seen whole
    if sep := _SEP.match(window.text):
        window.at = sep.end()
    delimiter = sep[1] if sep and sep[1] in _DELIMITERS else _sniffed(window.text)
    rows = _rows(window, delimiter)
    columns = _columns(next(rows, ""), delimiter)
    if not {field_name(column) for column in columns} & {"text", "title"}:
        detail = f"the header is {', '.join(columns)[:80]!r}: name the columns, one of them text, body or content"
        raise InputError("read", "no text column", detail)
    for number, row in enumerate(rows, 1):
        if row.strip():
            item = stream.item("csv", number, row, window.encoding)
            yield item._replace(columns=columns, delimiter=delimiter)


def _sniffed(text: str) -> str:
    """The delimiter by which the first line has the most known names, then the most values."""
    line = text.lstrip("\ufeff\r\n")[:10_000].split("\n", 1)[0]

    def known(delimiter: str) -> tuple[int, int]:
        columns = _columns(line, delimiter)
        return sum(map(is_known, columns)), len(columns)

    return max(_DELIMITERS, key=known)


def _columns(row: str, delimiter: str) -> tuple[str, ...]:
    values = _values(row.lstrip("\ufeff"), delimiter)
    return tuple(_unquoted(row.lstrip("\ufeff"), value).strip() for value in values)


def _rows(window: Window, delimiter: str) -> Iterator[str]:
    while True:
        end = _row_end(window, delimiter)
        if end is not None:
            start, window.at = window.at, end
            yield window.text[start:end]
        elif not window.more():
            if window.text.strip():
                raise InputError("find", "broken CSV", "a quotation mark is never closed: mend the file from there on")
            return


def _row_end(window: Window, delimiter: str) -> int | None:
    """Where the row that begins at `window.at` ends, its line end included; None: not in what is held."""
    text, at = window.text, window.at
    end = text.find("\n", at) + 1
    if end and text.find('"', at, end) < 0:
        return end
    pattern = _value(delimiter)
    while match := pattern.match(text, at):
        at = match.end()
        if match["end"] == delimiter:
            continue
        is_cut = at == len(text) and not match["end"] and not window.done
        return None if is_cut or at == window.at else at
    return None


def _values(row: str, delimiter: str) -> Iterator[re.Match[str]]:
    pattern, at = _value(delimiter), 0
    while match := pattern.match(row, at):
        yield match
        at = match.end()
        if match["end"] != delimiter:
            return


def _unquoted(row: str, value: re.Match[str]) -> str:
    if value["quoted"] is None:
        return row[value.start() : value.start("end")]
    return value["quoted"].replace('""', '"')


def read(item: Item) -> Source:
    """The source of one row; raises `InputError` if it holds neither text nor title."""
    text = opened(item)
    tiling, keys = Tiling(), Keys()
    for number, match in enumerate(_values(text.raw, item.delimiter)):
        named = number < len(item.columns) and item.columns[number]
        role, reason = keys.place(named or f"column {number + 1}", _unquoted(text.raw, match))
        _place(text.raw, match, tiling, role, reason)
    return record(item, text, tiling, keys)


def _place(raw: str, match: re.Match[str], tiling: Tiling, role: Role, reason: str) -> None:
    start, end = match.span("quoted") if match["quoted"] is not None else (match.start(), match.start("end"))
    tiling.add(start, "markup", "csv")
    at = raw.find('""', start, end) if match["quoted"] is not None else -1
    while at >= 0:
        tiling.add(at, role, reason)
        tiling.add(at + 2, role, "escape", '"')
        at = raw.find('""', at + 2, end)
    tiling.add(end, role, reason)
    tiling.add(match.end(), "markup", "csv")
