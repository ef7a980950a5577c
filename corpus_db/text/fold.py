"""Folding: the one form in which text is indexed and queries are asked, with a map back to the original.

A fold is NFKC, traditional → simplified, lower case, one dash, one tilde, one kind of quotation mark, and digits
without grouping commas. It works character by character (but for the grouping commas, which stand inside a number):
the fold of a part is a part of the fold. That is what lets a search for any substring be exact; OpenCC's phrase
tables, which depend on the neighbours, would break it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from itertools import pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.text.arrays import Bools, Ints, looked_up

# Characters that people type for one another, after NFKC. Source: Unicode chapter 6, "General Punctuation".
_ALIKE = {
    **dict.fromkeys("‐‑‒–—―−﹣－", "-"),
    **dict.fromkeys("∼〜～˜", "~"),
    **dict.fromkeys("“”„‟«»「」『』＂〝〞", '"'),
    **dict.fromkeys("‘’‚‛＇", "'"),
    **dict.fromkeys("·‧・•", "·"),
    # Radicals that look like a character, which PDFs hold in its place; NFKC knows those of Kangxi's dictionary alone.
    # Source: Unicode Character Database, EquivalentUnifiedIdeograph.txt.
    **dict(
        zip(
            "⺟⺠⻄⻅⻆⻉⻋⻑⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻧⻨⻩⻪⻬⻮⻰⻳",
            "母民西见角贝车长长门青韦页风飞食马骨鬼鱼鸟卤麦黄黾齐齿龙龟",
            strict=True,
        )
    ),
}
# Nothing is seen of them. NUL is one: SQLite's functions take a text to end there.
ZERO_WIDTH = "\x00\u00ad\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2061\u2062\u2063\u2064\u2066\u2067\u2068\u2069\ufeff"
# It begins with a digit, not with what precedes it: `re` then skips to the next one.
_GROUPED = re.compile(r"\d(?<![\d.,]\d)\d{0,2}(?:,\d{3})+(?![\d,]|\.\d+,)")
# Blocks outside Han where folding changes characters: letters, compatibility forms, mathematical and enclosed ones.
_OTHER_RANGES = (
    (0x21, 0x33FF),
    (0xA640, 0xABBF),
    (0xF900, 0xFFEF),
    (0x10400, 0x118FF),
    (0x16E40, 0x16EFF),
    (0x1CCD6, 0x1D7FF),
    (0x1E030, 0x1FBFF),
    (0x2F800, 0x2FA1F),
)
Codes = npt.NDArray[np.uint32]
CODE_POINTS = 0x110000  # of Unicode: the size of a table of all characters

_CJK_RANGES = ((0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x323AF))


class _Folds(dict[int, str]):
    """Code point → folded string, filled as characters are met; `str.translate` reads it."""

    def __init__(self, simplified: dict[int, str]) -> None:
        """`simplified`: traditional character's code point → the simplified character."""
        super().__init__()
        self.simplified = simplified
        self.uneven: set[str] = set()  # characters met whose fold is not one character

    def __missing__(self, code: int) -> str:
        char = chr(code)
        if char in ZERO_WIDTH:
            folded = ""
        elif char in _ALIKE:
            folded = _ALIKE[char]
        else:
            folded = "".join(
                _ALIKE.get(c) or self.simplified.get(ord(c)) or c for c in unicodedata.normalize("NFKC", char).lower()
            )
            folded = folded.strip(ZERO_WIDTH)
        self[code] = folded
        if len(folded) != 1:
            self.uneven.add(char)
        return folded


@cache
def _folds() -> _Folds:
    import opencc

    chars = [chr(c) for low, high in _CJK_RANGES for c in range(low, high + 1)]
    simplified = opencc.OpenCC("t2s").convert("\n".join(chars)).split("\n")
    return _Folds({ord(c): s for c, s in zip(chars, simplified, strict=True) if c != s and len(s) == 1})


class _AlignedFolds(dict[int, str]):
    """Code point → its folded character, or itself where that is not one character."""

    def __missing__(self, code: int) -> str:
        folded = _folds()[code]
        self[code] = folded if len(folded) == 1 else chr(code)
        return self[code]


@cache
def _aligned_folds() -> _AlignedFolds:
    return _AlignedFolds()


def fold(text: str) -> str:
    """The folded form of `text`. Idempotent.

    >>> fold("備貨節 Ｏ２Ｏ 13,000")
    '备货节 o2o 13000'
    """
    is_folded = text.isascii() and text.islower() and "\0" not in text
    return _ungrouped(text if is_folded else text.translate(_folds()))


def fold_aligned(text: str) -> str:
    """The folded form of `text` where that is one character for one, so that offsets in it are offsets in `text`.

    Characters with a longer or empty fold, and grouped digits, stay as they are.

    >>> fold_aligned("備貨節 Ｏ２Ｏ……13,000㎡")
    '备货节 o2o……13,000㎡'
    """
    return text.translate(_aligned_folds())


def simplified(text: str) -> str:
    """Traditional characters as simplified ones, one for one, by which offsets stay; all else as it is.

    >>> simplified("來源：ＡＢＣ")
    '来源：ＡＢＣ'
    """
    return text.translate(_folds().simplified) if _may_be_traditional().search(text) else text


@cache
def _may_be_traditional() -> re.Pattern[str]:
    """One of the traditional characters, or one outside the basic plane: `re` looks those in it up in a table."""
    basic = "".join(chr(code) for code in sorted(_folds().simplified) if code <= 0xFFFF)
    return re.compile(f"[{basic}\U00010000-\U0010ffff]")


class Folded(NamedTuple):
    """A text in both its folded forms."""

    whole: str  # `fold`
    aligned: str  # `fold_aligned`


def fold_all(texts: Sequence[str]) -> list[Folded]:
    """Both folded forms of each of many texts, by array operations: several times faster than one by one.

    >>> fold_all(["備貨節", "", "Ａ……"])
    [Folded(whole='备货节', aligned='备货节'), Folded(whole='', aligned=''), Folded(whole='a......', aligned='a……')]
    """
    codes = code_points("".join(texts))
    table = _fold_table()
    folded = looked_up(table, codes)
    if (unknown := folded == _UNKNOWN).any():
        for code in np.unique(codes[unknown]).tolist():
            one = _folds()[code]
            table[code] = ord(one) if len(one) == 1 else code | _UNEVEN
        folded = looked_up(table, codes)
    uneven = np.flatnonzero(folded >= _UNEVEN)
    folded[uneven] ^= _UNEVEN
    aligned = from_code_points(folded)
    ends = np.append(0, np.cumsum(np.fromiter(map(len, texts), np.intp, len(texts))))
    found = [Folded(part, part) for part in (aligned[start:end] for start, end in pairwise(ends.tolist()))]
    edges = np.searchsorted(uneven, ends)
    differing = np.append(uneven, _maybe_grouped(folded))
    for number in np.unique(np.searchsorted(ends, differing, "right") - 1).tolist():
        part = found[number].aligned
        places = uneven[edges[number] : edges[number + 1]] - ends[number]
        found[number] = Folded(_ungrouped(_evened(part, places.tolist())), part)
    return found


def _evened(aligned: str, places: Sequence[int]) -> str:
    """A text folded one character for one, with the characters at those places, which have no such fold, in full."""
    folds, at = _folds(), 0
    parts: list[str] = []
    for place in places:
        parts += aligned[at:place], folds[ord(aligned[place])]
        at = place + 1
    return "".join([*parts, aligned[at:]])


def _maybe_grouped(folded: Codes) -> Ints:
    """Where a comma stands between two characters that may be digits: ASCII ones, or any but Han of other scripts."""
    commas = np.flatnonzero(folded[1:-1] == ord(",")) + 1
    beside = folded[[commas - 1, commas + 1]]
    digits = (beside >= ord("0")) & (beside <= ord("9")) | (beside >= 0x80) & ((beside < 0x3000) | (beside > 0x9FFF))
    return commas[digits.all(axis=0)]


def code_points(text: str) -> Codes:
    """The characters of `text` as numbers."""
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)


def from_code_points(codes: Codes) -> str:
    """The text that those characters make."""
    return codes.tobytes().decode("utf-32-le", "surrogatepass")


def characters(codes: Codes) -> Codes:
    """The distinct characters, ascending."""
    present = np.zeros(int(codes.max(initial=0)) + 1, np.bool_)
    present[codes.astype(np.intp)] = True  # as indexes are: in half the time
    return np.flatnonzero(present).astype(np.uint32)


def is_word(codes: Codes) -> Bools:
    """Of each character, whether it is a letter or digit of any script (`str.isalnum`)."""
    return looked_up(_alphanumeric(), np.minimum(codes, _NO_LETTERS))


_NO_LETTERS = 0x32400  # the first code point above all letters and digits of Unicode


@cache
def _alphanumeric() -> Bools:
    return np.fromiter(map(str.isalnum, map(chr, range(_NO_LETTERS + 1))), np.bool_, _NO_LETTERS + 1)


# Marks on a code point: its fold is not one character; its fold is not known yet.
_UNEVEN, _UNKNOWN = np.uint32(1 << 24), np.uint32(1 << 25)


@cache
def _fold_table() -> Codes:
    """Code point → its fold where that is one character, else itself and `_UNEVEN`; filled as characters are met."""
    return np.full(CODE_POINTS, _UNKNOWN, np.uint32)


def _ungrouped(folded: str) -> str:
    return _GROUPED.sub(_ungroup, folded) if "," in folded else folded


def _ungroup(match: re.Match[str]) -> str:
    return match[0].replace(",", "")


def fold_map(text: str) -> tuple[str, list[int]]:
    """The folded form, and for each of its characters (and its end) the offset in `text` that it comes from.

    `offsets` has ``len(folded) + 1`` entries; the original of ``folded[i:j]`` is ``text[offsets[i]:end]`` where end
    is ``offsets[j - 1] + 1``.

    >>> fold_map("㎡3,000")
    ('m23000', [0, 0, 1, 3, 4, 5, 6])
    """
    folds = _folds()
    folded = text.translate(folds)
    if folds.uneven.isdisjoint(text) and not ("," in folded and _GROUPED.search(folded)):
        return folded, list(range(len(text) + 1))  # most texts
    parts = [folds[ord(c)] for c in text]
    offsets = [i for i, part in enumerate(parts) for _ in part]
    folded = "".join(parts)
    if "," in folded:
        dropped = {i for m in _GROUPED.finditer(folded) for i in range(*m.span()) if folded[i] == ","}
        if dropped:
            offsets = [offset for i, offset in enumerate(offsets) if i not in dropped]
            folded = "".join(c for i, c in enumerate(folded) if i not in dropped)
    offsets.append(len(text))
    return folded, offsets


def fold_offsets(text: str, folded: Folded) -> Ints:
    """The offsets of `fold_map`, but for that of the end, of a text that is folded already.

    >>> fold_offsets("㎡30", *fold_all(["㎡30"])).tolist()
    [0, 0, 1, 2]
    """
    if folded.whole == folded.aligned:
        return np.arange(len(text))
    sizes = np.ones(len(text), np.intp)
    uneven = np.flatnonzero(_fold_table()[code_points(text)] >= _UNEVEN)
    sizes[uneven] = [len(_folds()[ord(text[at])]) for at in uneven.tolist()]
    offsets = np.repeat(np.arange(len(text)), sizes)
    return offsets if len(offsets) == len(folded.whole) else np.array(fold_map(text)[1][:-1], np.intp)  # commas dropped


def fold_table() -> list[tuple[str, str]]:
    """(character, folded) for every character that folding changes and that stands alone: the table `folds`."""
    folds = _folds()
    codes = sorted({*folds.simplified, *(code for low, high in _OTHER_RANGES for code in range(low, high + 1))})
    return [(chr(code), folds[code]) for code in codes if chr(code) != folds[code]]
