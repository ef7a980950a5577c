"""The shipped lexicon and cue table are well formed; the user's file is read on top, or refused with its line."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import pytest

from corpus_db import data
from corpus_db.analysis import cues, lexicon
from corpus_db.errors import UsageError
from corpus_db.text.fold import fold_aligned

HEADER, *ROWS = data.cells("lexicon.tsv")


def test_rows_have_four_filled_columns_but_for_aliases() -> None:
    assert HEADER == ["name", "kind", "aliases", "source"]
    assert [row for row in ROWS if len(row) != 4 or not (row[0] and row[1] and row[3])] == []


def test_rows_are_sorted_by_name() -> None:
    assert [row[0] for row in ROWS] == sorted(row[0] for row in ROWS)


def test_no_form_stands_twice() -> None:
    forms = [form for name, _, aliases, _ in ROWS for form in (name, *filter(None, aliases.split("|")))]
    assert [form for form, times in Counter(forms).items() if times > 1] == []


def test_no_two_entries_share_a_folded_form() -> None:
    owners: dict[str, set[str]] = {}
    for name, _, aliases, _ in ROWS:
        for form in (name, *filter(None, aliases.split("|"))):
            owners.setdefault(fold_aligned(form), set()).add(name)
    assert {form: names for form, names in owners.items() if len(names) > 1} == {}


def test_every_cue_has_words_and_a_source() -> None:
    found = data.rows("cues.tsv")
    assert len(found) == len({row["cue"] for row in found})
    for row in found:
        assert cues.words(row["cue"]) == tuple(row["words"].split())  # each once
        assert row["source"], row["cue"]


@pytest.mark.parametrize(
    ("raw", "name"),
    [("逍遥子", "张勇"), ("淘寶網", "淘宝"), ("PAYPAL", "PayPal"), ("村淘", "农村淘宝"), ("1688.com", "1688")],
)
def test_a_form_leads_to_its_name(raw: str, name: str) -> None:
    entry = lexicon.load().entry(raw)
    assert entry is not None
    assert entry.name == name


def test_own_rows_come_on_top(tmp_path: Path) -> None:
    own = tmp_path / "own.tsv"
    own.write_text("name\tkind\taliases\n星河平台\tproduct\t星台\n淘宝\torganisation\t\n", encoding="utf-8")
    known = lexicon.load(own)
    assert known.forms["星台"].name == "星河平台"
    assert known.forms["淘宝"].kind == "organisation"
    assert "星台" in known.words()


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("淘宝\tproduct\n", "own.tsv:1: "),
        ("name\tkind\taliases\n淘宝\tshop\t\n", "own.tsv:2: "),
        ("name\tkind\taliases\n\tproduct\t\n", "own.tsv:2: "),
    ],
)
def test_a_bad_file_is_refused_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    own = tmp_path / "own.tsv"
    own.write_text(text, encoding="utf-8")
    with pytest.raises(UsageError, match=message):
        lexicon.load(own)
