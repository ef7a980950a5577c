"""``python -m corpus_db.sql``: copies the shared blocks into the query files."""

from __future__ import annotations

from corpus_db.sql import HERE, fill_blocks


def main() -> None:
    for path in sorted((HERE / "queries").glob("*.sql")):
        path.write_text(fill_blocks(path.read_text("utf-8")), "utf-8")


if __name__ == "__main__":
    main()
