"""The tables in this folder → rows: tab separated, # before comments; the only module that reads them.

They are general knowledge (units, surnames, the templates of site software …), each with its source in the comment on
top or in a column.
"""

from __future__ import annotations

from importlib.resources import files


def text(name: str) -> str:
    """A table as it stands."""
    return files("corpus_db.data").joinpath(name).read_text(encoding="utf-8")


def cells(name: str) -> list[list[str]]:
    """The cells of each line of a table, comments and empty lines left out.

    >>> cells("surname_readings.tsv")[0]
    ['乐', 'yue']
    """
    return [line.split("\t") for line in text(name).splitlines() if line and not line.startswith("#")]


def rows(name: str) -> list[dict[str, str]]:
    """The rows of a table whose first line names its columns, by column.

    >>> rows("cues.tsv")[0]["cue"]
    'surname'
    """
    header, *body = cells(name)
    return [dict(zip(header, row, strict=True)) for row in body]
