"""Tagged texts → the places where names of the lexicon stand, and how sure each is."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

import numpy as np

from corpus_db.analysis import cues
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.tagging import BEGINS_NAME, NAME, Tagged
from corpus_db.records import EntityKind, Heard
from corpus_db.text.fold import Codes, code_points

_KNOWN, _AMBIGUOUS = 0.95, 0.4  # strength of a name, and of one that is also a common word
_BORNE_OUT = 0.85  # of the latter, where the rest of its text supports it
_NOT_A_NAME_BEFORE = (
    "年月日时元万亿千百个人家名位米件种次%％台倍号股岁"  # after a bare number that is also a name: 1688年
)
_CLASS = {"place": "L", "organisation": "O", "product": "z"}
_Sizes = tuple[int, ...]


class _Form(NamedTuple):
    kind: EntityKind
    strength: float
    spelt: bool  # whether it begins or ends in ASCII


class KnownNames:
    """The names of a lexicon, by the word that each form begins with."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._entries = lexicon.forms
        self._forms = {
            form: _Form(
                entry.kind,
                _AMBIGUOUS if form in lexicon.ambiguous else _KNOWN,
                form[0].isascii() or form[-1].isascii(),
            )
            for form, entry in lexicon.forms.items()
        }
        self._following = _by_next_char(lexicon)
        joints = [word[-1] + char for word, (longer, _) in self._following.items() for char in longer]
        self._pairs = np.zeros(_PAIRS, np.bool_)
        self._pairs[_pair(*code_points("".join(joints)).reshape(-1, 2).T)] = True

    def marks(self) -> dict[str, int]:
        """NAME, BEGINS_NAME or both, by word."""
        return {
            word: NAME * bool(alone) + BEGINS_NAME * bool(longer) for word, (longer, alone) in self._following.items()
        }

    def find(self, tagged: Tagged) -> tuple[list[Heard], list[int]]:
        """The longest name at each place, and the word that each begins with; they begin at words and end at words or
        where the script changes.
        """
        text, folded, tokens, starts, *_ = tagged
        forms, following = self._forms, self._following
        found: list[Heard] = []
        firsts: list[int] = []
        done = 0
        for at in self._beginnings(tagged):
            start = starts[at]
            if start < done:
                continue
            longer, alone = following[tokens[at]]
            for size in longer.get(folded[starts[at + 1]], alone):
                end = start + size
                form = forms.get(folded[start:end])
                if form is None:
                    continue
                kind, strength, spelt = form
                if not spelt or _stands_alone(folded, start, end):
                    found.append((start, text[start:end], kind, strength))
                    firsts.append(at)
                    done = end
                    break
        return found, firsts

    def _beginnings(self, tagged: Tagged) -> list[int]:
        """The words where a name may begin: names, and beginnings before a character that may follow one."""
        words = np.flatnonzero(tagged.marks & np.uint16(NAME | BEGINS_NAME))
        chars = code_points(tagged.folded)
        after = np.asarray(tagged.starts)[words + 1]
        goes_on = self._pairs[_pair(chars[after - 1], chars[after])]
        found: list[int] = words[goes_on | (tagged.marks[words] & np.uint16(NAME) > 0)].tolist()
        return found

    def supported(self, tagged: Tagged, known: Sequence[Heard]) -> Sequence[Heard]:
        """`known` of one text, with the names that are also common words believed where the text bears them out: by
        another form of the same name, or by what stands beside one of their places (苹果 + 公司).
        """
        doubtful = {name[1] for name in known if name[3] == _AMBIGUOUS}
        if not doubtful:
            return known
        sure = {self._name(tagged, name) for name in known if name[3] > _AMBIGUOUS}
        borne_out = set()
        for name in known:
            if name[1] in doubtful and (self._name(tagged, name) in sure or _in_context(tagged, name)):
                borne_out.add(name[1])
        return [
            (start, raw, kind, _BORNE_OUT) if raw in borne_out else (start, raw, kind, strength)
            for start, raw, kind, strength in known
        ]

    def _name(self, tagged: Tagged, name: Heard) -> str:
        start, raw, _, _ = name
        return self._entries[tagged.folded[start : start + len(raw)]].name


_PAIRS = 1 << 16


def _pair(one: Codes, other: Codes) -> Codes:
    """A number for two characters; a few others share it."""
    return (one * np.uint32(31) + other) % np.uint32(_PAIRS)


class _Following(NamedTuple):
    """How long the names are that begin with a word, longest first."""

    longer: dict[str, _Sizes]  # by the character that follows the word in them
    alone: _Sizes  # where none of these follows: that of the word, if it is a name


def _by_next_char(lexicon: Lexicon) -> dict[str, _Following]:
    found = {
        word: _Following({}, (len(word),) if word in lexicon.forms and len(word) in sizes else ())
        for word, sizes in lexicon.starts.items()
    }
    for form in sorted(lexicon.forms, key=len):
        for end in range(1, len(form)):
            if len(form) in lexicon.starts.get(form[:end], ()):
                longer, alone = found[form[:end]]
                sizes = longer.get(form[end], alone)
                if len(form) not in sizes:
                    longer[form[end]] = (len(form), *sizes)
    return found


def classes(tagged: Tagged, known: Sequence[Heard], firsts: Sequence[int]) -> Iterator[tuple[int, int, str]]:
    """(first word, end, class) of the names that are believed; `firsts` are the words that `known` begin with."""
    starts = tagged.starts
    for (start, raw, kind, strength), first in zip(known, firsts, strict=True):
        letter = _CLASS.get(kind)
        if letter is not None and strength > _AMBIGUOUS:
            last = first + 1
            while starts[last] < start + len(raw):
                last += 1
            yield first, last, letter


def _in_context(tagged: Tagged, name: Heard) -> bool:
    """Whether a company's word or, for a person, a verb of saying or a title stands beside the name."""
    start, raw, kind, _ = name
    after = bisect_left(tagged.starts, start + len(raw))
    if kind == "person":
        before = bisect_left(tagged.starts, start) - 1
        return (
            tagged.codes[after] == "V"
            or tagged.folded.startswith(("说", "称"), tagged.starts[after])
            or tagged.codes[before] == "T"
        )
    return tagged.tokens[after] in cues.word_set("company_context")


def _stands_alone(text: str, start: int, end: int) -> bool:
    before, first = text[start - 1], text[start]
    last, after = text[end - 1], text[end]
    if first.isascii() and before.isascii() and before.isalnum() and (before.isdigit() or not first.isdigit()):
        return False
    if last.isascii() and after.isascii() and after.isalnum() and (after.isalpha() or last.isdigit()):
        return False
    return not (text[start:end].isdigit() and after in _NOT_A_NAME_BEFORE)
