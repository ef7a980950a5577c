"""Whatever happens during a build: one line that names the remedy, the old file as it was, nothing left lying about."""

from __future__ import annotations

import io
import os
import signal
import sqlite3
import subprocess
import sys
import time
import zipfile
from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest

from corpus_db.errors import BuildError, UsageError
from corpus_db.executors import Inline
from corpus_db.pipeline import build
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES

ROOT = Path(__file__).parents[1]
ARTICLE = "题目\n\n这是第一段，说的是在线交易。它有两句话。\n\n这是第二段，说的是别的事情。\n"
posix = pytest.mark.skipif(os.name != "posix", reason="signals, limits and devices of POSIX")


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A folder with three articles in `in` and an old `corpus.db`."""
    (tmp_path / "in").mkdir()
    for name in "abc":
        (tmp_path / "in" / f"{name}.txt").write_text(ARTICLE.replace("题目", f"题目{name}"), encoding="utf-8")
    (tmp_path / "corpus.db").write_bytes(b"old")
    return tmp_path


def is_as_it_was(place: Path) -> bool:
    names = sorted(path.name for path in place.iterdir())
    return (place / "corpus.db").read_bytes() == b"old" and names == ["corpus.db", "in"]


def command(place: Path, *options: str, **how: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, str(ROOT / "build_db.py"), str(place / "in"), "-o", str(place / "corpus.db"), *options],
        cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, **how,
    )  # fmt: skip


@posix
@pytest.mark.parametrize("kilobytes", [8, 64, 512])
def test_a_full_disk_is_one_line_and_leaves_nothing(place, kilobytes):
    import resource

    limit = (kilobytes << 10, kilobytes << 10)
    run = command(place, "--quiet", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    _, said = run.communicate()
    assert run.returncode == 1
    assert said.count("\n") == 1
    assert "can not write" in said
    assert "disk full" in said
    assert is_as_it_was(place)


@posix
def test_a_disk_that_is_full_for_an_update_leaves_the_file_as_it_was(place):
    import resource

    assert command(place, "--quiet").wait() == 0
    before = (place / "corpus.db").read_bytes()
    (place / "in" / "new.txt").write_text("又来了一篇文章。", encoding="utf-8")
    limit = (len(before) // 2,) * 2
    run = command(place, "--quiet", "--update", preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, limit))
    _, said = run.communicate()
    assert (run.returncode, said.count("\n")) == (1, 1)
    assert "disk full" in said
    assert (place / "corpus.db").read_bytes() == before
    assert command(place, "--quiet", "--update").wait() == 0
    assert (place / "corpus.db").read_bytes() != before


@posix
def test_a_read_only_folder_is_one_line(place, tmp_path):
    folder = Path("/proc") if os.geteuid() == 0 else place / "closed"
    if os.geteuid() != 0:
        folder.mkdir(mode=0o500)
    with pytest.raises(BuildError, match=r"can not write into .* choose another place with -o"):
        build([place / "in"], folder / "corpus.db")


@posix
def test_a_device_is_never_replaced(place):
    with pytest.raises(UsageError, match="is a device or pipe"):
        build([place / "in"], "/dev/null")
    assert Path("/dev/null").is_char_device()


def test_a_link_stays_a_link_and_its_target_is_written(place):
    (place / "link.db").symlink_to("corpus.db")
    build([place / "in"], place / "link.db")
    assert (place / "link.db").is_symlink()
    assert sqlite3.connect(place / "corpus.db").execute("SELECT count(*) FROM articles").fetchone() == (3,)
    (place / "lost.db").symlink_to("nowhere/corpus.db")
    (place / "loop.db").symlink_to("loop.db")
    for name in ("lost.db", "loop.db"):
        with pytest.raises(UsageError, match="no such folder"):
            build([place / "in"], place / name)


def test_an_input_is_never_written_over(place):
    with pytest.raises(UsageError, match="is one of the inputs"):
        build([place / "in" / "a.txt"], place / "in" / "a.txt")
    for folder in (place / "in", place):
        with pytest.raises(UsageError, match="is one of the inputs"):
            build([folder], place / "in" / "a.txt")
    assert "在线交易" in (place / "in" / "a.txt").read_text("utf-8")
    (place / "names.tsv").write_text("name\tkind\taliases\n", encoding="utf-8")
    with pytest.raises(UsageError, match="is one of the inputs"):
        build([place / "in"], place / "names.tsv", lexicon=place / "names.tsv")


def test_a_database_of_another_program_is_never_written_over(place):
    with sqlite3.connect(place / "theirs.db") as db:
        db.execute("CREATE TABLE t (a)")
    with pytest.raises(UsageError, match="is a database of another program"):
        build([place / "in"], place / "theirs.db")


def test_a_target_among_the_inputs_is_no_input(place):
    (place / "corpus.db").unlink()
    first, second = (build([place], place / "corpus.db") for _ in range(2))
    assert first.sha256 == second.sha256
    assert (second.articles, second.rejects) == (3, {})


class Meddling(Inline):
    """An executor that does something to the inputs when the survey has read them."""

    def __init__(self, meddle: Callable[[], object]) -> None:
        self.meddle = meddle

    def submit(self, fn, /, *args, **kwargs):
        future = super().submit(fn, *args, **kwargs)
        self.meddle()
        self.meddle = lambda: None
        return future


@pytest.mark.parametrize(
    ("meddle", "reason"),
    [
        (lambda file: file.unlink(), "vanished"),
        (lambda file: file.write_text("题目\n\n别的。\n", encoding="utf-8"), "changed"),
        (lambda file: file.write_bytes(b""), "changed"),
        (lambda file: (file.unlink(), file.mkdir()), "unreadable"),
    ],
)
def test_an_input_that_vanishes_or_changes_is_a_reject_and_the_rest_is_built(place, meddle, reason):
    executor = Meddling(lambda: meddle(place / "in" / "b.txt"))
    report = build([place / "in"], place / "corpus.db", executor=executor)
    assert (report.documents, report.articles, report.rejects) == (3, 2, {reason: 1})


def test_an_input_that_appears_is_left_for_the_next_build(place):
    executor = Meddling(lambda: (place / "in" / "d.txt").write_text(ARTICLE, encoding="utf-8"))
    assert build([place / "in"], place / "corpus.db", executor=executor).documents == 3


def test_a_file_of_records_that_grows_gives_those_that_are_whole(place):
    file = place / "in" / "r.jsonl"
    line = '{"id": "%d", "title": "题目", "text": "第%d篇的正文，说的是在线交易。"}\n'
    file.write_text("".join(line % (i, i) for i in range(4)), encoding="utf-8")

    def grow() -> None:
        with file.open("a", encoding="utf-8") as more:
            more.write((line % (4, 4))[:30])

    report = build([place / "in"], place / "corpus.db", executor=Meddling(grow))
    assert (report.articles, report.rejects) == (3 + 4, {"changed": 1})


@posix
def test_two_builds_at_once_one_is_refused(place):
    first, second = command(place, "--quiet"), command(place, "--quiet")
    said = [process.communicate()[1] for process in (first, second)]
    statuses = sorted(process.returncode for process in (first, second))
    assert statuses in ([0, 1], [0, 0])  # the second may have come when the first was done
    assert (statuses == [0, 0]) or "another build is writing it" in "".join(said)
    assert sqlite3.connect(place / "corpus.db").execute("SELECT count(*) FROM articles").fetchone() == (3,)


def larger(place: Path) -> None:
    text = "".join(f"第{i}家公司在{1990 + i % 30}年成立，记者说很好。\n" for i in range(1_000))
    for i in range(200):
        (place / "in" / f"{i}.txt").write_text(f"题目{i}\n\n{i}{text}", encoding="utf-8")


def children(pid: int) -> set[int]:
    return {int(p) for tasks in Path(f"/proc/{pid}/task").glob("*/children") for p in tasks.read_text().split()}


def wait_for(condition: Callable[[], object], seconds: float = 20) -> bool:
    end = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > end:
            return False
        time.sleep(0.02)
    return True


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="asks /proc for child processes")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGKILL])
def test_stopped_at_work_it_takes_its_workers_along_and_keeps_the_old_file(place, how):
    larger(place)
    heard = partial(signal.signal, signal.SIGINT, signal.SIG_DFL)  # who runs the tests in the background may ignore it
    process = command(place, "--quiet", "--jobs", "2", start_new_session=True, preexec_fn=heard)
    assert wait_for(lambda: len(children(process.pid)) == 2)
    workers = children(process.pid)
    if how == signal.SIGINT:  # Ctrl-C goes to all processes of the terminal
        os.killpg(process.pid, how)
        _, said = process.communicate()
        assert (process.returncode, said) == (130, "Error: interrupted; the target is as it was\n")
        assert is_as_it_was(place)
    else:
        process.kill()
        process.communicate()
        assert (place / "corpus.db").read_bytes() == b"old"
    assert wait_for(lambda: not any(Path(f"/proc/{pid}").exists() for pid in workers), 5)


def zipped(*members: tuple[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in members:
            archive.writestr(name, data)
    return packed.getvalue()


def test_hostile_inputs_are_bounded_and_rejected_with_a_reason(corpus):
    long_line = "a" * (MAX_DOCUMENT_BYTES + (2 << 20))
    deep = 100_000
    files = {
        "good.txt": ARTICLE,
        "bomb.zip": zipped(("a.txt", bytes(80 << 20))),
        "climb.zip": zipped(("../../a.txt", ARTICLE.encode()), ("b.txt", ARTICLE.replace("别", "另").encode())),
        "line.txt": long_line,
        "line.jsonl": '{"text": "' + long_line + '"}',
        "line.csv": 'title,text\na,"' + long_line + '"\n',
        "deep.json": "[" * deep + "]" * deep,
        "deep.jsonl": '{"text":' * deep + "1" + "}" * deep,
        "deep.html": "<html><body>" + "<div>" * deep + "正文。" + "</div>" * deep,
        "deep.xml": "<a>" * deep + "</a>" * deep,
    }
    db = corpus(files)
    assert {path for (path,) in db.execute("SELECT path FROM sources")} <= {"good.txt", "climb.zip", "deep.html"}
    rejected = dict(db.execute("SELECT path, reason FROM rejects"))
    assert set(files) - set(rejected) <= {"good.txt", "deep.html"}
    assert rejected["bomb.zip"] in ("archive expands too far", "document too large")
    assert rejected["climb.zip"] == "unsafe member path"
    assert {rejected[f"line.{kind}"] for kind in ("txt", "jsonl", "csv")} == {"document too large"}
    assert {rejected[f"deep.{kind}"] for kind in ("json", "jsonl", "xml")} <= {"nested too deeply", "no record"}
    assert db.execute("SELECT count(*) FROM rejects WHERE detail IS NULL").fetchone() == (0,)


@posix
def test_links_in_a_circle_end(place):
    (place / "in" / "round").symlink_to(place / "in")
    (place / "in" / "self").symlink_to("self")
    report = build([place / "in"], place / "corpus.db")
    assert report.articles == 3
    assert set(report.rejects) <= {"link loop", "unreadable", "vanished"}


@posix
@pytest.mark.parametrize(
    "unit", ["的", "九", "一二三四五六七八", "“”", "2013年", "张三说：“", "a", "1,", "（", "\t \u3000", "。"]
)
def test_a_long_line_of_one_thing_takes_no_longer_than_its_length(corpus, unit):
    started = time.monotonic()
    corpus({"a.txt": ARTICLE, "b.txt": unit * (100_000 // len(unit))})
    assert time.monotonic() - started < 15
