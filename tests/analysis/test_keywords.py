"""Keywords: telling words and names first, in a stable order."""

from __future__ import annotations

from corpus_db.analysis.evidence import Mention
from corpus_db.analysis.keywords import keywords

FREQUENCY = {"平台": 2, "价格": 50, "市场": 90, "韦思远": 3}


def ask(words: list[str], mentions: list[Mention], **more: int) -> list[str]:
    return keywords(words, mentions, documents=100, frequency=lambda word: FREQUENCY.get(word, 0), **more)


def test_rare_words_come_before_common_ones() -> None:
    assert ask(["市场", "价格", "平台"], []) == ["平台", "价格", "市场"]


def test_function_words_numbers_and_single_characters_are_none() -> None:
    assert ask(["的", "因为", "2013", "店", "平台"], []) == ["平台"]


def test_a_name_counts_by_its_entity_and_before_words() -> None:
    names = [Mention(0, "青石", "韦思远", "person"), Mention(9, "韦思远", "韦思远", "person")]
    assert ask(["平台", "青石", "韦思远"], names)[0] == "韦思远"
    assert "青石" not in ask(["平台", "青石", "韦思远"], names)


def test_places_are_no_keywords_of_their_own() -> None:
    assert ask(["平台"], [Mention(0, "杭州", "杭州", "place")]) == ["平台"]


def test_the_title_weighs_more() -> None:
    assert keywords(["价格", "平台"], [], documents=100, frequency=lambda _: 5, title=["价格"])[0] == "价格"


def test_equal_scores_keep_the_order_of_their_characters_and_count_is_kept() -> None:
    words = ["平台", "价格", "商品", "渠道", "流量", "店铺", "货源", "品牌", "仓库", "客户"]
    one = keywords(words, [], documents=10, frequency=lambda _: 1)
    other = keywords(words[::-1], [], documents=10, frequency=lambda _: 1)
    assert one == other == sorted(words)[:8]
