"""`python -m corpus_db`: the command line."""

from corpus_db.cli import main

if __name__ == "__main__":
    main(prog_name="corpus-db")
