"""Bytes to text: every encoding that Chinese files come in, wrong labels, damage, mojibake, and what is no text."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db.decode import decode, encoding_of
from corpus_db.errors import InputError

SIMPLIFIED = "昨天下午，市里开了一个关于电子商务的会，大家都说今年的生意比去年好。\n"
TRADITIONAL = "昨天下午，市裡開了一個關於電子商務的會，大家都說今年的生意比去年好。\n"


@pytest.mark.parametrize(
    ("text", "written", "read"),
    [
        (SIMPLIFIED, "utf-8", "utf-8"),
        (SIMPLIFIED, "gb2312", "gb18030"),
        (SIMPLIFIED, "gbk", "gb18030"),
        (SIMPLIFIED + "㐂𠀀", "gb18030", "gb18030"),
        (TRADITIONAL, "gbk", "gb18030"),
        (TRADITIONAL, "big5", "big5hkscs"),
        (SIMPLIFIED, "utf-16-le", "utf-16-le"),
        (SIMPLIFIED, "utf-16-be", "utf-16-be"),
        ("12:30 plain", "utf-16-le", "utf-16-le"),
    ],
)
@pytest.mark.parametrize("label", [None, "utf-8", "gb2312", "big5", "iso-8859-1", "no-such-charset", "hex"])
def test_any_encoding_under_any_label(text: str, written: str, read: str, label: str | None) -> None:
    assert decode(text.encode(written), label) == (text, read, ())


@pytest.mark.parametrize("codec", ["utf-8-sig", "utf-16", "utf-32"])
def test_byte_order_mark_is_kept(codec: str) -> None:
    assert decode(SIMPLIFIED.encode(codec)).text == "\ufeff" + SIMPLIFIED


@pytest.mark.parametrize(
    "head", ["", "<meta charset=gb2312>", "<meta charset=utf-8>", '<?xml version="1.0" encoding="big5"?>']
)
def test_a_label_in_the_page_does_not_overrule_its_characters(head: str) -> None:
    page = head + "<p>" + SIMPLIFIED
    assert decode(page.encode("gbk")).text == page


def test_a_page_whose_text_stands_far_below_its_scripts() -> None:
    page = "<script>" + "var a = 1;\n" * 5_000 + "</script>" + SIMPLIFIED
    assert decode(page.encode("gbk")).text == page


@pytest.mark.parametrize("codec", ["gbk", "big5"])
@pytest.mark.parametrize("chars", [2, 4, 8, 16])
def test_a_few_characters_are_enough(codec: str, chars: int) -> None:
    text = TRADITIONAL[:chars] if codec == "big5" else SIMPLIFIED[:chars]
    assert decode(text.encode(codec)).text == text


@pytest.mark.parametrize("codec", ["utf-8", "gbk"])
def test_a_cut_character_is_replaced_and_noted(codec: str) -> None:
    found = decode((SIMPLIFIED + "好").encode(codec)[:-1])
    assert found.text == SIMPLIFIED + "�"
    assert found.notes == ("replaced 1 undecodable sequences",)


def test_stray_bytes_are_replaced_and_noted() -> None:
    found = decode(SIMPLIFIED.encode() + b"\xff\xfe" + SIMPLIFIED.encode())
    assert found == (SIMPLIFIED + "��" + SIMPLIFIED, "utf-8", ("replaced 2 undecodable sequences",))


def test_pasted_encodings_are_read_line_by_line() -> None:
    found = decode(SIMPLIFIED.encode() * 3 + SIMPLIFIED.encode("gbk") * 2)
    assert found == (SIMPLIFIED * 5, "utf-8", ("mixed encodings: 2 lines read as gb18030",))


def test_a_line_of_another_language_is_not_read_as_chinese() -> None:
    found = decode(SIMPLIFIED.encode() * 2 + "café élysée à la Défense\n".encode("latin-1") + SIMPLIFIED.encode())
    assert found.text == SIMPLIFIED * 2 + "caf� �lys�e � la D�fense\n" + SIMPLIFIED
    assert found.notes == ("replaced 5 undecodable sequences",)


def test_an_encoding_that_changes_within_a_line() -> None:
    assert (
        decode("前面的一句话是这样的，".encode() + SIMPLIFIED.encode("gbk")).text
        == "前面的一句话是这样的，" + SIMPLIFIED
    )


@pytest.mark.parametrize(
    ("text", "right", "wrong"),
    [
        (SIMPLIFIED, "utf-8", "latin-1"),
        (SIMPLIFIED, "utf-8", "gb18030"),
        (SIMPLIFIED, "gbk", "latin-1"),
        (TRADITIONAL, "big5", "latin-1"),
    ],
)
def test_reversible_mojibake_is_repaired_and_noted(text: str, right: str, wrong: str) -> None:
    found = decode((text * 2).encode(right).decode(wrong, "replace").encode())
    assert found.text[:20] == text[:20]
    assert found.notes[0].startswith("mojibake repaired")


@pytest.mark.parametrize(
    "text",
    [
        "L’été dernier, à la plage, les élèves étaient là. Où ça? À côté.",  # many letters that begin with C3, rightly
        "涓涓细流，汇成江河。",  # a character that mojibake is full of, in its own right
        "日本語のテキストです。",
        "한국어 문장입니다.",
        "Ã is a letter",
    ],
)
def test_sound_text_is_left_alone(text: str) -> None:
    assert decode(text.encode()) == (text, "utf-8", ())


def test_text_in_seven_bits_is_undone() -> None:
    text = "江城的早市昨天开张，来了许多人。\nA market ~ nothing more.\n"
    assert decode(text.encode("hz")) == (text, "hz", ())
    for sound in ("see ~{home}~ for more", "\\u6c5f ~{", "~~"):
        assert decode(sound.encode()) == (sound, "utf-8", ())


def test_other_languages_are_guessed_and_noted() -> None:
    found = decode("日本語のテキストです。これは文字コードの判定を確認するための文章です。".encode("shift_jis"))
    assert found.text.startswith("日本語のテキストです。")
    assert found.notes == ("encoding guessed: cp932",)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty file"),
        (b" \r\n\t", "empty file"),
        (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "binary file"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "binary file"),
        (b"%PDF-1.7\n1 0 obj\n", "binary file"),
        (rb"{\rtf1\ansi\ansicpg936 \u27743?}", "binary file"),
        (b"\x1b$)A\x0e=-3G\x0f", "unknown encoding"),
        (bytes(range(256)) * 8, "binary file"),
    ],
)
def test_what_is_no_text_is_refused(data: bytes, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        decode(data)
    assert (caught.value.stage, caught.value.reason) == ("decode", reason)


@settings(deadline=None)  # the first one loads tables
@given(st.binary(max_size=300), st.sampled_from([None, "gbk", "utf-16", "latin-1", "zip"]))
def test_any_bytes_give_text_or_an_input_error(data: bytes, label: str | None) -> None:
    try:
        found = decode(data, label)
    except InputError as error:
        assert error.reason in ("empty file", "binary file", "unknown encoding")
    else:
        assert found.text
        assert found.text == data.decode(found.encoding, "replace") or found.notes


# Without the marks of other encodings, and the letters that mojibake is made of, which decode() looks at.
PLAIN = st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff锛銆鐨涓", min_codepoint=0x100)


@settings(deadline=None)  # the first one loads tables
@given(st.text(PLAIN | st.sampled_from("abc ,.\r\n"), min_size=1))
def test_valid_utf8_is_kept_to_the_character(text: str) -> None:
    if text.strip(" \r\n"):
        assert decode(text.encode()) == (text, "utf-8", ())


def test_a_file_is_judged_by_its_beginning_even_if_that_is_cut() -> None:
    assert encoding_of(SIMPLIFIED.encode()[:100]) == "utf-8"
    assert encoding_of(SIMPLIFIED.encode("gbk")[:51]) == "gb18030"
    assert encoding_of(b"") == "utf-8"


def test_what_had_been_lost_before_is_noted() -> None:
    text = "河边的早市昨天开\ufffd张，来了许多人。"
    assert decode(text.encode()) == (text, "utf-8", ("1 characters had been lost before",))
