"""One article a line, with its source and its facts inside."""

from __future__ import annotations

import json

import pytest


@pytest.fixture
def articles(release):
    lines = (release / "jsonl" / "articles.jsonl").read_text("utf-8").splitlines()
    return {article["key"]: article for article in map(json.loads, lines)}


def test_every_article_has_the_same_names(articles):
    assert len(articles) == 10
    assert len({tuple(article) for article in articles.values()}) == 1


def test_facts_stand_inside_and_where_they_say(articles):
    article = articles["a1"]
    assert [(f["raw"], f["value"]) for f in article["figures"]] == [("41.9亿元", 4.19e9), ("超过13,000家", 13000.0)]
    assert [(n["name"], n["kind"]) for n in article["names"]] == [("王芳", "person")]
    assert [(q["speaker"], q["text"]) for q in article["quotes"]] == [("王芳", "平台要为店主服务。")]
    assert [d["start_date"] for d in articles["a4"]["dates"]] == ["2013-05-01"]
    for fact in (*article["figures"], *article["names"]):
        assert article["body"][fact["start"] :].startswith(fact["raw"])
    assert "\n".join(article["body"][p["start"] : p["end"]] for p in article["paragraphs"]) == article["body"]


def test_other_articles_are_named_by_key(articles):
    assert articles["a6"]["reprint_of"] == "a1"
    assert articles["a1"]["reprint_of"] is None
    assert [(s["key"], s["relation"]) for s in articles["a1"]["similar"]] == [("a6", "reprint")]


def test_source_and_licence_of_every_article_are_there(articles):
    for key, article in articles.items():
        assert article["source"]["path"] == f"{key}.txt"
        assert article["licence"] == "CC0"
