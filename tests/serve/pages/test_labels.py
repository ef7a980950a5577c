"""Labels: numbers agree with their nouns, and whatever the build can write has a word in both languages."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import get_args

import pytest

import corpus_db
from corpus_db import data, records
from corpus_db.clean.chrome import REPEATS
from corpus_db.search.relax import Kind
from corpus_db.serve.pages.labels import labels, tables
from corpus_db.serve.pages.search import FACETS
from corpus_db.serve.pages.word import SORTS
from corpus_db.sql import QUERIES

PACKAGE = Path(corpus_db.__file__).parent
RELATIONS = ("same", "reprint", "overlap", "related")  # CHECK of similar.relation
# What is called with the role and reason of a stretch, in clean/ and sources/.
TELLS = {"Mark", "Piece", "Span", "add", "_add", "_set", "_inline", "_place_text"}
# The roles themselves, and what is no reason but a value, a default or a part of a text.
NO_REASONS = {*get_args(records.Role), "<>", '"', "-->", "del"}


def column(name: str, number: int) -> set[str]:
    """A column of a table under data/."""
    return {row[number] for row in data.cells(name)}


def reasons_in_code() -> set[str]:
    """The reasons that clean/ and sources/ name in so many words."""
    found = set()
    for path in [*PACKAGE.glob("clean/**/*.py"), *PACKAGE.glob("sources/**/*.py")]:
        for call in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(call, ast.Call) and _name(call.func) in TELLS:
                values = [*call.args, *(keyword.value for keyword in call.keywords)]
                texts = [text for value in values for text in ast.walk(value) if isinstance(text, ast.Constant)]
                found |= {text.value for text in texts if isinstance(text.value, str) and text.value.strip()}
    return found - NO_REASONS


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


WRITTEN = {
    "role": set(get_args(records.Role)),
    "reason": reasons_in_code()
    | column("chrome.tsv", 1)
    | column("html_hints.tsv", 1)
    | column("field_names.tsv", 0)
    | {"side column", "navigation", "page foot", "link list", "before the title", "not shown", "outside the main text"}
    | {"page title", "comment", "script", "style", REPEATS},
    "figures": set(get_args(records.FigureKind)),
    "basis": set(get_args(records.DateBasis)),
    "kind": set(get_args(records.EntityKind)),
    "kinds": set(get_args(records.EntityKind)),
    "relation": set(RELATIONS),
    "query": set(QUERIES),
    "facet": set(FACETS),
    "sort": set(SORTS),
    "relaxed": set(get_args(Kind)),
}


@pytest.mark.parametrize("group", WRITTEN)
def test_whatever_is_written_has_a_word_in_both_languages(group: str) -> None:
    for language, table in tables().items():
        assert {value for value in WRITTEN[group] if not table.get(f"{group} {value}")} == set(), language


def test_the_code_is_read_for_its_reasons() -> None:
    assert {"cut-off copy of the beginning", "zero-width character", "front matter fence", "tag"} <= WRITTEN["reason"]


@pytest.mark.parametrize("group", ["role", "kind", "relation", "basis", "reason", "sort"])
def test_in_chinese_they_are_chinese(group: str) -> None:
    table = tables()["zh"]
    assert {value for value in WRITTEN[group] if table[f"{group} {value}"].isascii()} == set()


@pytest.mark.parametrize(("n", "told"), [("1", "1 hit, to the first"), ("1,204", "1,204 hits, to the first")])
def test_a_number_and_its_noun(n: str, told: str) -> None:
    assert labels("en")("first_of_hits", n=n) == told
    assert labels("zh")("first_of_hits", n=n).startswith(n)
