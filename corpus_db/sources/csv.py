"""CSV and TSV → sources: one row each, by the names in the header; quotation marks and delimiters are markup.

Delimiters are found by trying: the one that gives the most columns with known names. Rows may break off early or run
on, quoted values may hold line ends, and Excel's ``sep=;`` line is understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from itertools import count, islice

from corpus_db.errors import InputError
from corpus_db.records import Item, Reject, Source
from corpus_db.sources.base import Tiling, opened
from corpus_db.sources.fields import field_name, is_known
from corpus_db.sources.records import Keys, add_field, add_text, body_of, record
from corpus_db.sources.stream import Stream, Window
from corpus_db.sources.value import Escapes, Value

_DELIMITERS = (",", "\t", ";", "|")
_DOUBLED = re.compile('""')
_SEP = re.compile(r"\ufeff?sep=(.)\r?\n", re.IGNORECASE)
_MOST_ABOVE = 5  # rows above the header: the title of a sheet, the date of an export


@cache
def _value(delimiter: str) -> re.Pattern[str]:
    """One value and what ends it; a value that begins with a quotation mark goes on to the closing one.

    Where quotation marks inside it are not doubled, the closing one is the first that a delimiter follows on the same
    line; if there is none, the marks are part of the value.
    """
    mark = re.escape(delimiter)
    end = rf"{mark}|\r?\n|\Z"
    inside = rf'""|(?<!{mark})"(?!"|[ ]*(?:{end}))'  # behind a delimiter, a mark opens the next value
    return re.compile(
        rf'(?:[ ]*"(?P<quoted>[^"]*(?:""[^"]*)*|[^"\n]*(?:(?:{inside})[^"\n]*)*)"[ ]*(?={end})'
        rf'|(?![ ]*"(?![^"\n]*"(?!"))))[^{mark}\n]*?(?P<end>{end})'
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
    columns, above = header(rows, delimiter)
    if shown := "".join(above).strip():
        yield stream.reject(None, InputError("read", "above the header", f"{shown[:80]!r}: of the sheet, no article"))
    for number, row in enumerate(rows, 1):
        if row.strip():
            item = stream.item("csv", number, row, window.encoding)
            yield item._replace(columns=columns, delimiter=delimiter)


def header(rows: Iterator[str], delimiter: str) -> tuple[tuple[str, ...], list[str]]:
    """The names of the columns: the first row, or one soon after it, that names a text or a title; and the rows above."""
    above: list[str] = []
    for row in islice(rows, 1 + _MOST_ABOVE):
        columns = _columns(row, delimiter)
        if {field_name(column) for column in columns} & {"text", "html", "title"}:
            return columns, above
        above.append(row)
    first = _columns(above[0], delimiter) if above else ()
    detail = f"the header is {', '.join(first)[:80]!r}: name the columns, one of them text, body or content"
    raise InputError("read", "no text column", detail)


def _sniffed(text: str) -> str:
    """The delimiter by which one of the first lines has the most known names, then the most values."""
    lines = text.lstrip("\ufeff\r\n")[:10_000].split("\n", _MOST_ABOVE + 1)[: _MOST_ABOVE + 1]

    def known(delimiter: str) -> tuple[int, int]:
        headers = [_columns(line, delimiter) for line in lines]
        return max((sum(map(is_known, columns)), len(columns)) for columns in headers)

    return max(_DELIMITERS, key=known)


def _columns(row: str, delimiter: str) -> tuple[str, ...]:
    values = _values(row.lstrip("\ufeff"), delimiter)
    return tuple(_unquoted(row.lstrip("\ufeff"), value).strip() for value in values)


def _rows(window: Window, delimiter: str) -> Iterator[str]:
    for number in count(1):
        while (end := _row_end(window, delimiter)) is None:
            if not window.more():
                if not window.text.strip():
                    return
                detail = f"row {number}: a quotation mark is never closed: mend the file from there on"
                raise InputError("find", "broken CSV", detail)
        start, window.at = window.at, end
        yield window.text[start:end]


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
    """The source of one row; raises `InputError` if it holds no text."""
    text = opened(item)
    tiling, keys = Tiling(), Keys()
    names = dict(enumerate(item.columns))
    cells = list(_values(text.raw, item.delimiter))
    shown = [(names.get(n) or f"column {n + 1}", _unquoted(text.raw, cell)) for n, cell in enumerate(cells)]
    chosen = body_of(shown)
    for number, (cell, (key, meant)) in enumerate(zip(cells, shown, strict=True)):
        is_quoted = cell["quoted"] is not None
        start, end = cell.span("quoted") if is_quoted else (cell.start(), cell.start("end"))
        tiling.add(start, "markup", "csv")
        value = Value(text.raw, start, end, meant)
        if number == chosen:
            add_text(keys, value, tiling, item, _WRITTEN)
        else:
            add_field(keys, key, value, tiling, _WRITTEN)
        tiling.add(cell.end(), "markup", "csv")
    return record(item, text, tiling, keys)


_WRITTEN = Escapes(_DOUBLED, _DOUBLED, lambda _: '"')
