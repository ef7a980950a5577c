"""The command line: exit statuses, one line for what went wrong, a summary for what went right."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from corpus_db.cli import main

ROOT = Path(__file__).parents[1]


def run(*arguments):
    return CliRunner().invoke(main, [str(a) for a in arguments])


def test_build_prints_the_summary(tmp_path):
    result = run("build", ROOT / "seeds", "-o", tmp_path / "c.db")
    assert result.exit_code == 0
    lines = dict(line.split(maxsplit=1) for line in result.stdout.splitlines())
    assert "5 articles from 5 documents" in result.stdout
    assert {"duplicates", "rejected", "time", "sha256", "logical"} <= set(lines)


@pytest.mark.parametrize(
    ("arguments", "status", "says"),
    [
        (["build", "missing-folder"], 2, "missing-folder: no such file or folder"),
        (["build", "--jobs", "0"], 2, "Invalid value"),
        (["verify", "missing.db"], 2, "missing.db: no such file"),
        (["search", "missing.db", "x"], 2, "missing.db: no such file"),
        (["nonsense"], 2, "No such command"),
    ],
)
def test_what_is_wrong_is_said_without_a_traceback(arguments, status, says):
    result = run(*arguments)
    assert result.exit_code == status
    assert says in result.stderr
    assert "Traceback" not in result.stderr


def test_a_file_that_is_no_corpus_is_refused_in_one_line(tmp_path):
    (tmp_path / "x.db").write_text("no database" * 500)
    for command in (["verify", tmp_path / "x.db"], ["search", tmp_path / "x.db", "x"], ["info", tmp_path / "x.db"]):
        result = run(*command)
        assert result.exit_code == 1
        assert "x.db" in result.stderr
        assert "Traceback" not in result.stderr


def test_search_and_info_and_verify(seeds_path):
    assert run("search", seeds_path, "備貨節").stdout.count("备货") >= 2
    hits = [json.loads(line) for line in run("search", seeds_path, "戴珊", "--json").stdout.splitlines()]
    assert [hit["key"][:3] for hit in hits] == ["004"]
    assert "logical_digest" in run("info", seeds_path).stdout
    assert run("verify", seeds_path).stdout.endswith("sound\n")


def test_python_m_and_build_db_are_the_same_command(tmp_path):
    for command in (["-m", "corpus_db", "build"], ["build_db.py"]):
        done = subprocess.run(
            [sys.executable, *command, "--help"], cwd=ROOT, capture_output=True, text=True, check=True
        )
        assert "--only" in done.stdout
