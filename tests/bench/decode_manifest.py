"""Share of files whose decoded text equals the truth, by folder: python -m tests.bench.decode_manifest FOLDER (a manifest.jsonl inside).

Each line of the manifest is ``{"file", "encoding", "note", "text"}``; for damaged files the text is what was there
before the damage, so they are counted as kept (with replacement marks or a note) or rejected (with a reason).
"""

from __future__ import annotations

import argparse
import collections
import html
import json
from pathlib import Path

from corpus_db.decode import Decoded, decode
from corpus_db.errors import InputError


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    folder = parser.parse_args().folder
    counts: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for line in (folder / "manifest.jsonl").open(encoding="utf-8"):
        row = json.loads(line)
        counts[row["file"].split("/")[0]][outcome(row, (folder / row["file"]).read_bytes())] += 1
    for name, outcomes in sorted(counts.items()):
        total = sum(outcomes.values())
        print(f"{name:22} {outcomes['equal'] / total:7.1%} equal of {total:3}  {dict(outcomes)}")


def outcome(row: dict[str, str], data: bytes) -> str:
    """'equal', 'noted' (with replacement marks or a note), 'rejected: …' or 'WRONG'."""
    try:
        found = decode(data)
    except InputError as error:
        return f"rejected: {error.reason}"
    if same(found, row):
        return "equal"
    return "noted" if found.notes else "WRONG"


def same(found: Decoded, row: dict[str, str]) -> bool:
    """Whether the text is the truth, but for line ends, the byte order mark, and what the encoding can not hold.

    HTML wraps the text in tags: there each line of the truth has to stand in it.
    """
    text = found.text.removeprefix("\ufeff").replace("\r\n", "\n")
    truth = row["text"].replace("\r\n", "\n")
    if row["encoding"] != "mixed":
        truth = truth.encode(row["encoding"], "ignore").decode(row["encoding"]).removeprefix("\ufeff")
    if "html" in row["file"].split("/")[0]:
        return all(line.strip("# ") in html.unescape(text) for line in truth.split("\n"))
    return text == truth


if __name__ == "__main__":
    main()
