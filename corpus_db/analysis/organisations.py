"""Tagged text to places where an organisation, a place, a product or an event may be named.

Organisations by their suffix and the proper names before it, places by the dictionary and their suffix, products and
events by quotation marks beside a noun that says what they are (“狂风行动”, “天天店庆”业务).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from corpus_db.analysis import cues
from corpus_db.analysis.tagging import Tagged
from corpus_db.records import EntityKind, NameEvidence

# Every repetition is bounded, so that a pattern takes linear time on any string of classes.
_ORGANISATION = re.compile(
    r"(?P<placed>P[PqnzshRNAD]{0,6}X(?:n{0,2}X){0,2})"
    r"|(?P<dictionary>O(?:[nzP]{0,3}X){0,2})"
    r"|(?P<named>[zRNA]n{0,3}X(?:n{0,2}X){0,2}|[zRN]n{0,2}Y(?:n?[XY]){0,2})"
    r"|(?P<spelt>(?<![shfA])[sh]{2,4}n{0,2}(?:X(?:n{0,2}X){0,2}|Y(?:n?[XY]){0,2}))"
)
_STRENGTH = {"placed": 0.75, "dictionary": 0.6, "named": 0.7, "spelt": 0.55}
_PLACE = re.compile(r"(?P<built>[PzRN]q|(?<![shf])[sh]{1,2}q)|(?P<dictionary>P)")
_OPEN, _CLOSE = "“\"「『", "”\"」』"
_QUOTED = re.compile(rf"[{_OPEN}]([^{_OPEN}{_CLOSE}\n，。！？；：,!?;]{{2,12}})[{_CLOSE}]")
_CALLED = re.compile(
    r"(?:业务|产品|平台|频道|项目|品牌|应用|栏目|活动)(?:[：:]|名为|名叫|叫做)([\u4e00-\u9fffA-Za-z\d]{2,8})(?=[，。；,;\n])"
)


def organisations(tagged: Tagged) -> Iterator[NameEvidence]:
    """Every organisation named with its suffix, or known to the dictionary."""
    for match in _ORGANISATION.finditer(tagged.codes):
        kind = match.lastgroup or ""
        yield from _evidence(tagged, match.start(), match.end(), "organisation", _STRENGTH[kind])


def places(tagged: Tagged) -> Iterator[NameEvidence]:
    """Every place known to the dictionary or built with a suffix (文山 + 路)."""
    for match in _PLACE.finditer(tagged.codes):
        built = match.lastgroup == "built"
        yield from _evidence(tagged, match.start(), match.end(), "place", 0.55 if built else 0.8)


def _evidence(tagged: Tagged, first: int, last: int, kind: EntityKind, strength: float) -> Iterator[NameEvidence]:
    start, end = tagged.starts[first], tagged.starts[last]
    if end - start > 1:
        yield NameEvidence(start, tagged.text[start:end], kind, strength)


def products(text: str) -> Iterator[NameEvidence]:
    """Quoted names beside a noun that tells their kind: “兴农扶贫”频道, “狂风行动”, 新业务：天天店庆.

    >>> [(name.raw, name.kind) for name in products("公司开展“狂风行动”，上线“天天店庆”业务。")]
    [('狂风行动', 'event'), ('天天店庆', 'product')]
    """
    ending, product, event = _nouns()
    for match in _QUOTED.finditer(text):
        name, start = match[1], match.start(1)
        if event.match(text, match.end()) or ending.search(name):
            yield NameEvidence(start, name, "event", 0.6)
        elif product.match(text, match.end()):
            yield NameEvidence(start, name, "product", 0.65)
    for match in _CALLED.finditer(text):
        yield NameEvidence(match.start(1), match[1], "product", 0.55)


@cache
def _nouns() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    product, event = ("|".join(sorted(cues.words(cue), key=len, reverse=True)) for cue in ("product_noun", "event_noun"))
    long_event = "|".join(word for word in event.split("|") if len(word) > 1)
    return re.compile(rf".(?:{event})$"), re.compile(rf"(?:{product})"), re.compile(rf"(?:{long_event})")
