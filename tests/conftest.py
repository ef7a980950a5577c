"""Fixtures that several test folders share."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.corpus_fixture import write_corpus


@pytest.fixture(scope="session")
def corpus_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus file with ten short articles, its words, figures, dates, names, quotes and search indexes."""
    return write_corpus(tmp_path_factory.mktemp("corpus") / "corpus.db")
