"""The schema page and the cookbook: current, and every recipe answers on the seeds."""

from __future__ import annotations

import re
import sqlite3

import pytest

from corpus_db.sql import documents

RECIPES = list(documents.RECIPE.finditer(documents.COOKBOOK.read_text("utf-8")))


def test_the_schema_page_is_what_the_comments_say() -> None:
    assert documents.SCHEMA.read_text("utf-8") == documents.schema(), "run: python -m corpus_db.sql"


def test_there_are_recipes_and_none_is_passed_over() -> None:
    text = documents.COOKBOOK.read_text("utf-8")
    assert len(RECIPES) >= 20
    assert [int(recipe["title"].partition(".")[0]) for recipe in RECIPES] == list(range(1, len(RECIPES) + 1))
    assert text.count("```sql\n") == len(RECIPES)


@pytest.mark.parametrize("recipe", RECIPES, ids=[recipe["title"] for recipe in RECIPES])
def test_a_recipe_gives_the_row_below_it(seeds: sqlite3.Connection, recipe: re.Match[str]) -> None:
    told = documents.first_row(seeds, recipe["sql"])
    assert recipe["row"] == told, "if the answer changed for a good reason: python -m corpus_db.sql CORPUS-OF-THE-SEEDS"


def test_writing_the_rows_again_changes_nothing(seeds: sqlite3.Connection) -> None:
    assert documents.cookbook(seeds) == documents.COOKBOOK.read_text("utf-8")


def test_long_values_are_cut_and_marks_of_the_table_escaped() -> None:
    row = documents.first_row(sqlite3.connect(":memory:"), f"SELECT '{'长' * 70}' AS a, 'x|y\nz' AS b, NULL AS c")
    assert row == f"\n| a | b | c |\n|---|---|---|\n| {'长' * 60}… | x\\|y z | NULL |\n"


def test_a_statement_without_rows_is_refused() -> None:
    with pytest.raises(ValueError, match="no row"):
        documents.first_row(sqlite3.connect(":memory:"), "SELECT 1 WHERE 0")


def test_who_has_only_the_file_reads_in_it_how_a_text_is_found(seeds: sqlite3.Connection) -> None:
    (told,) = seeds.execute("SELECT group_concat(description) FROM descriptions WHERE table_name = 'articles_fts'")
    example = re.search(r"(\w+) is MATCH '([^']+)'", told[0])
    assert example is not None
    found = seeds.execute(
        "SELECT rowid FROM articles_fts WHERE articles_fts MATCH ? ORDER BY 1", [example[2]]
    ).fetchall()
    holding = "SELECT id FROM articles WHERE instr(body, ?1) OR instr(coalesce(title, ''), ?1) ORDER BY 1"
    assert found == seeds.execute(holding, [example[1]]).fetchall() != []
