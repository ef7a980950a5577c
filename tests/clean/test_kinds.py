"""Questions and answers are told by their labels, and a label of one's own by what stands around it."""

from __future__ import annotations

import pytest

from corpus_db.clean.kinds import kinds
from corpus_db.clean.paragraphs import Block


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (["主持人问：你几岁？", "答：五岁。"], ["question", "answer"]),
        (["问：你几岁？", "五岁。", "主持人问：真的吗？", "真的。"], ["question", "text", "question", "text"]),
        (["他问：你几岁？", "没有人回答他。"], ["text", "text"]),
        (["他没有走。", "他问：为什么？"], ["text", "text"]),
        (["答：五岁。", "没有人问过他。"], ["text", "text"]),
        (["Q1：你几岁？", "A：五岁。"], ["question", "answer"]),
    ],
)
def test_questions_and_answers(texts: list[str], expected: list[str]) -> None:
    assert [one.kind for one in kinds([Block((), text) for text in texts])] == expected
