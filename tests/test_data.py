"""The tables under data/: what they hold is read the same everywhere, and says where it comes from."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from corpus_db import data

NAMES = sorted(path.name for path in Path(data.__file__).parent.glob("*.tsv"))
WITH_HEADER = {"cues.tsv", "festivals.tsv", "idioms.tsv", "lexicon.tsv", "lunar.tsv", "qualifiers.tsv", "units.tsv"}


@pytest.mark.parametrize("name", NAMES)
def test_every_table_names_its_source(name):
    comment = [line for line in data.text(name).splitlines() if line.startswith("#")]
    has_column = "source" in data.cells(name)[0]
    assert has_column or re.search("[Ss]ource|Read off|where the keys are from", " ".join(comment))


@pytest.mark.parametrize("name", sorted(WITH_HEADER))
def test_every_row_has_a_cell_for_each_column(name):
    columns = data.cells(name)[0]
    assert all(list(row) == columns for row in data.rows(name))


@pytest.mark.parametrize("name", NAMES)
def test_cells_hold_neither_comments_nor_space_around_them(name):
    for row in data.cells(name):
        assert row[0], row
        assert not row[0].startswith("#")
        assert all(cell == cell.strip() for cell in row), row
