"""Credits: what an article ends with that says who made it."""

from __future__ import annotations

import time

import pytest
from hypothesis import given

from corpus_db.clean.credits import credit, trailing
from tests.clean.sources import EDGE_LINES, UNITS


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("（记者 王小明）", [("author", "王小明")]),
        ("（责任编辑：李丽）", [("editor", "李丽")]),
        ("(来源：东城日报)", [("publisher", "东城日报")]),
        ("【编辑:李丽】", [("editor", "李丽")]),
    ],
)
def test_trailing_credit(text: str, found: list[tuple[str, str]]) -> None:
    ends = trailing("他走了。" + text)
    assert ends is not None
    assert (ends[0], [(one.field, one.value) for one in ends[1]]) == (4, found)


@pytest.mark.parametrize(
    "text", ["他走了（完）", "他走了（见下图）", "（2019年9月7日）", "他说（大意）：走了", "他走了)"]
)
def test_no_trailing_credit(text: str) -> None:
    assert trailing(text) is None


@given(EDGE_LINES)
def test_every_line_is_safe(line: str) -> None:
    credit(line)
    ends = trailing(line)
    assert ends is None or (0 <= ends[0] < len(line) and ends[1])


@pytest.mark.parametrize("unit", UNITS)
def test_no_line_takes_long(unit: str) -> None:
    line = unit * (320 // len(unit)) + ")"
    before = time.process_time()
    for _ in range(10):
        trailing(line)
    assert time.process_time() - before < 0.5


def test_a_paragraph_may_be_nothing_but_its_credit() -> None:
    ends = trailing("（来源：某某商报）")
    assert ends is not None
    assert ends[0] == 0
