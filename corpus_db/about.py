"""Facts about a corpus file: what built it, from what, and a digest of its contents that any SQLite can compute again."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from pathlib import Path

from corpus_db import __version__, sql
from corpus_db.store import Store
from corpus_db.text.segment import segmenter

_VERSION = 12  # characters of the digest that name a version of a corpus
_NOT_YET = "0" * 64
_READ = 50  # rows that are digested at a time: few, since articles may be long
# Left out of the logical digest: what depends on the SQLite version or on the digest itself, and what follows from the rest.
_NOT_DIGESTED = ("about", "descriptions", "folds")


def write(store: Store, source_digest: str, title: str | None, lexicon: Path | None) -> None:
    """Fill `about`, but for the digest of the contents, and `descriptions`. `lexicon`: the builder's own, if there was one."""
    store.replace("descriptions", sorted(sql.description_rows([*store.statements, *sql.view_statements()])))
    engine = segmenter()
    ((running_words,),) = store.db.execute("SELECT CAST(sum(occurrences) AS TEXT) FROM terms")
    facts = {
        "title": title or "corpus-db",
        "description": "Chinese articles with full-text search and facts as data",
        "licence": "the texts belong to their publishers; the table sources says where each comes from",
        "version": _NOT_YET[:_VERSION],
        "schema_version": str(sql.SCHEMA_VERSION),
        "built_with": f"corpus-db {__version__}",
        "segmenter": engine.name,
        "segmenter_version": engine.version,
        "lexicon_sha256": sha256(lexicon) if lexicon else None,
        "sqlite_version": sqlite3.sqlite_version,
        "running_words": running_words,  # so that no query needs to add them up; None: the words were not counted
        "source_digest": source_digest,
        "logical_digest": _NOT_YET,
    }
    store.replace("about", sorted(facts.items()))


def seal(path: Path, digest: str) -> None:
    """State the digest of the contents in a finished file; it is as long as what stands in its place."""
    with contextlib.closing(sqlite3.connect(path, isolation_level=None)) as db:
        db.execute("PRAGMA journal_mode = OFF")
        db.execute("PRAGMA secure_delete = ON")
        db.executemany(
            "UPDATE about SET value = ? WHERE key = ?", [(digest, "logical_digest"), (digest[:_VERSION], "version")]
        )


def sha256(path: Path) -> str:
    """The digest of a file's bytes."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while chunk := file.read(1 << 20):
            digest.update(chunk)
    return digest.hexdigest()


def logical_digest(db: sqlite3.Connection) -> str:
    """SHA-256 over every row, table by table in key order; the same under any SQLite version and page layout.

    Each table begins with a line ``name (column, column)``. A row is a line: a JSON array of its values, bytes among
    them in hexadecimal; behind it, each after a comma, its reals as Python writes them, since SQLite rounds them.
    """
    digest = hashlib.sha256()
    for (table,) in db.execute(_TABLES).fetchall():
        if table in _NOT_DIGESTED:
            continue
        columns = db.execute(f'PRAGMA table_info("{table}")').fetchall()
        keys = [name for _, name, _, _, _, key in sorted(columns, key=lambda column: column[5]) if key] or ["rowid"]
        reals, others = ([_exact(c[1], c[2]) for c in columns if (c[2] == "REAL") is real] for real in (True, False))
        selected = ", ".join([f"CAST(json_array({', '.join(others)}) AS BLOB)", *reals])  # bytes, as they are digested
        rows = db.execute(f'SELECT {selected} FROM "{table}" ORDER BY {", ".join(keys)}')
        line = (b"%b" + b",%a" * len(reals) + b"\n").__mod__
        digest.update(f"{table} ({', '.join(column[1] for column in columns)})\n".encode())
        while batch := rows.fetchmany(_READ):
            digest.update(b"".join(map(line, batch)))
    return digest.hexdigest()


def _exact(column: str, kind: str) -> str:
    """A column as JSON can hold it."""
    return f'CASE WHEN "{column}" IS NOT NULL THEN hex("{column}") END' if kind == "BLOB" else f'"{column}"'


_TABLES = """
SELECT name FROM sqlite_master
WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT GLOB '*_fts*' AND name NOT GLOB '*_search*' ORDER BY name
"""
