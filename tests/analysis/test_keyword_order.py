"""An article whose keywords are not looked at again has those that it would be given."""

from itertools import chain

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.keyword_order import order, unsettled
from corpus_db.analysis.keywords import choose, rarity
from corpus_db.analysis.strings import Strings
from corpus_db.analysis.terms import rarities, telling
from corpus_db.analysis.word_counts import Counted

WORDS = Strings(sorted(f"词{char}" for char in "甲乙丙丁戊己庚辛壬癸子丑寅卯"))
NAMES = [*WORDS][:6]
CANDIDATES = 11
COUNTS = st.dictionaries(st.integers(0, len(WORDS) - 1), st.integers(1, 4), max_size=len(WORDS))
MENTIONS = st.lists(st.sampled_from(NAMES), max_size=9)
DOCUMENTS = st.lists(st.tuples(COUNTS, MENTIONS), min_size=1, max_size=4)
ARTICLES = st.lists(st.integers(1, 40), min_size=len(WORDS), max_size=len(WORDS))
CHANGES = st.lists(st.integers(-1, 1), min_size=len(WORDS), max_size=len(WORDS))
WANTED = np.arange(len(WORDS)) % 5 > 0


def chosen(documents, articles, total):
    """What the keywords are chosen by, as a whole build chooses them."""
    weights = np.where(WANTED, rarities(articles, total), -1)

    def rarity_of(name):
        return rarity(int(articles[WORDS.find(name)]), total)

    return [
        choose(words, [(place, name, name, "person") for place, name in enumerate(names)], rarity_of)
        for words, (_, names) in zip(telling(WORDS, counted(documents), weights, CANDIDATES), documents, strict=True)
    ]


def counted(documents) -> Counted:
    sizes, ids, counts = ([f(of) for of, _ in documents] for f in (len, list, lambda of: list(of.values())))
    return Counted(*(np.array(column, np.int32) for column in (sizes, [*chain(*ids)], [*chain(*counts)])))


def numbers(words):
    return np.array([WORDS.find(word) for word in words], np.int32)


@given(DOCUMENTS, ARTICLES, CHANGES, st.integers(-1, 1))
def test_keywords_that_might_be_others_are_told(documents, articles, changes, more):
    before, after = np.array(articles), np.maximum(1, np.array(articles) + changes)
    was, will_be = chosen(documents, before, 45), chosen(documents, after, 45 + more)
    known = order(counted(documents), was, numbers, CANDIDATES)
    asked = unsettled(counted(documents), known, rarities(before, 45), rarities(after, 45 + more), WANTED)
    for one, other, again in zip(was, will_be, asked.tolist(), strict=True):
        assert again or one.words == other.words
    some = counted(documents).some(asked)
    replaced = known.replaced(
        asked, order(some, [of for of, a in zip(will_be, asked, strict=True) if a], numbers, CANDIDATES)
    )
    assert not unsettled(counted(documents), replaced, *[rarities(after, 45 + more)] * 2, WANTED)[~replaced.again].any()
    for row, one, other, again in zip(replaced.chosen, was, will_be, asked.tolist(), strict=True):
        assert [WORDS[number] for number in row if number >= 0] == (other if again else one).words


def test_where_nothing_has_changed_none_is_asked_for():
    documents = [({0: 2, 1: 1, 6: 3}, NAMES[:2]), ({}, [])]
    rare = rarities(np.arange(1, len(WORDS) + 1), 45)
    known = order(counted(documents), chosen(documents, np.arange(1, len(WORDS) + 1), 45), numbers, CANDIDATES)
    assert not unsettled(counted(documents), known, rare, rare, WANTED).any()
