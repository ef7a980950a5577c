"""Keywords: telling words and names first, in a stable order."""

from __future__ import annotations

import math

import pytest

from corpus_db.analysis.decisions import Mention
from corpus_db.analysis.keywords import choose, is_keyword, rarity

FREQUENCY = {"平台": 2, "价格": 50, "市场": 90, "韦思远": 3}


def rarity_of(word: str) -> float:
    return rarity(FREQUENCY.get(word, 0), 100)


def ask(words: list[str], mentions: list[Mention]) -> list[str]:
    return choose({word: rarity_of(word) for word in words}, mentions, rarity_of).words


def test_rare_words_come_before_common_ones() -> None:
    assert ask(["市场", "价格", "平台"], []) == ["平台", "价格", "市场"]


def test_rarity_is_the_logarithm_of_the_inverse_share() -> None:
    assert rarity(9, 9) == pytest.approx(math.log(10 / 9.5))
    assert rarity(1, 99) == pytest.approx(math.log(100 / 1.5))
    assert rarity(0, 99) == rarity(1, 99)


def test_function_words_numbers_and_single_characters_are_none() -> None:
    assert list(filter(is_keyword, ["的", "因为", "2013", "店", "平台"])) == ["平台"]


def test_a_name_counts_by_its_entity_and_before_words() -> None:
    names = [Mention(0, "青石", "韦思远", "person"), Mention(9, "韦思远", "韦思远", "person")]
    assert ask(["平台", "青石", "韦思远"], names)[0] == "韦思远"
    assert "青石" not in ask(["平台", "青石", "韦思远"], names)


def test_places_are_no_keywords_of_their_own() -> None:
    assert ask(["平台"], [Mention(0, "杭州", "杭州", "place")]) == ["平台"]


def test_equal_scores_keep_the_order_of_their_characters_and_count_is_kept() -> None:
    words = ["平台", "价格", "商品", "渠道", "流量", "店铺", "货源", "品牌", "仓库", "客户"]
    one, other = (choose(dict.fromkeys(order, 1.0), [], rarity_of).words for order in (words, words[::-1]))
    assert one == other == sorted(words)[:8]


def test_names_leave_room_for_words_unless_there_are_none() -> None:
    names = [Mention(i, f"青石{i}号", f"青石{i}号", "product") for i in range(9)]
    words = ["平台", "价格", "市场"]
    assert set(words) < set(ask(words, names))
    assert len(ask([], names)) == 8
