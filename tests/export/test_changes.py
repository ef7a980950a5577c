"""What changed since an earlier release, article by article."""

from __future__ import annotations

import json
import sqlite3

import pytest

from corpus_db.export import export, verify
from corpus_db.export.changes import Change, changes
from tests.corpus_fixture import SAMPLES, write_corpus

OLD = SAMPLES[:4]
NEW = (SAMPLES[1], SAMPLES[2]._replace(title="另一个标题", site="example.net"), SAMPLES[3], SAMPLES[4])


@pytest.fixture
def pair(tmp_path):
    return write_corpus(tmp_path / "old.db", OLD), write_corpus(tmp_path / "new.db", NEW)


def test_each_article_is_added_removed_or_changed_in_fields(pair):
    assert list(changes(*map(sqlite3.connect, pair))) == [
        Change("removed", "a1", SAMPLES[0].title),
        Change("changed", "a3", "另一个标题", ("title", "site")),
        Change("added", "a5", SAMPLES[4].title),
    ]


def test_nothing_changes_between_a_file_and_itself(pair):
    assert list(changes(*map(sqlite3.connect, (pair[1], pair[1])))) == []


@pytest.mark.parametrize("as_release", [False, True])
def test_the_release_tells_what_changed(pair, tmp_path, as_release):
    old, new = pair
    folder = tmp_path / "release"
    if as_release:
        export(old, folder)
    export(new, folder, since=folder if as_release else old)  # over the earlier one, compared with it
    told = [json.loads(line) for line in (folder / "changes.jsonl").read_text("utf-8").splitlines()]
    assert [(one["change"], one["key"], one["fields"]) for one in told] == [
        ("removed", "a1", []),
        ("changed", "a3", ["title", "site"]),
        ("added", "a5", []),
    ]
    summary = (folder / "CHANGES.md").read_text("utf-8")
    assert "- 1 articles added" in summary
    assert "title (1), site (1)" in summary
    assert "## Changed\n\n- `a3` 另一个标题: title, site\n" in summary
    assert "CHANGES.md" in (folder / "README.md").read_text("utf-8")
    assert "CHANGES.md" in (folder / "SHA256SUMS").read_text("utf-8")
    assert all("corpus.db" in problem for problem in verify(folder))


def test_a_file_of_an_older_schema_is_compared_by_what_both_have(pair):
    old, new = map(sqlite3.connect, pair)
    old.execute("ALTER TABLE articles DROP COLUMN editor")
    assert [change.key for change in changes(old, new)] == ["a1", "a3", "a5"]
