"""Evidence → decisions: which strings are names, of what kind, and which name the same one.

A name that one place makes certain (a title, a verb of saying) is believed in places that say less; a string that is
mostly something else is not.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.name_sums import PLACE, Named, NameSums, heard
from corpus_db.analysis.remembered import Remembered
from corpus_db.records import ENTITY_KINDS, EntityKind, Heard

_CORPUS_WEIGHT = 4.0  # log odds by which a string's other places can move one place
_NEUTRAL_SHARE = 0.35  # of strong places among all, at which they move it nowhere
_LENGTH_WEIGHT = 0.8  # log odds a character: of overlapping names, the longer is rather the whole
# However sure, other kinds than people weigh no more: a place is rather part of the organisation that begins with it.
_MOST, _MOST_PLACE = 3.0, 1.9
_NICK, _MIN_NICKNAME = "老小阿", 3  # 老葛: a name of its own where a document says it this often
_DOTTED = re.compile("[·∙﹒・]")
_LEAST_DOTTED = 2  # characters; what has no more holds no dot
_WHOLE = 4.0  # log odds by which a name with dots is rather the whole than its part is, however often that stands alone
_REMEMBERED = 1 << 14  # strings of each kind whose decision is kept at hand


class Mention(NamedTuple):
    """A place of a text that names an entity."""

    start: int
    raw: str
    name: str  # entities.name
    kind: EntityKind


class _Known(NamedTuple):
    """What is known of a string as a name of one kind, whatever the document."""

    least: float  # strength from which a place is believed
    shift: float  # what its other places say, in log odds
    address: bool  # of a person, who is not named in full
    whole: float  # log odds by which it is rather the whole than its part is
    name: str  # the entity
    kind: EntityKind  # the entity's


_Choice = tuple[Heard, _Known]  # a place that is believed, and what is known of its string


class Overall(NamedTuple):
    """What all strings say together."""

    surnames: dict[str, str | None]  # surname → the person of that name; None: several are
    forms: dict[str, Counter[str]]  # lexicon name → how often each of its forms occurs

    @classmethod
    def of(cls, totals: NameSums, lexicon: Lexicon) -> Overall:
        """What they say, all of them heard."""
        overall = cls({}, {})
        for named, total in totals.items():
            overall._hear_person(named, total)
            overall._hear_form(named, heard(total)[0], lexicon)
        return overall

    def changed(self, before: NameSums, after: NameSums, asked: Iterable[Named], lexicon: Lexicon) -> Overall:
        """What they say after a change from what they said before; `asked` are the strings that may have changed."""
        overall = Overall(dict(self.surnames), {name: Counter(forms) for name, forms in self.forms.items()})
        surnames = set()
        for named in asked:
            if named[1] == "person":
                surnames.add(named[0][0])
            overall._hear_form(named, heard(after.total(named))[0] - heard(before.total(named))[0], lexicon)
        for surname in surnames:
            overall.surnames.pop(surname, None)
            for named, total in after.beginning(surname):
                overall._hear_person(named, total)
        occurring = {name: +forms for name, forms in overall.forms.items()}
        return overall._replace(forms={name: forms for name, forms in occurring.items() if forms})

    def _hear_person(self, named: Named, total: int) -> None:
        raw, kind = named
        if kind == "person":
            places, strong = heard(total)
            if strong / places > 0.5 and not _is_address(raw):
                self.surnames[raw[0]] = None if raw[0] in self.surnames else raw

    def _hear_form(self, named: Named, places: int, lexicon: Lexicon) -> None:
        entry = lexicon.entry(named[0])
        if entry is not None:
            self.forms.setdefault(entry.name, Counter())[named[0]] += places

    def display_names(self) -> dict[str, str]:
        """Lexicon name → the form this corpus uses: the name itself if it occurs, else the most frequent alias."""
        return {
            name: name if name in forms else min(forms, key=lambda form: (-forms[form], form))
            for name, forms in self.forms.items()
        }


class _Anywhere(NamedTuple):
    """What strings name wherever they stand."""

    totals: NameSums
    lexicon: Lexicon
    joined: dict[tuple[str, EntityKind], str]  # as `_joined` gives it
    display_names: dict[str, str]  # as `Overall` gives them

    def reckoned(self, kind: EntityKind, raw: str) -> _Known:
        """What is known of a string as a name of a kind."""
        places, strong = heard(self.totals.total((raw, kind)) or PLACE)
        shift = _CORPUS_WEIGHT * (strong / places - _NEUTRAL_SHARE) if places > 1 else 0.0
        address = kind == "person" and _is_address(raw)
        # Characters can look like a person's name by chance, again and again; other kinds are found by what they say.
        if kind != "person" and shift < 0:
            shift = 0.0
        least = 0.0 if address else 1 / (1 + math.exp(shift))
        whole = _WHOLE if kind == "person" and len(raw) > _LEAST_DOTTED and _DOTTED.search(raw) else 0.0
        return _Known(least, shift, address, whole, *self.named(raw, kind))

    def named(self, raw: str, kind: EntityKind) -> tuple[str, EntityKind]:
        """The name and the kind of the entity that a string names: as the lexicon has it, or what it was joined with."""
        if kind == "place" and len(raw) == 1:
            raw = cues.mapping("country_character").get(raw, raw)
        entry = self.lexicon.entry(raw)
        if entry is None and (raw, kind) in self.joined:
            raw = self.joined[raw, kind]
            entry = self.lexicon.entry(raw)
        return (raw, kind) if entry is None else (self.display_names.get(entry.name, entry.name), entry.kind)


class Decisions:
    """What each string names in this corpus."""

    def __init__(
        self, totals: NameSums, pairs: Counter[tuple[str, str, EntityKind]], lexicon: Lexicon, overall: Overall
    ) -> None:
        """`overall` is that of the same totals."""
        anywhere = _Anywhere(totals, lexicon, _joined(pairs), overall.display_names())
        self._anywhere, self._surname = anywhere, overall.surnames
        # The same strings come again and again: what does not depend on the document is reckoned once. By another object,
        # else there were a circle, which holds all sums in memory until garbage is collected, as a build does seldom.
        self._known = {kind: Remembered(partial(anywhere.reckoned, kind), _REMEMBERED) for kind in ENTITY_KINDS}

    def mentions(self, names: Iterable[Heard], *, anonymous: bool = False) -> list[Mention]:
        """The entities named in one document, by position, none overlapping; `names` is what `names.find` gave for it.

        `anonymous` adds the people who are never named in full (王女士, 李某), each under the words that stand there.
        """
        mentions, others = self.mentions_and_anonymous(names)
        return sorted(mentions + others) if anonymous else mentions

    def mentions_and_anonymous(self, names: Iterable[Heard]) -> tuple[list[Mention], list[Mention]]:
        """What `mentions` gives, and apart from it the people whom `anonymous` adds."""
        chosen, known = self._chosen(names)
        if any(of_string.whole for of_string in known):
            self._name_parts(chosen, known)
        addressed = [name[1] for name, (_, _, address, _, _, _) in zip(chosen, known, strict=True) if address]
        pairs = zip(chosen, known, strict=True)
        if not addressed:
            return [Mention(start, raw, name, kind) for (start, raw, _, _), (_, _, _, _, name, kind) in pairs], []
        times = Counter(addressed)
        people = [raw for _, raw, kind, _ in chosen if kind == "person" and raw not in times]
        full = {raw: self._meant(raw, people) for raw in times}
        mentions: list[Mention] = []
        anonymous: list[Mention] = []
        for (start, raw, _, _), (_, _, address, _, name, kind) in pairs:
            if not address:
                mentions.append(Mention(start, raw, name, kind))
            elif whole := full[raw]:
                mentions.append(Mention(start, raw, self._name(whole, "person"), "person"))
            else:
                named = raw[0] in _NICK and times[raw] >= _MIN_NICKNAME
                (mentions if named else anonymous).append(Mention(start, raw, raw, "person"))
        return mentions, anonymous

    def otherwise(self, before: Decisions, heard: Iterable[tuple[EntityKind, str]]) -> set[tuple[EntityKind, str]]:
        """The strings of which these decisions say something else than those before did.

        `heard` are the strings of which they have heard something else.
        """
        asked, ours, theirs = set(heard), self._anywhere, before._anywhere
        asked.update((kind, raw) for (raw, kind), _ in ours.joined.items() ^ theirs.joined.items())
        if ours.display_names != theirs.display_names:  # an entity is called by another of its names: who is called so?
            asked.update((kind, raw) for (raw, kind), _ in ours.totals.items())
        found = {(kind, raw) for kind, raw in asked if self._known[kind][raw] != before._known[kind][raw]}
        surnames = {*self._surname, *before._surname}
        found.update(
            ("person", f"{name}总") for name in surnames if self._surname.get(name) != before._surname.get(name)
        )
        return found

    def _chosen(self, names: Iterable[Heard]) -> tuple[list[Heard], list[_Known]]:
        """The places that are believed, the best of those that overlap, and what is known of their strings; `names`
        come by position.
        """
        known_strings = self._known
        chosen: list[Heard] = []
        known: list[_Known] = []
        first = end = 0  # of those that overlap, in `chosen`; and where the last of them ends
        for name in names:
            start, raw, kind, strength = name
            of_string = known_strings[kind][raw]
            if strength < of_string[0]:
                continue
            if start >= end:
                if len(chosen) - first > 1:
                    chosen[first:], known[first:] = _best(chosen[first:], known[first:])
                first = len(chosen)
            chosen.append(name)
            known.append(of_string)
            if start + len(raw) > end:
                end = start + len(raw)
        if len(chosen) - first > 1:
            chosen[first:], known[first:] = _best(chosen[first:], known[first:])
        return chosen, known

    def _name_parts(self, chosen: Sequence[Heard], known: list[_Known]) -> None:
        """Part of a name with dots, where only one such name stands before it, means that person: 科斯洛夫斯基."""
        wholes: dict[str, str | None] = {}  # part → the name it is of; None: of several
        for at, (_, raw, kind, _) in enumerate(chosen):
            if kind != "person":
                continue
            if known[at].whole:
                name = known[at].name
                wholes |= {part: name if wholes.get(part, name) == name else None for part in _DOTTED.split(raw)}
            elif (whole := wholes.get(raw)) and self._anywhere.lexicon.entry(raw) is None:
                known[at] = known[at]._replace(name=whole)

    def _meant(self, raw: str, people: Sequence[str]) -> str | None:
        """The person that a surname with a form of address means: the only one here, or the only one anywhere."""
        if raw[1:] == "某某":  # withheld, whoever else is named
            return None
        here = {self._name(name, "person") for name in people if name[0] == raw[0]}
        if len(here) == 1:
            return here.pop()
        known = self._anywhere.lexicon.entry(raw)
        if not here and known is not None:
            return known.name
        return self._surname.get(raw[0]) if not here and raw[1:] == "总" else None

    def _name(self, raw: str, kind: EntityKind) -> str:
        return self._anywhere.named(raw, kind)[0]


def _best(names: Iterable[Heard], known: Iterable[_Known]) -> tuple[Sequence[Heard], Sequence[_Known]]:
    """Of places that overlap, those that overlap no better one, by position."""
    rivals = sorted(zip(names, known, strict=True), key=lambda rival: (-_odds(*rival), rival[0]))
    if len(rivals) == 2:
        return [rivals[0][0]], [rivals[0][1]]
    taken: set[int] = set()
    best: list[_Choice] = []
    for rival in rivals:
        start, raw, _, _ = rival[0]
        span = range(start, start + len(raw))
        if taken.isdisjoint(span):
            taken.update(span)
            best.append(rival)
    best.sort()
    return [name for name, _ in best], [of_string for _, of_string in best]


def _odds(name: Heard, known: _Known) -> float:
    """Log odds that a place is what it is evidence for, with what the other places say and, but for people, what its
    length says.
    """
    _, raw, kind, strength = name
    own = _LOG_ODDS[strength]
    if kind == "person":
        return max(own, 0.0) if known.address else own + known.shift + known.whole
    return min(own + known.shift, _MOST_PLACE if kind == "place" else _MOST) + _LENGTH_WEIGHT * len(raw)


def _log_odds(strength: float) -> float:
    strength = min(max(strength, 0.01), 0.99)
    return math.log(strength / (1 - strength))


# Strengths have two places.
_LOG_ODDS = Remembered(_log_odds, 256)


def _is_address(raw: str) -> bool:
    return raw[1:] in cues.word_set("address") or (len(raw) == 2 and raw[0] in _NICK)


def _joined(pairs: Counter[tuple[str, str, EntityKind]]) -> dict[tuple[str, EntityKind], str]:
    """Alias → the name it was joined with most often; no chains, no circles."""
    names: dict[tuple[str, EntityKind], str] = {}
    for (alias, name, kind), _ in sorted(pairs.items(), key=lambda item: (-item[1], item[0])):
        if (name, kind) not in names and alias != name:
            names.setdefault((alias, kind), name)
    return {key: name for key, name in names.items() if (name, key[1]) not in names}
