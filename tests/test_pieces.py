"""Results come in order, few at a time, from whatever executor."""

import concurrent.futures
import itertools
import time
from functools import partial

import pytest

from corpus_db import pieces
from corpus_db.executors import Inline
from corpus_db.pieces import ordered


def slow_first(n):
    time.sleep(0.05 if n == 0 else 0)
    return n * n


@pytest.mark.parametrize("make", [Inline, lambda: concurrent.futures.ThreadPoolExecutor(4)])
def test_results_keep_the_order_of_the_pieces(make):
    with make() as executor:
        assert list(ordered(partial(executor.submit, slow_first), range(6), ahead=4)) == [(n, n * n) for n in range(6)]


def test_no_more_pieces_are_drawn_than_are_under_way():
    drawn = itertools.count()
    inputs = (next(drawn) for _ in range(100))
    with concurrent.futures.ThreadPoolExecutor(1) as executor:
        results = ordered(partial(executor.submit, slow_first), inputs, ahead=3)
        next(results)
        assert next(drawn) <= 4
        results.close()


def test_of_large_pieces_fewer_are_under_way(monkeypatch):
    monkeypatch.setattr(pieces, "MOST_BYTES", 10)
    drawn = itertools.count()
    inputs = (next(drawn) for _ in range(100))
    with concurrent.futures.ThreadPoolExecutor(1) as executor:
        results = ordered(partial(executor.submit, slow_first), inputs, ahead=50, size=lambda _: 4)
        assert [next(results), next(results)] == [(0, 0), (1, 1)]
        assert next(drawn) <= 5
        results.close()


def test_an_error_in_a_piece_reaches_the_caller():
    with pytest.raises(ZeroDivisionError):
        list(ordered(partial(Inline().submit, lambda n: 1 // n), [1, 0], ahead=2))
