"""Portions hold all documents in order, and a change in the input changes few of them."""

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db import portions as module
from corpus_db.portions import portions
from corpus_db.records import Item, Reject

SIZES = st.lists(st.integers(0, 60), max_size=60)


@pytest.fixture(autouse=True)
def _small(monkeypatch):
    monkeypatch.setattr(module, "BYTES", 100)
    monkeypatch.setattr(module, "MOST_BYTES", 400)
    monkeypatch.setattr(module, "MOST_ITEMS", 20)


def items(sizes, seed=0):
    rng = random.Random(seed)
    return [Item(f"{i}.txt", None, "text", rng.randbytes(size), None) for i, size in enumerate(sizes)]


@given(SIZES)
def test_all_documents_in_order_and_none_too_many(sizes):
    documents = items(sizes)
    found = list(portions(documents))
    assert [item for portion in found for item in portion.items] == documents
    assert [portion.bytes for portion in found] == [sum(len(item.data) for item in portion.items) for portion in found]
    assert all(len(portion.items) <= 20 and portion.bytes < 400 + 60 for portion in found)


@pytest.mark.parametrize("size", [10, 50, 90])
def test_they_are_of_about_the_size_that_is_wanted_whatever_that_of_the_documents(size):
    found = list(portions(items([size] * 3_000)))
    assert 80 < 3_000 * size / len(found) < 120


def test_a_change_leaves_the_other_portions_as_they_were():
    documents = items([30] * 600)
    before = {portion.digest for portion in portions(documents)}
    changed = [*documents[:300], items([33], seed=1)[0], *documents[301:]]
    longer = [*items([7], seed=2), *documents]
    assert len(before) > 100
    for edited in (changed, longer, documents[1:], documents[:200] + documents[201:]):
        assert len({portion.digest for portion in portions(edited)} - before) <= 5


def test_what_the_work_depends_on_is_in_the_digest_and_the_place_is_not():
    (one,) = portions([Item("a.txt", None, "text", b"x", None)])
    (moved,) = portions([Item("b.jsonl", "7", "text", b"x", None)])
    assert one.digest == moved.digest
    for other in (
        Item("a.txt", None, "html", b"x", None),
        Item("a.txt", None, "text", "x", None),
        Item("a.txt", None, "text", b"x", "gb18030"),
        Item("a.txt", None, "text", b"x", None, ("id", "text")),
        Item("a.txt", None, "text", b"x", None, (), ";"),
        Reject("a.txt", None, "find", "vanished", None),
    ):
        (found,) = portions([other])
        assert found.digest != one.digest
