"""What is told of the dictionary agrees with itself, however it was read."""

from corpus_db.text.segment import SELDOM, all_occurrences, dictionary, occurrences


def test_words_that_are_seldom_are_counted_only_together():
    told = occurrences()
    assert set(told) < set(dictionary())
    assert min(told.values()) == SELDOM
    assert sum(told.values()) < all_occurrences() < sum(told.values()) + SELDOM * len(dictionary())
