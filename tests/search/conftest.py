"""The corpus that the tests of search ask: tests/corpus_fixture.py, opened once."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest

from corpus_db.search import connect


@pytest.fixture(scope="session")
def db(corpus_path: Path) -> Iterator[sqlite3.Connection]:
    """Ten short articles, with our functions."""
    with contextlib.closing(connect(corpus_path)) as db:
        yield db
