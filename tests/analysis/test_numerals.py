import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.analysis import numerals

SINGLE = {
    "0": 0, "12": 12, "1,234": 1234, "13,000,000": 13_000_000, "3.14": 3.14, "1.5亿": 150_000_000, "8.7亿": 870_000_000,
    "4.78万亿": 4_780_000_000_000, "3千": 3000, "1万600": 10_600, "5亿3000万": 530_000_000, "２０": 20, "3.5萬": 35_000,
    "十": 10, "二十一": 21, "一百零五": 105, "一千零一": 1001, "两千六": 2600, "一万三": 13_000, "三百五": 350,
    "廿二": 22,
    "一百一十一万一千": 1_111_000, "二十万亿": 20_000_000_000_000, "一亿零五百": 100_000_500, "壹拾万零叁仟": 103_000,
    "零点五": 0.5, "三点一四": 3.14, "二〇一三": 2013, "百万": 1_000_000, "30k": 30_000,
}  # fmt: skip
RANGES = {
    "三四十": (30, 40), "四五": (4, 5), "十五六": (15, 16), "三五百": (300, 500), "三万四五": (34_000, 35_000),
    "七百三四十": (730, 740),
    "几十": (10, 100), "数百万": (1_000_000, 10_000_000), "十几": (10, 20), "二十几万": (200_000, 300_000),
}  # fmt: skip


@pytest.mark.parametrize(("raw", "value"), SINGLE.items())
def test_value(raw: str, value: float) -> None:
    parsed = numerals.parse(numerals.plain(raw))
    assert parsed is not None
    assert parsed[:2] == (value, None)


@pytest.mark.parametrize(("raw", "bounds"), RANGES.items())
def test_approximate_numbers_are_ranges(raw: str, bounds: tuple[float, float]) -> None:
    parsed = numerals.parse(raw)
    assert parsed is not None
    assert parsed[:2] == bounds


@pytest.mark.parametrize("raw", ["多", "半", "", "元"])
def test_no_numeral(raw: str) -> None:
    assert numerals.parse(raw) is None


def test_find_keeps_offsets_of_the_original() -> None:
    text = "約１２萬人，十多萬次，負三"
    found = numerals.find(text)
    assert [text[n.start : n.end] for n in found] == ["１２萬", "十多萬", "負三"]
    assert [n.value for n in found] == [120_000, 100_000, -3]


HAN = "零一二三四五六七八九"


def written(number: int) -> str:
    """A number below 10**8 in full Chinese writing, by the school rules."""
    if number >= 10_000:
        rest = number % 10_000
        return written(number // 10_000) + "万" + ("零" if 0 < rest < 1000 else "") + (written(rest) if rest else "")
    out, zero = "", False
    for power, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // power % 10
        if digit:
            out += ("零" if zero and out else "") + HAN[digit] + name
            zero = False
        else:
            zero = True
    return out or "零"


@given(st.integers(min_value=1, max_value=10**8 - 1))
def test_reads_what_is_written(number: int) -> None:
    parsed = numerals.parse(written(number))
    assert parsed is not None
    assert parsed[0] == number


@given(st.text(alphabet="0123456789,.零一二三十百千万亿点几多余两 -kw分之负", max_size=30))
def test_any_run_is_read_or_left(text: str) -> None:
    for numeral in numerals.find(text):
        assert 0 <= numeral.start < numeral.end <= len(text)
        assert numeral.value_max is None or numeral.value <= numeral.value_max


@given(st.lists(st.text("２萬個億节間好2", max_size=6), max_size=5))
def test_many_texts_are_plain_as_each_alone(texts: list[str]) -> None:
    assert numerals.plain_all(texts) == [numerals.plain(text) for text in texts]
