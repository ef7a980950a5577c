"""Flattened lines are parted, wrapped lines joined."""

from __future__ import annotations

import pytest

from corpus_db.clean.paragraphs import part, unwrap, width
from corpus_db.clean.spans import lines
from tests.clean.sources import FLAT, PARAGRAPHS


def parted(text: str, share: float = 1.0) -> list[str]:
    return [text[start:end] for start, end in part(text, 0, len(text), share)]


def test_a_flattened_line_is_parted_with_its_headings() -> None:
    assert len(FLAT) >= 300
    assert parted(FLAT) == PARAGRAPHS


def test_a_flat_line_among_many_is_left_alone() -> None:
    assert parted(FLAT, share=0.3) == [FLAT]


@pytest.mark.parametrize("gap", ["\u3000\u3000", "  ", "\t"])
def test_wide_gaps_part_any_line(gap: str) -> None:
    assert parted(gap.join(PARAGRAPHS), share=0.3) == PARAGRAPHS


def test_a_text_spaced_out_around_numbers_gets_no_headings() -> None:
    text = " ".join("在 2013 年，他写了 5 本书，卖了 300 册。其余的都放在家里，堆到了房顶。" for _ in range(10))
    assert all(paragraph.startswith("在 2013 年") for paragraph in parted(text))


def test_wrapped_lines_are_joined_where_all_have_one_width() -> None:
    text = "".join(PARAGRAPHS[2:5])
    rows = [text[i : i + 20] for i in range(0, len(text), 20)]
    page = "\n".join([*rows, "", *rows])
    assert ["".join(line.text for line in one) for one in unwrap(lines(page))] == [text, text]
    apart = "\n\n".join(rows)
    assert len(unwrap(lines(apart))) == len(rows)


def test_width_counts_columns() -> None:
    assert width("电商B2B，") == 9
