"""Runs and slices of arrays."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.arrays import changes, chunks, slices


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 5)), max_size=20))
def test_slices_come_one_after_the_other(parts):
    starts, sizes = (np.array(column, np.int64) for column in (zip(*parts, strict=True) if parts else ((), ())))
    assert slices(starts, sizes).tolist() == [n for start, size in parts for n in range(start, start + size)]


@given(st.lists(st.integers(0, 2)))
def test_changes(values):
    expected = [n == 0 or values[n] != values[n - 1] for n in range(len(values))]
    assert changes(np.array(values, np.int64)).tolist() == expected


@given(st.lists(st.integers(0, 30)), st.integers(1, 20))
def test_chunks_have_all_and_none_has_too_much(sizes, most):
    parts = [sizes[start:end] for start, end in chunks(np.array(sizes, np.int64), most)]
    assert [size for part in parts for size in part] == sizes
    assert all(part and sum(part[1:]) < most for part in parts)
