"""Tables → Parquet files, typed and described; `articles` with what another engine needs to search it.

That is, of title and body each: the folded text, its words, and its character pairs as lists, in the order in which they
stand (`corpus_db.text.bigrams`). Whoever asks for the pairs of a phrase one behind the other finds what the SQLite file
finds. The only module that imports pyarrow.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from corpus_db.errors import BuildError
from corpus_db.export.tables import Column, Row, Table, batches
from corpus_db.search.segmenting import file_segmenter
from corpus_db.text.fold import fold
from corpus_db.text.segment import words
from corpus_db.text.streams import bigram_streams

_EXACT = ("day", "minute", "second")  # precisions of articles.published that name a day
PUBLISHED_DATE = Column(
    "published_date", "date", "day of articles.published; NULL: none stated, or only a month or year"
)
_FOLDED = "folded: simplified characters, half width, lower case, 13,000 as 13000"
_WORDS = "words of its folded text, in order, without punctuation"
_BIGRAMS = "character pairs of its folded text, in order: a phrase is a run of them"
SEARCH_COLUMNS = (
    Column("title_folded", "text", f"the title, {_FOLDED}"),
    Column("title_words", "list", f"the title: {_WORDS}"),
    Column("title_bigrams", "list", f"the title: {_BIGRAMS}"),
    Column("body_folded", "text", f"the body, {_FOLDED}"),
    Column("body_words", "list", f"the body: {_WORDS}"),
    Column("body_bigrams", "list", f"the body: {_BIGRAMS}"),
)


def columns_of(table: Table) -> tuple[Column, ...]:
    """The columns of the Parquet file of `table`: those of the table, and for articles the added ones."""
    return (*table.columns, PUBLISHED_DATE, *SEARCH_COLUMNS) if table.name == "articles" else table.columns


def require() -> None:
    """Raise `BuildError` where pyarrow is not installed."""
    try:
        import pyarrow.parquet  # noqa: F401
    except ImportError as error:
        raise BuildError(f"Parquet needs pyarrow ({error}): pip install pyarrow") from error


def write(db: sqlite3.Connection, table: Table, path: Path, about: Mapping[str, str]) -> None:
    """Write `table` to `path`; `about` goes into the file's metadata. Memory does not grow with the table.

    Each row group holds up to 65,536 rows or 2 million characters.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    cut = file_segmenter(db).cut
    told = {"table": table.name, "description": table.description, **about}
    schema = pa.schema([_field(column) for column in columns_of(table)], metadata=told)
    with pq.ParquetWriter(path, schema, compression="zstd", compression_level=6) as writer:
        for batch in batches(table.rows(db)):
            arrays = [_array(c, values) for c, values in zip(table.columns, zip(*batch, strict=True), strict=True)]
            if table.name == "articles":
                arrays += _search_arrays(table, batch, cut)
            writer.write_table(pa.Table.from_arrays(arrays, schema=schema))


def _list_type() -> Any:
    import pyarrow as pa

    return pa.list_(pa.field("element", pa.string(), nullable=False))


def _type(column: Column) -> Any:
    import pyarrow as pa

    if column.kind == "list":
        return _list_type()
    types = {"integer": pa.int64(), "number": pa.float64(), "boolean": pa.bool_(), "date": pa.date32()}
    return types.get(column.kind, pa.string())


def _field(column: Column) -> Any:
    import pyarrow as pa

    return pa.field(column.name, _type(column), not column.required, {"description": column.description})


def _array(column: Column, values: Sequence[Any]) -> Any:
    import pyarrow as pa

    if column.kind == "list":
        values = [value and json.loads(value) for value in values]
    elif column.kind == "boolean":
        values = [value if value is None else bool(value) for value in values]
    elif column.kind == "date":
        return pa.array(values, pa.string()).cast(pa.date32())
    return pa.array(values, _type(column))


def _search_arrays(table: Table, batch: Sequence[Row], cut: Callable[[str], list[str]]) -> list[Any]:
    """The columns added to `articles`, in their order."""
    at = {column.name: i for i, column in enumerate(table.columns)}
    days = [row[at["published"]][:10] if row[at["published_precision"]] in _EXACT else None for row in batch]
    texts = ([row[at[name]] or "" for row in batch] for name in ("title", "body"))
    return [_array(PUBLISHED_DATE, days), *(array for part in texts for array in _searchable(part, cut))]


def _searchable(texts: Sequence[str], cut: Callable[[str], list[str]]) -> Iterator[Any]:
    """Of each text: its fold, its words, its character pairs."""
    import pyarrow as pa

    folded = list(map(fold, texts))
    yield pa.array([text or None for text in folded], pa.string())
    yield _lists([words(text, cut) for text in folded])
    yield _lists(bigram_streams(folded).lists())


def _lists(tokens: Sequence[Sequence[str]]) -> Any:
    """Lists of tokens; NULL where there is none."""
    import pyarrow as pa

    return pa.array([some or None for some in tokens], _list_type())
