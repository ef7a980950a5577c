"""A release folder → the list of what is wrong with it: its checksums, then the corpus file in it."""

from __future__ import annotations

from pathlib import Path

from corpus_db import verify as file
from corpus_db.export import checksums
from corpus_db.export.release import DATABASE


def verify(path: Path) -> list[str]:
    """Problems of the release in the folder `path`, each one line; none: every file is as released, and the corpus is sound."""
    if problems := list(checksums.problems(path)):
        return problems
    return [f"{DATABASE}: {problem}" for problem in file.verify(path / DATABASE)]
