"""``python -m corpus_db.sql [CORPUS]``: copies the shared blocks into the query files and writes schema.md.

With a corpus of the seeds, it also writes the first rows of cookbook.md anew.
"""

from __future__ import annotations

import sqlite3
import sys

from corpus_db.sql import HERE, documents, fill_blocks


def main(corpora: list[str]) -> None:
    for path in sorted((HERE / "queries").glob("*.sql")):
        path.write_text(fill_blocks(path.read_text("utf-8")), "utf-8")
    documents.SCHEMA.write_text(documents.schema(), "utf-8")
    for corpus in corpora:
        documents.COOKBOOK.write_text(documents.cookbook(sqlite3.connect(corpus)), "utf-8")


if __name__ == "__main__":
    main(sys.argv[1:])
