"""Strings in one text are found as in a list of them."""

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
