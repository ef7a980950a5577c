"""Evidence of many documents to decisions: which strings are names, of what kind, and which name the same one.

Sums only: memory grows with the number of distinct strings, up to a bound, not of documents, and `merge` joins what several workers
heard. A name that one place makes certain (a title, a verb of saying) is believed in places that say less; a string
that is mostly something else is not.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.aliases import Alias
from corpus_db.analysis.lexicon import Entry, Lexicon
from corpus_db.records import EntityKind, NameEvidence

_CORPUS_WEIGHT = 4.0  # log odds by which a string's other places can move one place
_NEUTRAL_SHARE = 0.35  # of strong places among all, at which they move it nowhere
_LENGTH_WEIGHT = 0.8  # log odds a character: of overlapping names, the longer is rather the whole
_NICK, _MIN_NICKNAME = "老小阿", 3  # 老葛: a name of its own where a document says it this often
_MAX_STRINGS = 400_000  # heard of at a time, 300 bytes each; beyond it, the seldom and weakly heard are forgotten


class Entity(NamedTuple):
    """One name of the table `entities`."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...]  # the other forms found in this corpus, by frequency


class Mention(NamedTuple):
    """A place of a text that names an entity."""

    start: int
    raw: str
    name: str  # Entity.name
    kind: EntityKind


class _Sum(NamedTuple):
    places: int
    strong: float  # sum of how far each place is above one half, 0 … 1


class Evidence:
    """What all documents say about all strings."""

    def __init__(self) -> None:
        self.sums: dict[tuple[str, EntityKind], _Sum] = {}
        self.pairs: Counter[tuple[str, str, EntityKind]] = Counter()  # (alias, name, kind)

    def add(self, names: Iterable[NameEvidence], aliases: Iterable[Alias] = ()) -> None:
        """Hear one document: the result of `names.find` and of `names.joined`."""
        sums = self.sums
        for _, raw, kind, strength in names:
            key = (raw, kind)
            places, strong = sums.get(key, (0, 0.0))
            sums[key] = _Sum(places + 1, strong + (2 * strength - 1 if strength > 0.5 else 0.0))
        for alias in aliases:
            self.pairs[alias.alias, alias.name, alias.kind] += 1
        self._forget()

    def merge(self, other: Evidence) -> None:
        """Hear all that `other` heard. The order of merging makes no difference."""
        for key, (places, strong) in other.sums.items():
            had = self.sums.get(key, _Sum(0, 0.0))
            self.sums[key] = _Sum(had.places + places, had.strong + strong)
        self.pairs.update(other.pairs)
        self._forget()

    def _forget(self) -> None:
        """Keep to the bound: first go the strings that were heard once and weakly, then those heard once, twice, …"""
        enough = 0
        while len(self.sums) > _MAX_STRINGS:
            enough += 1
            strong = 0.0 if enough == 1 else math.inf
            self.sums = {k: heard for k, heard in self.sums.items() if heard.places > enough or heard.strong > strong}

    def settle(self, lexicon: Lexicon) -> Decisions:
        """The decisions that all evidence together supports."""
        return Decisions(self, lexicon)


class Decisions:
    """What each string names in this corpus. `mentions` for each document, `entities` once."""

    def __init__(self, evidence: Evidence, lexicon: Lexicon) -> None:
        self._sums = evidence.sums
        self._lexicon = lexicon
        self._surname = _by_surname(evidence.sums)
        self._joined = _joined(evidence.pairs)
        self._names = self._display_names()

    def mentions(self, names: Sequence[NameEvidence], *, anonymous: bool = False) -> list[Mention]:
        """The entities named in one document, by position, none overlapping; `names` is what `names.find` gave for it.

        `anonymous` adds the people who are never named in full (王女士, 李某), each under the words that stand there.
        """
        chosen = self._chosen(names)
        people = [name.raw for name in chosen if name.kind == "person" and not _is_address(name.raw)]
        nicknames = Counter(name.raw for name in chosen)
        mentions = []
        for start, raw, kind, _ in chosen:
            if kind == "person" and _is_address(raw):
                full = self._meant(raw, people)
                if full is None and not anonymous and not (raw[0] in _NICK and nicknames[raw] >= _MIN_NICKNAME):
                    continue
                mentions.append(Mention(start, raw, self._name(full, kind) if full else raw, kind))
            else:
                mentions.append(Mention(start, raw, self._name(raw, kind), self._kind(raw, kind)))
        return mentions

    def entities(self, mentions: Iterable[Mention]) -> list[Entity]:
        """The entities of all `mentions` of the corpus, with the forms they were named by."""
        forms: dict[tuple[str, EntityKind], Counter[str]] = {}
        for mention in mentions:
            forms.setdefault((mention.name, mention.kind), Counter())[mention.raw] += 1
        return [
            Entity(
                name,
                kind,
                tuple(raw for raw, _ in sorted(raws.items(), key=lambda item: (-item[1], item[0])) if raw != name),
            )
            for (name, kind), raws in sorted(forms.items())
        ]

    def _chosen(self, names: Sequence[NameEvidence]) -> list[NameEvidence]:
        """The places that are believed, the best of those that overlap."""
        believed = []
        for name in names:
            odds = self._odds(name)
            if odds >= 0:
                believed.append(
                    (odds if name.kind == "person" else min(odds, 3.0) + _LENGTH_WEIGHT * len(name.raw), name)
                )
        believed.sort(key=lambda item: (-item[0], item[1]))
        taken: set[int] = set()
        chosen = []
        for _, name in believed:
            span = range(name.start, name.start + len(name.raw))
            if taken.isdisjoint(span):
                taken.update(span)
                chosen.append(name)
        return sorted(chosen)

    def _odds(self, name: NameEvidence) -> float:
        """Log odds that this place is what it is evidence for, with what the other places say."""
        strength = min(max(name.strength, 0.01), 0.99)
        own = math.log(strength / (1 - strength))
        if name.kind == "person" and _is_address(name.raw):
            return max(own, 0.0)
        places, strong = self._sums.get((name.raw, name.kind), (1, 0.0))
        if places < 2:
            return own
        shift = _CORPUS_WEIGHT * (strong / places - _NEUTRAL_SHARE)
        # Characters can look like a name by chance, again and again; the other kinds are found by what they say.
        return own + (shift if name.kind == "person" else max(shift, 0.0))

    def _meant(self, raw: str, people: Sequence[str]) -> str | None:
        """The person that a surname with a form of address means: the only one here, or the only one anywhere."""
        here = {self._name(name, "person") for name in people if name[0] == raw[0]}
        if len(here) == 1:
            return here.pop()
        known = self._lexicon.entry(raw)
        if not here and known is not None:
            return known.name
        anywhere = self._surname.get(raw[0], ())
        return anywhere[0] if not here and len(anywhere) == 1 and raw[1:] == "总" else None

    def _name(self, raw: str, kind: EntityKind) -> str:
        if kind == "place" and len(raw) == 1:
            raw = cues.mapping("country_character").get(raw, raw)
        entry = self._lexicon.entry(raw)
        if entry is not None:
            return self._names.get(entry.name, entry.name)
        name = self._joined.get((raw, kind), raw)
        return self._name(name, kind) if name != raw else raw

    def _kind(self, raw: str, kind: EntityKind) -> EntityKind:
        entry = self._lexicon.entry(self._joined.get((raw, kind), raw))
        return entry.kind if entry is not None else kind

    def _display_names(self) -> dict[str, str]:
        """Lexicon name → the form this corpus uses: the name itself if it occurs, else the most frequent alias."""
        heard: dict[str, Counter[str]] = {}
        for (raw, _), (places, _) in self._sums.items():
            entry: Entry | None = self._lexicon.entry(raw)
            if entry is not None:
                heard.setdefault(entry.name, Counter())[raw] += places
        return {
            name: name if name in forms else min(forms, key=lambda form: (-forms[form], form))
            for name, forms in heard.items()
        }


def _is_address(raw: str) -> bool:
    return raw[1:] in cues.word_set("address") or (len(raw) == 2 and raw[0] in _NICK)


def _by_surname(sums: dict[tuple[str, EntityKind], _Sum]) -> dict[str, list[str]]:
    people: dict[str, list[str]] = {}
    for (raw, kind), (places, strong) in sums.items():
        if kind == "person" and strong / places > 0.5 and not _is_address(raw):
            people.setdefault(raw[0], []).append(raw)
    return people


def _joined(pairs: Counter[tuple[str, str, EntityKind]]) -> dict[tuple[str, EntityKind], str]:
    """Alias → the name it was joined with most often; no chains, no circles."""
    names: dict[tuple[str, EntityKind], str] = {}
    for (alias, name, kind), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if (name, kind) not in names and alias != name:
            names.setdefault((alias, kind), name)
    return {key: name for key, name in names.items() if (name, key[1]) not in names}
