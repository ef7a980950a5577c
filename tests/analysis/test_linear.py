"""Every analysis reads a long line of anything in a time that grows with its length, not faster."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from corpus_db.analysis import date_grammar, dates, figures, lexicon, names, numerals, quotes
from corpus_db.analysis.evidence import Evidence
from corpus_db.text import sentences

KNOWN = lexicon.load()
CHARS = 15_000
PIECES = [
    "1",
    "年",
    "1年",
    "王",
    "王明",
    "小王",
    "“",
    "”",
    "“王”",
    "亿",
    "上",
    "第",
    "1,",
    "1-",
    "一",
    "万",
    "说：",
    "王·",
    "中美",
    "百分之",
    "日",
    "3月",
    "《",
    "（又名",
    "。",
    "公司",
    "1688",
]
MIXED = "".join(random.Random(3).choices("1年王“”亿上第，。：说", k=2 * CHARS))


def analyse(text: str) -> None:
    expressions = date_grammar.find(text)
    figures.find(text, expressions)
    dates.find(text, None, expressions)
    numerals.find(text)
    heard = names.find(text, KNOWN)
    evidence = Evidence()
    evidence.add(heard, names.joined(text, heard))
    quotes.find(text, evidence.settle(KNOWN).mentions(heard, anonymous=True))
    list(sentences.bounds(text))


def seconds(step: Callable[[str], None], text: str) -> float:
    start = time.process_time()
    step(text)
    return time.process_time() - start


@pytest.mark.parametrize(
    "line", [*((piece * 2 * CHARS)[: 2 * CHARS] for piece in PIECES), MIXED], ids=[*PIECES, "mixed"]
)
def test_twice_the_line_takes_about_twice_the_time(line: str) -> None:
    analyse(line[:100])  # tables are loaded once
    assert any(
        seconds(analyse, line) < 3 * seconds(analyse, line[:CHARS]) + 0.05 for _ in range(5)
    )  # quadratic: four times
