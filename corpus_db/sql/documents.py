"""The .sql files → schema.md; a built corpus → the first rows in cookbook.md. Both pages stand beside the files.

``python -m corpus_db.sql [CORPUS]`` writes them, tests hold them in step.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator
from itertools import groupby
from operator import attrgetter

from corpus_db.sql import (
    HERE,
    Description,
    Query,
    description_rows,
    queries,
    view_statements,
)

SCHEMA = HERE / "schema.md"
COOKBOOK = HERE / "cookbook.md"
_CELL_CHARS = 60  # of a value in a table of the cookbook
# A question of the cookbook, the statement that answers it, and its first row, where there is one yet.
RECIPE = re.compile(r"(### (?P<title>.+)\n(?:(?!###).*\n)*?```sql\n(?P<sql>[^`]+)```\n)(?P<row>\n\|.+\n\|.+\n\|.+\n)?")
_INTRODUCTION = """\
# Tables, views and queries

Written by `python -m corpus_db.sql` from the comments in `schema.sql`, `views/` and `queries/`, which are also in every \
corpus file: `SELECT * FROM descriptions`. Offsets count characters from 0, ends excluded; empty is NULL. Recipes are in \
[cookbook.md](cookbook.md).
"""


def first_row(db: sqlite3.Connection, statement: str) -> str:
    """What the cookbook shows below a statement: its columns and its first row, long values cut.

    >>> print(first_row(sqlite3.connect(":memory:"), "SELECT 1.50 AS a, NULL AS b, 'x|y' AS c"), end="")
    <BLANKLINE>
    | a | b | c |
    |---|---|---|
    | 1.5 | NULL | x\\|y |

    Raises `ValueError` where it gives no row.
    """
    cursor = db.execute(statement)
    row = cursor.fetchone()
    if row is None:
        raise ValueError(f"no row: {statement}")
    return "\n" + _table([name for name, *_ in cursor.description], [map(_cell, row)])


def cookbook(db: sqlite3.Connection) -> str:
    """cookbook.md with the first rows that the corpus `db` gives."""

    def answered(match: re.Match[str]) -> str:
        return f"{match[1]}{first_row(db, match['sql'])}"

    return RECIPE.sub(answered, COOKBOOK.read_text("utf-8"))


def schema() -> str:
    """schema.md: every table, view and canned query with what its comments say."""
    parts = [_INTRODUCTION]
    views = {row.table_name for row in description_rows(view_statements())}
    for heading, of_views in (("Tables", False), ("Views", True)):
        parts += [
            f"## {heading}\n",
            *_relations(row for row in description_rows() if (row.table_name in views) is of_views),
        ]
    parts += ["## Canned queries\n", *map(_query, queries())]
    return "\n".join(parts)


def _relations(rows: Iterable[Description]) -> Iterator[str]:
    for name, described in groupby(rows, attrgetter("table_name")):
        of_itself, *columns = described
        table = _table(("column", "meaning"), ((f"`{row.column_name}`", _safe(row.description)) for row in columns))
        yield f"### {name}\n\n{of_itself.description}\n\n{table}"


def _query(query: Query) -> str:
    about = f"### {query.name}: {query.title}\n\n{query.description}\n"
    if not query.params:
        return about
    return f"{about}\n{_table(('parameter', 'meaning'), ((f'`{name}`', _safe(told)) for name, told in query.params.items()))}"


def _table(head: Iterable[str], rows: Iterable[Iterable[str]]) -> str:
    columns = list(head)
    lines = [columns, ["---"] * len(columns), *map(list, rows)]
    return "".join(f"| {' | '.join(line)} |\n".replace("| --- ", "|---").replace("--- |", "---|") for line in lines)


def _cell(value: object) -> str:
    if value is None:
        return "NULL"
    text = f"{value:.12g}" if isinstance(value, float) else str(value)
    return _safe(text if len(text) <= _CELL_CHARS else f"{text[:_CELL_CHARS]}…")


def _safe(text: str) -> str:
    return text.replace("\n", " ").replace("|", "\\|")
