"""Objects → compressed bytes and back, with a checksum: what is damaged is told from what is whole."""

from __future__ import annotations

import io
import pickle
from typing import Any

_LEVEL = 1  # of compression: a third of the size, at several hundred MB a second


class DamagedError(Exception):
    """Bytes that are not what was packed."""


def as_bytes(value: object) -> bytes:
    """An object as bytes, anything that can be pickled.

    >>> unpacked(as_bytes(["电商", 1]))
    ['电商', 1]
    """
    import zstandard

    packed = io.BytesIO()
    with zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).stream_writer(packed, closefd=False) as file:
        pickle.dump(value, file, pickle.HIGHEST_PROTOCOL)  # piece by piece: it may be large
    return packed.getvalue()


def unpacked(packed: bytes) -> Any:
    """The object that `as_bytes` made those bytes of; raises `DamagedError`."""
    import zstandard

    unpacker = zstandard.ZstdDecompressor().decompressobj()
    try:
        pickled = unpacker.decompress(packed)
    except zstandard.ZstdError as error:
        raise DamagedError(str(error)) from error
    if not unpacker.eof:
        raise DamagedError("cut off")
    return pickle.loads(pickled)
