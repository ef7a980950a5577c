"""Tokens of many texts at once: the same as looking at each token by itself."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.tokens import Numbering, Tokens, cut_of

TEXTS = st.lists(
    st.lists(st.sampled_from(["电商", "平台", "的", "铁", "因为", "b2b", "41.9", ",", " ", "。"]), max_size=9)
)


@given(st.lists(st.lists(st.text(max_size=2))))
def test_numbers_follow_the_order_of_first_meeting(lists):
    numbers = Numbering[str]()
    given_out = [number for keys in lists for number in numbers.of(keys).tolist()]
    met = [key for keys in lists for key in keys]
    assert given_out == [list(dict.fromkeys(met)).index(key) for key in met]
    assert "never met, and longer than any" not in numbers


@given(TEXTS)
def test_how_texts_are_cut(texts):
    tokens = Tokens(texts)
    assert tokens.lengths().tolist() == [len(token) for text in texts for token in text]
    for cut in (tokens.cut(), cut_of(iter(texts))):
        assert cut.lengths.tolist() == tokens.lengths().tolist()
        assert cut.sizes.tolist() == list(map(len, texts))
