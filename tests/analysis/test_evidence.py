"""Evidence that comes and goes: what is left is told from the change, and which strings it says something else of."""

import gc
import weakref

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.aliases import Alias
from corpus_db.analysis.evidence import Evidence
from corpus_db.analysis.lexicon import load

STRINGS = ["葛建国", "葛平", "老葛", "葛总", "杭州", "阿里巴巴", "马云", "逍遥子", "张勇"]
KINDS = ["person", "person", "person", "person", "place", "organisation", "person", "person", "person"]
HEARD = st.builds(
    lambda n, start, strength: (start, STRINGS[n], KINDS[n], strength),
    st.integers(0, len(STRINGS) - 1),
    st.integers(0, 99),
    st.sampled_from([0.2, 0.5, 0.8, 0.95]),
)
ALIASES = st.sampled_from([Alias(0, "老葛", "葛建国", "person"), Alias(0, "老葛", "葛平", "person")])
DOCUMENTS = st.lists(st.tuples(st.lists(HEARD, max_size=6), st.lists(ALIASES, max_size=2)), max_size=4)


def evidence(documents) -> Evidence:
    heard = Evidence()
    for names, aliases in documents:
        heard.add(names, aliases)
    return heard


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_what_it_is_when_it_has_gained_and_lost(stayed, gained, lost):
    lexicon = load(None)
    whole = evidence(stayed + lost).whole(lexicon).changed(evidence(gained), evidence(lost), lexicon)
    after, expected = whole.settle(lexicon), evidence(stayed + gained).settle(lexicon)
    strings = {(kind, raw) for names, _ in stayed + gained + lost for _, raw, kind, _ in names}
    assert after.otherwise(expected, strings) == set()
    assert whole.overall == evidence(stayed + gained).whole(lexicon).overall


@given(DOCUMENTS, DOCUMENTS, DOCUMENTS)
def test_a_document_that_shows_none_of_the_strings_that_differ_names_what_it_named(stayed, gained, lost):
    lexicon = load(None)
    after, before = evidence(stayed + gained).settle(lexicon), evidence(stayed + lost).settle(lexicon)
    heard = {(kind, raw) for documents in (gained, lost) for names, _ in documents for _, raw, kind, _ in names}
    differing = after.otherwise(before, heard)
    for names, _ in stayed:
        if differing.isdisjoint((kind, raw) for _, raw, kind, _ in names):
            shown = sorted(names)
            assert after.mentions_and_anonymous(shown) == before.mentions_and_anonymous(shown)


def test_what_decisions_were_made_of_is_held_no_longer_than_they_are():
    """However seldom garbage is collected: of 100 MB of text it is 28 MB, in the writer and so in its copies."""
    decisions = evidence([([(0, "王芳", "person", 0.9)], [])]).settle(load(None))
    assert [mention.name for mention in decisions.mentions([(0, "王芳", "person", 0.9)])] == ["王芳"]
    held = weakref.ref(decisions)
    gc.disable()
    try:
        del decisions
        assert held() is None
    finally:
        gc.enable()
