"""What the tests of releases share: ten short articles and the seeds, exported once."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_db.export import export

pytest.importorskip("pyarrow")


@pytest.fixture(scope="session")
def release(corpus_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of `corpus_path`; not to be written to."""
    folder = tmp_path_factory.mktemp("release") / "release"
    export(corpus_path, folder)
    return folder


@pytest.fixture(scope="session")
def seeds_release(seeds_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The release of the seeds; not to be written to."""
    folder = tmp_path_factory.mktemp("seeds_release") / "release"
    export(seeds_path, folder)
    return folder
