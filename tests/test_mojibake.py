"""Mojibake: what is repaired is what was meant, and what is sound is never touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.mojibake import repaired

CHINESE = st.text(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动，。", min_size=8, max_size=60
)


def of(text: str) -> tuple[str, str | None]:
    return repaired(text, text.encode())


@given(CHINESE)
def test_chinese_is_left_alone(text: str) -> None:
    assert of(text) == (text, None)


@given(CHINESE, st.sampled_from(["utf-8", "gbk"]))
def test_chinese_that_was_read_as_latin_comes_back(text: str, right: str) -> None:
    fixed, cause = of(text.encode(right).decode("latin-1"))
    assert fixed == text
    assert cause is not None and cause.endswith("had been read as Latin")


@given(CHINESE)
def test_what_is_repaired_stays_as_it_is(text: str) -> None:
    fixed, _ = of(text.encode().decode("gb18030", "replace"))
    assert of(fixed) == (fixed, None)


def test_what_was_lost_on_the_way_is_counted() -> None:
    text = "他们在这里生活了很多年，来的人一年比一年多，天气也好。" * 3
    fixed, cause = of(text.encode().decode("gb18030", "replace"))
    assert cause == f"UTF-8 had been read as GBK, {fixed.count(chr(0xFFFD))} sequences lost"


@pytest.mark.parametrize("text", ["", "plain", "Ã", "À côté", "涓涓细流，汇成江河。"])
def test_few_strange_characters_prove_nothing(text: str) -> None:
    assert of(text) == (text, None)


def test_chinese_beside_it_is_never_lost() -> None:
    spoilt = "他们在这里生活了很多年。" + "天气也好，来的人一年比一年多。".encode("gbk").decode("latin-1")
    assert of(spoilt) == (spoilt, None)
