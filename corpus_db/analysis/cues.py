"""data/cues.tsv → sets of cue words: titles, surnames, verbs of saying, suffixes of organisations and places."""

from __future__ import annotations

from functools import cache

from corpus_db.data import rows


@cache
def words(cue: str) -> tuple[str, ...]:
    """The words of one cue, in the file's order (which is by frequency for `surname`), each once.

    >>> words("surname")[:3]
    ('王', '李', '张')
    """
    return _table()[cue]


@cache
def word_set(cue: str) -> frozenset[str]:
    """The words of one cue as a set.

    >>> "总裁" in word_set("title")
    True
    """
    return frozenset(words(cue))


@cache
def mapping(cue: str) -> dict[str, str]:
    """A cue whose words are written ``short=long``, as a dict; the first of two equal shorts counts.

    >>> mapping("country_character")["美"]
    '美国'
    """
    found: dict[str, str] = {}
    for word in words(cue):
        short, _, full = word.partition("=")
        found.setdefault(short, full)
    return found


@cache
def _table() -> dict[str, tuple[str, ...]]:
    return {row["cue"]: tuple(dict.fromkeys(row["words"].split())) for row in rows("cues.tsv")}
