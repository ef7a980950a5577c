"""The process that reads PDFs: it may die or take too long, and costs one document, not the build."""

from __future__ import annotations

import contextlib
import hashlib
import sqlite3
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

import corpus_db
from corpus_db.errors import InputError
from corpus_db.sources import pdf_process
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES
from tests.sources.packages import packed
from tests.sources.pdfs import pdf, typeset
from tests.sources.reading import split
from tests.sources.test_warc import archive

TEXT = "江城的早市昨天开张，来了许多人，青菜卖得最快，不到九点就没有了。"
SOUND = pdf(typeset([TEXT]))
# A program that dies of some files, never answers others, and says of all else that it is locked.
FAILING = """
import os, sys, time
while size := int.from_bytes(sys.stdin.buffer.read(8), "big"):
    data = sys.stdin.buffer.read(size)
    if b"die" in data:
        os.abort()
    if b"wait" in data:
        time.sleep(60)
    sys.stdout.buffer.write((19).to_bytes(8, "big") + b'{"error": "locked"}')
    sys.stdout.buffer.flush()
"""


@pytest.fixture
def failing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the place of the program, one that fails."""
    program = tmp_path / "failing.py"
    program.write_text(FAILING, "utf-8")
    pdf_process.end()
    monkeypatch.setattr(pdf_process, "_PROGRAM", str(program))
    monkeypatch.setattr(pdf_process, "_MOST_SECONDS", 0.5)
    yield
    pdf_process.end()


def reason(data: bytes) -> str:
    """Why a file is not read."""
    with pytest.raises(InputError) as caught:
        pdf_process.ask(data)
    return f"{caught.value.reason}: {caught.value.detail}"


@pytest.mark.usefixtures("failing")
def test_what_it_dies_of_or_waits_for_is_told_and_the_next_file_is_read() -> None:
    assert "died of it" in reason(b"die")
    assert reason(b"sound") == "encrypted: save it without its password"
    assert "too slow: more than two minutes" in reason(b"wait" + bytes(1 << 20))
    assert reason(b"sound") == "encrypted: save it without its password"


def test_it_is_one_process_that_threads_share() -> None:
    with ThreadPoolExecutor(4) as pool:
        answers = list(pool.map(pdf_process.ask, [SOUND] * 12))
    assert [answer["pages"] for answer in answers] == [answers[0]["pages"]] * 12


def test_pictures_may_make_a_file_larger_than_other_documents() -> None:
    large = SOUND + b"%" * MAX_DOCUMENT_BYTES
    assert [type(found).__name__ for found in split("a.pdf", large)] == ["Item"]


@pytest.mark.usefixtures("failing")
def test_a_build_goes_on_without_what_can_not_be_read(tmp_path: Path) -> None:
    assert built(tmp_path, {"a.pdf": SOUND + b"die", "b.txt": TEXT.encode()}) == (
        ["b.txt"],
        [("a.pdf", "damaged document")],
    )


def test_what_is_built_of_them(tmp_path: Path) -> None:
    page = archive(("200 OK", "application/pdf", SOUND))
    files = {
        "a.pdf": SOUND,
        "b.zip": packed({"甲.pdf": pdf(typeset([TEXT[::-1]]))}),
        "c.txt": pdf(typeset([TEXT * 2])),
        "cut.pdf": SOUND[:200],
        "d.warc": page,
        "scan.pdf": pdf([]),
    }
    keys, rejects = built(tmp_path, files)
    assert keys == ["a.pdf", "b.zip#甲.pdf", "c.txt", "d.warc#2"]
    assert rejects == [("cut.pdf", "damaged document"), ("scan.pdf", "no text")]
    with contextlib.closing(sqlite3.connect(tmp_path / "a.db")) as db:
        found = db.execute("SELECT format, sha256 FROM sources WHERE path = 'a.pdf'").fetchall()
        (url,) = db.execute("SELECT url FROM articles WHERE key = 'd.warc#2'").fetchone()
    assert found == [("pdf", hashlib.sha256(SOUND).hexdigest())]
    assert url == "http://a.cn/1"


def built(folder: Path, files: dict[str, bytes]) -> tuple[list[str], list[tuple[str, str]]]:
    """Keys of articles and (path, reason) of rejects, of a build of such files."""
    (folder / "in").mkdir()
    for name, data in files.items():
        (folder / "in" / name).write_bytes(data)
    corpus_db.build([folder / "in"], folder / "a.db", keep=False)
    with contextlib.closing(sqlite3.connect(folder / "a.db")) as db:
        keys = [key for (key,) in db.execute("SELECT key FROM articles ORDER BY key")]
        return keys, db.execute("SELECT path, reason FROM rejects ORDER BY path").fetchall()
