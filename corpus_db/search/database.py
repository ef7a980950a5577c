"""A path → a read-only connection with the search functions; the only module that opens a built file for asking."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

from corpus_db import sql
from corpus_db.errors import BuildError, UsageError
from corpus_db.search.language import zh_query
from corpus_db.search.marks import DEFAULT_WIDTH, zh_highlight, zh_snippet
from corpus_db.search.question import zh_query_any
from corpus_db.search.segmenting import file_segmenter
from corpus_db.text.fold import fold
from corpus_db.text.segment import segmenter, words

_NEEDED = {"articles", "articles_fts", "about", "folds"}  # without them it is another file with articles in it
MAPPED_BYTES = 1 << 31  # at most so much of a file; SQLite itself takes no more than 2 GB


def connect(path: str | Path) -> sqlite3.Connection:
    """The built file at `path`, read only, with every ``zh_`` function registered.

    Raises `UsageError` where there is no such file, `BuildError` where it is no corpus that this package can read.
    """
    path = Path(path)
    if too_old := sql.sqlite_too_old():
        raise BuildError(too_old)
    if path.is_dir():
        raise UsageError(f"{path}: a folder, no corpus file; name the .db file, or build one: corpus-db build {path}")
    if not path.is_file():
        raise UsageError(f"{path}: no such file; build one with: corpus-db build PATH -o {path.name}")
    db = sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)
    try:
        found = {name for (name,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
        missing = sorted(_NEEDED - found)
        wrong = (
            f"not a corpus: it has no table {missing[0]}; build one with: corpus-db build"
            if missing
            else sql.too_new(db)
        )
    except sqlite3.DatabaseError as error:
        db.close()
        raise BuildError(f"{path}: not an SQLite file that can be read ({error})") from error
    if wrong:
        db.close()
        raise BuildError(f"{path}: {wrong}")
    map_file(db)
    register(db)
    return db


@contextlib.contextmanager
def asking(path: Path, original: Path | None = None) -> Iterator[sqlite3.Connection]:
    """`connect`, and the connection closed at the end.

    Raises `BuildError` where the file turns out damaged, which names it, or the `original` that it is a copy of.
    """
    with contextlib.closing(connect(path)) as db:
        try:
            yield db
        except (sqlite3.DatabaseError, ValueError) as error:  # ValueError: a value that is not of its column's type
            name = original or path
            raise BuildError(f"{name}: can not be read ({error}); check it with: corpus-db verify {name}") from error


def map_file(db: sqlite3.Connection) -> None:
    """Maps the file of `db` into memory, which takes up to a quarter off queries that read thousands of places.

    That is safe: nothing writes to a built file, and a build puts another in its place.
    """
    db.execute(f"PRAGMA mmap_size = {MAPPED_BYTES}")


def register(db: sqlite3.Connection) -> None:
    """Adds the SQL functions of this package to `db`. NULL in, NULL out; a number is taken as its text."""
    for name, arguments in (("zh_query", 1), ("zh_fold", 1), ("zh_highlight", 2)):
        db.create_function(name, arguments, _of_text(FUNCTIONS[name]), deterministic=True)
    db.create_function("zh_segment", 1, _of_text(lambda text: zh_segment(text, file_segmenter(db).cut)))
    db.create_function("zh_query_any", 1, _of_text(lambda text: zh_query_any(db, text)))
    for arguments in (2, 3):
        db.create_function("zh_snippet", arguments, _snippet, deterministic=True)


def zh_segment(text: str, cut: Callable[[str], list[str]] | None = None) -> str:
    """The words of `text`, folded, joined by spaces; without punctuation. The SQL function cuts as the file was cut.

    >>> zh_segment("電商平台,B2B")
    '电商 平台 b2b'
    """
    return " ".join(words(fold(text), cut or segmenter().cut))


def _of_text(function: Callable[..., str]) -> Callable[..., str | None]:
    """`function` as SQLite calls it: with any type of value."""

    def called(*values: object) -> str | None:
        return None if None in values else function(*map(_text, values))

    return called


def _snippet(body: object, query: object, width: object = DEFAULT_WIDTH) -> str | None:
    if body is None or query is None:
        return None
    return zh_snippet(_text(body), _text(query), int(width) if isinstance(width, int | float) else DEFAULT_WIDTH)


def _text(value: object) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


# SQL name → what it is made of. `db` and `cut` are those of the connection, not arguments.
FUNCTIONS: dict[str, Callable[..., str]] = {
    "zh_query": zh_query,
    "zh_query_any": zh_query_any,
    "zh_segment": zh_segment,
    "zh_fold": fold,
    "zh_snippet": zh_snippet,
    "zh_highlight": zh_highlight,
}
