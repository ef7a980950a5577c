"""Han → Latin letters as people type them: pinyin without tones, whole and by initials.

>>> spellings("马云"), spellings("重庆银行")
(['mayun', 'my'], ['chongqingyinhang', 'cqyh'])
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable
from functools import cache, lru_cache

from corpus_db import data
from corpus_db.text.bigrams import CJK

_TONES = "\u0300\u0301\u0304\u030c"  # grave, acute, macron, caron
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_LETTERS = re.compile(r"(?=[0-9]*[a-z])[a-z0-9]+(?:['’ -]+[a-z0-9]+)*")
_HAN = re.compile(f"[{CJK}]")


def spellings(name: str, *, person: bool = False) -> list[str]:
    """What may be typed for `name`: its pinyin and the initials of its syllables; ü is v, Latin in it is lower case.

    Characters with several readings are read as pypinyin's phrases do; a person's surname first as a surname is.

    >>> spellings("单田芳", person=True)
    ['shantianfang', 'stf', 'dantianfang', 'dtf']
    """
    letters, initials = _spelt(name.lower())
    forms = [letters, initials]
    size = next((size for size in (2, 1) if name[:size] in _surnames()), 0) if person else 0
    if size:
        surname, (letters, initials) = _surnames()[name[:size]].split(), _spelt(name[size:].lower())
        forms = ["".join(surname) + letters, "".join(part[0] for part in surname) + initials, *forms]
    return list(dict.fromkeys(filter(None, forms)))


def _spelt(text: str) -> tuple[str, str]:
    """The syllables of a text as pypinyin reads it, and their initials."""
    spelt = list(map(_word_spelt, _cutter()(text)))
    return "".join([letters for letters, _ in spelt]), "".join([initials for _, initials in spelt])


@cache
def _cutter() -> Callable[[str], Iterable[str]]:
    """Cuts a text into the phrases that pypinyin knows, the characters between them, and what is not Han."""
    from pypinyin.constants import RE_HANS
    from pypinyin.seg import mmseg, simpleseg

    def cut(text: str) -> Iterable[str]:
        phrases: Iterable[str] = mmseg.seg.cut(text) if RE_HANS.match(text) else simpleseg.seg(text)
        return phrases  # of the second too, where it finds Han

    return cut


@lru_cache(1 << 14)
def _word_spelt(word: str) -> tuple[str, str]:
    """`_spelt` for one of the words that `_cutter` cuts."""
    from pypinyin import lazy_pinyin

    syllables = lazy_pinyin(word)
    return _NOT_A_LETTER.sub("", "".join(syllables)), _NOT_A_LETTER.sub("", "".join(s[0] for s in syllables))


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


@cache
def _surnames() -> dict[str, str]:
    """Surname → its syllables, parted by spaces."""
    return dict(data.cells("surname_readings.tsv"))
