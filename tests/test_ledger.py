"""What a build leaves for the next: which portions stand, which have left, and the sums over all."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.ledger import Entry, Ledger, Plan, Tally, identity, plan
from corpus_db.records import Reject

PORTIONS = st.lists(st.binary(min_size=1, max_size=1), max_size=12)


def ledger(identities: list[bytes]) -> Ledger:
    return Ledger(b"", np.empty(0, np.int64), identities)


@given(PORTIONS, PORTIONS)
def test_what_stands_is_the_same_portion_in_the_same_order_and_the_rest_has_left(before, now):
    planned = plan(ledger(before), now)
    if planned is None:
        return
    stayed = [position for position in planned.standing if position is not None]
    assert stayed == sorted(set(stayed))
    assert [before[position] for position in stayed] == [
        one for one, p in zip(now, planned.standing, strict=True) if p is not None
    ]
    assert sorted(stayed + planned.left) == list(range(len(before)))
    assert not {now[n] for n, p in enumerate(planned.standing) if p is None} & {before[p] for p in planned.left}


def test_nothing_new_leaves_all_as_it_is():
    assert plan(ledger([b"a", b"b", b"a"]), [b"a", b"b", b"a"]) == Plan([0, 1, 2], [])


@pytest.mark.parametrize("now", [[b"b", b"a", b"c"], [b"x", b"y", b"z"]], ids=["another order", "all new"])
def test_another_order_or_another_input_is_another_file(now):
    assert plan(ledger([b"a", b"b", b"c"]), now) is None


def test_a_portion_is_told_by_its_result_and_by_its_places():
    places = [("a.txt", None), ("b.zip", "c.txt")]
    told = {
        identity(b"k", places),
        identity(b"l", places),
        identity(b"k", places[:1]),
        identity(b"k", [("a.txt", None)] * 2),
    }
    assert len(told) == 4
    assert Entry(b"k", b"p", places, [], [], "").identity == identity(b"k", places)


def test_entries_are_summed_up():
    tally = Tally()
    bad = [Reject(f"{n}.bin", None, "decode", "binary", None) for n in range(2)]
    tally.add(Entry(b"k", b"p", [("a.txt", None), ("0.bin", None)], [1], bad[:1], "a.txt\0None\0ab\n"))
    tally.add(Entry(b"l", b"p", [("1.bin", None)], [], bad[1:], ""))
    assert (tally.documents, dict(tally.reasons), tally.examples) == (3, {"binary": 2}, {"binary": bad[0]})
    other = Tally()
    assert tally.source_digest != other.source_digest
    assert len(tally.entries) == 2
