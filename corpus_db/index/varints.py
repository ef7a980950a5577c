"""Numbers → the bytes that SQLite and FTS5 write them as, by array operations.

A varint has seven bits in each byte, the most significant first; all bytes but the last have their top bit set
(https://www.sqlite.org/fileformat2.html#varint). Numbers here are below 2**56, so that the ninth byte, which differs, is
never needed.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt

from corpus_db.text.arrays import Bytes, Ints

Blocks = npt.NDArray[np.uint64]
Lengths = npt.NDArray[np.int8]  # of numbers, in bytes

BLOCK = 8  # bytes, which one operation moves
_BITS, _MOST_BITS = 7, 56


def lengths(numbers: Ints) -> Lengths:
    """How many bytes each takes.

    >>> lengths(np.array([0, 127, 128, 16_384])).tolist()
    [1, 1, 2, 3]
    """
    found = np.ones(len(numbers), np.int8)
    for bits in range(_BITS, _MOST_BITS, _BITS):
        longer = numbers >= 1 << bits
        if not longer.any():
            break
        found += longer
    return found


def put(out: Bytes, ends: Ints, numbers: Ints, sizes: Lengths) -> None:
    """Write the numbers into `out`, each of `sizes` bytes (`lengths`), so that it ends before `ends`."""
    out[ends - 1] = numbers & 0x7F
    for byte in range(1, int(sizes.max(initial=1))):
        has = np.flatnonzero(sizes > byte)
        out[ends[has] - 1 - byte] = numbers[has] >> _BITS * byte & 0x7F | 0x80


def as_blocks(numbers: Ints, sizes: Lengths) -> Blocks:
    """Each number, of `sizes` bytes (`lengths`), as the beginning of a block."""
    found = numbers & 0x7F
    for byte in range(1, int(sizes.max(initial=1))):
        has = np.flatnonzero(sizes > byte)
        found[has] = found[has] << 8 | numbers[has] >> _BITS * byte & 0x7F | 0x80
    return found.view(np.uint64)


def blocks_of(data: Bytes) -> Blocks:
    """The block that begins with each byte of `data`, but for the last `BLOCK` - 1. A view, not a copy.

    Slices of a few bytes are moved several times faster as blocks, each of which writes over what is too much of the one
    before it.
    """
    return np.ndarray(max(len(data) - BLOCK + 1, 0), "<u8", data, strides=(1,))


def encoded(numbers: Sequence[int]) -> bytes:
    """The numbers, one after the other.

    >>> encoded([1, 300]).hex()
    '01822c'
    """
    return b"".join(map(varint, numbers))


def encoded_rows(rows: npt.NDArray[np.integer[Any]]) -> list[bytes]:
    """The numbers of each row, `encoded`.

    >>> [row.hex() for row in encoded_rows(np.array([[1, 300], [0, 2]]))]
    ['01822c', '0002']
    """
    numbers = rows.ravel().astype(np.int64)
    sizes = lengths(numbers)
    ends = np.cumsum(sizes, dtype=np.int64)
    out = np.empty(int(sizes.sum()), np.uint8)
    put(out, ends, numbers, sizes)
    data, edges = out.tobytes(), [0, *ends[rows.shape[1] - 1 :: rows.shape[1]].tolist()]
    return [data[start:end] for start, end in pairwise(edges)]


def varint(number: int) -> bytes:
    """One number."""
    if number < 1 << _BITS:
        return bytes((number,))
    found = [number & 0x7F]
    while number := number >> _BITS:
        found.append(number & 0x7F | 0x80)
    return bytes(reversed(found))
