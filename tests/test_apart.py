"""Processes behind a process between: they share what this one does not hold, and leave nothing behind."""

import os
import signal
import subprocess
import sys
import time
from functools import partial
from pathlib import Path

import pytest

from corpus_db.apart import apart
from corpus_db.errors import BuildError
from corpus_db.executors import can_copy
from corpus_db.pieces import ordered
from tests.processes import gone

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are no copies")
ROOT = Path(__file__).parents[1]
loaded = {"by": 0}


def load():
    loaded["by"] = os.getpid()


def who_loaded():
    return loaded["by"]


@pytest.mark.parametrize(
    "test",
    [
        "share_what_one_of_them_loaded",
        "tell_of_errors",
        "tell_of_the_death_of_one",
        "tell_of_the_death_of_the_process_between",
        "end_at_once",
        "leave_a_process_that_can_be_copied",
    ],
)
def test_processes(test):
    code = f"from tests import test_apart; test_apart.{test}()"  # alone: threads of other tests forbid copies
    run = [sys.executable, "-c", code]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == 0 and not done.stderr, done.stderr


def share_what_one_of_them_loaded():
    with apart(2, load) as pool:
        loaders = {pool.submit(who_loaded).result() for _ in range(8)}
        workers = {pool.submit(os.getpid).result() for _ in range(8)}
        parents = {pool.submit(os.getppid).result() for _ in range(8)}
    assert loaded["by"] == 0 and loaders == parents and len(parents) == 1
    assert not workers & (parents | {os.getpid()})


def tell_of_errors():
    with apart(2, load) as pool:
        wrong, right = pool.submit(int, "one"), pool.submit(int, "1")
        assert isinstance(wrong.exception(), ValueError) and right.result() == 1


def tell_of_the_death_of_one():
    with pytest.raises(BuildError, match=r"worker process died.*--jobs 1"), apart(2, load) as pool:
        list(ordered(partial(pool.submit, os._exit), range(3), ahead=2))


def tell_of_the_death_of_the_process_between():
    with pytest.raises(BuildError, match="worker process died"), apart(2, load) as pool:
        between, worker = pool.submit(os.getppid).result(), pool.submit(os.getpid).result()
        waiting = pool.submit(time.sleep, 60)
        os.kill(between, signal.SIGKILL)
        assert waiting.exception() is not None
        assert gone(worker)
        list(ordered(partial(pool.submit, abs), range(3), ahead=2))


def end_at_once():
    """Though calls and results of many megabytes are on their way."""
    began = time.monotonic()
    with pytest.raises(KeyboardInterrupt), apart(2, load) as pool:
        pids = {pool.submit(which).result() for which in (os.getpid, os.getppid) for _ in range(4)}
        for _ in range(20):
            pool.submit(bytes, 1 << 26)
            pool.submit(len, bytes(1 << 22))
        pool.submit(time.sleep, 60)
        raise KeyboardInterrupt
    assert time.monotonic() - began < 20 and all(map(gone, pids))


def leave_a_process_that_can_be_copied():
    with apart(2, load) as pool:
        assert pool.submit(abs, -1).result() == 1 and not can_copy()
    assert can_copy()


KILLED = """
import os, signal
from corpus_db.apart import apart
with apart(2, list) as pool:
    print(pool.submit(os.getpid).result(), pool.submit(os.getppid).result(), flush=True)
    os.kill(os.getpid(), signal.SIGKILL)
"""


def test_they_end_with_the_process_they_work_for():
    run = [sys.executable, "-c", KILLED]
    done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60)
    assert done.returncode == -signal.SIGKILL and all(map(gone, map(int, done.stdout.split())))
