"""Build corpus.db from seeds/, or from the files, folders and archives that are named."""

from corpus_db.cli import build

if __name__ == "__main__":
    build()
