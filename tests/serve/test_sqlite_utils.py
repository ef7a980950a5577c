"""The functions of this package inside sqlite-utils."""

from __future__ import annotations

import sqlite3

from corpus_db.serve.sqlite_utils import prepare_connection


def test_the_functions_are_there() -> None:
    db = sqlite3.connect(":memory:")
    prepare_connection(db)
    assert db.execute("SELECT zh_fold('備貨節')").fetchone() == ("备货节",)
