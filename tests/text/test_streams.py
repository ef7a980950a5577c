"""Many texts at once give what the single texts give."""

from hypothesis import example, given
from hypothesis import strategies as st

from corpus_db.text.bigrams import SEPARATORS, bigram_stream
from corpus_db.text.fold import fold
from corpus_db.text.streams import bigram_streams

# Every kind of character that the rules tell apart, and how they meet.
TEXT = st.text(st.sampled_from("电商平台的b2c9.,+#_-—。“”（ \n\t\u3000éβか𠀀・😀"), max_size=40)


@given(st.lists(TEXT | st.text(max_size=20), max_size=6))
@example(["か\n 2"])
@example(["1688.com9.4“备货节”", "", "\n", "c++\n平台 B2B", "a", " ", "v1.2.3 的"])
def test_many_texts_give_the_stream_of_each(texts):
    folded = [fold(text) for text in texts]
    assert bigram_streams(folded).lists() == [
        [token for token in bigram_stream(text).split(" ") if token and token not in SEPARATORS] for text in folded
    ]
