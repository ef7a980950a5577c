"""The queries and comments of `corpus_db.sql` → metadata.yml, for Datasette without this package.

``python -m corpus_db.serve.metadata [FOLDER]`` writes it: Datasette 0.65 reads everything with ``-m metadata.yml``, 1.0
takes the queries from the same file with ``-c metadata.yml``. A test fails where the file differs from what this gives.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from corpus_db import sql
from corpus_db.serve.profile import profile

ABOUT = {
    "title": "Corpus",
    "description": "Chinese articles in one SQLite file: search them, count words, follow figures and names.",
}
_DATABASE = "corpus"
_WRITTEN_BY = "# Written by python -m corpus_db.serve.metadata from corpus_db/sql: edit there.\n"


class _Dumper(yaml.SafeDumper):
    """Texts of several lines stand as they are, behind a bar; nothing refers to another place of the file."""

    def ignore_aliases(self, data: object) -> bool:
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def metadata(about: Mapping[str, str] = ABOUT) -> dict[str, Any]:
    """What metadata.yml says of a file called corpus.db, with its `about` or that of any."""
    # Tables that only some files have are described in every one: Datasette passes over those it does not find.
    return {**ABOUT, "databases": {_DATABASE: profile(sql.description_rows(), about)}}


def render_metadata() -> str:
    """The text of metadata.yml in the project."""
    return _WRITTEN_BY + _dump(metadata())


def render_for(about: Mapping[str, str]) -> str:
    """The text of the metadata.yml that goes with one file."""
    return _dump(metadata(about))


def _dump(value: object) -> str:
    return yaml.dump(value, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=120)


def main(folder: Path) -> None:
    (folder / "metadata.yml").write_text(render_metadata(), "utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1] if sys.argv[1:] else "."))
