"""The tables under corpus_db/data to rows: tab separated, # before comments, the first line names the columns."""

from __future__ import annotations

from importlib.resources import files


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table under corpus_db/data, by column; lines that begin with # are comments."""
    lines = [
        line.split("\t")
        for line in files("corpus_db.data").joinpath(name).read_text(encoding="utf-8").splitlines()
        if not line.startswith("#")
    ]
    header, *body = lines
    return [dict(zip(header, fields, strict=True)) for fields in body]
