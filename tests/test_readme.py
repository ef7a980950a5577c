"""The README: its commands exist, its SQL and Python run on the seeds, its pictures are there; the Chinese one keeps in step."""

from __future__ import annotations

import re
import sqlite3
from pathlib import Path
from urllib.parse import unquote

import click
import pytest

import corpus_db
from corpus_db import sql
from corpus_db.cli import main

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
CHINESE = (ROOT / "README.zh.md").read_text("utf-8")
BOTH = pytest.mark.parametrize("text", [README, CHINESE], ids=["en", "zh"])
_FENCED = re.compile(r"^```.*?^```$", re.DOTALL | re.MULTILINE)

# Told by --help alone: ways to look at a result that need no explanation before they are needed.
HELP_ONLY = {
    "--quiet",
    "--limit",
    "--mode",
    *("--width", "--sort", "--sample", "--seed", "--site", "--publisher", "--subcorpus", "--year"),
}
# Tables that only the search and the statistics read, and where paragraphs and sentences are stored: in schema.md alone.
NOT_FOR_READERS = {
    *("articles_fts", "articles_search", "folds", "char_kinds", "char_stats", "common_tokens", "lexicon_words"),
    *("pinyin", "logs", "span_kinds", "span_starts", "paragraph_bounds", "sentence_bounds"),
}


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", README, re.DOTALL)


def test_the_commands_are_those_of_the_program():
    told = set(re.findall(r"^\| `corpus-db (\w+)", README, re.MULTILINE))
    assert told == set(main.commands)


def test_every_option_is_told_and_every_told_option_exists():
    there = {
        option
        for command in main.commands.values()
        for parameter in command.params
        if isinstance(parameter, click.Option)
        for option in parameter.opts
        if option.startswith("--")
    }
    told = set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", README))
    assert told - {"--setting"} <= there  # of Datasette
    assert there - told - {"--output"} == HELP_ONLY  # -o is told


@pytest.mark.parametrize("command", main.commands.values(), ids=str)
def test_the_help_says_what_a_command_and_its_options_do(command: click.Command):
    assert not command.get_short_help_str(limit=70).endswith("...")
    for parameter in command.params:
        assert not isinstance(parameter, click.Option) or parameter.help, parameter.name


@pytest.mark.parametrize("statement", [line for block in blocks("sql") for line in block.splitlines() if line])
def test_the_sql_answers_in_stock_sqlite(seeds: sqlite3.Connection, statement: str):
    assert seeds.execute(statement).fetchall()


def test_the_python_runs(seeds_path: Path, monkeypatch, capsys):
    monkeypatch.chdir(seeds_path.parent)
    for block in blocks("python"):
        exec(compile(block, "README.md", "exec"), {})
    assert "1688" in capsys.readouterr().out


def test_the_tables_are_those_of_the_file(seeds: sqlite3.Connection):
    rows = re.search(r"## What is in the file\n\n(.*?)\n\n", README, re.DOTALL)[1].splitlines()[2:]
    told = {name for row in rows for name in re.findall(r"`(\w+)`", row.split("|")[1])}
    there = {name for (name,) in seeds.execute("SELECT table_name FROM descriptions")}
    assert told <= there
    assert there - told - NOT_FOR_READERS == set()


def test_every_query_is_told():
    told = set(re.findall(r"`(\w+)`", README))
    assert set(sql.QUERIES) <= told


@pytest.mark.parametrize(
    "typed", re.findall(r"^\| `([^`]+)` \| ", README.partition("## Searching")[2].partition("## ")[0], re.M)
)
def test_what_it_says_to_type_finds_something(seeds_path: Path, typed: str):
    with corpus_db.connect(seeds_path) as db:
        assert corpus_db.search(db, typed)


def test_the_reasons_of_cleaning_are_those_that_the_program_gives(seeds: sqlite3.Connection):
    section = README.partition("## How cleaning decides")[2].partition("## ")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \|", section, re.MULTILINE)
    told = {(role, reason) for role, reasons in rows[1:] for reason in re.findall(r"`([^`]+)`", reasons)}
    labels = (ROOT / "corpus_db/serve/pages/templates/labels.tsv").read_text("utf-8")
    assert {f"reason {reason}" for _, reason in told} <= {line.split("\t")[0] for line in labels.splitlines()}
    there = set(seeds.execute("SELECT role, reason FROM spans WHERE role IN ('chrome', 'duplicate')"))
    assert len(there & told) >= 6


@BOTH
def test_the_pages_that_it_links_are_there(text: str):
    for page in re.findall(r"(?<!!)\[[^]]+\]\((?!http)([^)#]+)\)", text):
        assert (ROOT / page).is_file(), page


@BOTH
def test_the_sections_that_it_links_are_there(text: str):
    there = {anchor(title) for _, title in headings(text)}
    linked = {unquote(link) for link in re.findall(r"\]\(#([^)]+)\)", text)}
    assert linked
    assert linked <= there


def test_the_questions_about_language_are_canned_queries():
    section = README.partition("## Questions about language")[2].partition("\n\nEach")[0]
    told = {
        name for row in section.splitlines() for name in re.findall(r"`(\w+)`", row.split("|")[1] if "|" in row else "")
    }
    assert told == {*sql.QUERIES} & told
    assert len(told) == 9


@BOTH
def test_the_pictures_are_there_and_described(text: str):
    found = re.findall(r"!\[([^]]+)\]\(([^)]+)\)", text)
    assert found
    for description, picture in found:
        assert len(description) > 10
        assert (ROOT / picture).is_file(), picture


def headings(text: str) -> list[tuple[int, str]]:
    """Level and title of each heading outside code."""
    return [(len(marks), title) for marks, title in re.findall(r"^(#+) (.+)$", _FENCED.sub("", text), re.MULTILINE)]


def anchor(title: str) -> str:
    """The fragment that GitHub gives a heading."""
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def sections(text: str) -> list[str]:
    """The text below each heading, code left out."""
    return re.split(r"^#+ .+$", _FENCED.sub("", text), flags=re.MULTILINE)[1:]


def table_shapes(text: str) -> list[list[int]]:
    """Cells in each row of each table."""
    tables = re.findall(r"(?:^\|.*\|$\n?)+", text, re.MULTILINE)
    return [[row.count(" | ") for row in table.splitlines()] for table in tables]


def test_the_chinese_readme_has_the_same_headings_and_code():
    assert [level for level, _ in headings(CHINESE)] == [level for level, _ in headings(README)]
    assert _FENCED.findall(CHINESE) == _FENCED.findall(README)


@pytest.mark.parametrize(
    ("english", "chinese"),
    list(zip(sections(README), sections(CHINESE), strict=True)),
    ids=[t for _, t in headings(README)],
)
def test_a_section_says_the_same_in_chinese(english: str, chinese: str):
    """The same tables, inline code, pictures and outward links; every measured number with a dot or a comma."""
    assert table_shapes(chinese) == table_shapes(english)
    for pattern in (r"`[^`]+`", r"!\[[^]]*\]\(([^)]+)\)", r"\]\((http[^)]+)\)", r"(?<![\w.])\d*[.,]\d[\d.,]*\d"):
        assert sorted(set(re.findall(pattern, chinese))) == sorted(set(re.findall(pattern, english))), pattern
    assert english.count("\n- ") == chinese.count("\n- ")
    assert english.count("**") == chinese.count("**")


def test_the_two_link_to_each_other():
    assert "(README.zh.md)" in README[:200]
    assert "(README.md)" in CHINESE[:200]
