"""Rows of a table of facts, sampled to be judged by reading: python -m tests.bench.sample_names RECORDS TABLE

RECORDS is a .jsonl or .jsonl.gz file of records with a `text` and, perhaps, a day `published`; TABLE is mentions, quotes,
figures or dates. Prints one line each: what was found, and its place in brackets among its neighbours. The same `--seed`
and `--every` give the same sample.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from corpus_db.analysis import dates, figures, lexicon, names, quotes
from corpus_db.analysis.evidence import Evidence


def documents(path: Path, every: int) -> list[tuple[str, date | None]]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for number, line in enumerate(lines) if number % every == 0]
    return [(row["text"], day_of(row.get("published"))) for row in rows]


def day_of(stated: str | None) -> date | None:
    try:
        return date.fromisoformat((stated or "")[:10])
    except ValueError:
        return None


def found(corpus: list[tuple[str, date | None]], what: str) -> Iterator[tuple[str, str, int, str]]:
    """(label, text, start, raw) of each row."""
    if what == "figures":
        for text, _ in corpus:
            for figure in figures.find(text):
                most = "" if figure.value_max is None else f" to {figure.value_max:g}"
                label = f"{figure.value:.10g}{most} {figure.unit} {figure.kind} {figure.currency}"
                yield f"{label} {figure.qualifier} {figure.noun}", text, figure.start, figure.raw
    elif what == "dates":
        for text, published in corpus:
            for when in dates.find(text, published):
                label = f"{when.start_date} {when.end_date} {when.basis} (published {published})"
                yield label, text, when.start, when.raw
    else:
        yield from _named([text for text, _ in corpus], what)


def _named(corpus: list[str], what: str) -> Iterator[tuple[str, str, int, str]]:
    known = lexicon.load()
    evidence = Evidence()
    heard = []
    for text in corpus:
        heard.append(names.find(text, known))
        evidence.add(heard[-1], names.joined(text, heard[-1]))
    decided = evidence.settle(known)
    for text, places in zip(corpus, heard, strict=True):
        mentions, anonymous = decided.mentions_and_anonymous(places)
        if what == "mentions":
            for mention in mentions:
                yield f"{mention.kind} {mention.name}", text, mention.start, mention.raw
        else:
            for quote in quotes.find(text, mentions + anonymous):
                yield f"{quote.speaker} {quote.verb}", text, quote.start, quote.text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("what", choices=["mentions", "quotes", "figures", "dates"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=6, help="take one record of so many")
    parser.add_argument("--count", type=int, default=100)
    arguments = parser.parse_args()
    rows = list(found(documents(arguments.records, arguments.every), arguments.what))
    print(f"{len(rows)} {arguments.what}")
    for label, text, start, raw in random.Random(arguments.seed).sample(rows, arguments.count):
        end = start + len(raw)
        shown = f"{text[max(0, start - 30) : start]}[{raw}]{text[end : end + 20]}"
        print(label, "|", shown.replace("\n", " "))


if __name__ == "__main__":
    main()
