"""Word statistics against values computed by hand."""

from collections import Counter
from itertools import pairwise
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.terms import TermSpool, telling
from corpus_db.analysis.word_counts import count
from corpus_db.text.tokens import Tokens

DOCUMENTS = [["电商", "平台", "电商", "好"], ["平台"], ["天气", "好", "好"]]
GROUPS = [(2013, "a.cn"), (2015, "b.cn"), (None, "a.cn")]


@pytest.fixture
def spool():
    spool = TermSpool()
    spool.add(count(Tokens(DOCUMENTS[:2])), GROUPS[:2])
    spool.add(count(Tokens(DOCUMENTS[2:])), GROUPS[2:])
    return spool


def test_terms_counts_years_and_dispersion(spool):
    rows = {row[0]: row[1:] for row in spool.rows(spool.totals(), {"平台": "n"}.get).terms}
    # Shares of the corpus: 4/8, 1/8, 3/8. DP(好): v = 1/3, 0, 2/3 → (|1/3-1/2| + 1/8 + |2/3-3/8|) / 2 = 7/24.
    assert rows["好"] == (None, 3, 2, 2013, 2013, pytest.approx(7 / 24, abs=1e-6))
    # DP(平台): v = 1/2, 1/2, 0 → (0 + 3/8 + 3/8) / 2 = 3/8.
    assert rows["平台"] == ("n", 2, 2, 2013, 2015, pytest.approx(3 / 8, abs=1e-6))
    # DP(天气): all in the third → 1 - 3/8. It has no year.
    assert rows["天气"] == (None, 1, 1, None, None, pytest.approx(5 / 8, abs=1e-6))


def test_by_year_and_site(spool):
    rows = spool.rows(spool.totals(), lambda _: None)
    assert list(rows.by_year) == [
        ("好", 2013, 1, 1),
        ("平台", 2013, 1, 1),
        ("平台", 2015, 1, 1),
        ("电商", 2013, 2, 1),
    ]
    by_site = list(rows.by_site)
    assert ("好", "a.cn", 3, 2) in by_site
    assert ("平台", "b.cn", 1, 1) in by_site


def test_the_frequency_of_a_word_is_that_of_the_documents_that_have_it(spool):
    words, totals = ("电商", "平台", "好", "天气", "雨"), spool.totals()
    assert [spool.frequency(totals, word) for word in words] == [1, 2, 2, 1, 0]


def told(spool, test, n):
    """The telling words of each document."""
    weights = spool.weights(spool.totals(), spool.wanted(test))
    return [words for counted, _ in spool.portions() for words in telling(spool.words().words, counted, weights, n)]


def test_telling_words_are_the_frequent_and_rare_of_those_wanted(spool):
    # TF-IDF: (1 + ln tf) · ln((3 + 1) / (df + .5)); 电商 stands twice in the first, 平台 once in each of two.
    assert told(spool, lambda word: True, 1)[0] == {"电商": pytest.approx((1 + log(2)) * log(4 / 1.5))}
    once = {"平台": pytest.approx(log(4 / 2.5))}
    assert told(spool, lambda word: word == "平台", 3) == [once, once, {}]


WORDS = st.lists(st.lists(st.sampled_from("甲乙丙丁戊"), max_size=12), max_size=8)


@given(WORDS | st.lists(st.lists(st.sampled_from(["电商", "b2b", "，", "\n", "好"]), max_size=9)))
def test_words_are_counted_document_by_document(documents):
    counted = count(Tokens(documents))
    words, ends = counted.words.split("\n")[:-1], np.cumsum(counted.documents).tolist()
    found = [(words[number], times) for number, times in zip(counted.ids, counted.counts, strict=True)]
    expected = [Counter(word for word in document if word[0].isalnum()) for document in documents]
    assert [dict(found[start:end]) for start, end in pairwise([0, *ends])] == expected
    assert words == list(dict.fromkeys(word for one in expected for word in one))


@given(WORDS, st.integers(0, 8))
def test_how_documents_are_dealt_into_portions_changes_nothing(documents, cut):
    def rows(*portions):
        spool = TermSpool()
        for portion in portions:
            spool.add(count(Tokens(portion)), [(2000 + len(words), "s") for words in portion])
        return (*map(list, spool.rows(spool.totals(), lambda _: None)), told(spool, lambda _: True, 3))

    assert rows(documents) == rows(documents[:cut], documents[cut:])


@given(WORDS)
def test_dispersion_lies_between_0_and_1(documents):
    spool = TermSpool()
    spool.add(count(Tokens(documents)), [(None, None)] * len(documents))
    for *_, dispersion in spool.rows(spool.totals(), lambda _: None).terms:
        assert 0 <= dispersion <= 1
