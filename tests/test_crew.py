"""Helpers know what the process that asks them knows, whether they are copies of it or it asks itself."""

import contextlib
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from corpus_db.crew import Crew
from corpus_db.errors import BuildError
from corpus_db.executors import Inline, can_copy, processes
from corpus_db.pieces import ordered

ROOT = Path(__file__).parents[1]


def looked_up(known, key):
    return known["found"](key), os.getpid()


def of(crew):
    known = {"found": lambda key: key * 2}  # which could not be sent
    with crew.knowing(known) as helpers:
        return helpers.ask(looked_up, 21).result(), helpers.pool.submit(os.getpid).result()


def test_a_process_alone_asks_itself():
    with Crew(processes(1), 1) as crew:
        assert of(crew) == ((42, os.getpid()), os.getpid())


def test_the_executor_of_a_caller_is_given_only_what_needs_nothing_else():
    given = Inline()
    with Crew(contextlib.nullcontext(given), 1) as crew, crew.knowing(None) as helpers:
        assert helpers.pool is given


def test_beside_other_threads_nothing_is_copied():
    ended = threading.Event()
    other = threading.Thread(target=ended.wait)
    other.start()
    try:
        with Crew(processes(2), 2) as crew:
            (answer, asked), pid = of(crew)
    finally:
        ended.set()
        other.join()
    assert answer == 42 and asked == os.getpid() != pid


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere processes are no copies")
@pytest.mark.parametrize(
    "test", ["take_the_place_of_those_before", "know_what_was_known", "see_a_thread_begin", "tell_of_their_death"]
)
def test_copies(test):
    code = f"from tests import test_crew; test_crew.{test}()"  # alone: threads of other tests forbid copies
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def take_the_place_of_those_before():
    assert can_copy()
    with Crew(processes(2), 2) as crew:
        first = crew.pool.submit(os.getpid).result()
        (answer, asked), pid = of(crew)
        assert answer == 42 and os.getpid() not in (asked, pid, first)
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)


def know_what_was_known():
    known = {"found": str}
    with Crew(processes(2), 2) as crew:
        with crew.knowing(known) as helpers:
            known["found"] = len
            assert helpers.ask(looked_up, 7).result()[0] == "7"
        with crew.knowing({"found": abs}) as helpers:
            assert helpers.ask(looked_up, -7).result()[0] == 7


def see_a_thread_begin():
    ended = threading.Event()
    with Crew(processes(2), 2) as crew:
        other = threading.Thread(target=ended.wait)
        other.start()
        (answer, asked), pid = of(crew)
        ended.set()
        other.join()
    assert answer == 42 and asked == os.getpid() != pid


def tell_of_their_death():
    crew = Crew(processes(2), 2)
    with pytest.raises(BuildError, match="worker process died"), crew, crew.knowing(3) as helpers:
        list(ordered(lambda n: helpers.ask(die, n), [1, 2], ahead=2))


def die(known, n):
    os._exit(known + n)
