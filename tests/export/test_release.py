"""A release: whole or not at all, the same bytes each time, checked file by file."""

from __future__ import annotations

import contextlib
import shutil
import sqlite3
import subprocess
import sys

import pytest
import yaml
from click.testing import CliRunner

from corpus_db import sql
from corpus_db.cli import main
from corpus_db.errors import BuildError, UsageError
from corpus_db.export import export, verify
from corpus_db.export import release as writing

FILES = {
    "corpus.db",
    "metadata.yml",
    "README.md",
    "SHA256SUMS",
    "datapackage.json",
    "croissant.json",
    "jsonl/articles.jsonl",
}


def files(folder):
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


@pytest.fixture
def copy(release, tmp_path):
    """A release that may be written to."""
    return shutil.copytree(release, tmp_path / "release")


def test_it_has_every_format_and_the_file_itself(release, corpus_path):
    found = files(release)
    assert found.keys() >= FILES
    assert {name.partition("/")[0] for name in found if "/" in name} == {"parquet", "csv", "jsonl"}
    assert found["corpus.db"] == corpus_path.read_bytes()


def test_the_same_file_gives_the_same_bytes(release, corpus_path, tmp_path):
    export(corpus_path, tmp_path / "again")
    assert files(tmp_path / "again") == files(release)


@pytest.mark.skipif(shutil.which("sha256sum") is None, reason="this system has no sha256sum")
def test_sha256sum_checks_it(release):
    subprocess.run(["sha256sum", "--check", "--strict", "--quiet", "SHA256SUMS"], cwd=release, check=True)
    assert len((release / "SHA256SUMS").read_text().splitlines()) == len(files(release)) - 1


def test_the_release_of_a_build_is_sound(seeds_release):
    assert verify(seeds_release) == []
    assert run("verify", seeds_release).stdout.endswith("sound\n")


@pytest.mark.parametrize(
    ("name", "content", "says"),
    [
        ("csv/terms.csv", b"another", "not as released"),
        ("csv/terms.csv", None, "missing"),
        ("csv/mine.csv", b"mine", "not part of the release"),
        ("SHA256SUMS", f"{'0' * 64}  ../outside\n".encode(), "outside of the release"),
        ("SHA256SUMS", b"", "no release"),
    ],
)
def test_verify_names_what_is_not_as_released(copy, name, content, says):
    if content is None:
        (copy / name).unlink()
    else:
        (copy / name).write_bytes(content)
    result = run("verify", copy)
    assert result.exit_code == 1
    assert says in result.stderr


def test_verify_looks_into_the_corpus_file_too(seeds_release, tmp_path):
    folder = shutil.copytree(seeds_release, tmp_path / "release")
    with sqlite3.connect(folder / "corpus.db") as db:
        db.execute("UPDATE articles SET title = 'another' WHERE id = 1")
    db.close()
    sums = folder / "SHA256SUMS"
    digest = writing.checksums.sha256(folder / "corpus.db")
    old = writing.checksums.read(folder)["corpus.db"]
    sums.write_text(sums.read_text().replace(old, digest))
    assert ["logical_digest" in problem for problem in verify(folder)] == [True]


def test_an_earlier_release_is_replaced(copy, seeds_path, seeds_release):
    export(seeds_path, copy)
    assert files(copy) == files(seeds_release)
    assert [path.name for path in copy.parent.iterdir()] == ["release"]


def test_a_link_to_a_folder_is_followed(corpus_path, tmp_path):
    (tmp_path / "place").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "place")
    export(corpus_path, tmp_path / "link")
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "place" / "SHA256SUMS").exists()


def test_what_is_no_release_is_left_alone(corpus_path, tmp_path):
    (tmp_path / "notes.txt").write_text("mine")
    with pytest.raises(UsageError, match="not empty and no earlier release"):
        export(corpus_path, tmp_path)
    assert list(files(tmp_path)) == ["notes.txt"]


def test_what_someone_put_beside_a_release_is_not_thrown_away(corpus_path, copy):
    (copy / "csv" / "mine.csv").write_text("mine")
    with pytest.raises(UsageError, match=r"csv/mine\.csv; move it"):
        export(corpus_path, copy)
    (copy / "notes.txt").write_text("mine too")
    with pytest.raises(UsageError, match=r"csv/mine\.csv and 1 more; move it"):
        export(corpus_path, copy)
    assert (copy / "csv" / "mine.csv").exists()


def test_after_a_failure_the_earlier_release_is_whole(seeds_path, copy, monkeypatch):
    def fail(*_):
        raise OSError(28, "No space left on device")

    before = files(copy)
    monkeypatch.setattr(writing.jsonl, "write", fail)
    with pytest.raises(BuildError, match="disk full"):
        export(seeds_path, copy)
    assert files(copy) == before
    assert [path.name for path in copy.parent.iterdir()] == ["release"]


def test_what_a_killed_export_left_behind_is_cleared(corpus_path, tmp_path):
    left = tmp_path / ".release.exporting" / "csv"
    left.mkdir(parents=True)
    (left / "half.csv").write_text("half")
    export(corpus_path, tmp_path / "release")
    assert [path.name for path in tmp_path.iterdir()] == ["release"]
    assert not (tmp_path / "release" / "csv" / "half.csv").exists()


def test_a_release_that_a_killed_export_had_moved_aside_is_put_back(copy, seeds_path, monkeypatch):
    before = files(copy)
    copy.rename(copy.with_name(".release.replaced"))
    monkeypatch.setattr(writing.jsonl, "write", lambda *_: 1 / 0)
    with pytest.raises(ZeroDivisionError):
        export(seeds_path, copy)
    assert files(copy) == before


@pytest.mark.skipif(sys.platform == "win32", reason="folders can not be locked there")
def test_two_exports_at_once_do_not_mix(corpus_path, tmp_path):
    import fcntl
    import os

    (tmp_path / ".release.exporting").mkdir()
    handle = os.open(tmp_path / ".release.exporting", os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        with pytest.raises(BuildError, match="another export is writing it"):
            export(corpus_path, tmp_path / "release")
    finally:
        os.close(handle)


def test_without_pyarrow_one_line_says_what_to_install(corpus_path, tmp_path, monkeypatch):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    result = run("export", corpus_path, tmp_path / "release")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert "pip install pyarrow" in result.stderr
    assert list(tmp_path.iterdir()) == []


def test_who_forgets_the_folder_is_told_so(corpus_path):
    result = run("export", corpus_path)
    assert result.exit_code == 2
    assert result.stderr == f"Error: {corpus_path}: name the folder to write, too: corpus-db export {corpus_path} DIR\n"


def test_the_command_says_what_it_wrote(corpus_path, tmp_path):
    result = run("export", corpus_path, tmp_path / "release")
    assert "10 articles" in result.stdout
    assert "parquet/articles.parquet" in result.stderr
    assert run("export", corpus_path, tmp_path / "release", "--quiet").output == ""


def test_the_file_is_corpus_db_where_none_is_named(corpus_path, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    shutil.copy(corpus_path, "corpus.db")
    assert run("export", "release").exit_code == 0
    assert (tmp_path / "release" / "SHA256SUMS").exists()


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["missing.db", "release"], 2, "missing.db: no such file"),
        (["torn.db", "release"], 1, "torn.db"),
        (["no.db", "release"], 1, "no.db: not an SQLite file"),
        ([], 2, "name the file"),
        (["corpus.db", "no.db"], 2, "no.db: is a file"),
        (["corpus.db", "no/such/folder"], 2, "no such folder"),
        (["corpus.db", "release", "--since", "no.db"], 1, "no.db: not an SQLite file"),
    ],
)
def test_what_is_wrong_is_said_in_one_line(corpus_path, tmp_path, monkeypatch, arguments, status, says):
    monkeypatch.chdir(tmp_path)
    shutil.copy(corpus_path, "corpus.db")
    (tmp_path / "no.db").write_text("no database" * 1000)
    (tmp_path / "torn.db").write_bytes(corpus_path.read_bytes()[:40960])
    result = run("export", *arguments)
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.stderr
    assert not (tmp_path / "release").exists()


@pytest.mark.parametrize(
    "damage",
    ["UPDATE dates SET start_date = '2014-13-45'", "UPDATE articles SET keywords = '[torn'", "DROP TABLE figures"],
)
def test_a_file_with_wrong_values_gives_no_release(seeds_path, tmp_path, damage):
    damaged = shutil.copy(seeds_path, tmp_path / "damaged.db")
    with sqlite3.connect(damaged) as db:
        db.execute(damage)
    db.close()
    result = run("export", damaged, tmp_path / "release", "--quiet")
    assert result.exit_code == 1
    assert result.stderr.count("\n") == 1
    assert f"corpus-db verify {damaged}" in result.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["damaged.db"]


def test_a_file_built_for_search_alone_has_empty_tables_of_facts(corpus, tmp_path):
    corpus({"a.txt": "标题\n\n去年成交额达41.9亿元。"}, only_search=True)
    written = export(tmp_path / "corpus.db", tmp_path / "release")
    assert written.articles == 1
    assert (tmp_path / "release" / "csv" / "figures.csv").read_text("utf-8-sig").startswith("id,article_id")
    assert verify(tmp_path / "release") == []


def test_whoever_has_the_release_alone_has_the_queries(release, corpus_path):
    told = yaml.safe_load((release / "metadata.yml").read_text("utf-8"))["databases"]["corpus"]
    assert list(told["queries"]) == list(sql.QUERIES)
    with contextlib.closing(sqlite3.connect(release / "corpus.db")) as db:
        asked = {**dict.fromkeys(told["queries"]["search"]["params"]), "q": "电商平台"}
        assert {row[0] for row in db.execute(told["queries"]["search"]["sql"], asked)} == {"a1", "a2", "a6"}
        assert [(told["title"],)] == list(db.execute("SELECT value FROM about WHERE key = 'title'"))
