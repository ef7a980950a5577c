"""Characters → the odds that they spell a person's name, by counting the names in the jieba dictionary.

Each score is the natural logarithm of P(these characters | a name) / P(these words | running text). The numerator
comes from the dictionary's personal names and the order of surnames by frequency, the denominator from the
dictionary's word counts. Nothing is trained on annotated text.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Callable
from functools import cache
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.remembered import Remembered
from corpus_db.text.segment import all_occurrences, dictionary, occurrences

_NAMES_PER_WORD = 0.01  # of running words of news, about one in a hundred begins a Chinese name
_FOREIGN_PER_WORD = 0.003
_MAX_REMEMBERED = 30_000  # scores kept at a time
_FLOOR = 20  # occurrences granted to a word that the dictionary lacks or has seldom
_NAMES = ("nr", "nrfg", "nrt")  # parts of speech; the last are transliterated


Scores = Remembered[str, float]


def scores(score: Callable[[str], float]) -> Scores:
    """Word → score, reckoned when it is first asked for."""
    return Remembered(score, _MAX_REMEMBERED)


class NameModel(NamedTuple):
    """Log odds by character and place, all natural logarithms."""

    surname: dict[str, float]  # one-character or compound surname
    first: dict[str, float]  # first of two given characters
    second: dict[str, float]
    only: dict[str, float]  # a given name of one character
    foreign: dict[str, float]  # in a transliteration
    word: Scores  # log P(word) in running text

    def background(self, *words: str) -> float:
        """log P of the words, one after another, in running text."""
        return sum([self.word[word] for word in words])

    def chinese(self, surname: str, given: str, words: tuple[str, ...]) -> float:
        """Log odds that `surname` + `given` (1 or 2 characters), cut as `words`, is a name."""
        if len(given) == 1:
            name = self.only.get(given, -9.5)
        else:
            name = self.first.get(given[0], -9.5) + self.second.get(given[1], -9.5)
        return self.surname.get(surname, -12.0) + name - self.background(*words)

    def transliteration(self, name: str, words: tuple[str, ...]) -> float:
        """Log odds that `name`, cut as `words`, is a foreign name."""
        chars = sum([self.foreign.get(char, -10.0) for char in name])
        return math.log(_FOREIGN_PER_WORD) - 1.5 + chars - self.background(*words)


@cache
def name_model() -> NameModel:
    """The model, counted once per process."""
    surname = _surnames()
    first, second, only, foreign = Counter[str](), Counter[str](), Counter[str](), Counter[str]()
    for word, tag in dictionary().items():
        if tag not in _NAMES:
            continue
        if tag in ("nr", "nrfg") and word[0] in surname and word[-1] not in "县市区州镇乡村家氏某":
            if len(word) == 3:
                first[word[1]] += 1
                second[word[2]] += 1
            elif len(word) == 2:
                only[word[1]] += 1
        elif tag == "nrt" and len(word) > 2:
            foreign.update(word)
    for char in cues.words("foreign_character"):
        foreign[char] += 20
    return NameModel(
        surname,
        _logs(first),
        _logs(second),
        _logs(only + Counter({char: (first[char] + second[char]) // 8 for char in first | second})),
        _logs(foreign),
        _word_logs(),
    )


def _word_logs() -> Scores:
    """log P(word) in running text; a word that the dictionary lacks counts as a seldom one, and so do long words other
    than names, which are no part of a name.
    """
    counts, parts, total = occurrences(), dictionary(), all_occurrences()

    def log(word: str) -> float:
        counted = len(word) < 4 or parts.get(word) in _NAMES
        return math.log(max(counts.get(word, 0) if counted else 0, _FLOOR) / total)

    return scores(log)


def _surnames() -> dict[str, float]:
    """log P(surname) in running text: a hundred by rank (about 1 / rank), the rest of the population shared out."""
    frequent, rare, compound = (cues.words(cue) for cue in ("surname", "rare_surname", "compound_surname"))
    ranked = sum(1 / (rank + 3) for rank in range(len(frequent)))
    logs = {char: math.log(_NAMES_PER_WORD * 0.86 / (rank + 3) / ranked) for rank, char in enumerate(frequent)}
    logs |= {char: math.log(_NAMES_PER_WORD * 0.12 / (rank + 60) / 1.8) for rank, char in enumerate(rare)}
    return logs | dict.fromkeys(compound, math.log(_NAMES_PER_WORD * 0.0005))


def _logs(counts: Counter[str]) -> dict[str, float]:
    total = sum(counts.values()) + len(counts)
    return {char: math.log((count + 0.5) / total) for char, count in counts.items()}
