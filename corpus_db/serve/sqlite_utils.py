"""sqlite-utils plugin: the SQL functions of this package in every connection that sqlite-utils opens."""

from __future__ import annotations

import sqlite3

from sqlite_utils import hookimpl

from corpus_db.search import register


@hookimpl
def prepare_connection(conn: sqlite3.Connection) -> None:
    """Adds zh_query and its like."""
    register(conn)
