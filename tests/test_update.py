"""An update writes what has changed into the earlier file, which then has the rows of a fresh build, ids aside."""

import contextlib
import json
import shutil
import sqlite3
import tempfile
from pathlib import Path

import platformdirs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_db import ledger, portions, update
from corpus_db.options import Silent
from corpus_db.pipeline import build
from corpus_db.prepared import HASHED
from corpus_db.standing import COUNTED, ORDER
from corpus_db.store import Store
from corpus_db.verify import verify
from tests.contents import contents

# What names mean, and who repeats whom, hangs on what else is said elsewhere.
SENTENCES = [
    "电商平台在增长。",
    "备货节卖了41.9亿元。",
    "王芳说：“今年卖了3亿元。”",
    "王芳和李明在杭州见面。",
    "王总说：“明年再说。”",
    "王建国（网名“老王”）创办了商店。",
    "老王说：“好。”老王走了。老王回来了。",
    "记者李明2013年9月4日在深圳报道。",
    "李总昨天表示，供应链很稳。",
    "中国供应商（简称“中供”）成立于2000年。",
    "中供的人都去了香港。",
    "某网首页导航",
    "昨日下午市里召开会议部署防汛工作要求各单位加强值班及时上报水情雨情确保群众安全度过主汛期会上还通报了近期的天气形势。",
]
TEXTS = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=7).map("\n".join)
NAMES = st.sampled_from([f"{folder}{i}.txt" for folder in ("", "某站/") for i in range(7)])
DAYS = st.none() | st.sampled_from(["2013-09-04", "2014-01-01", "2016"])


def written(text: str, day: str | None) -> str:
    return text if day is None else f"---\ntitle: {text[:6]}\ndate: {day}\nsite: a.example\n---\n\n{text}"


ARTICLES = st.none() | st.builds(written, TEXTS, DAYS)
EDITS = st.lists(st.tuples(NAMES, ARTICLES), min_size=1, max_size=4)


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch):
    monkeypatch.setattr(portions, "BYTES", 200)
    monkeypatch.setattr(ledger, "MOST_PORTIONS", 1.0)
    monkeypatch.setattr(update, "MOST_DOCUMENTS", 1.0)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "input"
    folder.mkdir()
    for i in range(30):
        text = f"第{i}篇。\n{SENTENCES[i % 13]}{SENTENCES[i * 7 % 13]}\n{'电商平台在增长。' * i}\n"
        (folder / f"{i:02}.txt").write_text(text, "utf-8")
    return folder


@pytest.fixture
def whole(monkeypatch):
    """Counts the files that are written whole."""
    counted = []
    finish = Store.finish
    monkeypatch.setattr(Store, "finish", lambda store: (counted.append(store.path), finish(store))[1])
    return counted


def query(path: Path, statement: str) -> list[tuple]:
    with contextlib.closing(sqlite3.connect(path)) as db, db:
        return db.execute(statement).fetchall()


def edit(folder: Path, edits: list[tuple[str, str | None]]) -> None:
    for name, text in edits:
        if text is None:
            (folder / name).unlink(missing_ok=True)
        else:
            (folder / name).write_text(text, "utf-8")


def assert_same(updated: Path, fresh: Path) -> None:
    one, other = contents(updated), contents(fresh)
    assert one.keys() == other.keys()
    for table, rows in other.items():
        assert one[table] == rows, table


@settings(max_examples=12)
@given(st.dictionaries(NAMES, TEXTS, min_size=3), st.lists(EDITS, min_size=1, max_size=4), st.booleans())
def test_after_any_edits_it_has_the_rows_of_a_fresh_build(start, rounds, only_search):
    place = Path(tempfile.mkdtemp())
    try:
        folder = place / "input"
        (folder / "某站").mkdir(parents=True)
        (folder / "always.txt").write_text("这一篇总在。\n", "utf-8")
        edit(folder, list(start.items()))
        build([folder], place / "corpus.db", only_search=only_search)
        for edits in rounds:
            edit(folder, edits)
            updated = build([folder], place / "corpus.db", update=True, only_search=only_search)
            fresh = build([folder], place / "fresh.db", keep=False, only_search=only_search)
            assert_same(place / "corpus.db", place / "fresh.db")
            assert verify(place / "corpus.db") == []
            assert updated.articles == fresh.articles and updated.duplicates == fresh.duplicates
            assert updated.rejects == fresh.rejects and updated.documents == fresh.documents
    finally:
        shutil.rmtree(place)


def test_only_what_has_changed_is_written(folder, tmp_path, whole):
    target, fresh = tmp_path / "corpus.db", tmp_path / "fresh.db"
    build([folder], target)
    (folder / "17.txt").write_text("一篇新的文章。\n", "utf-8")
    (folder / "99.txt").write_text("又一篇新的文章。\n", "utf-8")
    (folder / "05.txt").unlink()
    whole.clear()
    build([folder], target, update=True)
    assert whole == []
    build([folder], fresh, keep=False)
    assert len(whole) == 1
    assert_same(target, fresh)


def test_one_update_follows_another(folder, tmp_path, whole):
    target, fresh = tmp_path / "corpus.db", tmp_path / "fresh.db"
    build([folder], target)
    whole.clear()
    for round_ in range(4):
        (folder / f"{7 * round_:02}.txt").write_text(f"第{round_}次改。\n王芳说：“电商平台在增长。”\n", "utf-8")
        (folder / f"{29 - round_}.txt").unlink()
        build([folder], target, update=True)
    assert whole == []
    build([folder], fresh, keep=False)
    assert_same(target, fresh)


@pytest.mark.parametrize(
    ("damage", "parts"),
    [
        ("DELETE FROM results", "key = CAST('whole' AS BLOB)"),
        ("UPDATE results SET bytes = substr(bytes, 1, 20)", f"part = {COUNTED}"),
        ("DELETE FROM results", f"part = {ORDER}"),
        ("UPDATE results SET bytes = zeroblob(length(bytes))", f"part = {HASHED}"),
    ],
)
def test_where_what_was_kept_is_damaged_the_file_is_right(folder, tmp_path, damage, parts):
    target, fresh = tmp_path / "corpus.db", tmp_path / "fresh.db"
    build([folder], target)
    kept = max(platformdirs.user_cache_path("corpus-db").glob("*.kept"), key=lambda file: file.stat().st_mtime_ns)
    with contextlib.closing(sqlite3.connect(kept)) as db, db:
        assert db.execute(f"{damage} WHERE {parts}").rowcount > 0
    (folder / "17.txt").write_text("王芳和李明在杭州见面。\n", "utf-8")
    build([folder], target, update=True)
    build([folder], fresh, keep=False)
    assert_same(target, fresh)


def test_an_article_that_stays_keeps_its_id(folder, tmp_path):
    target = tmp_path / "corpus.db"
    build([folder], target)
    before = dict(query(target, "SELECT key, id FROM articles"))
    (folder / "17.txt").write_text("一篇新的文章。\n", "utf-8")
    (folder / "00a.txt").write_text("又一篇新的文章。\n", "utf-8")
    build([folder], target, update=True)
    after = dict(query(target, "SELECT key, id FROM articles"))
    assert {key: after[key] for key in before if key != "17.txt"} == {k: i for k, i in before.items() if k != "17.txt"}
    assert {after["17.txt"], after["00a.txt"]} == {31, 32}


def test_when_most_has_changed_the_file_is_written_whole(folder, tmp_path, whole, monkeypatch):
    monkeypatch.setattr(update, "MOST_DOCUMENTS", 0.2)
    target = tmp_path / "corpus.db"
    build([folder], target)
    for i in range(20):
        (folder / f"{i:02}.txt").write_text(f"又一篇{i}。\n", "utf-8")
    whole.clear()
    build([folder], target, update=True)
    assert len(whole) == 1


def test_keys_that_hang_on_the_order_of_the_input_are_given_anew(tmp_path):
    folder, target, fresh = tmp_path / "input", tmp_path / "corpus.db", tmp_path / "fresh.db"
    folder.mkdir()

    def records(*texts: str) -> str:
        return "".join(json.dumps({"id": "a", "text": text}, ensure_ascii=False) + "\n" for text in texts)

    for name, texts in (("1.jsonl", ("第一篇文章。",)), ("2.jsonl", ("第二篇文章。",)), ("3.jsonl", ("第三篇文章。",))):
        (folder / name).write_text(records(*texts), "utf-8")
    build([folder], target)
    for change in (
        lambda: (folder / "1.jsonl").unlink(),
        lambda: (folder / "0.jsonl").write_text(records("第零篇文章。"), "utf-8"),
        lambda: (folder / "3.jsonl").unlink(),
    ):
        change()
        build([folder], target, update=True)
        build([folder], fresh, keep=False)
        assert_same(target, fresh)


def test_the_words_of_an_article_that_left_are_nowhere_in_the_file(folder, tmp_path):
    target = tmp_path / "corpus.db"
    (folder / "40.txt").write_text("琥珀蜥蜴的秘密。\n", "utf-8")
    build([folder], target)
    assert "琥珀".encode() in target.read_bytes()
    (folder / "40.txt").unlink()
    build([folder], target, update=True)
    assert "琥珀".encode() not in target.read_bytes()


def test_a_file_that_was_edited_is_written_whole(folder, tmp_path, whole):
    target = tmp_path / "corpus.db"
    build([folder], target)
    query(target, "DELETE FROM quotes")
    (folder / "17.txt").write_text("一篇新的文章。\n", "utf-8")
    whole.clear()
    build([folder], target, update=True)
    assert len(whole) == 1
    assert query(target, "SELECT count(*) FROM quotes") != [(0,)]


def test_all_documents_are_told_of_as_done(folder, tmp_path):
    class Told(Silent):
        def stage(self, name: str, total_bytes: int | None) -> None:
            self.name = name

        def advance(self, documents: int, bytes_: int, rejects: int) -> None:
            if self.name == "build":
                done[0] += documents
                done[1] += rejects

    (folder / "bad.txt").write_bytes(bytes(range(32)) * 9)
    for options in ({}, {"update": True}):
        done = [0, 0]
        (folder / "17.txt").write_text(f"一篇新的文章{options}。\n", "utf-8")
        build([folder], tmp_path / "corpus.db", progress=Told(), **options)
        assert done == [31, 1]
