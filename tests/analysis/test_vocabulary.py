"""A vocabulary is the same, however few of its words are held in memory."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.vocabulary import Vocabulary

BATCHES = st.lists(st.lists(st.text("甲乙丙", min_size=1, max_size=2), unique=True, max_size=6), max_size=8)


@given(BATCHES, st.integers(1, 5))
def test_numbers_lead_to_their_words_and_the_first_ones_tell_the_order_of_meeting(batches, held):
    met = Vocabulary(held)
    numbered = [met.numbers(batch).tolist() for batch in batches]
    words, places, first = met.settled()
    assert list(words) == sorted({word for batch in batches for word in batch})
    assert [[words[places[number]] for number in numbers] for numbers in numbered] == batches
    in_order_of_meeting = list(dict.fromkeys(word for batch in batches for word in batch))
    assert [words[place] for place in first.argsort()] == in_order_of_meeting
