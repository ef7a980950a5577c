"""How much a text looks like Chinese: by the share of common characters, which a wrong decoding does not have."""

from __future__ import annotations

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from corpus_db import data
from corpus_db.text.fold import CODE_POINTS, code_points

_PUNCTUATION = "　、。，．：；？！…—－·～“”‘’（）《》〈〉「」『』【】〔〕％￥０１２３４５６７８９"
_ASCII = re.compile("[\x00-\x7f]+")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")  # not in any sound text


_SIMPLIFIED, _TRADITIONAL, _NO_TEXT, _BEYOND_ASCII = 1, 2, 4, 8  # what a character is; the first two: common there


@cache
def _kinds() -> npt.NDArray[np.uint8]:
    """What each code point is."""
    kinds = np.zeros(CODE_POINTS, np.uint8)
    kinds[0x80:] = _BEYOND_ASCII
    kinds[code_points("".join(_IMPOSSIBLE.findall("".join(map(chr, range(1 << 16))))))] |= _NO_TEXT
    for kind, (_, chars) in zip((_SIMPLIFIED, _TRADITIONAL), data.cells("common_characters.tsv"), strict=True):
        kinds[code_points(_PUNCTUATION + chars)] |= kind
    return kinds


def likeness(text: str) -> float:
    """Share of common characters among those beyond ASCII, less the impossible ones twice: 1 at best.

    Chinese rightly decoded is above .8, wrongly decoded below .4; a text in ASCII alone is 0.

    >>> likeness("今天的会"), likeness("今天的会".encode().decode("latin-1")) < 0, likeness("today")
    (1.0, True, 0.0)
    """
    kinds = _kinds()[code_points(text)]
    simplified, traditional, impossible, beyond = (
        int(np.count_nonzero(kinds & kind)) for kind in (_SIMPLIFIED, _TRADITIONAL, _NO_TEXT, _BEYOND_ASCII)
    )
    if not beyond:
        return 0.0 - 2 * impossible / (len(text) or 1)
    rare = beyond - max(simplified, traditional)
    return 1 - (rare + 2 * impossible) / beyond


def beyond_ascii(text: str) -> str:
    """The characters of `text` that are not ASCII."""
    return _ASCII.sub("", text)


def is_sound(text: str) -> bool:
    """Whether `text` has none of the characters that stand in no sound text: controls, private use, U+FFFD."""
    return not _IMPOSSIBLE.search(text)
