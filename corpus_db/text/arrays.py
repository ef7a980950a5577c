"""Runs and slices of arrays: what many array operations begin with."""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt

Ints = npt.NDArray[np.int64]
Unsigned = npt.NDArray[np.unsignedinteger[Any]]


def slices(starts: Ints, sizes: Ints) -> Ints:
    """The indexes of slices, one slice after the other: ``range(start, start + size)`` of each.

    >>> slices(np.array([5, 0]), np.array([2, 3])).tolist()
    [5, 6, 0, 1, 2]
    """
    ends = np.cumsum(sizes)
    found = np.arange(int(ends[-1]) if len(ends) else 0)
    found += np.repeat(starts - ends + sizes, sizes)
    return found


def changes(values: npt.NDArray[Any]) -> npt.NDArray[np.bool_]:
    """Whether each differs from the one before it; the first does.

    >>> changes(np.array([3, 3, 5])).tolist()
    [True, False, True]
    """
    found = np.ones(len(values), np.bool_)
    np.not_equal(values[1:], values[:-1], out=found[1:])
    return found


def narrow(numbers: Ints) -> Unsigned:
    """Numbers from 0 in the smallest type that holds them all: what is sent or put away takes less.

    >>> narrow(np.array([0, 255])).dtype, narrow(np.array([256])).dtype
    (dtype('uint8'), dtype('uint16'))
    """
    return numbers.astype(np.min_scalar_type(int(numbers.max(initial=0))))
