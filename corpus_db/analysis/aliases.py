"""Text → pairs of names that it joins: 韦思远（网名“青石”）, “中国供应商”（简称“中供”）, 事业部（CBU）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.word_classes import is_common
from corpus_db.records import EntityKind, Heard

# Of one character at the beginning: such a pattern is found far sooner.
_ACRONYM = [re.compile(rf"{bracket}([A-Z][A-Za-z&\d]{{1,9}})[）)]") for bracket in ("（", r"\(")]
_PARTIAL = re.compile(r"[某姓氏]$|或者|或", re.MULTILINE)  # 严某, 严姓: no name of anyone; 公司或者浩欧博: two
_CLOSING = frozenset('”"」')
_NAME = r"([\u3400-\u9fffA-Za-z\d·.]{1,12})"


class Alias(NamedTuple):
    """`alias`, at `start`, is another name of `name`."""

    start: int
    alias: str
    name: str
    kind: EntityKind


class Candidate(NamedTuple):
    """Words that are an alias if a name ends before them."""

    ends: tuple[int, ...]  # where that name may end
    start: int
    alias: str
    acronym: bool


def find(text: str, names: Iterable[Heard]) -> list[Alias]:
    """The aliases that `text` gives to the `names` found in it, each said right after the name.

    >>> find("韦思远（网名“青石”）", [(0, "韦思远", "person", 0.9)])
    [Alias(start=7, alias='青石', name='韦思远', kind='person')]
    """
    after = candidates(text)
    return of(after, before(after, names))


def candidates(text: str) -> list[Candidate]:
    """What may be an alias by its own words."""
    said = [Candidate(_ends(text, match.start()), match.start(1), match[1], False) for match in _said().finditer(text)]
    acronyms = [match for pattern in _ACRONYM for match in pattern.finditer(text)]
    return said + [Candidate((match.start(),), match.start(1), match[1], True) for match in acronyms]


def _ends(text: str, at: int) -> tuple[int, ...]:
    return (at, at - 1) if text[at - 1 : at] in _CLOSING else (at,)


def before(candidates: Sequence[Candidate], names: Iterable[Heard]) -> list[Heard]:
    """Those of the `names` that end where a name of the candidates would, and are believed to be names."""
    ends = {end for candidate in candidates for end in candidate.ends}
    return [name for name in names if name[3] >= 0.5 and name[0] + len(name[1]) in ends] if ends else []


def of(candidates: Sequence[Candidate], names: Iterable[Heard]) -> list[Alias]:
    """The aliases among `candidates`, given the names `before` them, by position."""
    by_end = {name[0] + len(name[1]): name for name in names}
    found = []
    for after, start, alias, acronym in candidates:
        name = next((by_end[end] for end in after if end in by_end), None)
        if name is not None and (_is_acronym_of if acronym else _is_alias_of)(name, alias):
            found.append(Alias(start, alias, name[1], name[2]))
    return sorted(found)


def _is_alias_of(name: Heard, alias: str) -> bool:
    _, raw, kind, _ = name
    for_this_text = kind == "organisation" and is_common(alias)  # 某某股份有限公司（以下简称公司）
    return alias != raw and not for_this_text and not _PARTIAL.search(alias + "\n" + raw)


def _is_acronym_of(name: Heard, alias: str) -> bool:
    return name[2] == "organisation"


@cache
def _said() -> re.Pattern[str]:
    said = "|".join(sorted((word for word in cues.words("alias_word") if len(word) > 1), key=len, reverse=True))
    return re.compile(rf"[，,（(、](?:{said})(?:为|叫|是|：|:)?[“\"「‘]?{_NAME}(?=[”\"」’）)，,。；;])")
