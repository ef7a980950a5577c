"""Keys of results: what is kept of a build is taken again only where nothing that it was made by has changed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_db.calls import LIBRARIES, Call, key_of, packed
from corpus_db.packing import unpacked
from corpus_db.portions import Portion

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

# Dependencies that have no say in what a file holds: they serve it, show it, or keep what it was made from.
NO_SAY = {"click", "datasette", "jinja2", "markupsafe", "platformdirs", "sqlite-utils", "tqdm", "zstandard"}


def shout(items: list[str], mark: str) -> tuple[str, int]:
    return "".join(items) + mark, len(items)


def whisper(items: list[str], mark: str) -> tuple[str, int]:
    return "".join(items).lower() + mark, len(items)


@given(st.binary(max_size=8), st.binary(max_size=8), st.sampled_from((shout, whisper)))
def test_a_key_tells_apart_functions_portions_and_arguments(portion, depends_on, function):
    key = key_of(function, portion, depends_on)
    assert key == key_of(function, portion, depends_on)
    assert key != key_of(whisper if function is shout else shout, portion, depends_on)
    assert key != key_of(function, portion + b"x", depends_on)


def test_a_result_is_packed_part_by_part():
    parts = packed(shout, Call(Portion(["a", "b"], b"", 2), ("!",)))
    assert [unpacked(part) for part in parts] == ["ab!", 2]


def test_every_dependency_is_known_to_have_a_say_or_none():
    project = tomllib.loads((Path(__file__).parents[1] / "pyproject.toml").read_text("utf-8"))["project"]
    declared = {re.split(r"[<>=;\[ ]", name)[0] for name in project["dependencies"]}
    assert declared == {*LIBRARIES, *NO_SAY}


@pytest.mark.parametrize("library", ["pypinyin", "warcio"])
def test_another_version_of_a_library_makes_other_results(library, monkeypatch):
    from corpus_db import calls

    before = calls.program()
    real = calls.importlib.metadata.version
    monkeypatch.setattr(calls.importlib.metadata, "version", lambda name: "0" if name == library else real(name))
    calls.program.cache_clear()
    try:
        assert calls.program() != before
    finally:
        calls.program.cache_clear()
