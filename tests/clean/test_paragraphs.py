"""Flattened lines, wrapped lines, copies of a body."""

from __future__ import annotations

from corpus_db.clean.paragraphs import part, unwrap, width
from corpus_db.clean.repeats import cut_lead, flattened
from corpus_db.clean.spans import lines

PARAGRAPHS = [
    "河上的桥修了三年，今天终于通车了。两岸的人都出来看热闹，把桥面挤得满满的。",
    "桥的由来",
    "2001年，一场大水冲走了木桥，此后二十年，人们靠一条渡船来往。",
    "船夫姓何，他有一台iPhone 5，用来看天气。他说：“桥通了，我就该歇着了。”",
    "孩子们不懂他的意思，只管在桥上跑来跑去！",
    "歇着的人",
    "第二天，渡口多了一张躺椅……",
    "他躺在上面听ALL IN的广播。谁也不知道他听懂了没有？",
    "到了傍晚，他把船拖上了岸，翻过来晾着，就像翻过一页书。天黑以前，风把那张旧船帆吹得鼓了起来，又放了下去。"
    "月亮升起来的时候，桥上只剩下两个守夜的人，一个在东头，一个在西头。"
    "他看了一会儿，回屋做饭去了，锅里是中午剩下的鱼，还有一把新摘的青菜。",
]
FLAT = " ".join(PARAGRAPHS)


def parted(text: str, share: float = 1.0) -> list[str]:
    return [text[start:end] for start, end in part(text, 0, len(text), share)]


def test_a_flattened_line_is_parted_with_its_headings() -> None:
    assert len(FLAT) >= 300
    assert parted(FLAT) == PARAGRAPHS


def test_a_flat_line_among_many_is_left_alone() -> None:
    assert parted(FLAT, share=0.3) == [FLAT]


def test_wide_gaps_part_any_line() -> None:
    text = "\u3000\u3000".join(PARAGRAPHS)
    assert parted(text, share=0.3) == PARAGRAPHS


def test_a_text_spaced_out_around_numbers_gets_no_headings() -> None:
    text = " ".join("在 2013 年，他写了 5 本书，卖了 300 册。其余的都放在家里，堆到了房顶。" for _ in range(10))
    assert all(paragraph.startswith("在 2013 年") for paragraph in parted(text))


def test_both_copies_of_a_body_give_each_paragraph_once() -> None:
    own = "这一段只有分行的那一份才有。"
    rows = [*PARAGRAPHS[:4], *PARAGRAPHS[5:7], own, *PARAGRAPHS[7:]]  # lacks the fifth
    for page in (FLAT + "\n\n" + "\n\n".join(rows), "\n".join(rows) + "\n" + FLAT):
        found = flattened(lines(page), page)
        assert found is not None
        blocks, copies = found
        assert [one.text for one in blocks] == [*PARAGRAPHS[:7], own, *PARAGRAPHS[7:]]
        assert len(copies) == len(rows) - 1


def test_a_copy_that_has_one_sentence_more() -> None:
    rows = [*PARAGRAPHS[:8], "多出来的一句话在最前面。" + PARAGRAPHS[8]]
    page = FLAT + "\n" + "\n".join(rows)
    found = flattened(lines(page), page)
    assert found is not None
    assert [one.text for one in found[0]] == rows


def test_a_long_line_among_others_is_no_copy() -> None:
    page = FLAT + "\n" + "\n".join(f"第{i}件别的事情，和桥没有关系，和船也没有关系。" for i in range(12))
    assert flattened(lines(page), page) is None


def test_wrapped_lines_are_joined_where_all_have_one_width() -> None:
    text = "".join(PARAGRAPHS[2:5])
    rows = [text[i : i + 20] for i in range(0, len(text), 20)]
    page = "\n".join([*rows, "", *rows])
    assert ["".join(line.text for line in one) for one in unwrap(lines(page))] == [text, text]
    apart = "\n\n".join(rows)
    assert len(unwrap(lines(apart))) == len(rows)


def test_width_counts_columns() -> None:
    assert width("电商B2B，") == 9


def test_a_first_line_that_the_second_repeats_in_part_only() -> None:
    assert cut_lead(lines("桥上的灯亮了一夜\n桥上的灯亮了一会儿就灭了。")) == 0
