"""A vocabulary is the same, however few of its words are held in memory, and whether an earlier build knew them."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.strings import Strings
from corpus_db.analysis.vocabulary import Known, Vocabulary, Words

WORDS = st.lists(st.text("甲乙丙", min_size=1, max_size=2), unique=True, max_size=6)
PORTIONS = st.lists(WORDS, max_size=8)


@given(PORTIONS, st.integers(1, 5))
def test_numbers_lead_to_their_words(portions, held):
    met = Vocabulary(held)
    numbered = [met.numbers(portion).tolist() for portion in portions]
    words, places = met.settled()
    assert list(words) == sorted({word for portion in portions for word in portion})
    assert [[words[places[number]] for number in numbers] for numbers in numbered] == portions


@given(WORDS, PORTIONS, PORTIONS)
def test_words_that_are_known_keep_their_numbers(known, before, after):
    met = Known(Words(Strings(sorted(known)), np.arange(len(known), dtype=np.int32)))
    numbered = [met.numbers(portion).tolist() for portion in before]
    met.settled()
    numbered += [met.numbers(portion).tolist() for portion in after]
    words, places = met.settled()
    assert [met.number(word) for word in sorted(known)] == list(range(len(known)))
    assert list(words) == sorted({*known, *(word for portion in before + after for word in portion)})
    assert [[words[places[number]] for number in numbers] for numbers in numbered] == before + after
    assert met.size == len(words) and met.number("丁") is None
