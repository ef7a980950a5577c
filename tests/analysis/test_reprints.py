"""Reprints: what is found to share text, and that what is shared is certain to be found."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis.passages import hash_runs
from corpus_db.analysis.reprints import (
    CROWD,
    GRAM,
    WINDOW,
    Fingerprints,
    Pair,
    as_one,
    compared,
    fingerprints,
    originals,
)
from corpus_db.text.fold import code_points, fold

# A long text without repetition: every three characters differ.
TEXT = "".join(f"第{i}家工厂在{i * 7}年开张，" for i in range(100, 160))
OTHER = "".join(f"另有{i}人去了{i * 3}处。" for i in range(300, 360))


def pairs(*bodies: str) -> list[Pair]:
    corpus = Fingerprints()
    for body in bodies:
        corpus.add(fingerprints([fold(body)]))
    return compared(dict(enumerate(bodies)), as_one(corpus.sharing()).tolist())


@pytest.mark.parametrize("copy", [TEXT, TEXT.replace("，", "。\n"), TEXT.replace("开张", "開張")])
def test_the_same_text_in_other_punctuation_or_script_is_the_same(copy):
    assert [(p.first, p.second, p.score, p.relation) for p in pairs(TEXT, OTHER, copy)] == [(0, 2, 1.0, "same")]


def test_a_copy_with_a_few_words_changed_is_a_reprint():
    (found,) = pairs(TEXT, TEXT.replace("第123家", "最大的那家").replace("第140家", "某家") + "（本报记者）")
    assert found.relation == "reprint"
    assert 0.8 < found.score < 1


def test_a_shared_passage_is_an_overlap_and_is_located():
    passage = TEXT[200:330]
    (found,) = pairs(OTHER[:400] + passage, "开头。" + passage + OTHER[800:900])
    assert found.relation == "overlap"
    first = OTHER[:400] + passage
    assert passage.strip("，") in first[found.start : found.end]
    assert ("开头。" + passage)[found.other_start :].startswith(first[found.start : found.end][:20])


def test_unrelated_texts_and_short_common_formulas_are_no_pair():
    assert pairs(TEXT, OTHER) == []
    assert pairs(TEXT + "以上内容仅供参考不构成建议。", OTHER + "以上内容仅供参考不构成建议。") == []


def test_a_formula_in_very_many_articles_does_not_pair_them_all():
    formula = TEXT[:200]
    bodies = [formula + "".join(f"{chr(0x4E00 + i * 50 + j)}甲{j}" for j in range(120)) for i in range(3 * CROWD)]
    assert len(pairs(*bodies)) < 3 * CROWD


def test_the_original_of_a_chain_is_the_earliest_dated():
    chain = [(0, 1), (1, 2)]
    assert originals(chain, ["2015-02-01", None, "2015-01-01T09:00", "2014", "2014"].__getitem__) == {0: 2, 1: 2}


HAN = st.text(st.characters(min_codepoint=0x4E00, max_codepoint=0x4EFF), max_size=80)


@given(HAN, HAN, HAN, HAN, st.integers(0, 2**32 - 1))
def test_a_shared_passage_of_the_guaranteed_length_shares_a_fingerprint(a, b, c, d, seed):
    rng = np.random.default_rng(seed)
    passage = "".join(map(chr, rng.integers(0x5000, 0x9000, GRAM + WINDOW - 1)))
    assert np.intersect1d(*fingerprints([a + passage + b, c + passage + d])).size


@given(st.lists(st.text(st.sampled_from("甲乙a，"), max_size=60)))
def test_many_texts_have_the_fingerprints_of_each_alone(texts):
    for together, text in zip(fingerprints(texts), texts, strict=True):
        (alone,) = fingerprints([text])
        assert together.tolist() == alone.tolist()


@given(st.text(st.sampled_from("甲乙丙丁"), min_size=GRAM, max_size=90))
def test_fingerprints_are_the_smallest_hashes_of_all_windows(text):
    hashes = hash_runs(code_points(text), GRAM).tolist()
    windows = [hashes[start : start + WINDOW] for start in range(max(1, len(hashes) - WINDOW + 1))]
    assert fingerprints([text])[0].tolist() == sorted(set(map(min, windows)))


@given(st.lists(HAN, max_size=6))
def test_pairs_never_fail_and_name_real_places(bodies):
    for pair in pairs(*bodies):
        assert pair.first < pair.second
        assert pair.relation in ("same", "reprint", "overlap")
        if pair.start is not None:
            assert 0 <= pair.start <= pair.end <= len(bodies[pair.first])
