"""Han → Latin letters as people type them: pinyin without tones, whole and by initials.

>>> spellings("马云"), spellings("重庆银行")
(['mayun', 'my'], ['chongqingyinhang', 'cqyh'])
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from importlib.resources import files
from itertools import chain
from typing import Any

from corpus_db.text.bigrams import CJK

_TONES = "\u0300\u0301\u0304\u030c"  # grave, acute, macron, caron
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_LETTERS = re.compile(r"(?=[0-9]*[a-z])[a-z0-9]+(?:['’ -]+[a-z0-9]+)*")
_REMEMBERED = 1 << 13  # words
_HAN = re.compile(f"[{CJK}]")


def spellings(name: str, *, person: bool = False) -> list[str]:
    """What may be typed for `name`: its pinyin and the initials of its syllables; ü is v, Latin in it is lower case.

    Characters with several readings are read as pypinyin's phrases do; a person's surname first as a surname is.

    >>> spellings("单田芳", person=True)
    ['shantianfang', 'stf', 'dantianfang', 'dtf']
    """
    readings = [_read(name.lower())]
    if person:
        size = next((size for size in (2, 1) if name[:size] in _surnames()), 0)
        if size:
            readings.insert(0, [*_surnames()[name[:size]].split(), *_read(name[size:].lower())])
    found = (form for syllables in readings for form in ("".join(syllables), "".join(s[0] for s in syllables)))
    return list(dict.fromkeys(filter(None, (_NOT_A_LETTER.sub("", form) for form in found))))


def typed(text: str) -> str | None:
    """`text` in the form of `spellings`; None where it is not Latin letters and digits alone, so no pinyin.

    >>> typed("Mǎ Yún"), typed("xi'an"), typed("LÜ"), typed("58tongcheng"), typed("马yun"), typed("2013")
    ('mayun', 'xian', 'lv', '58tongcheng', None, None)
    """
    plain = unicodedata.normalize("NFD", text.lower())
    plain = re.sub(f"[{_TONES}]", "", plain).replace("u\u0308", "v")
    return _NOT_A_LETTER.sub("", plain) if _LETTERS.fullmatch(plain) else None


@cache
def sounds(char: str) -> frozenset[str]:
    """All readings of a Han character, without tones; empty for anything else.

    >>> sorted(sounds("单")), sounds("a")
    (['chan', 'dan', 'shan'], frozenset())
    """
    from pypinyin import Style, pinyin

    if not _HAN.match(char):
        return frozenset()
    readings = pinyin(char, style=Style.NORMAL, heteronym=True, errors="ignore")
    return frozenset(readings[0] if readings else ())


def _read(text: str) -> list[str]:
    """The syllables of a text: what `pypinyin.lazy_pinyin` gives, in half the time, since words come again and again."""
    from pypinyin import Style

    return list(chain.from_iterable(_reader().pinyin(text, style=Style.NORMAL)))


@cache
def _reader() -> Any:
    """A `Pinyin` that remembers the words that it has read."""
    from pypinyin.converter import DefaultConverter
    from pypinyin.core import Pinyin

    converter: Any = DefaultConverter()
    converter.convert = lru_cache(_REMEMBERED)(converter.convert)
    return Pinyin(converter)


@cache
def _surnames() -> dict[str, str]:
    """Surname → its syllables, parted by spaces."""
    rows = files("corpus_db").joinpath("data/surname_readings.tsv").read_text("utf-8").splitlines()
    return dict(row.split("\t") for row in rows if row and not row.startswith("#"))
