"""Text to names: what one document shows (`find`), summed over the corpus, decides what is named where (`Evidence`).

for each document:  names = find(text, lexicon); aliases = joined(text, names); evidence.add(names, aliases)
then:               decided = evidence.settle(lexicon)
for each document:  decided.mentions(names), which `Entities` counts
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise

from corpus_db.analysis import aliases, cues, organisations, people
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.tagging import Tagged, Tagger, retag
from corpus_db.records import NameEvidence
from corpus_db.text.fold import fold_aligned
from corpus_db.text.segment import segmenter

_KNOWN, _AMBIGUOUS = 0.95, 0.4  # strength of a lexicon name, and of one that is also a common word
_BORNE_OUT = 0.85  # of the latter, where the rest of the text supports it
_NOT_A_NAME_BEFORE = (
    "年月日时元万亿千百个人家名位米件种次%％台倍号股岁"  # after a bare number that is also a name: 1688年
)
_CLASS = {"place": "L", "organisation": "O", "product": "z"}
_MAX_REPEATED = 40  # names of one document that are looked for again in all of it


def find(text: str, lexicon: Lexicon, tokens: Sequence[str] | None = None) -> list[NameEvidence]:
    """Every place of `text` where a name may stand, by position; places may overlap.

    `tokens`, if the caller has them, are the words of ``fold_aligned(text)``.
    """
    if tokens is None:
        tokens = segmenter().cut(fold_aligned(text))
    tagged, starts = _tagger(lexicon).tag(text, "".join(tokens), tokens)
    known = _supported(tagged, lexicon, list(_known(tagged, lexicon, starts)))
    tagged = retag(tagged, _certain(known))
    found = [*known, *people.find(tagged), *organisations.organisations(tagged), *organisations.places(tagged)]
    found += [*organisations.abbreviated(tagged), *organisations.media(tagged), *organisations.models(text, known)]
    found += organisations.works(text)
    spelt = list(organisations.products(text))
    found += spelt
    joined = aliases.find(text, found)
    spelt += [NameEvidence(alias.start, alias.alias, alias.kind, 0.9) for alias in joined]
    found += _repeated(text, spelt)
    return _best(found)


def joined(text: str, names: Sequence[NameEvidence]) -> list[aliases.Alias]:
    """The pairs of names that `text` joins; `names` are what `find` gave for it."""
    return aliases.find(text, names)


@lru_cache(maxsize=4)
def _tagger(lexicon: Lexicon) -> Tagger:
    return Tagger(lexicon.starts)


def _known(tagged: Tagged, lexicon: Lexicon, words: Sequence[int]) -> Iterator[NameEvidence]:
    """Names of the lexicon, the longest at each place; they begin at one of `words` and end at words or where the
    script changes.
    """
    forms, heads, folded, starts = lexicon.forms, lexicon.heads, tagged.folded, tagged.starts
    done = 0
    for at in [at for at in words if folded[starts[at] : starts[at] + 2] in heads]:
        start = starts[at]
        if start < done:
            continue
        for size in lexicon.starts[tagged.tokens[at]]:
            form = folded[start : start + size]
            end = start + len(form)
            if form in forms and _stands_alone(folded, start, end):
                done = end
                strength = _AMBIGUOUS if form in lexicon.ambiguous else _KNOWN
                yield NameEvidence(start, tagged.text[start:end], forms[form].kind, strength)
                break


def _supported(tagged: Tagged, lexicon: Lexicon, known: list[NameEvidence]) -> list[NameEvidence]:
    """`known`, with the names that are also common words believed where the text bears them out: by another form of the
    same name, or by what stands beside one of their places (苹果 + 公司)."""
    doubtful = {name.raw for name in known if name.strength == _AMBIGUOUS}
    if not doubtful:
        return known
    sure = {lexicon.forms[fold_aligned(name.raw)].name for name in known if name.strength > _AMBIGUOUS}
    borne_out = {raw for raw in doubtful if lexicon.forms[fold_aligned(raw)].name in sure}
    for name in known:
        if name.raw in doubtful and _in_context(tagged, name):
            borne_out.add(name.raw)
    return [name._replace(strength=_BORNE_OUT) if name.raw in borne_out else name for name in known]


def _in_context(tagged: Tagged, name: NameEvidence) -> bool:
    """Whether a company's word or, for a person, a verb of saying or a title stands beside the name."""
    after = bisect_left(tagged.starts, name.start + len(name.raw))
    if name.kind == "person":
        before = bisect_left(tagged.starts, name.start) - 1
        return (
            tagged.codes[after : after + 1] == "V"
            or tagged.folded.startswith(("说", "称"), tagged.starts[after])
            or (before >= 0 and tagged.codes[before] == "T")
        )
    return after < len(tagged.tokens) and tagged.tokens[after] in cues.word_set("company_context")


def _certain(known: Sequence[NameEvidence]) -> Iterator[tuple[int, int, str]]:
    for start, raw, kind, strength in known:
        if strength > _AMBIGUOUS and kind in _CLASS:
            yield start, start + len(raw), _CLASS[kind]


def _stands_alone(text: str, start: int, end: int) -> bool:
    if not (text[start].isascii() or text[end - 1].isascii()):
        return True
    before, first = text[start - 1 : start], text[start]
    last, after = text[end - 1], text[end : end + 1]
    if first.isascii() and before.isascii() and before.isalnum() and (before.isdigit() or not first.isdigit()):
        return False
    if last.isascii() and after.isascii() and after.isalnum() and (after.isalpha() or last.isdigit()):
        return False
    return not (text[start:end].isdigit() and after and after in _NOT_A_NAME_BEFORE)


def _repeated(text: str, named: Sequence[NameEvidence]) -> Iterator[NameEvidence]:
    """The other places of names that only their punctuation or neighbours gave away."""
    for name in list({name.raw: name for name in named}.values())[:_MAX_REPEATED]:
        at = text.find(name.raw)
        while at >= 0:
            yield NameEvidence(at, name.raw, name.kind, name.strength)
            at = text.find(name.raw, at + len(name.raw))


def _best(found: list[NameEvidence]) -> list[NameEvidence]:
    """One piece of evidence for each place and kind, the strongest, by position."""
    found.sort()
    # Equal place, string and kind stand side by side now, the strongest last.
    last = found[-1:]
    return [name for name, after in pairwise(found) if after[:3] != name[:3]] + last
