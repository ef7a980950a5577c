"""The seeds come out as a reader of the pages would have copied them: golden paragraphs and fields."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_db.clean import clean
from corpus_db.records import Article
from tests.clean.sources import SEEDS, seed

GOLDEN = Path(__file__).parents[1] / "golden"
FIELDS: list[dict[str, object]] = [
    {
        "title": "阿里为何还在狠狠扶持小卖家？",
        "author": "匿名",
        "published": "2013-12-04T23:24",
        "published_precision": "minute",
        "site": "huxiu.com",
        "url": "https://www.huxiu.com/article/24144",
    },
    {
        "title": "解读阿里巴巴中国站和淘宝账号互通",
        "author": "范婷婷",
        "published": "2020-10-04",
        "published_precision": "day",
        "publisher": "天下网商",
        "views": 35,
        "section": "海淘人物",
        "extra": {"uploader": "admin", "compiler": "中国电子商务研究中心"},
    },
    {
        "title": "阿里的B2B电商平台1688为什么要急于推动在线交易？",
        "author": "匿名",
        "published": "2013-10-09T09:23",
        "published_precision": "minute",
        "site": "huxiu.com",
        "url": "https://www.huxiu.com/article/21189",
    },
    {
        "title": "逍遥子:服务商好消费者才好",
        "published": "2016-01-25T18:03:21",
        "published_precision": "second",
        "views": 1160,
        "section": "要闻/电商人物",
    },
    {"title_estimated": "1999年,中国电子商务波澜壮阔的前夜。"},
]


@pytest.mark.parametrize("number", range(5))
def test_paragraphs(number: int) -> None:
    cleaned = clean(seed(number))
    got = [f"{p.kind}\t{cleaned.article.body[p.start : p.end]}" for p in cleaned.paragraphs]
    golden = GOLDEN / f"{SEEDS[number].stem}.paragraphs.tsv"
    assert got == golden.read_text("utf-8").splitlines()


@pytest.mark.parametrize("number", range(5))
def test_fields(number: int) -> None:
    article = clean(seed(number)).article
    want = {"extra": {"layout": "post"} if article.site else {}, **FIELDS[number]}
    if article.summary is not None:  # the lead of the one seed that has one; its text is in the golden paragraphs
        want["summary"] = next(
            article.body[p.start : p.end] for p in clean(seed(number)).paragraphs if p.kind == "summary"
        )
    empty = dict.fromkeys(set(Article._fields) - {"body"})
    assert {name: getattr(article, name) for name in empty} == {**empty, **want}


def test_what_was_taken_out_of_a_page() -> None:
    source = seed(3)
    gone = [span for span in clean(source).spans if span.role == "chrome"]
    assert sum(span.reason == "link list" for span in gone) == 16  # eight headlines, eight times
    assert [source.raw[s.start : s.end] for s in gone if s.reason == "list heading"] == [
        "最新文章",
        "精选专题",
        "热门阅读",
        "大家都在搜",
    ]


def test_captions_that_repeat_the_text() -> None:
    source = seed(4)
    spans = clean(source).spans
    assert sum(span.reason == "caption repeats the text" for span in spans) == 7
    assert sum(span.reason == "cut-off copy of the beginning" for span in spans) == 2
