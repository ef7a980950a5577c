"""Datasette with the plugin, and the two corpora that most tests ask."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from datasette.app import Datasette
from datasette.plugins import pm

from corpus_db.serve import datasette as plugin
from tests.serve.serving import served


@pytest.fixture
def with_plugin() -> Iterator[None]:
    """Datasette with our plugin, installed or not."""
    ours = not pm.is_registered(plugin)
    if ours:
        pm.register(plugin, name="corpus_db_under_test")
    yield
    if ours:
        pm.unregister(plugin)


@pytest.fixture
async def ten(with_plugin: None, corpus_path: Path) -> AsyncIterator[Datasette]:
    """Ten short articles."""
    async with served(corpus_path) as datasette:
        yield datasette


@pytest.fixture
async def five(with_plugin: None, seeds_path: Path) -> AsyncIterator[Datasette]:
    """The seeds."""
    async with served(seeds_path) as datasette:
        yield datasette
