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
    wanted = {key: (key, *values) for key, values in after.items()}
    found = list(differences(iter(sorted(rows.values())), iter(sorted(wanted.values())), 1))
    assert [(was or is_)[0] for was, is_ in found] == sorted(
        key for key in {*rows, *wanted} if rows.get(key) != wanted.get(key)
    )
    for was, is_ in found:
        assert was != is_ and (not was or rows.pop(was[0]) == was)
        if is_:
            rows[is_[0]] = is_
    assert rows == wanted
