"""The digest of a file's contents is what its definition says, whatever the values, and any other value changes it."""

import hashlib
import json
import sqlite3

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.about import logical_digest

_TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
_ROWS = st.tuples(
    st.integers(-(2**63), 2**63 - 1),
    st.none() | _TEXTS,
    st.none() | st.floats(allow_nan=False, allow_infinity=False).map(lambda real: real + 0.0),  # SQLite has no -0.0
    st.none() | st.binary(),
)


def _file(rows):
    db = sqlite3.connect(":memory:")
    db.execute("CREATE TABLE t (number INTEGER, text TEXT, real REAL, bytes BLOB, id INTEGER PRIMARY KEY) STRICT")
    db.executemany("INSERT INTO t VALUES (?, ?, ?, ?, ?)", [(*row, id_) for id_, row in enumerate(rows, 1)])
    return db


def _line(number, text, real, data, id_):
    values = [number, text, data if data is None else data.hex().upper(), id_]
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")) + f",{real!r}\n"


@given(st.lists(_ROWS, max_size=3))
def test_the_digest_is_that_of_the_rows_as_json(rows):
    lines = [_line(*row, id_) for id_, row in enumerate(rows, 1)]
    text = "t (number, text, real, bytes, id)\n" + "".join(lines)
    assert logical_digest(_file(rows)) == hashlib.sha256(text.encode()).hexdigest()


def test_rows_come_in_the_order_of_their_key():
    there, back = sqlite3.connect(":memory:"), sqlite3.connect(":memory:")
    for db, rows in ((there, [("a", 1), ("b", 0)]), (back, [("b", 0), ("a", 1)])):
        db.execute("CREATE TABLE t (name TEXT, n INTEGER, PRIMARY KEY (n, name))")
        db.executemany("INSERT INTO t VALUES (?, ?)", rows)
    assert logical_digest(there) == logical_digest(back)


@pytest.mark.parametrize(
    "change",
    [
        "number = 0",
        "text = 'NULL'",
        "text = NULL",
        "text = 'a' || char(0)",
        "real = .30000000000000001",
        "bytes = x'6100'",
        "bytes = NULL",
    ],
)
def test_another_value_is_another_digest(change):
    db = _file([(1, "a", 0.1 + 0.2, b"")])
    before = logical_digest(db)
    db.execute(f"UPDATE t SET {change}")
    assert logical_digest(db) != before
