"""Both segmenters cut alike; what is told of the dictionary agrees with itself, however it was read."""

import sys
import tempfile
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.text.fold import fold
from corpus_db.text.segment import SELDOM, all_occurrences, dictionary, occurrences, segmenter

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_without_rjieba_jieba_cuts_the_same_and_leaves_no_file(monkeypatch, tmp_path):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    names = ("市集王某", "备货节")
    best = segmenter(names)
    monkeypatch.setitem(sys.modules, "rjieba", None)
    fallback = segmenter.__wrapped__(names)
    assert (best.name, fallback.name) == ("rjieba", "jieba")
    for seed in SEEDS:
        for line in fold(seed.read_text("utf-8")).splitlines():
            assert fallback.cut(line) == best.cut(line)
    assert "市集王某" in fallback.cut("市集王某今天来了")
    assert not list(tmp_path.iterdir())


def test_words_that_are_seldom_are_counted_only_together():
    told = occurrences()
    assert set(told) < set(dictionary())
    assert min(told.values()) == SELDOM
    assert sum(told.values()) < all_occurrences() < sum(told.values()) + SELDOM * len(dictionary())


@given(
    st.text(
        st.sampled_from("电子商务平台b2b4.1 \t\r\n\x0b\x1c\x85\u2028，。+#") | st.characters(codec="utf-8"), max_size=40
    )
)
def test_a_text_may_be_cut_line_by_line(text):
    for cut in (segmenter().cut, segmenter(("电子 平台",)).cut):
        assert [token for line in text.splitlines(keepends=True) for token in cut(line)] == cut(text)
