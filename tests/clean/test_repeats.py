"""What stands twice in a document is kept once: copies of a body, cut-off leads, repeated paragraphs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean.repeats import cut_lead, flattened, repeated
from corpus_db.clean.spans import lines
from tests.clean.sources import FLAT, PARAGRAPHS

PAGES = st.lists(st.sampled_from(["短。", "小标题", *PARAGRAPHS[:4]]), max_size=9).map("\n".join)


def test_both_copies_of_a_body_give_each_paragraph_once() -> None:
    own = "这一段只有分行的那一份才有。"
    rows = [*PARAGRAPHS[:4], *PARAGRAPHS[5:7], own, *PARAGRAPHS[7:]]  # lacks the fifth
    for page in (FLAT + "\n\n" + "\n\n".join(rows), "\n".join(rows) + "\n" + FLAT):
        found = flattened(lines(page), page)
        assert found is not None
        blocks, copies = found
        assert [one.text for one in blocks] == [*PARAGRAPHS[:7], own, *PARAGRAPHS[7:]]
        assert len(copies) == len(rows) - 1


def test_a_copy_that_has_one_sentence_more() -> None:
    rows = [*PARAGRAPHS[:8], "多出来的一句话在最前面。" + PARAGRAPHS[8]]
    page = FLAT + "\n" + "\n".join(rows)
    found = flattened(lines(page), page)
    assert found is not None
    assert [one.text for one in found[0]] == rows


def test_a_long_line_among_others_is_no_copy() -> None:
    page = FLAT + "\n" + "\n".join(f"第{i}件别的事情，和桥没有关系，和船也没有关系。" for i in range(12))
    assert flattened(lines(page), page) is None


def test_a_few_short_lines_that_a_long_one_has_make_it_no_copy() -> None:
    short = ["桥的由来", "歇着的人", "两个守夜的人", "一个在东头", "一个在西头"]
    page = FLAT + "\n" + "\n".join([*short, *(f"第{i}件别的事情，和桥没有关系，和船也没有关系。" for i in range(5))])
    assert flattened(lines(page), page) is None


def test_a_first_line_that_the_second_repeats_in_part_only() -> None:
    assert cut_lead(lines("桥上的灯亮了一夜\n桥上的灯亮了一会儿就灭了。")) == 0


@given(PAGES)
def test_what_is_repeated_stands_above_and_is_long_or_beside_what_is(page: str) -> None:
    rows = lines(page)
    again = repeated(rows)
    assert all(rows[i].text in [row.text for row in rows[:i]] for i in again)
    assert again == sorted(set(again))
    assert not again or max(len(rows[i].text) for i in again) >= 40


@given(PAGES)
def test_a_cut_lead_is_followed_by_what_it_is_cut_from(page: str) -> None:
    rows = lines(page)
    size = cut_lead(rows)
    assert 2 * size <= len(rows)
    assert all(rows[size + i].text.startswith(rows[i].text.rstrip("….。 ")) for i in range(size))
