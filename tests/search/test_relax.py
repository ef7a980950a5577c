"""What is offered where nothing is found: one change each, named, and with what it would find."""

import contextlib

import pytest

from corpus_db.search import connect, relaxations
from tests.search.asking import keys


@pytest.mark.parametrize(
    "typed, relaxed",
    [
        ("平台Taobao", ("平台 taobao", 1, "平台taobao in parts")),
        ("商务供应链", ("商务 供应链", 0, "")),
        ("电商 没有这个", ("电商", 3, "without 没有这个")),
        ("工应链", ("供应链", 1, "供应链 for 工应链 (sounds the same)")),
        ("taobap", ("taobao", 1, "taobao for taobap (one character differs)")),
        ("王方", ("王芳", 3, "王芳 for 王方 (sounds the same)")),
        ("供应链模是", ("供应链模式", 1, "模式 for 模是 (sounds the same)")),
        ("供应链模是", ("供应链 模式", 1, "模式 for 模是 (sounds the same)")),
        ("商务供应链平台", ("商务 平台", 2, "without 供应链")),
        ("wangfang", ("王芳", 3, "王芳 for wangfang (pinyin)")),
        ("wang fang", ("王芳", 3, "王芳 for wang fang (pinyin)")),
        ("Wáng Fāng", ("王芳", 3, "王芳 for wáng fāng (pinyin)")),
        ("wf 供应链", ("王芳 供应链", 1, "王芳 for wf (pinyin)")),
        ("dianzishangwu", ("电子商务平台的崛起", 2, "电子商务平台的崛起 for dianzishangwu (pinyin)")),
        ("供链应", ("供应链", 1, "供应链 for 供链应 (one character differs)")),
        ("tao bao", ("taobao", 1, "taobao for tao bao (as one word)")),
        ("2013年五月", ("2013年5月", 1, "2013年5月 for 2013年五月 (written otherwise)")),
        ("百分之三十", ("30%", 1, "30% for 百分之三十 (written otherwise)")),
        ("请问备货节是什么", ("备货节", 1, "what 请问备货节是什么 is about")),
        ("他们都说平台要为店员服务，去年成交额达41.9亿元", ("去年成交额达41.9亿元", 2, "a part of what was typed")),
        ("wa", ("", 0, "")),
        ("备货节 year:2020", ("备货节", 1, "without year:2020..2020")),
        ("备货节 -店主", ("备货节", 1, "without -店主")),
    ],
)
def test_relaxations_change_one_thing_and_say_what(db, typed, relaxed):
    found = [(one.query, one.count, str(one.why)) for one in relaxations(db, typed)]
    assert (relaxed in found) == bool(relaxed[1])
    assert all(len(keys(db, query)) == count for query, count, _ in found)


def test_beside_another_term_no_part_of_one_is_left_out(db):
    changes = [str(one.why) for one in relaxations(db, "商务供应链平台 电子")]
    assert "without 商务供应链平台" in changes
    assert "without 供应链" not in changes


def test_relaxations_differ_and_single_characters_come_late(db):
    found = [one.query for one in relaxations(db, "供应链模是")]
    assert len(set(found)) == len(found)
    assert found[-1] == "供应链 模 是"


def test_what_is_found_is_not_relaxed(db):
    assert relaxations(db, "电商 平台") == relaxations(db, "") == relaxations(db, "-电商") == []


def test_a_build_knows_its_names_and_titles_in_pinyin(seeds_path):
    with contextlib.closing(connect(seeds_path)) as db:
        for typed in ("daishan", "dai shan", "DaiShan", "ds"):
            assert [one.query for one in relaxations(db, typed)][:1] == ["戴珊"], typed
            assert keys(db, typed) == []
