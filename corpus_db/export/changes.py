"""Two corpus files → what changed between them, article by article; both are read in the order of their keys."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal, NamedTuple

from corpus_db.differences import Row, differences
from corpus_db.export.contents import plain

# What an article says, by source or by estimate. Left out: ids, what follows from the body, what follows from the whole
# corpus (keywords, reprint_of): one new article may move that everywhere.
FIELDS = (
    "title",
    "title_estimated",
    "author",
    "editor",
    "publisher",
    "site",
    "url",
    "section",
    "published",
    "published_precision",
    "published_estimated",
    "estimate_basis",
    "reference_year",
    "year",
    "views",
    "summary",
    "body",
    "extra",
)
_SHOWN = 100  # articles of each kind that CHANGES.md names; changes.jsonl names them all


class Change(NamedTuple):
    """What became of an article between two releases."""

    change: Literal["added", "removed", "changed"]
    key: str
    title: str | None
    fields: tuple[str, ...] = ()  # those that differ, for changed


def changes(old: sqlite3.Connection, new: sqlite3.Connection) -> Iterator[Change]:
    """Every article added, removed or changed, by key. Memory does not grow with the corpora."""
    compared = [field for field in FIELDS if all(field in _columns(db) for db in (old, new))]
    for was, is_ in differences(_articles(old, compared), _articles(new, compared), 1):
        key, title, estimated, *_ = is_ or was
        if not is_:
            yield Change("removed", key, title or estimated)
        elif not was:
            yield Change("added", key, title or estimated)
        else:
            fields = (
                field for field, *values in zip(compared, was[1:], is_[1:], strict=True) if values[0] != values[1]
            )
            yield Change("changed", key, title or estimated, tuple(fields))


def _columns(db: sqlite3.Connection) -> set[str]:
    return {name for (name,) in db.execute("SELECT name FROM pragma_table_xinfo('articles')")}


def _articles(db: sqlite3.Connection, fields: Sequence[str]) -> Iterator[Row]:
    return iter(db.execute(f"SELECT key, {', '.join(fields)} FROM articles ORDER BY key"))


def write(old: sqlite3.Connection, new: sqlite3.Connection, folder: Path) -> None:
    """Write changes.jsonl, every change a line, and CHANGES.md, which sums them up."""
    counts, fields = Counter[str](), Counter[str]()
    named: dict[str, list[str]] = {"added": [], "removed": [], "changed": []}
    with (folder / "changes.jsonl").open("w", encoding="utf-8", newline="\n") as file:
        for change in changes(old, new):
            file.write(json.dumps(change._asdict(), ensure_ascii=False) + "\n")
            counts[change.change] += 1
            fields.update(change.fields)
            if len(named[change.change]) < _SHOWN:
                named[change.change].append(_item(change))
    lines = ["# Changes", "", f"From version {_version(old)} to {_version(new)}. All of them: `changes.jsonl`.", ""]
    lines += [f"- {counts[kind]:,} articles {kind}" for kind in named]
    if fields:
        lines += ["", "Fields changed: " + ", ".join(f"{field} ({n:,})" for field, n in fields.most_common()) + "."]
    for kind, items in named.items():
        if items:
            more = f", the first {_SHOWN}" if counts[kind] > _SHOWN else ""
            lines += ["", f"## {kind.capitalize()}{more}", "", *items]
    (folder / "CHANGES.md").write_text("\n".join(lines) + "\n", encoding="utf-8", newline="\n")


def _item(change: Change) -> str:
    return f"- `{plain(change.key)}` {plain(change.title or '')}" + (
        f": {', '.join(change.fields)}" if change.fields else ""
    )


def _version(db: sqlite3.Connection) -> str:
    row = db.execute("SELECT value FROM about WHERE key = 'version'").fetchone()
    return str(row[0]) if row else "unknown"
