"""The kinds of spans: numbered in the order in which they are met, told once, and no number comes twice."""

import pytest

from corpus_db.errors import BuildError
from corpus_db.prepare import prepare
from corpus_db.prepared import Context, Prepared
from corpus_db.records import Item
from corpus_db.span_kinds import SpanKinds


def document(*spans: tuple[int, int, str, str | None]) -> Prepared:
    (prepared,) = prepare(
        [Item("a.txt", None, "text", "十个字的正文在这里。", "utf-8")], Context(analyse=False)
    ).documents
    assert isinstance(prepared, Prepared)
    return prepared._replace(spans=list(spans))


def test_a_kind_is_told_when_it_is_first_met():
    kinds = SpanKinds()
    assert list(kinds.starts(1, document((0, 4, "body", None), (4, 9, "space", None), (9, 10, "body", None)))) == [
        (1, 0, 1),
        (1, 4, 2),
        (1, 9, 1),
    ]
    assert kinds.new() == [(1, "body", None), (2, "space", None)]
    assert list(kinds.starts(2, document((0, 5, "space", None), (5, 10, "field", "author")))) == [(2, 0, 2), (2, 5, 3)]
    assert kinds.new() == [(3, "field", "author")]
    assert kinds.new() == []


def test_kinds_of_an_earlier_file_keep_their_numbers_and_a_number_that_is_free_stays_so():
    kinds = SpanKinds([(1, "body", None), (4, "chrome", "share button")])
    spans = document((0, 4, "body", None), (4, 9, "space", None), (9, 10, "chrome", "share button"))
    assert [kind for *_, kind in kinds.starts(7, spans)] == [1, 5, 4]
    assert kinds.new() == [(5, "space", None)]


@pytest.mark.parametrize(
    "spans",
    [
        [(0, 9, "body", None)],
        [(1, 10, "body", None)],
        [(0, 4, "body", None), (5, 10, "space", None)],
        [(0, 5, "body", None), (4, 10, "space", None)],
        [],
    ],
)
def test_spans_that_do_not_tile_their_source_are_refused(spans):
    with pytest.raises(BuildError, match="its spans do not tile it"):
        list(SpanKinds().starts(1, document(*spans)))
