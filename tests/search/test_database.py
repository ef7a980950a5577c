"""Opening a built file: what is refused, and the SQL functions of a connection."""

import pytest

from corpus_db.errors import BuildError, UsageError
from corpus_db.search import connect


def test_functions_take_any_value(db):
    row = db.execute(
        "SELECT zh_query(NULL), zh_fold(5), zh_segment('電商平台'), zh_snippet('电商', '电', NULL)"
    ).fetchone()
    assert row == (None, "5", "电商 平台", "<mark>电</mark>商")


def test_only_corpus_files_are_opened(tmp_path):
    with pytest.raises(UsageError, match=r"none\.db: no such file"):
        connect(tmp_path / "none.db")
    (tmp_path / "text.db").write_text("no database at all" * 100)
    with pytest.raises(BuildError, match=r"text\.db: not an SQLite file"):
        connect(tmp_path / "text.db")
    (tmp_path / "empty.db").touch()
    with pytest.raises(BuildError, match=r"empty\.db: not a corpus"):
        connect(tmp_path / "empty.db")


def test_the_file_can_not_be_changed(db):
    with pytest.raises(Exception, match="readonly"):
        db.execute("DELETE FROM articles")
