"""The types of arrays that are used here, and steps that many array operations share: slices, runs, chunks."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

Scalar = TypeVar("Scalar", bound=np.generic)
# Kinds of arrays, by what they hold: numbers to reckon with have 64 bits, what is kept for each word of a corpus 32.
Bools = npt.NDArray[np.bool_]
Bytes = npt.NDArray[np.uint8]
Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.int64]
Ints32 = npt.NDArray[np.int32]
Unsigned16 = npt.NDArray[np.uint16]
Unsigned = npt.NDArray[np.unsignedinteger[Any]]  # of any size


def slices(starts: Ints, sizes: Ints) -> Ints:
    """The indexes of slices, one slice after the other: ``range(start, start + size)`` of each.

    >>> slices(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(sizes)
    found = np.arange(int(ends[-1]) if len(ends) else 0)
    found += np.repeat(starts - ends + sizes, sizes)
    return found


def looked_up(table: npt.NDArray[Scalar], numbers: npt.NDArray[np.integer[Any]]) -> npt.NDArray[Scalar]:
    """``table[numbers]`` in a third of the time: numpy is slow with indexes that are not its own kind of integers.

    >>> looked_up(np.array([3, 5]), np.array([1, 0, 1], np.uint8)).tolist()
    [5, 3, 5]
    """
    return table.take(numbers.astype(np.intp, copy=False))


def changes(values: npt.NDArray[Any]) -> Bools:
    """Whether each differs from the one before it; the first does.

    >>> changes(np.array([3, 3, 5])).tolist()
    [True, False, True]
    """
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def chunks(sizes: Ints, size: int) -> Iterator[tuple[int, int]]:
    """Where chunks of things of those sizes begin and end: what a chunk has behind its first is together less than `size`.

    >>> list(chunks(np.array([3, 3, 9, 1, 1]), 8))
    [(0, 2), (2, 3), (3, 5)]
    """
    number = np.cumsum(sizes) // size
    return pairwise(np.append(np.flatnonzero(changes(number)), len(sizes)).tolist())


def narrow(numbers: Ints) -> Unsigned:
    """Numbers from 0 in the smallest type that holds them all: what is sent or put away takes less.

    >>> narrow(np.array([0, 255])).dtype, narrow(np.array([256])).dtype
    (dtype('uint8'), dtype('uint16'))
    """
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
