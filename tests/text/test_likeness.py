"""How much a text looks like Chinese: what counting its characters one by one says."""

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.likeness import likeness

BOTH, SIMPLIFIED, TRADITIONAL, RARE, IMPOSSIBLE, ASCII = (
    "的一，。",
    "国来这",
    "國來這",
    "龘靐é",
    "\ufffd\ue000\x85",
    "ab 1",
)


@given(st.text(BOTH + SIMPLIFIED + TRADITIONAL + RARE + IMPOSSIBLE + ASCII, max_size=60))
def test_every_character_counts(text):
    both, simplified, traditional, rare, impossible = (
        sum(map(text.count, chars)) for chars in (BOTH, SIMPLIFIED, TRADITIONAL, RARE, IMPOSSIBLE)
    )
    beyond = both + simplified + traditional + rare + impossible
    strange = rare + impossible + min(simplified, traditional)
    assert likeness(text) == (1 - (strange + 2 * impossible) / beyond if beyond else 0)


def test_controls_count_against_ascii():
    assert likeness("ab\x01\x02") == -1
