"""Rows that are sorted on disk leave as if they had been sorted in memory."""

from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis import sorted_rows
from corpus_db.analysis.sorted_rows import SortedRows, summed

BATCHES = st.lists(st.lists(st.tuples(st.integers(0, 12), st.integers(0, 99)), max_size=12), max_size=12)


@pytest.fixture(autouse=True, scope="module")
def little_memory():
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(sorted_rows, "_ROWS", 16)
        patch.setattr(sorted_rows, "_BLOCK", 4)
        yield


def stretches(batches, **options):
    rows = SortedRows(np.int64, np.int32, **options)
    for batch in batches:
        rows.add(*np.array(batch, np.int64).reshape(-1, 2).T)
    return [list(zip(*(column.tolist() for column in stretch), strict=True)) for stretch in rows.stretches()]


@given(BATCHES)
def test_rows_leave_in_the_order_of_their_keys_and_equal_ones_as_they_came(batches):
    rows = [row for batch in batches for row in batch]
    assert [row for stretch in stretches(batches) for row in stretch] == sorted(rows, key=lambda row: row[0])


@given(BATCHES)
def test_the_rows_of_a_key_are_in_one_stretch(batches):
    keys = [{key for key, _ in stretch} for stretch in stretches(batches)]
    assert sum(map(len, keys)) == len(set().union(*keys))


@given(BATCHES)
def test_sums_are_those_of_all_rows(batches):
    sums = Counter[int]()
    for batch in batches:
        for key, number in batch:
            sums[key] += number
    assert [row for stretch in stretches(batches, join=summed) for row in stretch] == sorted(sums.items())


def test_no_stretch_is_much_larger_than_what_is_held():
    batches = [[(key * 7 % 500, 1)] for key in range(1_000)]
    assert max(map(len, stretches(batches))) < 500
    assert sum(map(len, stretches(batches))) == 1_000
