"""Progress: a bar on a terminal, lines in a log, nothing when nothing is wanted."""

from __future__ import annotations

import contextlib
import os
import struct
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus_db import progress
from corpus_db.pipeline import build as build_corpus

ROOT = Path(__file__).parents[1]


def build(target: Path, *options: str, stderr: int = subprocess.PIPE) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "build_db.py", "-o", str(target), *options]
    return subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=stderr, check=True)


def read_all(terminal: int, seen: list[bytes]) -> None:
    with contextlib.suppress(OSError):  # how a terminal says that its other end is closed
        while chunk := os.read(terminal, 1 << 12):
            seen.append(chunk)


@pytest.mark.skipif(os.name != "posix", reason="terminals of POSIX")
def test_a_terminal_shows_a_bar_with_speed_and_rejects(tmp_path):
    import fcntl
    import pty
    import termios

    ours, theirs = pty.openpty()
    fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", 24, 120, 0, 0))  # lines, columns
    seen: list[bytes] = []
    reader = threading.Thread(target=read_all, args=(ours, seen), daemon=True)  # a terminal that nobody reads fills up
    reader.start()
    done = build(tmp_path / "c.db", stderr=theirs)
    os.close(theirs)
    reader.join(10)
    shown = b"".join(seen).decode()
    for word in (
        "survey",
        "build",
        "index",
        "names",
        "keywords",
        "finish",
        "verify",
        "B/s",
        "documents/s",
        "0 rejected",
    ):
        assert word in shown
    assert "5 articles from 5 documents" in done.stdout.decode()


def test_a_short_build_says_nothing_in_a_log(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(progress, "LINE_EVERY_SECONDS", 1e9)  # however long it takes here
    build_corpus([ROOT / "seeds"], tmp_path / "c.db", progress=progress.Lines())
    assert capsys.readouterr().err == ""


def test_quiet_says_nothing_at_all(tmp_path):
    quiet = build(tmp_path / "c.db", "--quiet")
    assert (quiet.stdout, quiet.stderr) == (b"", b"")


def test_a_long_build_says_a_line_now_and_then(monkeypatch, capsys):
    clock = iter(range(0, 1_000, 2))
    monkeypatch.setattr(progress.time, "monotonic", lambda: next(clock))
    lines = progress.Lines()
    lines.stage("build", 1_000_000)
    for _ in range(9):
        lines.advance(10, 100_000, 1)
    said = capsys.readouterr().err.splitlines()
    assert 2 <= len(said) < 9
    assert said[-1].startswith("build: 0.")
    assert "documents/s" in said[-1]
    assert "s left" in said[-1]
    assert said[-1].endswith("rejected")


def test_a_bar_needs_no_thread():
    before = threading.active_count()
    bar = progress.Bar()
    bar.stage("survey", 100)
    bar.advance(1, 50, 0)
    assert threading.active_count() == before
    bar.close()
