"""Strings in one text are found as in a list of them."""

import pickle
from bisect import bisect_left

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis import strings as module
from corpus_db.analysis.strings import Strings

SOME = st.lists(st.text("甲乙𠀀a\0", max_size=3), max_size=60).map(lambda strings: sorted(set(strings)))


@given(SOME)
def test_they_are_what_was_given(strings):
    made = Strings(strings)
    assert (len(made), list(made)) == (len(strings), strings)
    assert made.at(np.arange(len(strings))[::-1]) == strings[::-1]


@given(SOME, st.text("甲乙𠀀a\0", max_size=3))
def test_a_string_is_found_where_it_stands_or_would_stand(strings, wanted):
    made, place = Strings(strings), strings.index(wanted) if wanted in strings else None
    assert made.place(wanted) == bisect_left(strings, wanted)
    assert made.find(wanted) == place
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_FEW", -1)
        assert made.find(wanted) == place


@given(SOME, SOME, st.data())
def test_some_leave_and_others_come(strings, others, data):
    gone = sorted(data.draw(st.sets(st.integers(0, len(strings) - 1)))) if strings else []
    stay = [string for place, string in enumerate(strings) if place not in gone]
    new = [string for string in others if string not in strings]
    made, places = Strings(strings).changed(gone, new)
    assert list(made) == sorted(stay + new)
    assert [made[place] for place, string in zip(places.tolist(), strings, strict=True) if string in stay] == stay
    assert list(pickle.loads(pickle.dumps(made))) == list(made)
