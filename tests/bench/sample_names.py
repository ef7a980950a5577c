"""Mentions or quotations of a corpus, sampled to be judged by reading: sample_names.py RECORDS mentions|quotes

RECORDS is a .jsonl or .jsonl.gz file of records with a `text`. Prints one line each: what was found, and its place in
brackets among its neighbours. The same `--seed` and `--every` give the same sample.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
from collections.abc import Iterator
from pathlib import Path

from corpus_db.analysis import lexicon, names, quotes
from corpus_db.analysis.evidence import Evidence


def texts(path: Path, every: int) -> list[str]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line)["text"] for number, line in enumerate(lines) if number % every == 0]


def found(corpus: list[str], what: str) -> Iterator[tuple[str, str, int, str]]:
    """(label, text, start, raw) of each mention or quotation."""
    known = lexicon.load()
    evidence = Evidence()
    heard = []
    for text in corpus:
        heard.append(names.find(text, known))
        evidence.add(heard[-1], names.joined(text, heard[-1]))
    decided = evidence.settle(known)
    for text, places in zip(corpus, heard, strict=True):
        if what == "mentions":
            for mention in decided.mentions(places):
                yield f"{mention.kind} {mention.name}", text, mention.start, mention.raw
        else:
            for quote in quotes.find(text, decided.mentions(places, anonymous=True)):
                yield f"{quote.speaker} {quote.verb}", text, quote.start, quote.text


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("what", choices=["mentions", "quotes"])
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--every", type=int, default=6, help="take one record of so many")
    parser.add_argument("--count", type=int, default=100)
    arguments = parser.parse_args()
    rows = list(found(texts(arguments.records, arguments.every), arguments.what))
    print(f"{len(rows)} {arguments.what}")
    for label, text, start, raw in random.Random(arguments.seed).sample(rows, arguments.count):
        end = start + len(raw)
        shown = f"{text[max(0, start - 30) : start]}[{raw}]{text[end : end + 20]}"
        print(label, "|", shown.replace("\n", " "))


if __name__ == "__main__":
    main()
