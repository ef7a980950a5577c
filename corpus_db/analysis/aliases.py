"""Text to pairs of names that it joins: 韦思远（网名“青石”）, “中国供应商”（简称“中供”）, 事业部（CBU）."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cache
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.tagging import is_common
from corpus_db.records import EntityKind, NameEvidence

_ACRONYM = re.compile(r"[（(]([A-Z][A-Za-z&\d]{1,9})[）)]")
_PARTIAL = re.compile(r"[某姓氏]$|或者|或", re.MULTILINE)  # 严某, 严姓: no name of anyone; 公司或者浩欧博: two
_NAME = r"([\u3400-\u9fffA-Za-z\d·.]{1,12})"


class Alias(NamedTuple):
    """`alias`, at `start`, is another name of `name`."""

    start: int
    alias: str
    name: str
    kind: EntityKind


def find(text: str, names: Sequence[NameEvidence]) -> list[Alias]:
    """The aliases that `text` gives to the `names` found in it, each said right after the name.

    >>> find("韦思远（网名“青石”）", [NameEvidence(0, "韦思远", "person", 0.9)])
    [Alias(start=7, alias='青石', name='韦思远', kind='person')]
    """
    said, acronyms = list(_said().finditer(text)), list(_ACRONYM.finditer(text))
    if not said and not acronyms:  # most texts
        return []
    by_end = {name.start + len(name.raw): name for name in names if name.strength >= 0.5}
    return [*_said_after(text, said, by_end), *_acronyms(acronyms, by_end)]


def _said_after(text: str, said: Iterable[re.Match[str]], by_end: dict[int, NameEvidence]) -> Iterator[Alias]:
    for match in said:
        name = by_end.get(match.start()) or by_end.get(match.start() - 1 if text[match.start() - 1] in '”"」' else -1)
        if (
            name
            and match[1] != name.raw
            and not _generic(name, match[1])
            and not _PARTIAL.search(match[1] + "\n" + name.raw)
        ):
            yield Alias(match.start(1), match[1], name.raw, name.kind)


def _acronyms(acronyms: Iterable[re.Match[str]], by_end: dict[int, NameEvidence]) -> Iterator[Alias]:
    for match in acronyms:
        name = by_end.get(match.start())
        if name and name.kind == "organisation":
            yield Alias(match.start(1), match[1], name.raw, name.kind)


def _generic(name: NameEvidence, alias: str) -> bool:
    """Whether the alias is for this text alone: 某某股份有限公司（以下简称公司）."""
    return name.kind == "organisation" and is_common(alias)


@cache
def _said() -> re.Pattern[str]:
    said = "|".join(sorted((word for word in cues.words("alias_word") if len(word) > 1), key=len, reverse=True))
    return re.compile(rf"[，,（(、](?:{said})(?:为|叫|是|：|:)?[“\"「‘]?{_NAME}(?=[”\"」’）)，,。；;])")
