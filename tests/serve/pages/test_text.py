"""Marks of three layers in a text."""

from __future__ import annotations

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.serve.pages.text import Layer, Stretch, paragraphs, pieces

BODY = "甲说：“乙有三台机器。”\n丙没有。"
offsets = st.integers(-3, len(BODY) + 3)
layers = st.lists(st.builds(Stretch, offsets, offsets, st.none()), max_size=6).map(Layer)


@given(layers, layers, layers)
def test_no_character_is_lost_or_moved_whatever_is_marked(one: Layer, two: Layer, three: Layer) -> None:
    found = pieces(BODY, 0, len(BODY), (one, two, three))
    assert "".join(piece.text for piece in found) == BODY
    assert all(piece.text for piece in found)


@given(layers, st.lists(st.tuples(st.integers(1, 9), offsets, offsets), max_size=5))
def test_a_paragraph_is_shown_once_whatever_its_sentences_are(
    marks: Layer, sentences: list[tuple[int, int, int]]
) -> None:
    end = BODY.index("\n")
    ordered = sorted(sentences, key=lambda sentence: sentence[1])
    bounds = [("text", 0, end), ("heading", end + 1, len(BODY) + 5)]
    shown = paragraphs(BODY, bounds, ordered, (marks, Layer([]), Layer([])))
    texts = ["".join(piece.text for sentence in found.sentences for piece in sentence.pieces) for found in shown]
    assert texts == BODY.split("\n")


@given(st.lists(st.builds(Stretch, offsets, offsets, st.none()), max_size=8))
def test_nothing_overlaps_in_a_layer(stretches: list[Stretch]) -> None:
    kept = Layer(stretches).stretches
    assert all(one.end <= two.start for one, two in pairwise(kept))
    assert all(0 <= stretch.start < stretch.end for stretch in kept)
