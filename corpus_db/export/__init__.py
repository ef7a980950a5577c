"""A corpus file as a release: a folder of what others load, search, check and cite."""

from __future__ import annotations

from corpus_db.export.release import Release, export
from corpus_db.export.verify import verify

__all__ = ["Release", "export", "verify"]
