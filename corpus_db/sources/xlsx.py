"""An Excel workbook → records: the rows of its sheets below a header, each as a line of CSV, read as CSV is.

A record's member is the sheet's name and the number of the row in it, as Excel shows them. Cells are what they show as
far as that is a fact: dates as days (as far as their format goes), whole numbers without a fraction, formulas by the
value that was saved with them.

No library is at work: openpyxl gives up a workbook for one style that it does not know, as exports have them; calamine
takes memory for every cell up to the last one, wherever that stands, and dies of it.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from itertools import chain
from typing import NamedTuple

from corpus_db.errors import InputError
from corpus_db.records import Item, Reject
from corpus_db.sources.csv import header, read
from corpus_db.sources.package import Package
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES, Stream, too_large, whole

__all__ = ["read", "records", "split"]

# Formats of dates that a workbook does not spell out. Source: ECMA-376-1, 18.8.30, with those of Chinese Excel.
_BUILT_IN = {
    **dict.fromkeys((14, 15, 28, 29, 30, 31, 51, 53, 54, 58), "ymd"),
    **dict.fromkeys((17, 27, 36, 50, 52, 57), "ym"),
    **dict.fromkeys((18, 19, 20, 21, 32, 33, 34, 35, 45, 55, 56), "h"),
    22: "ymdh",
}
_NO_DATE = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?![hms]+\])[^\]]*\]|;.*|General|AM/PM|上午/下午', re.IGNORECASE)
_ESCAPE = re.compile("_x(00[0-9A-Fa-f]{2})_")  # of a control character
_PLACE = re.compile("([A-Z]{1,3})([0-9]{1,7})")
MOST_COLUMNS = 1_024  # of a list of articles
_END = datetime(9999, 12, 31)  # of what a date can be
_MOST_STRING_CHARS = 2 * MAX_DOCUMENT_BYTES
_STRING_CHARS = 64  # what a string takes beside its characters

Row = tuple[int, Sequence[str]]  # its number and its cells


def split(stream: Stream) -> Iterator[Item | Reject]:
    """The rows of all sheets; raises `InputError` if the workbook is damaged, locked, too large or empty."""
    book = _Book(Package(whole(stream)))
    is_empty = True
    for sheet in book.sheets:
        rows = book.rows(sheet.part)
        first = next(rows, None)
        if first is not None:
            is_empty = False
            yield from records(stream, "xlsx", sheet.name, chain([first], rows))
    if is_empty:
        raise InputError("read", "empty file", "no sheet has a cell with text in it: fill it, or leave it out")


def records(
    stream: Stream, kind: str, sheet: str | None, rows: Iterator[Row], encoding: str = "utf-8"
) -> Iterator[Item | Reject]:
    """The rows of a sheet below its header, and a reject if none of its columns is text."""
    place = stream._replace(member="/".join(filter(None, (stream.member, sheet))) or None)
    lines = ((number, _line(cells)) for number, cells in rows)
    try:
        columns, above = header((line for _, line in lines), ",")
    except InputError as error:
        yield place.reject(None, error)
        return
    if shown := " ".join(above).strip(", \n"):
        yield place.reject(None, InputError("read", "above the header", f"{shown[:80]!r}: of the sheet, no article"))
    for number, line in lines:
        yield place.item(kind, number, line, encoding)._replace(columns=columns)


def _line(cells: Sequence[str]) -> str:
    line = io.StringIO()
    csv.writer(line, lineterminator="\n").writerow(cells)
    return line.getvalue()


class _Sheet(NamedTuple):
    name: str
    part: str


class _Book:
    """A workbook: its sheets, and what their cells refer to."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = package.main()
        relations = package.relations(main)
        parts = {relation.kind: relation.target for relation in relations.values()}
        self.sheets: list[_Sheet] = []
        self._epoch = datetime(1899, 12, 30)
        for kind, name, attributes in package.events(main):
            if kind == "open" and name == "sheet" and attributes.get("id") in relations:
                found = relations[attributes["id"]]
                if found.kind == "worksheet":
                    self.sheets.append(_Sheet(attributes.get("name", ""), found.target))
            elif kind == "open" and name == "workbookPr" and attributes.get("date1904") in ("1", "true"):
                self._epoch = datetime(1904, 1, 1)
        self._strings = list(self._shared(parts.get("sharedStrings", "")))
        self._dates = list(self._formats(parts.get("styles", "")))

    def rows(self, part: str) -> Iterator[Row]:
        """The rows of a sheet in which something stands; cells without a text in between are ''."""
        number, column, size, kind, style, taken = 0, 0, 0, "", "", False
        cells, value = list[str](), list[str]()
        for event, name, attributes in self._package.events(part):
            if event == "text":
                if taken:
                    value.append(name)
                    size += len(name)
                    if size > MAX_DOCUMENT_BYTES:
                        raise too_large()
            elif event == "open":
                if name == "row":
                    number = max(_whole(attributes.get("r", "")), number + 1)
                    cells, column, size = [], 0, 0
                elif name == "c":
                    place = _PLACE.match(attributes.get("r", ""))
                    column = _column(place[1]) if place else column + 1
                    kind, style, value = attributes.get("t", "n"), attributes.get("s", ""), []
                taken = name in ("v", "t")
            else:
                taken = False
                if name == "c" and value and column > MOST_COLUMNS:
                    raise InputError(
                        "read", "too many columns", f"more than {MOST_COLUMNS:,}: is it a list of articles?"
                    )
                if name == "c" and value and column > len(cells):
                    cells += [""] * (column - 1 - len(cells)) + [self._shown(kind, style, "".join(value))]
                elif name == "row" and any(cells):
                    yield number, cells

    def _shown(self, kind: str, style: str, value: str) -> str:
        """What a cell of a type shows."""
        if kind == "s":
            text = "".join(self._strings[_whole(value) : _whole(value) + 1])
            self._package.spend(len(text))  # one string may stand in every cell
            return text
        if kind in ("str", "inlineStr"):
            return _unescaped(value)
        if kind != "n":
            return {"b": {"1": "TRUE", "0": "FALSE"}.get(value, value), "e": ""}.get(kind, value)
        parts = "".join(self._dates[_whole(style) : _whole(style) + 1])
        try:
            number = float(value)
        except ValueError:
            return value
        if parts and 0 <= number < (_END - self._epoch).days:
            return _moment(self._epoch, number, parts)
        if value.removeprefix("-").isdecimal():
            return value
        return str(int(number)) if number.is_integer() and abs(number) < 1e21 else f"{number:.15g}"

    def _shared(self, part: str) -> Iterator[str]:
        """The strings that cells refer to by number; how they are pronounced is left out."""
        text, taken, is_spoken, size = list[str](), False, False, 0
        for event, name, _ in self._package.events(part):
            if event == "text":
                if taken and not is_spoken:
                    text.append(name)
                    size += len(name)
            elif name == "rPh":
                is_spoken = event == "open"
            else:
                taken = event == "open" and name == "t"
                if event == "close" and name == "si":
                    yield _unescaped("".join(text))
                    text, size = [], size + _STRING_CHARS
            if size > _MOST_STRING_CHARS:
                raise too_large()

    def _formats(self, part: str) -> Iterator[str]:
        """Of each style of cells the parts of a date that it shows: 'ymd', 'ymdh' …; '': it shows a number."""
        own, inside = dict[int, str](), False
        for event, name, attributes in self._package.events(part):
            if name == "cellXfs":
                inside = event == "open"
            elif event == "open" and name == "numFmt":
                own[_whole(attributes.get("numFmtId", ""))] = _date_parts(attributes.get("formatCode", ""))
            elif event == "open" and name == "xf" and inside:
                number = _whole(attributes.get("numFmtId", ""))
                yield own.get(number, _BUILT_IN.get(number, ""))


def _whole(text: str) -> int:
    """A number that points to something; -1: it is none."""
    return int(text) if text.isdecimal() and len(text) < 10 else -1


def _column(letters: str) -> int:
    """The number of a column.

    >>> _column("A"), _column("AB")
    (1, 28)
    """
    number = 0
    for letter in letters:
        number = 26 * number + ord(letter) - 64
    return number


def _date_parts(code: str) -> str:
    """The parts of a date that a format shows; '' if it shows none, or a duration.

    >>> _date_parts('yyyy"年"m"月"d"日"'), _date_parts("yyyy-mm"), _date_parts("[$-804]yyyy/m/d h:mm"), _date_parts("[h]:mm")
    ('ymd', 'ym', 'ymdh', '')
    >>> _date_parts('0.00_);[Red](0.00)'), _date_parts('#,##0"d"')
    ('', '')
    """
    shown = _NO_DATE.sub("", code).lower()
    if "[" in shown or not re.search("[ymdh]", shown):
        return ""
    clock = "h" if "h" in shown or "s" in shown else ""
    day = "d" if "d" in shown else ""
    return ("y" if "y" in shown or "e" in shown else "") + ("m" if day or not clock else "") + day + clock


def _moment(epoch: datetime, number: float, parts: str) -> str:
    """The day and time of a cell; a month where the format shows no more, and no more can have been typed.

    >>> _moment(datetime(1899, 12, 30), 41612.975, "ymd"), _moment(datetime(1899, 12, 30), 41612.0, "ymd")
    ('2013-12-04 23:24', '2013-12-04')
    >>> _moment(datetime(1899, 12, 30), 41609.0, "ym"), _moment(datetime(1899, 12, 30), 0.975, "h")
    ('2013-12', '23:24')
    """
    if epoch.year == 1899 and 1 <= number < 60:  # Excel counts a 29th of February 1900
        number += 1
    at = epoch + timedelta(seconds=round(number * 86_400))
    clock = f"{at:%H:%M:%S}".removesuffix(":00")
    if number < 1:
        return clock
    if "d" not in parts and at.day == 1 and number.is_integer():
        return f"{at:%Y-%m}" if "m" in parts else f"{at:%Y}"
    return f"{at:%Y-%m-%d}" if number.is_integer() else f"{at:%Y-%m-%d} {clock}"


def _unescaped(text: str) -> str:
    return _ESCAPE.sub(lambda match: chr(int(match[1], 16)), text) if "_x" in text else text
