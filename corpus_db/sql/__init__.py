"""The SQL of this package as Python sees it: schema, views, queries, and what their comments say.

Everything is read from the `.sql` files beside this one. A query file is complete: it runs in stock SQLite as it is.
Steps that several share (a typed text → FTS5 phrases; → the places where it stands) are kept once under `blocks/`,
``python -m corpus_db.sql`` copies them between ``-- begin NAME`` and ``-- end NAME``, and a test holds the copies equal.
"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
APPLICATION_ID = 0x43444231  # 'CDB1': PRAGMA application_id of a corpus file
SCHEMA_VERSION = 1  # PRAGMA user_version, about.schema_version
OLDEST_SQLITE = (3, 37)  # the first that knows STRICT tables

# In the order in which people want them, which is the order of metadata.yml.
QUERIES = (
    "search",
    "phrase",
    "concordance",
    "collocates",
    "frequency",
    "word_list",
    "keyness",
    "ngrams",
    "pattern",
    "figures",
    "timeline",
    "people",
    "quotes",
    "entity",
    "similar",
    "reprints",
    "removed",
    "about",
)
VIEWS = (
    "spans",
    "paragraphs",
    "sentences",
    "ranked",
    "subcorpora",
    "facts_figures",
    "facts_dates",
    "facts_quotes",
    "facts_names",
)

_HEADER = re.compile(r"-- (?:(title|description)|param (\w+)): (.+)")
_CREATE = re.compile(r"^CREATE (?:VIRTUAL )?(TABLE|VIEW) (\w+)", re.MULTILINE)
_FIRST_NAME = re.compile(r'\s*"?(\w+)"?')
_LAST_NAME = re.compile(r'(\w+)"?,?\s*$')
_BLOCK = re.compile(r"-- begin (\w+)\n.*?-- end \1\n", re.DOTALL)


class Query(NamedTuple):
    """A canned query: one file under `queries/`."""

    name: str
    title: str
    description: str
    params: dict[str, str]  # name → what it is, in the order of the file
    sql: str  # the file, without its header


class Description(NamedTuple):
    """A row of the table `descriptions`."""

    table_name: str
    column_name: str  # '' for the table itself
    description: str


def load(name: str) -> Query:
    """The query called `name`.

    >>> load("phrase").params
    {'q': 'the text to find'}
    """
    return parse_query(name, (HERE / "queries" / f"{name}.sql").read_text("utf-8"))


def parse_query(name: str, text: str) -> Query:
    """The query that a file's text holds: its header lines, an empty line, plain SQL."""
    header, _, sql = text.partition("\n\n")
    told = {"title": name, "description": ""}
    params = {}
    for what, param, value in _HEADER.findall(header):
        if param:
            params[param] = value
        else:
            told[what] = value
    return Query(name, told["title"], told["description"], params, sql.strip().rstrip(";"))


@cache
def queries() -> tuple[Query, ...]:
    """All canned queries, in the order in which they are listed."""
    return tuple(map(load, QUERIES))


def sqlite_too_old() -> str | None:
    """What to tell, in one line, where this Python's SQLite can not open corpus files; None: it can."""
    if sqlite3.sqlite_version_info >= OLDEST_SQLITE:
        return None
    oldest = ".".join(map(str, OLDEST_SQLITE))
    return f"this Python has SQLite {sqlite3.sqlite_version}, a corpus file needs {oldest} or newer; use a newer Python"


def too_new(db: sqlite3.Connection) -> str | None:
    """What to tell, in one line, where `db` has a later schema than this package knows; None: it has not."""
    ((found,),) = db.execute("PRAGMA user_version").fetchall()
    if found <= SCHEMA_VERSION:
        return None
    return f"made by a newer corpus-db (schema {found}, this one knows {SCHEMA_VERSION}); install the newest"


def schema_statements() -> list[str]:
    """The statements of `schema.sql`: one CREATE each, with the comments that SQLite keeps in the file."""
    return list(_statements((HERE / "schema.sql").read_text("utf-8")))


def statements(name: str) -> list[str]:
    """The statements of ``NAME.sql``: `settings` of a new file, `loading` before FTS5 fills its index, `finish` after; `indexes`."""
    return list(_statements((HERE / f"{name}.sql").read_text("utf-8")))


def checks() -> list[tuple[str, str]]:
    """(name, SELECT) of each file under `checks/`: every row that it gives is a problem of the file."""
    return [(path.stem, path.read_text("utf-8")) for path in sorted((HERE / "checks").glob("*.sql"))]


def view_statements() -> list[str]:
    """One CREATE VIEW for each file under `views/`."""
    return [s for name in VIEWS for s in _statements((HERE / "views" / f"{name}.sql").read_text("utf-8"))]


def stranger_statements() -> list[str]:
    """The search index for programs that know nothing of this one: optional, see `stranger.sql`."""
    return list(_statements((HERE / "stranger.sql").read_text("utf-8")))


def description_rows(statements: list[str] | None = None) -> list[Description]:
    """What the comments of CREATE statements say; without `statements`, of everything that a file can hold.

    A table's description is the comment above it. A column's stands behind it, on its line; one that is only the name of
    another column, as in a view, says what that one is.

    >>> description_rows(["-- Tables.\\nCREATE TABLE t (\\n  a TEXT -- first\\n);"])[1]
    Description(table_name='t', column_name='a', description='first')
    >>> description_rows(["CREATE TABLE t (\\n  a TEXT -- first\\n)", "CREATE VIEW v AS SELECT\\n  t.a AS b -- t.a\\nFROM t"])[-1]
    Description(table_name='v', column_name='b', description='first (t.a)')
    """
    if statements is None:
        statements = [*schema_statements(), *view_statements(), *stranger_statements()]
    rows = [row for statement in statements for row in _described(statement)]
    meanings = {f"{row.table_name}.{row.column_name}": row.description for row in rows}
    return [
        row._replace(description=f"{meaning} ({row.description})")
        if (meaning := meanings.get(row.description))
        else row
        for row in rows
    ]


def fill_blocks(text: str) -> str:
    """`text` of a query file with every block as it stands under `blocks/`."""

    def current(match: re.Match[str]) -> str:
        name = match[1]
        return f"-- begin {name}\n{(HERE / 'blocks' / f'{name}.sql').read_text('utf-8')}-- end {name}\n"

    return _BLOCK.sub(current, text)


def _statements(script: str) -> Iterator[str]:
    """The statements of a script, each with the comment lines right above it; other comments are left out."""
    lines: list[str] = []
    for line in script.splitlines():
        if not line and all(kept.startswith("--") for kept in lines):
            lines.clear()
            continue
        lines.append(line)
        if not line.startswith("--") and sqlite3.complete_statement("\n".join(lines)):
            yield "\n".join(lines).rstrip(";")
            lines.clear()


def _described(statement: str) -> Iterator[Description]:
    created = _CREATE.search(statement)
    if created is None:
        return
    kind, table = created.groups()
    above = [line.removeprefix("--").strip() for line in statement[: created.start()].splitlines()]
    yield Description(table, "", " ".join(above))
    for line in statement[created.end() :].splitlines()[1:]:
        code, mark, comment = line.partition(" -- ")
        name = (_FIRST_NAME.match if kind == "TABLE" else _LAST_NAME.search)(code)
        if mark and name and " = " not in code:
            yield Description(table, name[1], comment.strip())
