"""What the tests share: the seeds, built once, and a way to build small folders."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from corpus_db.pipeline import build
from tests.corpus_fixture import write_corpus

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
settings.register_profile("patient", deadline=None)  # a busy machine fails no test
settings.load_profile("patient")


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The tests keep nothing in the user's cache folder."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("platformdirs.user_cache_path", lambda *_, **__: tmp_path_factory.getbasetemp() / "cache")
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.getbasetemp() / "cache"))
        yield


@pytest.fixture(scope="session")
def seeds_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus file of the five seeds; not to be written to."""
    target = tmp_path_factory.mktemp("seeds") / "corpus.db"
    build([SEEDS], target)
    return target


@pytest.fixture
def seeds(seeds_path: Path) -> sqlite3.Connection:
    """The seeds as a stock SQLite connection: none of our functions."""
    return sqlite3.connect(f"{seeds_path.as_uri()}?mode=ro", uri=True)


@pytest.fixture(scope="session")
def corpus_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus file with ten short articles, its words, figures, dates, names, quotes and search indexes."""
    return write_corpus(tmp_path_factory.mktemp("corpus") / "corpus.db")


Folder = dict[str, str | bytes]


@pytest.fixture
def corpus(tmp_path: Path) -> Callable[..., sqlite3.Connection]:
    """``corpus({"a.txt": "…"}, …)`` builds a folder of files and opens the result with stock SQLite."""

    def make(files: Folder, **options: object) -> sqlite3.Connection:
        folder = tmp_path / "input"
        for name, content in files.items():
            file = folder / name
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content if isinstance(content, bytes) else content.encode())
        target = tmp_path / "corpus.db"
        build([folder], target, **options)
        return sqlite3.connect(target)

    return make
