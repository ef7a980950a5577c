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
# What numbers, times, names and quotations begin with, end with, and are made of.
PIECES = [
    *(
        "1",
        "1,",
        "1-",
        "1.2",
        "1 ",
        "1、",
        "1万",
        "1年",
        "1688",
        "一",
        "十二",
        "万",
        "亿",
        "半",
        "翻了",
        "百分之",
        "第",
    ),
    *("年", "月", "日", "1月", "3月", "今", "去年", "上"),
    *(
        "王",
        "王明",
        "小王",
        "王·",
        "阿·",
        "张勇、",
        "中美",
        "北京",
        "省市县",
        "公司",
        "（又名",
        "（网名“老王”）",
        "“王某”业务",
    ),
    *("“", "”", '"', "“‘", "“王”", "“好。”", "说：", "说说", "韦思远说：“", "，“要做好服务。”", "：", "《", "。"),
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
