"""What is put in order on disk is what would have been put in order in memory."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.spool import Runs, in_order

NUMBERS = st.lists(st.integers(0, 20))


@given(NUMBERS, st.integers(1, 9))
def test_items_come_in_order_however_few_are_held(items, held):
    assert list(in_order(iter(items), held)) == sorted(items)


@given(st.lists(NUMBERS, max_size=4), NUMBERS)
def test_runs_are_merged_as_often_as_they_are_asked_for(several, last):
    runs = Runs[tuple[int, int]]()
    for number, run in enumerate(several):
        runs.add(sorted((item, number) for item in run))
    rest = sorted((item, len(several)) for item in last)
    expected = sorted((item, number) for number, run in enumerate([*several, last]) for item in run)
    assert list(runs.merged(rest)) == list(runs.merged(rest)) == expected


def test_a_run_longer_than_what_is_read_at_a_time_is_whole():
    runs = Runs[int]()
    runs.add(range(1_777))
    runs.add(range(5))
    assert list(runs.merged()) == sorted([*range(1_777), *range(5)])
