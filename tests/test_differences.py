"""What makes one table another: nothing of what both have."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.differences import differences

TABLE = st.dictionaries(
    st.text("abc的", min_size=1, max_size=3), st.tuples(st.none() | st.integers(0, 2), st.floats(0, 1))
)


@given(TABLE, TABLE)
def test_a_table_is_made_another_by_what_differs(before, after):
    rows = {key: (key, *values) for key, values in before.items()}
    for gone, row in differences(iter(sorted(rows.values())), ((key, *after[key]) for key in sorted(after)), 1):
        assert bool(gone) != bool(row)
        if gone:
            del rows[gone[0]]
        else:
            assert rows.get(row[0]) != row
            rows[row[0]] = row
    assert rows == {key: (key, *values) for key, values in after.items()}
