"""What two bodies share, as it is defined: by sets of shingles, over the text without punctuation."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.comparison import OVERLAP_FROM, REPRINT_FROM, SHINGLE, Likeness, compare
from corpus_db.text.fold import fold

TEXT = "第一家工厂在这里开张，第二家工厂在那里开张，第三家没有开张。"
PARTS = st.sampled_from(["", "，", "電商", "……", "㎡", "3,000", TEXT, "".join(map(chr, range(0x5000, 0x5045)))])
BODIES = st.lists(PARTS, max_size=5).map("".join) | st.text(max_size=30)


def bare(text: str) -> str:
    return "".join(char for char in fold(text) if char.isalnum())


def shingles(text: str) -> set[str]:
    return {text[at : at + SHINGLE] for at in range(max(1, len(text) - SHINGLE + 1))}


def alike(*bodies: str) -> Likeness | None:
    return compare(bodies, np.array([[0, 1]]))[0]


@given(BODIES, BODIES)
def test_relation_and_score_are_those_of_the_shingles(one, other):
    a, b = bare(one), bare(other)
    common, all_of_both = len(shingles(a) & shingles(b)), len(shingles(a) | shingles(b))
    found = alike(one, other)
    if found is None:
        assert a != b
        assert common < REPRINT_FROM * all_of_both
        assert not any(a[at : at + OVERLAP_FROM] in b for at in range(len(a) - OVERLAP_FROM + 1))
    elif found.relation == "same":
        assert a == b
    else:
        assert found.score == common / min(len(shingles(a)), len(shingles(b)))
        assert (found.relation == "reprint") == (common >= REPRINT_FROM * all_of_both)


@given(BODIES, BODIES)
def test_the_passage_begins_and_ends_in_both_bodies(one, other):
    found = alike(one, other)
    if found and found.passage:
        start, end, other_start, other_end = found.passage
        assert bare(one[start:end]).strip() == bare(other[other_start:other_end]).strip() != ""


@given(st.lists(BODIES, min_size=2, max_size=5))
def test_many_pairs_share_what_each_shares_alone(bodies):
    pairs = [(a, b) for a in range(len(bodies)) for b in range(a)]
    assert compare(bodies, np.array(pairs)) == [alike(bodies[a], bodies[b]) for a, b in pairs]


def test_bodies_are_compared_without_punctuation_and_located_with_it():
    assert alike("電商。" + TEXT, TEXT) == Likeness("reprint", 1.0, (3, len(TEXT) + 2, 0, len(TEXT) - 1))


def test_a_character_that_folds_to_several_is_located():
    assert alike("㎡……" + TEXT, TEXT) == Likeness("reprint", 1.0, (3, len(TEXT) + 2, 0, len(TEXT) - 1))
    assert alike("13,000" + TEXT, TEXT) == Likeness("reprint", 1.0, (6, len(TEXT) + 5, 0, len(TEXT) - 1))
