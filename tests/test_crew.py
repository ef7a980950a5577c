"""Helpers know what the process that asks them knows, whether they are copies of it or it asks itself."""

import contextlib
import os
import threading

import pytest

from corpus_db.crew import Crew
from corpus_db.errors import BuildError
from corpus_db.executors import Inline, can_copy, ordered, processes

COPIES = pytest.mark.skipif(not can_copy(), reason="processes can not be copies of this one here")


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


@COPIES
def test_copies_know_what_can_not_be_sent_and_take_the_place_of_those_before():
    with Crew(processes(2), 2) as crew:
        first = crew.pool.submit(os.getpid).result()
        (answer, asked), pid = of(crew)
        assert answer == 42 and os.getpid() not in (asked, pid, first)
        with pytest.raises(ProcessLookupError):
            os.kill(first, 0)


@COPIES
def test_they_know_what_was_known_when_they_began():
    known = {"found": str}
    with Crew(processes(2), 2) as crew:
        with crew.knowing(known) as helpers:
            known["found"] = len
            assert helpers.ask(looked_up, 7).result()[0] == "7"
        with crew.knowing({"found": abs}) as helpers:
            assert helpers.ask(looked_up, -7).result()[0] == 7


@COPIES
def test_where_a_thread_has_begun_meanwhile_nothing_is_copied():
    ended = threading.Event()
    with Crew(processes(2), 2) as crew:
        other = threading.Thread(target=ended.wait)
        other.start()
        try:
            (answer, asked), pid = of(crew)
        finally:
            ended.set()
            other.join()
    assert answer == 42 and asked == os.getpid() != pid


@COPIES
def test_a_copy_that_dies_is_one_line_with_a_remedy():
    crew = Crew(processes(2), 2)
    with pytest.raises(BuildError, match="worker process died"), crew, crew.knowing(3) as helpers:
        list(ordered(lambda n: helpers.ask(ended, n), [1, 2], ahead=2))


def ended(known, n):
    os._exit(known + n)
