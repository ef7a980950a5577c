"""The case files: pages in the wild, texts that must not change, and what is known to fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus_db.clean import clean
from corpus_db.records import Cleaned
from tests.clean.sources import text_source

CASES = Path(__file__).parent / "cases"


def blocks(name: str) -> list[tuple[str, str]]:
    """(name, text) of each case in a file."""
    text = (CASES / name).read_text("utf-8")
    parts = text.split("\n== ")[1:]
    return [(title, rest.strip("\n")) for title, _, rest in (part.partition("\n") for part in parts)]


def unescaped(text: str) -> str:
    return text.replace("\\u0301", "\u0301").replace("\\u200b", "\u200b")


def outcome(cleaned: Cleaned, wanted: list[str]) -> list[str]:
    """What came out, in the form of a case: the fields that `wanted` names, then all paragraphs."""
    article = cleaned.article
    names = [line.partition(": ")[0] for line in wanted if "\t" not in line]
    facts = {**article.extra, **{k: v for k, v in article._asdict().items() if k != "extra"}}
    return [f"{name}: {facts.get(name)}" for name in names] + [
        f"{p.kind}\t{article.body[p.start : p.end]}" for p in cleaned.paragraphs
    ]


@pytest.mark.parametrize(("name", "case"), blocks("in_the_wild.txt"))
def test_in_the_wild(name: str, case: str) -> None:
    page, _, wanted = case.partition("\n--\n")
    assert outcome(clean(text_source(unescaped(page))), wanted.splitlines()) == wanted.splitlines()


@pytest.mark.parametrize(("name", "case"), blocks("negative.txt"))
def test_negative(name: str, case: str) -> None:
    cleaned = clean(text_source(case))
    assert cleaned.article.body == case
    assert len(cleaned.paragraphs) == len(case.splitlines())
    assert {span.role for span in cleaned.spans} <= {"body", "space"}


@pytest.mark.xfail(strict=True)
@pytest.mark.parametrize(("name", "case"), blocks("known_failures.txt"))
def test_known_failures(name: str, case: str) -> None:
    page, _, wanted = case.partition("\n--\n")
    assert outcome(clean(text_source(page)), wanted.splitlines()) == wanted.splitlines()
