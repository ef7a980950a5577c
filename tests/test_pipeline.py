"""The build as a whole: same input same bytes, nothing lost, the old file safe whatever happens."""

from __future__ import annotations

import concurrent.futures
import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus_db.errors import BuildError, UsageError
from corpus_db.pipeline import build
from corpus_db.target import traces, writing
from tests.contents import contents

ROOT = Path(__file__).parents[1]
SEEDS = ROOT / "seeds"
ARTICLE = "平台为什么要推动在线交易？\n\n这是第一段，说的是在线交易。它有两句话。\n\n这是第二段，说的是别的事情。\n"


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def many(folder: Path, n: int = 30) -> Path:
    folder.mkdir(exist_ok=True)
    for i in range(n):
        (folder / f"{i:04}.txt").write_text(
            f"第{i}篇文章的题目\n\n" + f"正文第{i}段说到了供应链{i}。" * 200, encoding="utf-8"
        )
    return folder


def test_two_builds_give_the_same_bytes(tmp_path, seeds_path):
    report = build([SEEDS], tmp_path / "again.db")
    assert report.sha256 == digest(tmp_path / "again.db") == digest(seeds_path)


COPIED = """
import sys
from corpus_db import pipeline
pipeline.POOL_FROM_BYTES = 0
print(pipeline.build([sys.argv[1]], sys.argv[2], jobs=2).sha256)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are no copies")
@pytest.mark.parametrize("large", ["", "pipeline.APART_FROM_BYTES = 0\n"])
def test_copies_of_the_process_that_writes_build_the_same_file(tmp_path, seeds_path, large):
    code = COPIED.replace("print", f"{large}print")  # alone: threads of other tests forbid copies
    command = [sys.executable, "-c", code, SEEDS, tmp_path / "copied.db"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == digest(seeds_path)


def test_processes_that_are_no_copies_build_the_same_file(tmp_path, seeds_path, monkeypatch):
    monkeypatch.setattr("corpus_db.pipeline.POOL_FROM_BYTES", 0)
    for module in ("crew", "executors"):
        monkeypatch.setattr(f"corpus_db.{module}.can_copy", lambda: False)
    assert build([SEEDS], tmp_path / "many.db", jobs=2).sha256 == digest(seeds_path)


def test_where_sqlite_guards_the_index_fts5_writes_the_same(tmp_path, seeds_path, monkeypatch):
    monkeypatch.setattr("corpus_db.store.can_be_written", lambda db: False)
    report = build([SEEDS], tmp_path / "guarded.db")
    assert report.sha256 != digest(seeds_path)  # FTS5 numbers its segments otherwise
    assert contents(tmp_path / "guarded.db") == contents(seeds_path)


@pytest.mark.parametrize(
    "make",
    [lambda: None, lambda: concurrent.futures.ThreadPoolExecutor(3), lambda: concurrent.futures.ProcessPoolExecutor(2)],
)
def test_the_executor_does_not_change_the_file(tmp_path, make, monkeypatch):
    monkeypatch.setattr("corpus_db.portions.MOST_ITEMS", 4)
    folder = many(tmp_path / "in")
    one = build([folder], tmp_path / "one.db", jobs=1)
    executor = make()
    other = build([folder], tmp_path / "other.db", executor=executor, jobs=2)
    if executor:
        executor.shutdown()
    assert one.sha256 == other.sha256
    assert one.logical_digest == other.logical_digest
    assert one.articles == 30


def test_every_character_of_every_source_is_in_one_span(seeds):
    for source, raw in seeds.execute("SELECT id, raw FROM sources").fetchall():
        spans = seeds.execute('SELECT start, "end" FROM spans WHERE source_id = ? ORDER BY start', [source]).fetchall()
        assert "".join(raw[start:end] for start, end in spans) == raw
        assert (SEEDS / seeds.execute("SELECT path FROM sources WHERE id = ?", [source]).fetchone()[0]).read_text(
            "utf-8"
        ) == raw


def test_bad_inputs_become_rejects_with_a_remedy_and_the_rest_is_built(corpus):
    db = corpus(
        {
            "good.txt": ARTICLE,
            "empty.txt": b"",
            "space.txt": b" \n\n",
            "binary.txt": bytes(range(256)) * 20,
            "cut.txt": (ARTICLE * 3).encode()[:-2],
            "broken.md": "---\ntitle: 没有结束的引号\n  - [坏\n---\n" + ARTICLE,
            "chrome.txt": "首页 > 新闻\n下一页:\n分享到:\n0/300\n",
        }
    )
    kept = {path for (path,) in db.execute("SELECT path FROM sources")}
    rejected = {path: (stage, reason) for path, stage, reason in db.execute("SELECT path, stage, reason FROM rejects")}
    assert kept == {"good.txt", "cut.txt", "broken.md"}
    assert rejected["empty.txt"] == ("decode", "empty file")
    assert rejected["binary.txt"] == ("decode", "binary file")
    assert {"space.txt", "chrome.txt"} <= set(rejected)
    assert db.execute("SELECT count(*) FROM rejects WHERE detail IS NULL").fetchone() == (0,)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_an_unreadable_file_is_a_reject(tmp_path):
    folder = many(tmp_path / "in", 2)
    (folder / "0000.txt").chmod(0)
    assert build([folder], tmp_path / "c.db").rejects == {"unreadable": 1}


def test_nothing_usable_is_one_line_and_leaves_the_old_file(tmp_path):
    target = tmp_path / "corpus.db"
    target.write_bytes(b"old")
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "empty.txt").touch()
    with pytest.raises(BuildError, match=r"nothing usable: 1 × empty file \(empty\.txt: .+\)$"):
        build([tmp_path / "in"], target)
    (tmp_path / "in" / "empty.txt").unlink()
    with pytest.raises(BuildError, match="no document found"):
        build([tmp_path / "in"], target)
    assert target.read_bytes() == b"old"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus.db", "in"]


def test_wrong_usage_names_the_path(tmp_path):
    with pytest.raises(UsageError, match="missing: no such file"):
        build([tmp_path / "missing"], tmp_path / "c.db")
    with pytest.raises(UsageError, match="is a folder"):
        build([SEEDS], tmp_path)
    with pytest.raises(UsageError, match="no such folder to write into"):
        build([SEEDS], tmp_path / "none" / "c.db")


def test_two_builds_at_once_are_refused(tmp_path):
    target = tmp_path / "corpus.db"
    with writing(target) as temporary:
        with pytest.raises(BuildError, match="another build"), writing(target):
            pass
        temporary.write_bytes(b"new")
    assert target.read_bytes() == b"new"


@pytest.mark.skipif(os.name != "posix", reason="signals")
@pytest.mark.parametrize("moment", [0.4, 0.7, 1.0, 1.4])
def test_killed_at_any_moment_the_old_file_is_intact_and_the_next_build_succeeds(tmp_path, moment):
    folder, target = many(tmp_path / "in", 200), tmp_path / "corpus.db"
    target.write_bytes(b"old")
    process = subprocess.Popen(
        [sys.executable, "build_db.py", folder, "-o", target, "--quiet", "--jobs", "2"], cwd=ROOT
    )
    time.sleep(moment)
    process.send_signal(signal.SIGKILL)
    process.wait()
    if target.read_bytes() != b"old":
        assert sqlite3.connect(target).execute("SELECT count(*) FROM articles").fetchone() == (200,)
    assert [
        p.name for p in tmp_path.iterdir() if not p.name.startswith(".") and p.name not in ("in", "corpus.db")
    ] == []
    assert build([folder], target).articles == 200
    assert sorted(p.name for p in tmp_path.iterdir()) == ["corpus.db", "in"]


def test_keys_stay_unique_where_records_share_an_id(corpus):
    line = '{"id": "a", "title": "题目", "text": "这里有一些正文，足够成为一篇文章。"}\n'
    db = corpus({"a.jsonl": line * 2, "b.jsonl": line})
    assert [key for (key,) in db.execute("SELECT key FROM articles ORDER BY id")] == ["a", "a#2", "a#3"]


def test_only_search_leaves_out_facts_and_raw_text(corpus):
    db = corpus({"a.txt": ARTICLE}, only_search=True)
    assert db.execute("SELECT count(*), count(raw) FROM sources").fetchone() == (1, 0)
    assert db.execute("SELECT count(*) FROM terms").fetchone() == (0,)
    assert db.execute("SELECT count(*) FROM articles_fts WHERE articles_fts MATCH '在线'").fetchone() == (1,)


def test_what_a_killed_build_left_is_cleared_away(tmp_path):
    for left in traces(tmp_path / "corpus.db")[1:]:
        left.write_bytes(b"left")
    with writing(tmp_path / "corpus.db"):
        pass
    assert list(tmp_path.iterdir()) == []
