"""A value of a record that a program spoilt before it wrote the record → what was meant.

A page without a charset, read as Latin-1 and dumped as JSON, is ``"\\u00e4\\u00bb\\u008a"``: the most usual mojibake of
scrapers, and in ASCII, so that the file's bytes do not tell. A JSON string that was dumped twice is ``"\\\\u4eca"``.
"""

from __future__ import annotations

from collections.abc import Iterable

from corpus_db.mojibake import repaired
from corpus_db.records import Piece
from corpus_db.sources.spelt import SPELT, shown, way
from corpus_db.sources.value import Value


def mended(value: Value) -> tuple[str, str | None]:
    """What a value stands for, and as a note what had been wrong; None: nothing.

    >>> mended(Value('"\\\\u00e4\\\\u00bb\\\\u008a"', 1, 19, "ä»\x8a"))
    ('今', 'mojibake repaired: UTF-8 had been read as Latin')
    """
    text = value.text
    if value.end - value.start == len(text):  # no escapes: what is wrong with the whole file is mended with it
        return text, None
    if escapes := way(text):
        return shown(text, escapes), SPELT
    if value.raw.find("\\u00", value.start, value.end) < 0:
        return text, None
    meant, cause = repaired(text, text.encode("utf-8", "surrogatepass"))
    return meant, f"mojibake repaired: {cause}" if cause else None


def stood_for(raw: str, pieces: Iterable[Piece]) -> str:
    """The text that the body pieces of `raw` stand for."""
    return "".join(
        raw[piece.start : piece.end] if piece.text is None else piece.text
        for piece in pieces
        if piece.role == "body" or (piece.role == "markup" and piece.text)
    )
