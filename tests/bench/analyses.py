"""Speed of the analyses: python -m tests.bench.analyses RECORDS [--limit N] [--digest]

RECORDS is a .jsonl or .jsonl.gz file of records with a `text` and, perhaps, a `published` day. Prints the processor time of
each analysis for a MB of UTF-8, and of all together, called as the build does in one process. The folding and the cutting
of words are left out: a build needs them for its index anyway. `--digest` prints a hash of all that was found, to see whether a
change of speed changed anything else.
"""

from __future__ import annotations

import argparse
import gc
import gzip
import hashlib
import json
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any, TypeVar

from corpus_db import portions
from corpus_db.analysis import date_grammar, dates, figures, lexicon, names, places, quotes
from corpus_db.analysis.evidence import Evidence
from corpus_db.text.fold import fold_aligned
from corpus_db.text.segment import segmenter
from corpus_db.text.tokens import Tokens

T = TypeVar("T")
Row = tuple[str, date | None]


def documents(path: Path, limit: int | None) -> list[Row]:
    opened = gzip.open if path.suffix == ".gz" else open
    with opened(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in islice(lines, limit)]
    return [(row["text"], _day(row.get("published") or "")) for row in rows]


def _day(stated: str) -> date | None:
    try:
        return date.fromisoformat(stated[:10])
    except ValueError:
        return None


class Stopwatch:
    """Processor seconds of each named step, summed over the documents."""

    def __init__(self) -> None:
        self.seconds: Counter[str] = Counter()

    def run(self, name: str, step: Callable[..., T], *arguments: object) -> T:
        start = time.process_time()
        result = step(*arguments)
        self.seconds[name] += time.process_time() - start
        return result

    def each(self, name: str, step: Callable[..., T], *columns: Sequence[object]) -> list[T]:
        """`run`, for the documents of a portion one after the other."""
        return self.run(name, lambda: list(map(step, *columns)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("--limit", type=int, default=4000, help="records to take")
    parser.add_argument("--digest", action="store_true", help="print a hash of the result")
    arguments = parser.parse_args()
    rows = documents(arguments.records, arguments.limit)
    size = sum(len(text.encode()) for text, _ in rows) / 1e6

    watch, found = Stopwatch(), Digests()
    known = watch.run("first calls", _first_call)
    start = watch.seconds.pop("first calls")
    gc.collect()
    gc.freeze()  # as the build does, see `prepare.warm`
    evidence = Evidence()
    heard = []
    for portion, folded, tokens in _portions(rows, segmenter().cut):
        of_portion = Evidence()
        all_named = watch.run("names.find_all", names.find_all, [text for text, _ in portion], folded, tokens, known)
        for named in all_named:
            watch.run("evidence.add", of_portion.add, *named)
        watch.run("evidence.merge", evidence.merge, of_portion)
        texts, days = zip(*portion, strict=True)
        begins = watch.run("places.of_all", places.of_all, texts)
        expressions = watch.each("date_grammar.find", date_grammar.find_at, begins)
        counted = watch.each("figures.find", figures.find_at, begins, expressions)
        dated = watch.each("dates.find", dates.find, texts, days, expressions)
        for of_figures, of_dates, named in zip(counted, dated, all_named, strict=True):
            found.add("figures", of_figures)
            found.add("dates", of_dates)
            found.add("names", named.names)
            heard.append(named.names)
    decided = watch.run("evidence.settle", evidence.settle, known)
    mentioned = [watch.run("mentions", decided.mentions_and_anonymous, named) for named in heard]
    for (text, _), (mentions, anonymous) in zip(rows, mentioned, strict=True):
        found.add("mentions", [*mentions, *anonymous])
        found.add("quotes", watch.run("quotes.find", quotes.find, text, [*mentions, *anonymous]))

    for name, seconds in watch.seconds.most_common():
        print(f"{name:18} {1000 * seconds / size:6.1f} ms a MB")
    total = watch.seconds.total()
    print(f"all together {size / total:.2f} MB/s ({size:.1f} MB in {total:.1f} s); first calls {start:.2f} s")
    if arguments.digest:
        found.show()


def _portions(rows: list[Row], cut: Callable[[str], list[str]]) -> Iterator[tuple[list[Row], list[str], Tokens]]:
    """As many rows at a time as the build takes, their folded texts, and the words of these."""
    portion: list[Row] = []
    size = 0
    for number, row in enumerate(rows, 1):
        portion.append(row)
        size += len(row[0].encode())
        if size >= portions.BYTES or number == len(rows):
            folded = [fold_aligned(text) for text, _ in portion]
            yield portion, folded, Tokens(list(map(cut, folded)))
            portion, size = [], 0


class Digests:
    """A hash of everything found, by kind."""

    def __init__(self) -> None:
        self._hashes: dict[str, Any] = {}

    def add(self, kind: str, records: Sequence[tuple[Any, ...]]) -> None:
        self._hashes.setdefault(kind, hashlib.sha256()).update(repr([tuple(record) for record in records]).encode())

    def show(self) -> None:
        for kind, digest in self._hashes.items():
            print(f"{kind:18} {digest.hexdigest()[:16]}")


def _first_call() -> lexicon.Lexicon:
    """Load what the analyses load once in a process."""
    known = lexicon.load()
    text = "记者张三3月5日在北京说：“今年卖了3万件。”"
    quotes.find(text, Evidence().settle(known).mentions(names.find(text, known)))
    figures.find(text)
    dates.find(text, None)
    return known


if __name__ == "__main__":
    main()
