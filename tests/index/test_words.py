"""The words of many texts at once: the same as looking at each token by itself."""

from hypothesis import example, given
from hypothesis import strategies as st

from corpus_db.index.words import indexed_words, words_of
from corpus_db.text.tokens import cut_of

TOKEN = st.sampled_from(["电商", "平台", "的", "铁", "因为", "b2b", "供应链条", "41.9", ",", " ", "。", "𠀀丁丂七"])
TEXTS = st.lists(st.lists(TOKEN, max_size=9), max_size=4)


def spelt(found):
    """The words again, of each text."""
    strings = found.strings
    words = ["".join(chr(c) for c in chars if c) for chars in zip(*strings[:3], strict=True)]
    for place, whole in zip(strings.long.tolist(), strings.whole, strict=True):
        assert whole.startswith(words[place])
        words[place] = whole
    ends = [sum(found.sizes[: n + 1]) for n in range(len(found.sizes))]
    return [words[end - size : end] for end, size in zip(ends, found.sizes, strict=True)]


@given(TEXTS)
@example([[], ["电商"]])
def test_many_texts_give_the_words_of_each(texts):
    found = words_of(["".join(tokens) for tokens in texts], cut_of(texts))
    assert spelt(found) == list(map(indexed_words, texts))
    assert found.running == [sum(token[0].isalnum() for token in tokens) for tokens in texts]


@given(TEXTS)
def test_names_with_spaces_are_parted(texts):
    texts = [["toys r us", *tokens] for tokens in texts]
    found = words_of(["".join(tokens) for tokens in texts], cut_of(texts))
    assert spelt(found) == [["toys", "r", "us", *indexed_words(tokens)[1:]] for tokens in texts]
    assert found.running == [sum(token[0].isalnum() for token in tokens) for tokens in texts]
