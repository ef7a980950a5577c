"""Character pairs: the phrase of a text is found in another exactly where that contains it."""

from __future__ import annotations

import re
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.bigrams import CJK, bigram_stream, char_kinds, phrase, tokens

HAN = st.text("甲乙丙", min_size=1, max_size=5)
WORD = st.text("ab", min_size=1, max_size=3)
TEXTS = st.text("甲乙丙ab ，+\n", max_size=20)


def finds(asked: str | None, text: str) -> bool:
    """Whether FTS5 would find a phrase among the tokens of a text: side by side, of a prefix the last one longer."""
    if asked is None:
        return False
    wanted, prefix = asked.strip("* ").strip('"').split(), asked.endswith("*")
    stream = bigram_stream(text).split()
    for start in range(len(stream) - len(wanted) + 1):
        *first, last = stream[start : start + len(wanted)]
        if first == wanted[:-1] and (last.startswith(wanted[-1]) if prefix else last == wanted[-1]):
            return True
    return False


@given(HAN, TEXTS)
def test_han_is_found_wherever_it_stands_and_nowhere_else(typed: str, text: str) -> None:
    assert finds(phrase(typed), text) == (typed in text)


@given(WORD, TEXTS)
def test_a_latin_word_is_found_whole(typed: str, text: str) -> None:
    assert finds(phrase(typed), text) == bool(re.search(rf"(?<![ab]){typed}(?![ab])", text))


@given(WORD, TEXTS)
def test_the_beginning_of_a_latin_word_is_found_by_prefix(typed: str, text: str) -> None:
    assert finds(phrase(typed, prefix=True), text) == bool(re.search(rf"(?<![ab]){typed}", text))


@given(HAN, WORD, TEXTS)
def test_both_scripts_together_are_found_with_nothing_but_a_line_end_between(han: str, word: str, text: str) -> None:
    """A line end leaves no token, nor do marks behind it before Han."""
    between = r"(?: *\n[ ，+\n]*)?"
    assert finds(phrase(word + han), text) == bool(re.search(rf"(?<![ab]){word}{between}{han}", text))


@given(st.text("甲b1.+_ ，\n", max_size=20))
def test_no_token_holds_a_space_and_han_and_words_keep_their_characters(text: str) -> None:
    found = tokens(text)
    assert all(token and not re.search(r"\s", token) for _, token in found)
    kept = "".join(token for kind, token in found if kind != "symbol")
    assert re.sub(r"[^甲b1]", "", kept) == re.sub(r"[^甲b1]", "", text)


def test_kinds_of_characters_do_not_overlap_and_han_is_told_from_all_others() -> None:
    found = char_kinds()
    assert all(first <= last for first, last, _ in found)
    assert all(last < after for (_, last, _), (after, _, _) in pairwise(found))
    assert all((kind == "H") == bool(re.match(f"[{CJK}]", chr(first))) for first, _, kind in found)
