"""Names and titles → the rows of `pinyin`: how each may be typed in Latin letters."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from corpus_db.records import EntityKind
from corpus_db.text.bigrams import CJK
from corpus_db.text.fold import fold
from corpus_db.text.pinyin import spellings

MAX_TITLES = 100_000  # articles of a file above which its titles are left out: so many take 4 s of one core
_KINDS = ("person", "organisation", "product")  # of names
_TITLE_CHARS, _INITIALS_CHARS = 12, 6  # nobody types more of a title
_HAN_RUN, _HAN = re.compile(f"[{CJK}]{{2,}}"), re.compile(f"[{CJK}]")

Form = tuple[str, EntityKind, int]  # a form of a name, its kind, and how many articles have the entity
Row = tuple[str, str, int]  # form, name, occurrences


def of_name(name: str, kind: EntityKind, articles: int) -> Iterator[Row]:
    """The rows of a name that so many articles have; none for one without Han, which is typed as it is.

    >>> list(of_name("马云", "person", 3)), list(of_name("eBay", "organisation", 2))
    ([('mayun', '马云', 3), ('my', '马云', 3)], [])
    """
    if kind in _KINDS and len(_HAN.findall(name)) > 1:
        for form in spellings(name, person=kind == "person"):
            yield form, name, articles


def of_names(names: Iterable[Form]) -> list[Row]:
    """The rows of names."""
    return [row for name in names for row in of_name(*name)]


def warm() -> None:
    """Load what names are spelt by, 60 MB. Done before processes are forked, they share one copy of it."""
    of_names([("报道", "person", 1)])


def of_titles(titles: Iterable[str]) -> Iterator[Row]:
    """The rows of each part of each title, as far as one may type it; the same pair may come again.

    >>> list(of_titles(["馬雲：今天下雨"]))[:3]
    [('mayun', '马云', 1), ('my', '马云', 1), ('jintianxiayu', '今天下雨', 1)]
    """
    for title in titles:
        for run in _HAN_RUN.findall(fold(title)):
            name = run[:_TITLE_CHARS]
            forms = spellings(name)  # none, where no character has a reading
            for form in forms if len(name) <= _INITIALS_CHARS else forms[:1]:
                yield form, name, 1
