"""What passes between a terminal and the commands, where the terminal is full, old, or of another encoding."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOT_UTF8 = os.fsdecode("早市".encode("gbk"))


def run(*arguments: object, **options: object) -> subprocess.CompletedProcess[bytes]:
    settings = {"capture_output": True, "check": False, **options}
    return subprocess.run([sys.executable, "-m", "corpus_db", *map(str, arguments)], **settings)  # type: ignore[call-overload, no-any-return]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device of Linux")
@pytest.mark.parametrize("command", [("info",), ("search", "平台")])
def test_a_full_disk_behind_standard_output_is_told_in_one_line(seeds_path, command):
    name, *more = command
    with Path("/dev/full").open("wb") as full:
        result = run(name, seeds_path, *more, capture_output=False, stdout=full, stderr=subprocess.PIPE)
    assert result.returncode == 1
    assert result.stderr.decode().startswith("Error: standard output: can not be written")
    assert result.stderr.count(b"\n") == 1


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere names of files are text")
def test_names_that_are_no_utf8_are_written_to_and_read(tmp_path):
    folder = tmp_path / NOT_UTF8
    folder.mkdir()
    environment = {**os.environ, "XDG_CACHE_HOME": str(tmp_path / "cache")}
    for update in ([], ["--update"]):
        built = run("build", ROOT / "seeds", "-o", folder / "c.db", "--title", NOT_UTF8, *update, env=environment)
        assert (built.returncode, built.stderr.count(b"Traceback")) == (0, 0)
    assert run("verify", folder / "c.db").returncode == 0
    about = run("info", folder / "c.db").stdout.decode()
    assert "早市" in next(line for line in about.splitlines() if line.startswith("title"))


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere arguments are text")
def test_a_query_typed_in_gbk_finds_what_it_means(seeds_path):
    assert "在线交易".encode() in run("search", seeds_path, os.fsdecode("在线交易".encode("gbk"))).stdout


def test_what_the_encoding_of_standard_output_lacks_is_escaped(tmp_path):
    (tmp_path / "a.txt").write_text("早市开张了😀，集市上的人很多，大家都来买菜，买完菜就去喝早茶。", "utf-8")
    run("build", tmp_path / "a.txt", "-o", tmp_path / "c.db", "--no-keep")
    environment = {**os.environ, "PYTHONIOENCODING": "gbk"}
    assert "开张了\\U0001f600" in run("search", tmp_path / "c.db", "早市", env=environment).stdout.decode("gbk")
    lines = run("search", tmp_path / "c.db", "早市", "--json", env=environment).stdout
    assert b"\\ud83d\\ude00" in lines


@pytest.mark.parametrize("years", ["2013-2017", "abc", "2013..abc", "..", "2013 2017"])
def test_years_that_are_none_are_told_instead_of_finding_nothing(seeds_path, years):
    result = run("concordance", seeds_path, "平台", "--year", years)
    assert result.returncode == 2
    assert result.stderr.decode() == f"Error: --year {years}: no years; write 2013, 2013..2017, 2013.. or ..2017\n"


@pytest.mark.skipif(sys.platform != "linux" or os.geteuid() != 0, reason="takes the part of another user")
def test_what_may_not_be_read_or_written_is_told_and_is_no_damage(seeds_path, tmp_path):
    locked = tmp_path / "locked"
    locked.mkdir(mode=0o700)
    (locked / "c.db").write_bytes(seeds_path.read_bytes())
    shown = Path(tempfile.mkdtemp())  # which another user can reach, as pytest's folders can not be
    try:
        file = shown / "c.db"
        file.write_bytes(seeds_path.read_bytes())
        file.chmod(0o444)
        shown.chmod(0o555)
        told = as_nobody("from corpus_db.verify import verify; print(verify(Path(sys.argv[1])))", file)
        assert told.stdout.strip() == b"[]"
    finally:
        shutil.rmtree(shown)
    told = as_nobody("from corpus_db.cli import main; main(['info', sys.argv[1]])", locked / "c.db")
    assert told.stderr.decode() == f"Error: {locked / 'c.db'}: Permission denied; check its permissions\n"


def as_nobody(code: str, path: Path) -> subprocess.CompletedProcess[bytes]:
    """Runs code that asks for `path`, as a user who may do nothing; the package is imported before."""
    before = "import os, sys, corpus_db.cli, corpus_db.verify, corpus_db.search; from pathlib import Path; os.setuid(65534); "
    return subprocess.run([sys.executable, "-c", before + code, str(path)], capture_output=True, check=False)
