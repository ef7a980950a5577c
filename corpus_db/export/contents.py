"""What is in a release: the record that its descriptions (datapackage.json, croissant.json, README.md) are written from."""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_db.export.tables import Table

_SPDX = re.compile(r"[A-Za-z0-9.-]{1,40}-\d+\.\d+")  # CC-BY-4.0: an identifier with its version, not a sentence
_WEB = re.compile(r"https?://\S+")


class File(NamedTuple):
    """A file of a release."""

    path: str  # relative to the release's folder, '/' between parts
    bytes: int
    sha256: str

    @property
    def name(self) -> str:
        """A name for it that holds letters, digits and hyphens only: ``figures-parquet``."""
        return re.sub(r"[^a-z0-9]+", "-", self.path.rpartition("/")[2].lower())


class Contents(NamedTuple):
    """What a release holds."""

    about: dict[str, str]
    tables: tuple[Table, ...]
    counts: dict[str, int]  # rows by table
    sites: list[tuple[str | None, int, int | None, int | None]]  # site, articles, first and last year; most first
    cells_guarded: int  # texts in the CSV files that got an apostrophe in front
    files: tuple[File, ...] = ()

    @property
    def title(self) -> str:
        """Title of the corpus."""
        return self.about.get("title", "corpus-db")

    @property
    def description(self) -> str:
        """What the corpus is, in one sentence."""
        return self.about.get("description", "")

    @property
    def version(self) -> str:
        """Version of the corpus: it follows from the contents."""
        return self.about.get("version", "unknown")

    @property
    def licence(self) -> str:
        """Licence of the texts: an SPDX identifier, an address, or a sentence."""
        return self.about.get("licence", "not stated")

    @property
    def spdx(self) -> str | None:
        """The licence, where it is an identifier of the SPDX list."""
        return self.licence if _SPDX.fullmatch(self.licence) else None

    @property
    def licence_url(self) -> str | None:
        """Where the licence stands; None: it is a sentence."""
        if self.spdx:
            return f"https://spdx.org/licenses/{self.spdx}.html"
        return self.licence if _WEB.fullmatch(self.licence) else None

    @property
    def citation(self) -> str:
        """How to cite it: title, version, and the digest that tells it from all others."""
        digest = self.about.get("logical_digest", "")
        return f"{self.title}, version {self.version} ({self.counts['articles']:,} articles), logical digest {digest}"

    def file(self, path: str) -> File:
        """The file at `path`."""
        return next(file for file in self.files if file.path == path)


def plain(text: str) -> str:
    """`text`, which may come from anywhere, as one cell or line of Markdown.

    >>> plain("A | B\\n<b>")
    'A \\\\| B &lt;b>'
    """
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;")
