"""Text → names: what one document shows (`find`), summed over the corpus, decides what is named where (`Evidence`).

for each document:  names = find(text, lexicon); aliases = joined(text, names); evidence.add(names, aliases)
then:               decided = evidence.settle(lexicon)
for each document:  decided.mentions(names), which `Entities` counts

`find_all` gives the names and aliases of many documents at once, in less than half the time.
"""

from __future__ import annotations

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any, NamedTuple, TypeVar

from corpus_db.analysis import aliases, cues, known_names, organisations, people
from corpus_db.analysis.foreign_names import foreign_chars
from corpus_db.analysis.known_names import KnownNames
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.tagging import MEDIUM, Tagged, Tagger, retag
from corpus_db.records import Heard, NameEvidence
from corpus_db.text.fold import fold_aligned
from corpus_db.text.segment import segmenter
from corpus_db.text.tokens import Tokens

T = TypeVar("T", bound=tuple[Any, ...])
_MAX_REPEATED = 40  # names of one document that are looked for again in all of it


class Found(NamedTuple):
    """What one document shows."""

    names: list[Heard]  # every place where a name may stand, by position; places may overlap
    aliases: list[aliases.Alias]  # the pairs of names that it joins


def find(text: str, lexicon: Lexicon, tokens: Sequence[str] | None = None) -> list[NameEvidence]:
    """Every place of `text` where a name may stand, by position; places may overlap.

    `tokens`, if the caller has them, are the words of ``fold_aligned(text)``.
    """
    folded = fold_aligned(text)
    [found] = find_all([text], [folded], Tokens([tokens or segmenter().cut(folded)]), lexicon)
    return list(map(NameEvidence._make, found.names))


def joined(text: str, names: Sequence[NameEvidence]) -> list[aliases.Alias]:
    """The pairs of names that `text` joins; `names` are what `find` gave for it."""
    return aliases.find(text, names)


def find_all(
    texts: Sequence[str], folded: Sequence[str], tokens: Tokens, lexicon: Lexicon, numbers: Sequence[int] = ()
) -> list[Found]:
    """What `find` and `joined` give for each of `texts`.

    `folded` are the same texts folded (`fold_aligned`), and `tokens` their words, or those of more texts, of which
    `numbers` says which are the words of each of `texts`.
    """
    tagger, lexicon_names = _readers(lexicon)
    tagged = tagger.tag(texts, folded, tokens, numbers or range(len(texts)))
    known, firsts = lexicon_names.find(tagged)
    known = [name for of_text in _parts(known, tagged) for name in lexicon_names.supported(tagged, of_text)]
    tagged = retag(tagged, known_names.classes(tagged, known, firsts))
    spelt = list(organisations.products(tagged.text))
    found = [*known, *people.find(tagged), *organisations.find(tagged, known), *spelt]
    candidates = aliases.candidates(tagged.text)
    named = aliases.before(candidates, found)
    spelt += [(alias.start, alias.alias, alias.kind, 0.9) for alias in aliases.of(candidates, named)]
    repeated = list(_repeated(tagged, spelt))
    pairs = aliases.of(candidates, _best([*named, *aliases.before(candidates, repeated)]))
    found = _best([*found, *repeated])
    return [
        Found(
            [(start - first, raw, kind, strength) for start, raw, kind, strength in names],
            [alias._replace(start=alias.start - first) for alias in joined],
        )
        for names, joined, (first, _) in zip(_parts(found, tagged), _parts(pairs, tagged), tagged.bounds, strict=True)
    ]


@lru_cache(maxsize=4)
def _readers(lexicon: Lexicon) -> tuple[Tagger, KnownNames]:
    known = KnownNames(lexicon)
    marks = dict.fromkeys(cues.words("media_suffix"), MEDIUM)
    for word, mark in known.marks().items():
        marks[word] = marks.get(word, 0) | mark
    return Tagger(marks, foreign_chars()), known


def _parts(found: Sequence[T], tagged: Tagged) -> Iterator[Sequence[T]]:
    """Those of `found`, which are tuples by position, that stand in each of the texts."""
    at = 0
    for _, last in tagged.bounds:
        first, at = at, bisect_left(found, (last,), at)
        yield found[first:at]


def _repeated(tagged: Tagged, named: Iterable[Heard]) -> Iterator[Heard]:
    """The other places of names that only their punctuation or neighbours gave away, in the text of each."""
    of_texts: dict[tuple[int, int], dict[str, Heard]] = {}
    for name in named:
        bounds = tagged.bounds[bisect_right(tagged.bounds, (name[0], math.inf)) - 1]
        of_texts.setdefault(bounds, {})[name[1]] = name
    for (first, last), by_form in of_texts.items():
        for _, raw, kind, strength in list(by_form.values())[:_MAX_REPEATED]:
            at = tagged.text.find(raw, first, last)
            while at >= 0:
                yield at, raw, kind, strength
                at = tagged.text.find(raw, at + len(raw), last)


def _best(found: list[Heard]) -> list[Heard]:
    """One piece of evidence for each place and kind, the strongest, by position."""
    found.sort()
    # Equal place, string and kind stand side by side now, the strongest last.
    last = found[-1:]
    return [name for name, after in pairwise(found) if after[0] != name[0] or after[:3] != name[:3]] + last
