"""What earlier builds made of the input is taken again; whatever is wrong with it, the file is right."""

import contextlib
import os
import sqlite3
from pathlib import Path

import pytest

from corpus_db import portions
from corpus_db.calls import packed
from corpus_db.executors import Inline
from corpus_db.pipeline import build
from corpus_db.prepare import prepare
from tests.contents import contents

WORDS = ["电商平台", "备货节", "王芳说：“今年卖了3亿元。”", "2013年9月4日", "供应链", "某网首页导航", "（记者李明）"]


class Counting(Inline):
    """Counts the documents that are prepared."""

    def __init__(self) -> None:
        self.documents = 0

    def submit(self, fn, /, *args, **kwargs):
        if fn is packed and args[0] is prepare:
            self.documents += len(args[1].portion.items)
        return super().submit(fn, *args, **kwargs)


@pytest.fixture
def folder(tmp_path):
    folder = tmp_path / "input"
    folder.mkdir()
    for i in range(40):
        (folder / f"{i:02}.txt").write_text(f"第{i}篇。\n{WORDS[i % 7]}，{'电商平台在增长。' * i}\n", "utf-8")
    return folder


@pytest.fixture(autouse=True)
def _small_portions(monkeypatch):
    monkeypatch.setattr(portions, "BYTES", 300)


def prepared(folder: Path, target: Path, **options: object) -> int:
    """How many documents a build prepares."""
    executor = Counting()
    build([folder], target, executor=executor, **options)
    return executor.documents


def test_nothing_changed_nothing_to_do(folder, tmp_path):
    target = tmp_path / "corpus.db"
    assert prepared(folder, target) == 40
    before = target.read_bytes()
    assert prepared(folder, target, update=True) == 0
    assert target.read_bytes() == before


def test_an_update_of_what_is_up_to_date_leaves_the_file_alone(folder, tmp_path):
    target = tmp_path / "corpus.db"
    built = build([folder], target)
    inode = target.stat().st_ino
    report = build([folder], target, update=True)
    assert report.up_to_date and report._replace(up_to_date=False, seconds=built.seconds) == built
    assert target.stat().st_ino == inode
    assert not build([folder], target, update=True, title="另一个题目").up_to_date
    assert not build([folder], target).up_to_date
    with target.open("ab") as file:
        file.write(b"x")
    assert not build([folder], target, update=True).up_to_date
    assert target.read_bytes()[-1:] != b"x"


def test_a_file_that_only_moved_is_a_change(folder, tmp_path):
    target = tmp_path / "corpus.db"
    build([folder], target)
    (folder / "10.txt").rename(folder / "10b.txt")
    assert not build([folder], target, update=True).up_to_date


def test_the_cost_follows_the_change_and_the_file_is_that_of_a_fresh_build(folder, tmp_path):
    target, fresh = tmp_path / "corpus.db", tmp_path / "fresh.db"
    prepared(folder, target)
    (folder / "17.txt").write_text("一篇新的文章。\n", "utf-8")
    (folder / "99.txt").write_text("又一篇新的文章。\n", "utf-8")
    (folder / "31.txt").unlink()
    assert 2 <= prepared(folder, target, update=True) <= 12
    assert prepared(folder, fresh) == 40
    assert contents(target) == contents(fresh)


def test_a_document_that_moves_is_not_prepared_again(folder, tmp_path):
    target, fresh = tmp_path / "corpus.db", tmp_path / "fresh.db"
    prepared(folder, target)
    (folder / "10.txt").rename(folder / "10b.txt")
    assert prepared(folder, target, update=True) == 0
    prepared(folder, fresh)
    assert contents(target) == contents(fresh)


def test_a_line_that_turns_out_to_be_the_sites_changes_the_other_articles(tmp_path):
    folder, target, fresh = tmp_path / "input", tmp_path / "corpus.db", tmp_path / "fresh.db"
    folder.mkdir()
    for i in range(12):
        end = "" if i > 3 else "\n欢迎关注某某网"
        (folder / f"{i:02}.txt").write_text(f"第{i}篇。\n电商平台在第{i}年增长很快。\n{i}家工厂开张。{end}\n", "utf-8")
    prepared(folder, target)
    (folder / "11.txt").write_text("第11篇。\n第11家开张。\n欢迎关注某某网\n", "utf-8")
    prepared(folder, target, update=True)
    prepared(folder, fresh)
    assert target.read_bytes() == fresh.read_bytes()


def test_other_options_or_another_lexicon_are_other_work(folder, tmp_path):
    target, names = tmp_path / "corpus.db", tmp_path / "names.tsv"
    names.write_text("name\tkind\taliases\n天天店庆\tproduct\t\n", "utf-8")
    prepared(folder, target, lexicon=names)
    assert prepared(folder, target, lexicon=names, update=True) == 0
    assert prepared(folder, target, update=True) == 40
    names.write_text("name\tkind\taliases\n天天店庆\tevent\t\n", "utf-8")
    assert prepared(folder, target, lexicon=names, update=True) == 40
    assert prepared(folder, target, only_search=True, update=True) == 40


def test_a_build_that_was_broken_off_is_taken_up_again(folder, tmp_path):
    target = tmp_path / "corpus.db"

    class Breaks(Counting):
        def submit(self, fn, /, *args, **kwargs):
            if self.documents > 20:
                raise KeyboardInterrupt
            return super().submit(fn, *args, **kwargs)

    with contextlib.suppress(KeyboardInterrupt):
        build([folder], target, executor=Breaks())
    assert not target.exists()
    assert 0 < prepared(folder, target, update=True) < 40


@pytest.mark.parametrize("damage", [b"", b"not a database", None])
def test_what_is_kept_may_be_damaged_or_gone(folder, tmp_path, damage):
    import platformdirs

    target = tmp_path / "corpus.db"
    prepared(folder, target)
    before = target.read_bytes()
    for file in platformdirs.user_cache_path("corpus-db").glob("*.kept"):
        file.unlink() if damage is None else file.write_bytes(damage)
    assert prepared(folder, target, update=True) == 40
    assert target.read_bytes() == before


@pytest.mark.parametrize("damaged", ["zeroblob(length(bytes))", "substr(bytes, 1, 40)", "x''"])
def test_a_damaged_result_is_made_again(folder, tmp_path, damaged):
    import platformdirs

    target = tmp_path / "corpus.db"
    prepared(folder, target)
    before = target.read_bytes()
    target.unlink()
    for file in platformdirs.user_cache_path("corpus-db").glob("*.kept"):
        with contextlib.closing(sqlite3.connect(file)) as db, db:
            db.execute(f"UPDATE results SET bytes = {damaged}")
    for _ in range(2):
        prepared(folder, target, update=True, title=None)
        assert target.read_bytes() == before


def test_without_a_cache_folder_the_build_does_without(folder, tmp_path, monkeypatch):
    nowhere = tmp_path / "file"
    nowhere.touch()
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: nowhere / "cache")
    target = tmp_path / "corpus.db"
    build([folder], target)
    assert build([folder], target, update=True).articles == 40


def test_nothing_is_kept_when_it_is_not_wanted(folder, tmp_path, monkeypatch):
    place = tmp_path / "cache"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: place)
    build([folder], tmp_path / "corpus.db", keep=False)
    assert not place.exists()


def test_what_was_kept_for_a_target_that_is_gone_is_removed_in_time(folder, tmp_path, monkeypatch):
    place = tmp_path / "cache"
    monkeypatch.setattr("platformdirs.user_cache_path", lambda *_, **__: place)
    for name in ("a.db", "b.db", "c.db"):
        build([folder], tmp_path / name)
    (tmp_path / "a.db").unlink()
    (tmp_path / "b.db").unlink()
    kept = {file: file.stat().st_size for file in place.iterdir()}
    assert len(kept) == 3
    for file in list(kept)[:3]:
        os.utime(file, (0, 0))
    build([folder], tmp_path / "c.db")
    assert len(list(place.iterdir())) == 1
