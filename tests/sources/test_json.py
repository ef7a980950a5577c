"""JSON and JSONL: where records begin and end, what their keys mean, and where each value stands."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import sources
from corpus_db.errors import InputError
from corpus_db.records import Item, Reject
from corpus_db.sources import stream
from tests.sources.reading import body, check_any, check_tiling, items, pieces, read, split


def test_a_record_piece_by_piece() -> None:
    source = read("json", '{"id": 7, "title": "甲", "text": "一\\n\\"二\\""}\n')
    assert pieces(source) == [
        ('{"id": ', "markup", "json", None),
        ("7", "field", "id", None),
        (', "title": "', "markup", "json", None),
        ("甲", "title", "title", None),
        ('", "text": "', "markup", "json", None),
        ("一", "body", "text", None),
        ('\\n\\"', "body", "escape", '\n"'),
        ("二", "body", "text", None),
        ('\\"', "body", "escape", '"'),
        ('"}\n', "markup", "rest", None),
    ]
    assert source.fields == {"id": "7", "title": "甲"}


@pytest.mark.parametrize(
    ("record", "fields", "text"),
    [
        ({"source": "人民网", "body": "正文"}, {"site": "人民网"}, "正文"),
        ({"来源": "人民网", "正文": "正文"}, {"publisher": "人民网"}, "正文"),
        ({"text": "", "content": "正文"}, {}, "正文"),
        ({"text": "正文", "content": "另一份"}, {"content": "另一份"}, "正文"),
        ({"text": "正文", "date": "2020", "time": "2021"}, {"published": "2020", "time": "2021"}, "正文"),
        ({"text": "正文", "tags": ["甲", "乙"], "n": None, "ok": True}, {"keywords": "甲, 乙", "ok": "true"}, "正文"),
        ({"text": "正文", "more": {"a": [1]}}, {"more": '{"a": [1]}'}, "正文"),
        ({"text": ["正文"], "title": ["甲"]}, {"title": "甲"}, "正文"),
        ({"text": ["一", "二"]}, {}, "一\n二"),
        ({"html": "<p>一", "content": "正文"}, {"html": "<p>一"}, "正文"),
        ({"description": "摘要", "author": "null"}, {}, "摘要"),
        ({"title": "甲&#8220;乙", "author": 3, "text": "正文"}, {"title": "甲“乙", "author_id": "3"}, "正文"),
        ({"text": "正文", "source": "http://a.cn/1"}, {"url": "http://a.cn/1"}, "正文"),
        ({"zw": "长" * 30 + "。", "name": "甲"}, {"author": "甲"}, "长" * 30 + "。"),
        ({"text": "正文😀"}, {}, "正文😀"),
    ],
)
@pytest.mark.parametrize("ascii_only", [False, True])
def test_keys_and_values(record: dict[str, object], fields: dict[str, str], text: str, ascii_only: bool) -> None:
    source = read("json", json.dumps(record, ensure_ascii=ascii_only))
    assert (source.fields, body(source)) == (fields, text)
    check_tiling(source)


@pytest.mark.parametrize("written", [{}, {"separators": (",", ":")}, {"indent": 1}, {"separators": (" , ", " : ")}])
@given(record=st.dictionaries(st.text(), st.one_of(st.text(), st.integers())), text=st.text())
@settings(max_examples=60)
def test_a_record_is_the_same_however_it_is_written(
    written: dict[str, object], record: dict[str, object], text: str
) -> None:
    record |= {"text": f"正文{text}"}
    ascii_only = read("json", json.dumps(record))
    source = read("json", json.dumps(record, ensure_ascii=False, **written) + "\n")  # type: ignore[arg-type]
    check_tiling(source)
    assert (body(source), source.fields) == (body(ascii_only), ascii_only.fields)


@pytest.mark.parametrize(
    ("record", "fields", "text"),
    [
        ({"_index": "n", "_id": "7", "_source": {"title": "甲", "text": "一"}}, {"title": "甲", "id": "7"}, "一"),
        ({"code": 0, "data": {"article": {"title": "甲", "content": "一"}}}, {"title": "甲"}, "一"),
        (
            {"title": {"rendered": "甲"}, "content": {"rendered": "<p>一</p>", "protected": False}},
            {"title": "甲"},
            "一\n",
        ),
        ({"title": "甲", "author": {"id": 3, "name": "李四"}, "text": "一"}, {"title": "甲", "author": "李四"}, "一"),
        ({"title": "甲", "tags": [{"name": "乙"}, {"name": "丙"}], "text": "一"}, {"keywords": "乙, 丙"}, "一"),
        ({"_id": {"$oid": "6a"}, "date": {"$date": {"$numberLong": "16"}}, "text": "一"}, {"id": "6a"}, "一"),
        ({"text": [{"type": "p", "value": "一"}, {"type": "img", "value": "http://a.cn/1.jpg"}, "二"]}, {}, "一\n二"),
        ({"text": {"blocks": [{"data": {"text": "一"}}, {"data": {"text": "二"}}]}}, {}, "一\n二"),
        ({"text": "一", "comments": {"title": "乙", "content": "二"}}, {}, "一"),
        ({"content": "一", "post": {"title": "乙", "text": "二"}}, {}, "一"),
    ],
)
@pytest.mark.parametrize("indent", [None, 1])
def test_nested_records(record: dict[str, object], fields: dict[str, str], text: str, indent: int | None) -> None:
    source = read("json", json.dumps(record, ensure_ascii=indent is None, indent=indent))
    assert (body(source), source.fields | fields) == (text, source.fields)
    check_tiling(source)


def test_values_as_the_shell_of_mongodb_writes_them() -> None:
    source = read("json", '{"_id": ObjectId("6a"), "time": ISODate("2021-03-04"), "pv": NumberLong(12), "text": "一"}')
    assert (source.fields, body(source)) == ({"id": "6a", "published": "2021-03-04", "views": "12"}, "一")


def test_half_a_surrogate_pair_becomes_a_replacement_mark() -> None:
    assert body(read("json", r'{"text": "正文\ud83d"}')) == "正文\ufffd"


@pytest.mark.parametrize(
    ("name", "data", "members"),
    [
        ("a.jsonl", '{"text": "第一条新闻"}\n{"text": "第二条新闻"}', ["1", "2"]),
        ("a.json", '{"text": "第一条新闻"}', [None]),
        ("a.json", '[{"text": "第一条新闻"}]', ["1"]),
        ("a.json", ' [\n{"text": "[{第一条新闻"},\n{"text": "第二条新闻", "x": [{}]}\n]\n', ["1", "2"]),
        ("a.json", '{"text": "第一条新闻"}\n{"text": "第二条新闻"}\n', ["1", "2"]),
        ("a.json", '{"count": 2, "data": [{"text": "第一条新闻"}, {"text": "第二条新闻"}], "next": null}', ["1", "2"]),
        ("a.json", '{"RECORDS": [{"text": "第一条新闻"}, {"text": "第二条新闻"}]}', ["1", "2"]),
        ("a.json", '{"s": {"n": [1]}, "hits": {"total": {"n": 1}, "hits": [{"text": "第一条新闻"}]}}', ["1"]),
        ("a.json", '{"title": "站", "items": [{"text": "第一条新闻"}, {"text": "第二条新闻"}]}', ["1", "2"]),
        ("a.json", '{"authors": [{"name": "甲"}], "items": [{"text": "第一条新闻"}]}', ["1"]),
        ("a.json", '[{"data": [{"text": "第一条新闻"}]}, {"data": [{"text": "第二条新闻"}]}]', ["1", "2"]),
        ("a.json", '{"data": [{"text": "第二条新闻"}], "text": "第一条新闻"}', [None]),
        ("a.json", '{"text": "第一条新闻", "data": [{"text": "第二条新闻"}]}', [None]),
        ("a.jsonl", '[\n{"text": "第一条新闻"}\n]', ["1"]),
        ("a.jsonl", '{\n"text": "第一条新闻"\n}\n{\n"text": "第二条新闻"\n}', ["1", "2"]),
    ],
)
@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "gbk", "utf-16"])
def test_records_of_a_file(name: str, data: str, members: list[str | None], codec: str) -> None:
    found = items(name, data.encode(codec))
    assert [item.member for item in found] == members
    texts = [body(sources.read(item)) for item in found]
    assert [text.lstrip("[{") for text in texts] == ["第一条新闻", "第二条新闻"][: len(found)]


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        ('{"text": "一"', "broken JSON"),
        ('{"text": "一",}', "broken JSON"),
        ('{"text" "一"}', "broken JSON"),
        ("{1: 2}", "broken JSON"),
        ('{"text": "一"} 二', "broken JSON"),
        ('{"a": ' + "9" * 5_000 + "}", "broken JSON"),
        ('["一"]', "no record"),
        ('{"a": "一"}', "no text"),
        ('{"title": "一"}', "no text"),
        ('{"a": [{"b": "一个三十个字以上的句子，它的键什么也没有说，所以不是正文，也不会是正文。"}]}', "no text"),
        ('{"author": "一个三十个字以上的句子，但是它的键说了它是什么，所以不是正文，也不会是正文。"}', "no text"),
        ('{"甲": {"text": "一"}, "乙": {"text": "二"}}', "no text"),
        ("{}", "no text"),
        ('{"text": "一", "a": ' + "[" * 100_000 + "]" * 100_000 + "}", "nested too deeply"),
    ],
)
def test_what_is_no_record(data: str, reason: str) -> None:
    with pytest.raises(InputError) as caught:
        read("json", data)
    assert (caught.value.stage, caught.value.reason) == ("read", reason)


@pytest.mark.parametrize("data", ["[" * 100_000, '{"a":' * 100_000, '[{"text": "一"', '["一", "二"]', "", "null"])
def test_files_that_hold_no_whole_record(data: str) -> None:
    with pytest.raises(InputError):
        split("a.json", data)


def test_empty_lines_count_in_the_number_of_a_record() -> None:
    assert [item.member for item in items("a.jsonl", '{"text": "一"}\n\n{"text": "二"}')] == ["1", "3"]


def test_short_lines_are_read_as_the_first_one_is() -> None:
    lines = ['{"text": "昨天下午大家都在开会，说的是电子商务。"}', '{"text": "一"}']
    found = items("a.jsonl", "\n".join(lines).encode("gbk"))  # 一 alone is D2 BB: in UTF-8 a letter
    assert [body(sources.read(item)) for item in found][1] == "一"


def test_an_endless_line_is_bounded_and_the_next_one_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("corpus_db.sources.json.MAX_DOCUMENT_BYTES", 1_000)
    first, second = split("a.jsonl", '{"text": "' + "长" * 9_000 + '"}\n{"text": "短"}\n')
    assert isinstance(first, Reject)
    assert (first.member, first.reason) == ("1", "document too large")
    assert isinstance(second, Item)
    assert second.member == "2"


def test_a_record_without_end_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream, "MAX_DOCUMENT_BYTES", 1_000)
    monkeypatch.setattr(stream, "_BLOCK_BYTES", 100)
    with pytest.raises(InputError, match="document too large"):
        split("a.json", '[{"text": "' + "长" * 9_000)


@pytest.mark.parametrize("block", [1, 7, 64])
def test_records_across_blocks(monkeypatch: pytest.MonkeyPatch, block: int) -> None:
    monkeypatch.setattr(stream, "_BLOCK_BYTES", block)
    records = [{"text": f'第{n}条 "引" {{[', "x": [{"y": "}"}]} for n in range(9)]
    found = items("a.json", json.dumps(records, ensure_ascii=False, indent=1))
    assert [json.loads(item.data) for item in found] == records


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=9),
    lambda v: st.lists(v, max_size=3) | st.dictionaries(st.text(max_size=3), v, max_size=3),
    max_leaves=6,
)
RECORDS = st.dictionaries(st.sampled_from(["text", "title", "content", "date", "x", "键", ""]), VALUES, max_size=6)


@settings(deadline=None)
@given(RECORDS, st.booleans(), st.sampled_from([None, 2]))
def test_any_record_tiles_and_keeps_its_text(record: dict[str, object], ascii_only: bool, indent: int | None) -> None:
    try:
        source = read("json", json.dumps(record, ensure_ascii=ascii_only, indent=indent))
    except InputError as error:
        assert error.reason == "no text"
        return
    check_tiling(source)
    if isinstance(record.get("text"), str) and str(record["text"]).strip() and "content" not in record:
        assert body(source) == record["text"]


@settings(deadline=None)
@given(
    st.lists(st.sampled_from([*list('{}[]",:\\ \n'), "text", '"text":', '{"text": "一"}', "1", "\ufeff"]), max_size=20)
)
def test_any_file_gives_sources_or_reasons(parts: list[str]) -> None:
    check_any("a.json", "".join(parts).encode())
    check_any("a.jsonl", "".join(parts).encode())


ONE, OTHER = ({"title": title, "text": text} for title, text in (("甲", "第一条。"), ("乙", "第二条。")))


@pytest.mark.parametrize(
    "held",
    [
        {"101": ONE, "102": OTHER},
        {"体育": [ONE], "财经": [OTHER]},
        {"time": "2021", "data": {"http://a.cn/1": ONE, "http://a.cn/2": OTHER}},
    ],
)
def test_articles_by_number_address_or_section(held: dict[str, object]) -> None:
    found = items("a.json", json.dumps(held, ensure_ascii=False))
    assert [json.loads(item.data) for item in found] == [ONE, OTHER]
    assert [item.member for item in found] == ["1", "2"]


@pytest.mark.parametrize(
    "record",
    [
        {"article": ONE, "related": [OTHER, OTHER]},
        {**ONE, "before": {"7": OTHER}, "after": {"8": OTHER}},
        {"甲": {"text": "一"}, "乙": {"text": "二"}},
    ],
)
def test_a_record_with_articles_beside_it_is_one(record: dict[str, object]) -> None:
    (item,) = items("a.json", json.dumps(record, ensure_ascii=False))
    assert item.member is None


@pytest.mark.parametrize(
    "columns",
    [{"title": ["甲", "乙"], "text": ["一", "二"]}, {"title": {"0": "甲", "1": "乙"}, "text": {"0": "一", "1": "二"}}],
)
def test_a_table_by_columns_is_told(columns: dict[str, object]) -> None:
    with pytest.raises(InputError, match="by columns"):
        read("json", json.dumps(columns))


@pytest.mark.parametrize(
    "meant",
    [
        "今天，早市开张了。",
        "<p>今天，</p><p>早市开张了。</p>",
        "<!DOCTYPE html><p>今天，早市开张了，来了许多人，人人都说热闹。</p>",
    ],
)
def test_a_text_that_was_spoilt_before_it_was_written_in_ascii(meant: str) -> None:
    sound = read("json", json.dumps({"title": "早市开张", "text": meant}))
    spoilt = {"title": "早市开张".encode().decode("latin-1"), "text": meant.encode().decode("latin-1")}
    source = read("json", json.dumps(spoilt))
    assert body(source).strip() == body(sound).strip()
    assert source.fields["title"] == "早市开张"
    assert source.notes == ("mojibake repaired: UTF-8 had been read as Latin",)
    check_tiling(source)


def test_a_text_that_was_written_twice() -> None:
    source = read("json", json.dumps({"text": json.dumps("今天，早市开张了。").strip('"')}))
    assert body(source) == "今天，早市开张了。"
    assert source.notes == ("its characters were spelt out in ASCII",)
