"""Evidence over the corpus: what counts as chrome of a site, and that the order of surveying does not matter."""

from __future__ import annotations

import pickle
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.clean import LineSurvey, clean, survey
from tests.clean.sources import text_source

NAVIGATION = "站内导航一览"


def surveyed(articles: list[list[str]], site: str | None = "a.example") -> LineSurvey:
    made = LineSurvey()
    for lines in articles:
        made.add(site, lines)
    return made


def pages(count: int, with_navigation: int, line: str = NAVIGATION) -> list[list[str]]:
    return [[f"第{i}篇的正文在这里。", *([line] if i < with_navigation else [])] for i in range(count)]


@pytest.mark.parametrize(
    ("count", "with_line", "line", "edge", "is_chrome"),
    [
        (5, 5, NAVIGATION, True, True),
        (4, 4, NAVIGATION, True, False),  # too few articles to tell
        (40, 8, NAVIGATION, True, True),
        (40, 7, NAVIGATION, True, False),  # below a fifth
        (40, 8, NAVIGATION, False, False),  # in the midst of an article: half of them
        (40, 20, NAVIGATION, False, True),
        (40, 8, "大家一起来看吧。", True, False),  # could be a sentence of the text
        (40, 20, "大家一起来看吧。", True, True),
    ],
)
def test_what_counts_as_chrome(count: int, with_line: int, line: str, edge: bool, is_chrome: bool) -> None:
    evidence = surveyed(pages(count, with_line, line)).evidence()
    assert evidence.is_chrome("a.example", line, edge=edge) is is_chrome
    assert not evidence.is_chrome("b.example", line, edge=edge)


def test_copies_of_one_article_prove_nothing() -> None:
    assert not surveyed([["正文。", NAVIGATION]] * 30).evidence().is_chrome("a.example", NAVIGATION)


@given(st.integers(0, 2**32), st.integers(0, 30))
def test_order_and_parts_do_not_matter(seed: int, cut: int) -> None:
    articles = pages(30, 15)
    whole = surveyed(articles).evidence()
    Random(seed).shuffle(articles)
    first, second = surveyed(articles[:cut]), surveyed(articles[cut:])
    first.merge(pickle.loads(pickle.dumps(second)))
    assert first.evidence() == whole


def test_memory_is_bounded_whatever_the_order(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(survey, "ARTICLES_PER_SITE", 8)
    monkeypatch.setattr(survey, "ARTICLES", 20)
    rows = [(f"{i % 7}.example", [f"第{i}篇", NAVIGATION]) for i in range(200)]
    forth, back = LineSurvey(), LineSurvey()
    for site, lines in rows:
        forth.add(site, lines)
    for site, lines in reversed(rows):
        back.add(site, lines)
    assert forth.evidence() == back.evidence()
    assert forth.articles <= 20
    assert surveyed(pages(15, 0)).articles == 8  # of one site


def test_evidence_cleans_an_article() -> None:
    page = f"{NAVIGATION}\n雨从早上下到晚上，街上没有什么人。\n{NAVIGATION}"
    made = surveyed(pages(9, 9))
    made.add_source(text_source(page, url="https://www.a.example/1"))
    chrome = made.evidence()
    cleaned = clean(text_source(page, site="a.example"), chrome)
    assert cleaned.article.body == "雨从早上下到晚上，街上没有什么人。"
    assert [span.reason for span in cleaned.spans if span.role == "chrome"] == ["repeats on the site"] * 2
    assert NAVIGATION in clean(text_source(page, site="b.example"), chrome).article.body


def test_what_repeats_in_the_midst_needs_more_evidence() -> None:
    page = f"雨从早上下到晚上，街上没有什么人。\n{NAVIGATION}\n第二天，太阳出来了。"
    for with_line, stays in ((8, True), (30, False)):
        chrome = surveyed(pages(40, with_line)).evidence()
        assert (NAVIGATION in clean(text_source(page, site="a.example"), chrome).article.body) is stays
