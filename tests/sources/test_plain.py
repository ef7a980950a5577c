"""Plain text and the front matter above it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.sources.reading import body, check_any, check_tiling, dropped, read

SEEDS = sorted((Path(__file__).parents[2] / "seeds").glob("*.txt"))


def test_text_without_front_matter_is_all_body() -> None:
    source = read("text", "第一行\n\n第二行")
    assert [piece[:4] for piece in source.pieces] == [(0, 8, "body", "text")]
    assert source.fields == {}


@pytest.mark.parametrize("path", SEEDS, ids=lambda path: path.name[:3])
def test_seeds_tile_and_keep_every_character(path: Path) -> None:
    source = read("text", path.read_bytes())
    check_tiling(source)
    assert source.raw == path.read_bytes().decode()
    assert source.raw.endswith(body(source))


def test_front_matter_piece_by_piece() -> None:
    source = read("text", "---\ntime: 2013-12-04 23:24\ntitle: 甲：乙\n---\n正文")
    assert [(source.raw[p.start : p.end], p.role, p.reason) for p in source.pieces] == [
        ("---\n", "markup", "front matter fence"),
        ("time: ", "markup", "front matter key"),
        ("2013-12-04 23:24", "field", "published"),
        ("\ntitle: ", "markup", "front matter key"),
        ("甲：乙", "title", "title"),
        ("\n", "markup", "front matter"),
        ("---\n", "markup", "front matter fence"),
        ("正文", "body", "text"),
    ]


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        ("name: 匿名\nlayout: post", {"author": "匿名", "layout": "post"}),
        ('title: "引号：里"\n来源: 某报', {"title": "引号：里", "publisher": "某报"}),
        ("tags: [甲, 乙]\ncategories:\n  - 丙\n  - 丁", {"keywords": "甲, 乙", "section": "丙, 丁"}),
        ("title: >\n  两行的\n  标题\ndate: 2020-01-02 # 注", {"title": "两行的 标题", "published": "2020-01-02"}),
        ("date: 2020-01-02\nupdated: 2021-03-04", {"published": "2020-01-02", "updated": "2021-03-04"}),
        ("author:\n  name: 李四\n  site: x", {"author": "李四"}),
        ("time: 2013\ndate: 2014", {"published": "2013", "date": "2014"}),
        ("title:\nurl: http://a.cn/?a=1#b", {"url": "http://a.cn/?a=1#b"}),
        ("标题：全角冒号\n作者：王五", {"title": "全角冒号", "author": "王五"}),
    ],
)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_yaml(block: str, fields: dict[str, str], line_end: str) -> None:
    source = read("text", f"---\n{block}\n---\n正文".replace("\n", line_end))
    assert (source.fields, body(source), source.notes) == (fields, "正文", ())
    check_tiling(source)


@pytest.mark.parametrize(
    ("block", "fields"),
    [
        (
            'title = "标题"\ndate = 2020-01-02T03:04:05+08:00',
            {"title": "标题", "published": "2020-01-02 03:04:05+08:00"},
        ),
        ('tags = ["甲", "乙"]\ndraft = false', {"keywords": "甲, 乙", "draft": "false"}),
        ('tags = [\n  "甲",\n  "乙",\n]\nauthor = "王五"', {"keywords": "甲, 乙", "author": "王五"}),
        (
            'intro = """\n一\nauthor = 乙\n"""\n[author]\nname = \'李四\'\n[[more]]\nx = 1',
            {"intro": "一 author = 乙", "author": "李四", "more": "x: 1"},
        ),
        ('title = "标题"\n[extra]\ntitle = "别的"', {"title": "标题", "extra": "title: 别的"}),
    ],
)
def test_toml(block: str, fields: dict[str, str]) -> None:
    source = read("text", f"+++\n{block}\n+++\n正文")
    assert (source.fields, body(source)) == (fields, "正文")
    check_tiling(source)


def test_broken_front_matter_is_read_by_lines_and_the_article_kept() -> None:
    source = read("text", '---\ntitle: "没有结尾\n  ]]] 乱\nauthor: 王五\n---\n正文')
    assert source.fields["author"] == "王五"
    assert (body(source), source.notes) == ("正文", ("broken front matter",))
    assert ("broken front matter", "\n  ]]] 乱\nauthor: ") in dropped(source)


@pytest.mark.parametrize(
    "text",
    [
        "---\n这里是两条线之间的一段话\n---\n正文",  # no key in it
        "---\ntitle: 没有结尾\n正文",
        "正文\n---\ntitle: 不在开头\n---\n",
        "----\ntitle: 四划\n----\n",
    ],
)
def test_what_is_no_front_matter_stays_in_the_text(text: str) -> None:
    source = read("text", text)
    assert (source.fields, body(source)) == ({}, text)


def test_yaml_aliases_are_not_expanded() -> None:
    lines = ["a0: &a0 [x, x, x, x, x, x, x, x, x]"]
    lines += [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    source = read("text", "---\n" + "\n".join(lines) + "\n---\n正文")
    assert sum(map(len, source.fields.values())) < 1_000
    assert body(source) == "正文"


@pytest.mark.parametrize(
    "block", ["tags: " + "[" * 50_000, "a: {" * 10_000, "? " * 20_000, "- " * 20_000, "a: &b " * 9_000]
)
def test_time_is_bounded(block: str) -> None:
    start = time.process_time()
    assert body(read("text", f"---\ntitle: 甲\n{block}\n---\n正文")) == "正文"
    assert time.process_time() - start < 3


def test_a_byte_order_mark_is_markup() -> None:
    assert dropped(read("text", "\ufeff正文")) == [("byte order mark", "\ufeff")]


LINES = st.sampled_from(
    ["---", "+++", "title: 甲", "tags: [a", "- b", "key = 'v'", "  x: |", "正文。", "", "&a *a", "]: {", "\ufeff"]
)


@settings(deadline=None)
@given(st.lists(LINES | st.text(max_size=8), max_size=9), st.sampled_from(["\n", "\r\n"]))
def test_any_lines_tile(lines: list[str], line_end: str) -> None:
    check_any("a.txt", line_end.join(["---", *lines]).encode("utf-8", "replace"))
    check_any("a.txt", line_end.join(["+++", *lines]).encode("utf-8", "replace"))
