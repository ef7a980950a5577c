"""Text that was read in a wrong encoding before it was written as UTF-8 → the text that was meant, where that is plain."""

from __future__ import annotations

from corpus_db.text.likeness import SURE, likeness

_BETTER = 0.3  # by so much must the `likeness` of a text grow for it to be another one
_CLEAR = 0.8  # the `likeness` of what is left of a text of which sequences are lost
FEW = 2  # strange characters, which prove nothing
_LATIN_SHARE = 20  # one byte in so many is C3 where Chinese was read as Latin-1
_AS_GBK = "锛銆鐨涓"  # ，。的中 in UTF-8, read as GBK, are these and half a character more


def repaired(text: str, data: bytes, *, few: int = FEW) -> tuple[str, str | None]:
    """`text`, decoded from the UTF-8 of `data`, as it was meant, and what had been wrong; None: it stays as it is.

    Chinese read as Latin-1 or Windows-1252 is full of letters between À and ÿ, which begin with C3 in UTF-8; UTF-8 read
    as GBK is full of a few characters that nobody writes often. Counting them costs next to nothing; `few` of them, two
    where nothing else is known, prove nothing.

    >>> repaired(*((text := "备货节，在线交易。".encode().decode("latin-1")), text.encode()))
    ('备货节，在线交易。', 'UTF-8 had been read as Latin')
    """
    if b"\xc3" in data and data.count(b"\xc3") > max(few, len(data) // _LATIN_SHARE):
        import ftfy

        ways = {
            "UTF-8": "\n".join(map(ftfy.fix_encoding, text.split("\n"))),
            "GBK": _undone(text, "latin-1", "gb18030"),
            "Big5": _undone(text, "latin-1", "big5hkscs"),
        }
        right = max(ways, key=lambda way: likeness(ways[way]))
        return _if_better(text, ways[right], f"{right} had been read as Latin")
    strange = [char for char in _AS_GBK if char in text]
    if strange and sum(map(text.count, strange)) > max(few, len(text) // 100):
        return _if_better(text, _undone(text, "gb18030", "utf-8"), "UTF-8 had been read as GBK")
    return text, None


def _undone(text: str, wrong: str, right: str) -> str:
    """`text` as it would be, had its bytes been read by `right`; as it is, if much of it can not have been read by `wrong`."""
    known = text.replace("\ufffd", "?")
    data = known.encode(wrong, "replace")
    foreign = data.count(b"?") - known.count("?")
    return text if foreign > len(text) // _LATIN_SHARE else data.decode(right, "replace")


def _if_better(text: str, fixed: str, cause: str) -> tuple[str, str | None]:
    lost = fixed.count("\ufffd")
    known = likeness(fixed.replace("\ufffd", "")) if lost else likeness(fixed)  # of what came through
    if known < (_CLEAR if lost else SURE) or likeness(fixed) < likeness(text) + _BETTER:
        return text, None
    return fixed, f"{cause}, {lost} sequences lost" if lost else cause
