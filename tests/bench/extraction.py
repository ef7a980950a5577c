"""How well the HTML reader does on pages with hand-made truth: body F1, title, date, author, publisher.

"cleaned F1" is for the body of the article that `clean` makes of what the reader gives.

    python -m tests.bench.extraction FOLDER [--pages] [--show NAME]

FOLDER holds gold.jsonl, one object a page: file (under pages/), content, title, author (list), source, publish_time.
Body F1 is over 5-grams of characters, white space left out, as multisets. A title counts when it is the same without
white space; a date when the two agree as far as the coarser of them goes, but at least to the day; an author when
all names are the same; each over the pages whose truth has one. Wrong authors of pages without one are told apart.
"""

from __future__ import annotations

import argparse
import json
import re
import time
from collections import Counter
from pathlib import Path
from typing import Any

from corpus_db.clean import clean
from corpus_db.clean.spans import content
from corpus_db.errors import InputError
from corpus_db.records import Item, Source
from corpus_db.sources import html

_N = 5


def main() -> None:
    """Print one row a page with --pages, then the means."""
    arguments = _arguments()
    truths = [json.loads(line) for line in (arguments.folder / "gold.jsonl").read_text("utf-8").splitlines() if line]
    truths = [truth for truth in truths if truth.get("content")]
    scores: dict[str, list[float]] = {
        "body F1": [],
        "cleaned F1": [],
        "title": [],
        "date": [],
        "author": [],
        "publisher": [],
    }
    wrong_authors = 0
    started = time.perf_counter()
    for truth in truths:
        source = _read(arguments.folder / "pages" / truth["file"])
        body = content(source).text if source else ""
        fields = source.fields if source else {}
        article = clean(source).article.body if source else ""
        row = {"body F1": f1(body, truth["content"]), "cleaned F1": f1(article, truth["content"])}
        if truth["title"]:
            row["title"] = float(_bare(fields.get("title", "")) == _bare(truth["title"]))
        if truth["publish_time"]:
            row["date"] = float(same_date(fields.get("published", ""), truth["publish_time"]))
        if truth["source"]:
            row["publisher"] = float(_bare(fields.get("publisher", "")) == _bare(truth["source"]))
        if truth["author"]:
            row["author"] = float(set(re.split(r"[\s、,，]+", fields.get("author", ""))) == set(truth["author"]))
        else:
            wrong_authors += "author" in fields
        for name, value in row.items():
            scores[name].append(value)
        if arguments.pages:
            wanted = {"title": truth["title"], "date": truth["publish_time"], "author": " ".join(truth["author"])}
            wanted["publisher"] = truth["source"]
            got = {**fields, "date": fields.get("published", "")}
            wrong = [
                f"{name}: {got.get(name)} ≠ {wanted[name]}"
                for name, value in row.items()
                if value == 0 and name in wanted
            ]
            print(f"{row['body F1']:.3f}  {row['cleaned F1']:.3f}  {truth['file']}  {'; '.join(wrong)}")
        if arguments.show and arguments.show in truth["file"]:
            print(fields, body, sep="\n")
    seconds = time.perf_counter() - started
    for name, values in scores.items():
        if values:
            print(f"{name:10} {sum(values) / len(values):.3f}  ({len(values)} pages)")
    print(
        f"author given where the truth has none: {wrong_authors}; {1000 * seconds / max(1, len(truths)):.0f} ms a page"
    )


def _arguments() -> Any:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--pages", action="store_true", help="one row a page, with what is wrong")
    parser.add_argument("--show", metavar="NAME", help="fields and body of the pages whose file holds NAME")
    return parser.parse_args()


def _read(path: Path) -> Source | None:
    try:
        return html.read(Item(str(path), None, "html", path.read_bytes(), None))
    except InputError as error:
        print(f"{path.name}: {error}")
        return None


def f1(found: str, truth: str) -> float:
    """F1 of the two texts' 5-grams."""
    ours, theirs = _grams(found), _grams(truth)
    both = sum((ours & theirs).values())
    return 2 * both / (sum(ours.values()) + sum(theirs.values())) if both else 0.0


def _grams(text: str) -> Counter[str]:
    bare = _bare(text)
    return Counter(bare[i : i + _N] for i in range(max(1, len(bare) - _N + 1)))


def _bare(text: str) -> str:
    return "".join(text.split())


def same_date(found: str, truth: str) -> bool:
    """Whether the two are equal as far as the coarser of them goes.

    >>> same_date("2019-09-07T09:59", "2019-09-07 09:59:22"), same_date("2019-09", "2019-09-07")
    (True, False)
    """
    a, b = re.sub(r"\D", "", found), re.sub(r"\D", "", truth)
    common = min(len(a), len(b))
    return common >= len("20190907") and a[:common] == b[:common]


if __name__ == "__main__":
    main()
