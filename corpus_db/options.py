"""What a build is asked for, whom it tells how far it is, and what it reports at the end."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple, Protocol


class Progress(Protocol):
    """Who is told how far the build is; `corpus_db.progress` shows a bar."""

    def stage(self, name: str, total_bytes: int | None) -> None:
        """A new stage begins; `total_bytes` is the input still to come, where it is known."""

    def advance(self, documents: int, bytes_: int, rejects: int) -> None:
        """So many documents and bytes more are done, so many of them rejected."""


class Silent:
    """Progress that nobody watches."""

    def stage(self, name: str, total_bytes: int | None) -> None:
        """Ignored."""

    def advance(self, documents: int, bytes_: int, rejects: int) -> None:
        """Ignored."""

    def close(self) -> None:
        """Ignored."""


class Options(NamedTuple):
    """What a build may be asked for besides its inputs and target."""

    jobs: int | None = None  # worker processes; None: one per core
    lexicon: Path | None = None  # TSV of the user's own names
    only_search: bool = False  # articles and their index alone: no facts, no statistics, no raw text
    keep_raw: bool = True
    keep_tokens: bool = True  # where the words of each sentence begin and end, for queries about words in context
    stranger_index: bool | None = None  # a second index for programs that know nothing of this one; None: by size
    title: str | None = None  # of the corpus, for `about`
    update: bool = False  # take what earlier builds of the same target made of the documents that have not changed
    keep: bool = True  # what an update needs, in the user's cache folder


class BuildReport(NamedTuple):
    """What a build did."""

    target: Path
    documents: int  # inputs read, rejected ones included
    articles: int
    duplicates: int  # articles that repeat an earlier one
    rejects: dict[str, int]  # reason → inputs
    bytes: int  # of input
    seconds: float
    sha256: str  # of the file
    logical_digest: str  # of its contents, the same under any SQLite version
    up_to_date: bool = False  # an update found nothing to do
