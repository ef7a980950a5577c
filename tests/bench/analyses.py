"""Speed of the analyses: analyses.py RECORDS [--limit N] [--digest]

RECORDS is a .jsonl or .jsonl.gz file of records with a `text` and, perhaps, a `published` day. Prints MB/s (UTF-8, processor
time of this one process) of each analysis and of all together, as the build calls them. The words are cut before the
clock starts: a build needs them for its index anyway. `--digest` prints a hash of all that was found, to see whether a
change of speed changed anything else.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import json
import time
from collections.abc import Callable, Sequence
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from corpus_db.analysis import date_grammar, dates, figures, lexicon, names, quotes
from corpus_db.analysis.evidence import Evidence
from corpus_db.text.fold import fold_aligned
from corpus_db.text.segment import segmenter


def documents(path: Path, limit: int | None) -> list[tuple[str, date | None]]:
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
    """Processor seconds of each named step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = {}

    def run(self, name: str, step: Callable[..., Any], *columns: Sequence[Any]) -> list[Any]:
        start = time.process_time()
        result = list(map(step, *columns))
        self.seconds[name] = time.process_time() - start
        return result


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("records", type=Path)
    parser.add_argument("--limit", type=int, default=4000, help="records to take")
    parser.add_argument("--digest", action="store_true", help="print a hash of the result")
    arguments = parser.parse_args()
    rows = documents(arguments.records, arguments.limit)
    texts, days = [text for text, _ in rows], [day for _, day in rows]
    size = sum(len(text.encode()) for text in texts) / 1e6
    cut = segmenter().cut
    tokens = [cut(fold_aligned(text)) for text in texts]

    watch = Stopwatch()
    known = watch.run("first call", _first_call, [0])[0]
    expressions = watch.run("date_grammar.find", date_grammar.find, texts)
    figured = watch.run("figures.find", figures.find, texts, expressions)
    dated = watch.run("dates.find", dates.find, texts, days, expressions)
    heard = watch.run("names.find", lambda text, words: names.find(text, known, words), texts, tokens)
    evidence = Evidence()
    watch.run("evidence.add", lambda text, found: evidence.add(found, names.joined(text, found)), texts, heard)
    decided = watch.run("evidence.settle", evidence.settle, [known])[0]
    named = watch.run("mentions", decided.mentions, heard)
    people = watch.run("mentions, anonymous", lambda found: decided.mentions(found, anonymous=True), heard)
    quoted = watch.run("quotes.find", quotes.find, texts, people)

    start = watch.seconds.pop("first call")
    for name, seconds in sorted(watch.seconds.items(), key=lambda item: -item[1]):
        print(f"{name:22} {size / seconds:7.1f} MB/s")
    print(
        f"{'all together':22} {size / sum(watch.seconds.values()):7.2f} MB/s of {size:.1f} MB; first calls {start:.2f} s"
    )
    if arguments.digest:
        for name, result in (("figures", figured), ("dates", dated), ("names", heard), ("mentions", named),
                             ("people", people), ("quotes", quoted)):  # fmt: skip
            print(f"{name:22} {hashlib.sha256(repr(result).encode()).hexdigest()[:16]}")


def _first_call(_: int) -> lexicon.Lexicon:
    """Load what the analyses load once in a process."""
    known = lexicon.load()
    text = "记者张三3月5日在北京说：“今年卖了3万件。”"
    quotes.find(text, Evidence().settle(known).mentions(names.find(text, known)))
    figures.find(text)
    dates.find(text, None)
    return known


if __name__ == "__main__":
    main()
