"""Numbers as SQLite writes them, and the moving of blocks."""

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from corpus_db.index.varints import BLOCK, as_blocks, blocks_of, encoded, encoded_rows, lengths, put

NUMBERS = st.lists(st.integers(0, (1 << 56) - 1) | st.integers(0, 40_000), max_size=30)


def decoded(data):
    """By the rule of the file format, one byte after the other."""
    found, number = [], 0
    for byte in data:
        number = number << 7 | byte & 0x7F
        if byte < 0x80:
            found.append(number)
            number = 0
    return found


@given(NUMBERS)
@example([127, 128, (1 << 14) - 1, 1 << 14, (1 << 56) - 1])
def test_numbers_are_written_so_that_they_can_be_read(numbers):
    array = np.array(numbers, np.int64)
    sizes = lengths(array)
    out = np.empty(int(sizes.sum()), np.uint8)
    put(out, np.cumsum(sizes), array, sizes)
    assert out.tobytes() == encoded(numbers)
    assert decoded(out.tolist()) == numbers
    blocks = as_blocks(array, sizes)
    assert b"".join(block.tobytes()[:size] for block, size in zip(blocks, sizes, strict=True)) == encoded(numbers)


@given(st.lists(st.tuples(*[st.integers(0, 1 << 40)] * 4), max_size=9))
def test_rows_of_numbers_are_written_one_by_one(rows):
    assert encoded_rows(np.array(rows, np.int64).reshape(-1, 4)) == list(map(encoded, rows))


@given(st.lists(st.binary(max_size=BLOCK), max_size=20))
def test_of_blocks_that_are_moved_each_writes_over_what_is_too_much_of_the_last(parts):
    data = np.frombuffer(b"".join(parts) + bytes(BLOCK), np.uint8)
    sizes = np.fromiter(map(len, parts), np.int64, len(parts))
    starts = np.cumsum(sizes) - sizes
    out = np.full(len(data), 0xFF, np.uint8)
    blocks_of(out)[starts] = blocks_of(data)[starts]
    assert out[: int(sizes.sum())].tobytes() == b"".join(parts)


def test_there_are_no_blocks_of_less_than_a_block():
    assert len(blocks_of(np.zeros(BLOCK - 1, np.uint8))) == 0
    assert len(blocks_of(np.zeros(BLOCK, np.uint8))) == 1
