"""Terms as numbers: they stand in the order of the terms, and give them back."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.index.terms import Coded, Stored, Strings, is_long, shared, stored
from corpus_db.text.fold import fold
from corpus_db.text.streams import bigram_streams

WORD = st.text(st.sampled_from("电商平a中é𠀀z"), min_size=1, max_size=6)
WORDS = st.lists(WORD, max_size=20)


@given(WORDS, st.text(st.sampled_from("电商平b2 ，"), max_size=20))
def test_parts_stand_in_the_order_of_terms(words, text):
    streams = bigram_streams([fold(text)])
    found = Coded(streams, Strings.of(words))
    terms = [*words, *streams.lists()[0]]
    parts = [tuple(map(int, part)) for of in (found.words, found.bigrams) for part in zip(*of, strict=True)]
    pairs = sorted(zip(terms, parts, strict=True))
    assert [part for _, part in pairs] == sorted(parts)
    assert len(set(parts)) == len(set(terms))


@given(WORDS)
def test_heads_and_long_terms_spell_the_terms(words):
    found = Coded(bigram_streams([""]), Strings.of(words))
    terms = sorted(set(words))
    heads = np.unique(found.heads(found.words)) if terms else np.empty(0, np.uint64)
    assert np.count_nonzero(is_long(heads)) <= len(found.long_terms)
    every = [(head, term) for term in terms for head in heads if _matches(int(head), term)]
    whole = stored(np.array([head for head, _ in every], np.uint64), found.long_terms)
    assert whole.data.tobytes() == b"".join(b"0" + term.encode() for term in terms)
    assert np.diff(whole.ends, prepend=0).tolist() == [1 + len(term.encode()) for term in terms]


def _matches(head, term):
    chars = [head >> shift & (1 << 21) - 1 for shift in (43, 22, 1)]
    return term[:3] == "".join(map(chr, filter(None, chars))) and (head & 1) == (len(term) > 3)


@given(st.lists(WORD, unique=True, max_size=20))
def test_what_terms_share_with_the_one_before(words):
    terms = sorted(word.encode() for word in words)
    data = np.frombuffer(b"".join(terms), np.uint8)
    found = shared(Stored(data, np.cumsum(np.fromiter(map(len, terms), np.int64, len(terms)))))
    for n, number in enumerate(found.tolist()):
        before = terms[n - 1] if n else b""
        assert before[:number] == terms[n][:number]
        assert before[number : number + 1] != terms[n][number : number + 1] or number == len(before)
