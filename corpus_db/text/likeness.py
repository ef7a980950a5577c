"""How much a text looks like Chinese: by the share of common characters, which a wrong decoding does not have."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

_PUNCTUATION = "　、。，．：；？！…—－·～“”‘’（）《》〈〉「」『』【】〔〕％￥０１２３４５６７８９"
_ASCII = re.compile("[\x00-\x7f]+")
_IMPOSSIBLE = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x9f\ue000-\uf8ff\ufffd]")  # not in any sound text


@cache
def _common() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Runs of common characters and punctuation, simplified and traditional."""
    table = resources.files("corpus_db").joinpath("data/common_characters.tsv").read_text(encoding="utf-8")
    rows = [line.split("\t") for line in table.splitlines() if not line.startswith("#")]
    simplified, traditional = (re.compile(f"[{_PUNCTUATION}{chars}]+") for _, chars in rows)
    return simplified, traditional


def likeness(text: str) -> float:
    """Share of common characters among those beyond ASCII, less the impossible ones twice: 1 at best.

    Chinese rightly decoded is above .8, wrongly decoded below .4; a text in ASCII alone is 0.

    >>> likeness("今天的会"), likeness("今天的会".encode().decode("latin-1")) < 0, likeness("today")
    (1.0, True, 0.0)
    """
    beyond = beyond_ascii(text)
    impossible = len(_IMPOSSIBLE.findall(text))
    if not beyond:
        return 0.0 - 2 * impossible / (len(text) or 1)
    rare = min(len(common.sub("", beyond)) for common in _common())
    return 1 - (rare + 2 * impossible) / len(beyond)


def beyond_ascii(text: str) -> str:
    """The characters of `text` that are not ASCII."""
    return _ASCII.sub("", text)


def is_sound(text: str) -> bool:
    """Whether `text` has none of the characters that stand in no sound text: controls, private use, U+FFFD."""
    return not _IMPOSSIBLE.search(text)
