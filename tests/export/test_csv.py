"""CSV that Excel opens as it is meant, and that gives the exact text back."""

from __future__ import annotations

import csv

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.export import export
from corpus_db.export.csv import guarded, unguarded
from tests.corpus_fixture import Sample, write_corpus

FORMULA = '=HYPERLINK("http://example.com","点我")'


@given(st.text())
def test_a_guarded_text_is_no_formula_and_comes_back(text):
    assert unguarded(guarded(text)) == text
    assert not guarded(text).startswith(("=", "+", "-", "@", "\t", "\r"))


def test_files_begin_with_a_byte_order_mark(release):
    for path in (release / "csv").iterdir():
        assert path.read_bytes().startswith(b"\xef\xbb\xbf"), path


@pytest.fixture
def hostile(tmp_path):
    samples = (Sample("a1", FORMULA, "正文。"), Sample("a2", "下跌", "跌了。", publisher="-5"))
    written = export(write_corpus(tmp_path / "corpus.db", samples), tmp_path / "release")
    return tmp_path / "release", written


def test_a_formula_is_disarmed_and_told(hostile):
    folder, written = hostile
    with (folder / "csv" / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert (rows[0]["title"], rows[1]["publisher"]) == ("'" + FORMULA, "'-5")
    assert unguarded(rows[0]["title"]) == FORMULA
    assert written.cells_guarded >= 2
    assert f"{written.cells_guarded} cells of this release" in (folder / "README.md").read_text("utf-8")
    assert FORMULA.replace('"', '\\"') in (folder / "jsonl" / "articles.jsonl").read_text("utf-8")


def test_numbers_are_left_alone(hostile):
    folder, _ = hostile
    with (folder / "csv" / "articles.csv").open(encoding="utf-8-sig", newline="") as file:
        assert {row["id"] for row in csv.DictReader(file)} == {"1", "2"}
