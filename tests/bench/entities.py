"""Exact-span F1 of names on the Boson NER set: python -m tests.bench.entities GOLD [--half a|b] [--errors KIND]

GOLD is a .jsonl file that has one document a line: {"text": …, "entities": [{"start", "end", "type", "text"}, …]}, with the types
person_name, location, org_name, company_name. The whole file is taken as one corpus; `--half` splits its documents by a
fixed shuffle, so that rules can be judged on texts they were not looked at with. Two conventions of the set are met
before comparing: adjoining places are one span (浙江杭州), and people are spans even where they are not named in full
(王女士).
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from pathlib import Path

from corpus_db.analysis import lexicon, names
from corpus_db.analysis.decisions import Mention
from corpus_db.analysis.evidence import Evidence

KINDS = {"person_name": "person", "location": "place", "org_name": "organisation", "company_name": "organisation"}


def documents(path: Path, half: str | None) -> list[dict]:
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    random.Random(7).shuffle(rows)
    middle = len(rows) // 2
    return {"a": rows[:middle], "b": rows[middle:], None: rows}[half]


def spans(mentions: list[Mention]) -> set[tuple[int, int, str]]:
    found: list[tuple[int, int, str]] = []
    for mention in mentions:
        start, end = mention.start, mention.start + len(mention.raw)
        adjoins = found and found[-1][1:] == (start, "place") and mention.kind == "place"
        if adjoins and len(mention.raw) > 1:
            found[-1] = (found[-1][0], end, "place")
        else:
            found.append((start, end, mention.kind))
    return set(found)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--half", choices="ab")
    parser.add_argument("--errors", choices=sorted(set(KINDS.values())))
    arguments = parser.parse_args()
    known = lexicon.load()
    rows = documents(arguments.gold, arguments.half)
    found = [names.find(row["text"], known) for row in rows]
    evidence = Evidence()
    for row, heard in zip(rows, found, strict=True):
        evidence.add(heard, names.joined(row["text"], heard))
    decided = evidence.settle(known)
    right, given, wanted = Counter(), Counter(), Counter()
    missed, invented = Counter(), Counter()
    for row, heard in zip(rows, found, strict=True):
        have = {span for span in spans(decided.mentions(heard, anonymous=True)) if span[2] in KINDS.values()}
        want = {(e["start"], e["end"], KINDS[e["type"]]) for e in row["entities"] if e["type"] in KINDS}
        for counter, some in ((right, have & want), (given, have), (wanted, want)):
            counter.update(kind for _, _, kind in some)
        for counter, some in ((missed, want - have), (invented, have - want)):
            counter.update(row["text"][start:end] for start, end, kind in some if kind == arguments.errors)
    for kind in sorted(wanted):
        precision, recall = right[kind] / max(given[kind], 1), right[kind] / wanted[kind]
        f1 = 2 * precision * recall / max(precision + recall, 1e-9)
        print(f"{kind:13} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  ({wanted[kind]} spans)")
    if arguments.errors:
        print("missed:", *(f"{text}×{count}" for text, count in missed.most_common(120)))
        print("invented:", *(f"{text}×{count}" for text, count in invented.most_common(120)))


if __name__ == "__main__":
    main()
