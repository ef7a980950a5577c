"""A value of a record that a program spoilt before it wrote the record → what was meant.

A page without a charset, read as Latin-1 and dumped as JSON, is ``"\\u00e4\\u00bb\\u008a"``: the most usual mojibake of
scrapers, and in ASCII, so that the file's bytes do not tell. A JSON string that was dumped twice is ``"\\\\u4eca"``.
"""

from __future__ import annotations

from corpus_db.mojibake import FEW, repaired
from corpus_db.sources.spelt_out import SPELT, way
from corpus_db.sources.value import Value


def mended(value: Value) -> tuple[str, str | None]:
    """What a value stands for, and as a note what had been wrong; None: nothing.

    >>> text = "早市上".encode().decode("latin-1")
    >>> raw = "".join(f"\\\\u{ord(char):04x}" for char in text)
    >>> mended(Value(raw, 0, len(raw), text))
    ('早市上', 'mojibake repaired: UTF-8 had been read as Latin')
    """
    if value.is_written:  # what is wrong with it is mended with the whole file
        return value.text, None
    if value.text.isascii() or value.raw.find("\\u00", value.start, value.end) >= 0:
        return meant(value.text)
    return value.text, None


def meant(text: str, *, is_known: bool = False) -> tuple[str, str | None]:
    """What was meant by a text, and as a note what is wrong with it; None: nothing.

    `is_known`: something is wrong with what stands beside it, so that a name of two characters may be told too.
    """
    if escapes := way(text):
        return escapes.meant(text), SPELT
    fixed, cause = repaired(text, text.encode("utf-8", "surrogatepass"), few=0 if is_known else FEW)
    return fixed, f"mojibake repaired: {cause}" if cause else None
