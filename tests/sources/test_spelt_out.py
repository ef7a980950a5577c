"""Texts whose characters are spelt out in ASCII."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.sources.spelt_out import way
from tests.sources.reading import body, check_tiling, read

TEXT = "河边的早市昨天开张，来了许多人。\n卖竹篮的老周说：“值得。”"
SPELT = [
    TEXT.encode("unicode_escape").decode().replace("\\n", "\n"),
    quote(TEXT),
    quote(TEXT.encode("gbk")),
    "".join(char if char.isascii() else f"%u{ord(char):04X}" for char in TEXT),
    TEXT.encode("ascii", "xmlcharrefreplace").decode(),
    "".join(char if char.isascii() else f"&#x{ord(char):x};" for char in TEXT),
]


@pytest.mark.parametrize("spelt", SPELT)
def test_a_file_of_it_is_read_and_keeps_its_raw_text(spelt: str) -> None:
    source = read("text", spelt)
    assert (body(source), source.raw) == (TEXT, spelt)
    assert source.notes == ("its characters were spelt out in ASCII",)
    check_tiling(source)


@pytest.mark.parametrize(
    "sound",
    ["", "plain", TEXT, TEXT + "\\u4e2d", "100%", "the table of \\u4e2d and \\u56fd", "a=%E4%B8%AD&b=" + "x" * 9],
)
def test_sound_text_stays_as_it_is(sound: str) -> None:
    assert way(sound) is None


@given(st.text(alphabet=st.sampled_from("\\u%&#x;4e2dE4B8AD ")))
def test_every_text_is_safe(text: str) -> None:
    if escapes := way(text):
        assert escapes.meant(text) != text
