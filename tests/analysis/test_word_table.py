"""A table of words gives what the function gives that it is made from, whatever was asked for before."""

from __future__ import annotations

from zlib import crc32

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.word_table import WordTable
from corpus_db.text.tokens import Tokens

WORDS = st.lists(st.text(st.sampled_from("电商平台a\x00\ufffd𠀀"), min_size=1, max_size=6), unique=True)


def number(word: str) -> int:
    return crc32(word.encode()) & 0xFFFF


@given(st.lists(WORDS))
def test_every_word_has_its_number_however_few_the_places(asked: list[list[str]]) -> None:
    table = WordTable(lambda words: map(number, words), pairs=4)
    for words in asked:
        assert table.of(Tokens([words])).tolist() == list(map(number, words))


def test_a_word_is_reckoned_once() -> None:
    reckoned: list[str] = []
    table = WordTable(lambda words: reckoned.extend(words) or map(len, words))
    for words in (["电商"], ["平台", "电商"], ["互联网时代", "平台"], ["互联网时代"]):
        table.of(Tokens([words]))
    assert reckoned == ["电商", "平台", "互联网时代"]
