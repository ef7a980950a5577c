"""What was packed comes back whole or not at all."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.packing import DamagedError, as_bytes, unpacked


@given(st.recursive(st.text() | st.binary() | st.integers(), st.lists), st.data())
def test_what_is_damaged_is_told(value, data):
    packed = as_bytes(value)
    assert unpacked(packed) == value
    with pytest.raises(DamagedError):
        unpacked(packed[: data.draw(st.integers(0, len(packed) - 1))])
    with pytest.raises(DamagedError):
        unpacked(bytes(len(packed)))
