"""A corpus file → a release folder: every file of it, in the order in which they are written."""

from __future__ import annotations

import contextlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from corpus_db.about import sha256
from corpus_db.export import card, changes, checksums, croissant, csv, datapackage, jsonl, parquet
from corpus_db.export.contents import Contents, File
from corpus_db.export.folder import replacing
from corpus_db.export.tables import tables
from corpus_db.search.database import asking
from corpus_db.serve.metadata import render_for

DATABASE = "corpus.db"


class Release(NamedTuple):
    """What an export wrote."""

    folder: Path
    version: str
    articles: int
    files: tuple[File, ...]  # all but SHA256SUMS
    cells_guarded: int  # in the CSV files: texts that got an apostrophe in front


def export(
    database: Path,
    folder: Path,
    *,
    since: Path | None = None,
    raw: bool = False,
    tell: Callable[[str], None] = lambda name: None,
) -> Release:
    """Write the corpus file `database` as a release into `folder`, which takes its place when it is complete.

    `since`: an earlier release, or its file: what changed is written too. `raw`: with the sources' text in the tables.
    `tell` hears the name of each file when it is there. The same file gives the same bytes (under the same pyarrow).
    Raises `UsageError` where `folder` holds something else than a release, `BuildError` where pyarrow is missing.
    """
    parquet.require()
    with asking(database):  # what is no corpus is refused before anything is written
        pass
    earlier = since / DATABASE if since and since.is_dir() else since
    with replacing(folder) as place, contextlib.ExitStack() as opened:
        old = opened.enter_context(asking(earlier)) if earlier else None
        # Read from the copy: the file itself may be replaced meanwhile.
        shutil.copyfile(database, place / DATABASE)
        with asking(place / DATABASE, database) as db:
            writing = _Writing(place, tell)
            contents = _write_tables(db, writing, raw)
            if old:
                changes.write(old, db, place)
                writing.done("CHANGES.md", "changes.jsonl")
        contents = contents._replace(files=tuple(writing.files))
        writing.text("datapackage.json", _json(datapackage.describe(contents)))
        writing.text("croissant.json", _json(croissant.describe(contents)))
        writing.text("metadata.yml", render_for(contents.about))
        writing.text("README.md", card.write(contents))
        checksums.write(place, {file.path: file.sha256 for file in writing.files})
        files = tuple(writing.files)
    return Release(folder, contents.version, contents.counts["articles"], files, contents.cells_guarded)


def _write_tables(db: sqlite3.Connection, writing: _Writing, raw: bool) -> Contents:
    """Write the data files; what is in them."""
    about = {key: value for key, value in db.execute("SELECT key, value FROM about ORDER BY key") if value is not None}
    chosen = tables(db, raw=raw)
    writing.done(DATABASE)
    guarded = 0
    for table in chosen:
        parquet.write(db, table, writing.path(f"parquet/{table.name}.parquet"), about)
        writing.done(f"parquet/{table.name}.parquet")
    for table in chosen:
        guarded += csv.write(db, table, writing.path(f"csv/{table.name}.csv"))
        writing.done(f"csv/{table.name}.csv")
    jsonl.write(db, chosen[0], writing.path("jsonl/articles.jsonl"))
    writing.done("jsonl/articles.jsonl")
    sites = db.execute(
        "SELECT site, count(*), min(year), max(year) FROM articles GROUP BY site ORDER BY count(*) DESC, site"
    ).fetchall()
    counts = {table.name: table.count(db) for table in chosen}
    return Contents(about, chosen, counts, sites, guarded)


class _Writing:
    """The files of a release that are there so far."""

    def __init__(self, folder: Path, tell: Callable[[str], None]) -> None:
        self._folder, self._tell = folder, tell
        self.files: list[File] = []

    def path(self, name: str) -> Path:
        """Where to write the file `name`."""
        path = self._folder / name
        path.parent.mkdir(exist_ok=True)
        return path

    def done(self, *names: str) -> None:
        """Note that they are written."""
        for name in names:
            path = self._folder / name
            self.files.append(File(name, path.stat().st_size, sha256(path)))
            self._tell(name)

    def text(self, name: str, content: str) -> None:
        """Write a small file."""
        self.path(name).write_text(content, encoding="utf-8", newline="\n")
        self.done(name)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
