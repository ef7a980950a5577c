"""Words by their part of speech, with and without the dictionary."""

from __future__ import annotations

from corpus_db.text.function_words import function_words
from corpus_db.text.segment import dictionary, tagged


def test_tagged_words_are_those_of_the_dictionary() -> None:
    assert set(tagged("cx")) == {word for word, tag in dictionary().items() if tag[0] in "cx"}


def test_function_words() -> None:
    assert {"的", "因为", "我们", "是"} <= function_words()
    assert function_words().isdisjoint(["平台", "销售"])
