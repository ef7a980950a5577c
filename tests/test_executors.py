"""Processes start, work, and end, whatever happens to them."""

import gc
import os
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from corpus_db.errors import BuildError
from corpus_db.executors import Inline, late_processes, processes
from corpus_db.pieces import ordered
from tests.processes import gone

ROOT = Path(__file__).parents[1]


def doubled(n):
    return 2 * n


def test_processes_work_and_one_job_stays_here():
    with processes(2) as executor:
        assert executor.submit(doubled, 3).result() == 6
    with processes(1) as executor:
        assert isinstance(executor, Inline)


def test_workers_look_for_garbage_seldom_however_they_were_started():
    with processes(2) as executor:
        assert executor.submit(gc.get_threshold).result() > gc.get_threshold()


def test_a_worker_that_dies_is_one_line_with_a_remedy():
    with pytest.raises(BuildError, match=r"worker process died.*--jobs 1"), processes(2) as executor:
        list(ordered(partial(executor.submit, os._exit), range(3), ahead=2))


def test_an_error_ends_the_workers_at_once():
    started = time.monotonic()
    with pytest.raises(KeyboardInterrupt), processes(2) as executor:
        pids = {executor.submit(os.getpid).result() for _ in range(4)}
        for _ in range(4):
            executor.submit(time.sleep, 30)
        raise KeyboardInterrupt
    assert time.monotonic() - started < 10
    assert all(gone(pid) for pid in pids)


INTERRUPTED = """
import time
from corpus_db.executors import processes
with processes(2) as executor:
    for _ in range(2):
        executor.submit(time.sleep, 60)
    for _ in range(8):
        executor.submit(sorted, bytes(1 << 20))
    time.sleep(0.5)
    raise KeyboardInterrupt
"""


HALF_TOLD = """
import time
from corpus_db.executors import processes
with processes(2) as executor:
    for _ in range(200):
        executor.submit(bytes, 1 << 26)
    time.sleep(0.8)
    raise KeyboardInterrupt
"""


def test_an_interrupted_program_ends_though_results_were_on_their_way():
    done = subprocess.run([sys.executable, "-c", HALF_TOLD], cwd=ROOT, capture_output=True, timeout=20, check=False)
    assert b"KeyboardInterrupt" in done.stderr


def test_an_interrupted_program_ends_though_work_was_on_its_way():
    done = subprocess.run([sys.executable, "-c", INTERRUPTED], cwd=ROOT, capture_output=True, timeout=20, check=False)
    assert b"KeyboardInterrupt" in done.stderr


def test_processes_start_when_there_is_work_and_all_of_them_when_there_is_much(monkeypatch):
    monkeypatch.setattr("corpus_db.executors._MUCH", 3)
    with late_processes(2, os.getpid) as executor:
        few = {executor.submit(os.getpid).result() for _ in range(3)}
        assert len(few) == 1 and os.getpid() not in few
        assert len(few | {executor.submit(os.getpid).result() for _ in range(4)}) == 2
    with late_processes(1, os.getpid) as executor:
        assert executor.submit(os.getpid).result() == os.getpid()
