"""The quotations of a text in which some names are known, for tests."""

from __future__ import annotations

from corpus_db.analysis import quotes
from corpus_db.analysis.decisions import Mention


def named(text: str, *names: str) -> list[Mention]:
    found = []
    for name in names:
        at = text.find(name)
        while at >= 0:
            found.append(Mention(at, name, name, "person"))
            at = text.find(name, at + 1)
    return sorted(found)


def said(text: str, *names: str) -> list[tuple[str | None, str | None, str]]:
    return [(quote.speaker, quote.verb, quote.text) for quote in quotes.find(text, named(text, *names))]
