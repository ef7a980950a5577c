"""Tables → CSV files that Excel opens as they are meant: UTF-8 with a byte order mark, and no cell it would run.

A spreadsheet takes a cell that begins with ``=``, ``+``, ``-`` or ``@`` for a formula, and a formula can fetch and start
things (OWASP, "CSV Injection"); titles and texts come from anywhere. So a *text* that begins with one of these, with a
tab or a line end, or with an apostrophe, gets an apostrophe in front. Taking off the first apostrophe of a text that has
one gives the exact text back; `unguarded` does. Numbers are left alone. How many cells that concerns is counted and told
in the release's README; Parquet, JSONL and the file itself hold the text unchanged.
"""

from __future__ import annotations

import csv
import re
import sqlite3
from pathlib import Path

from corpus_db.export.tables import Row, Table

_RUN = re.compile(r"[=+\-@＝＋－＠'\t\r\n]")


def write(db: sqlite3.Connection, table: Table, path: Path) -> int:
    """Write `table` to `path`; the number of cells that got an apostrophe. Lists and objects are JSON text."""
    texts = [column.kind == "text" for column in table.columns]
    count = 0
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(column.name for column in table.columns)
        for row in table.rows(db):
            safe = tuple(
                guarded(value) if is_text and value is not None else value
                for value, is_text in zip(row, texts, strict=True)
            )
            count += _differing(row, safe)
            writer.writerow(safe)
    return count


def guarded(text: str) -> str:
    """`text` with an apostrophe in front where a spreadsheet would run it.

    >>> guarded("=1+1"), guarded("电商"), guarded("'90s")
    ("'=1+1", '电商', "''90s")
    """
    return f"'{text}" if _RUN.match(text) else text


def unguarded(text: str) -> str:
    """The text that `guarded` was given.

    >>> unguarded("'=1+1"), unguarded("电商")
    ('=1+1', '电商')
    """
    return text.removeprefix("'")


def _differing(row: Row, other: Row) -> int:
    return sum(one is not another for one, another in zip(row, other, strict=True))
