"""Articles printed to PDF and read again: python -m tests.bench.printed [FOLDER] [--with chromium|soffice].

FOLDER holds texts (default: the seeds). Each is printed as a web page, as a document of one column with indented
paragraphs, and as one of two columns; needs Debian's `chromium` or `libreoffice-writer-nogui`, and `fonts-noto-cjk`.
LibreOffice knows no columns in a page, and leaves out some marks that hang over the margin.
"""

from __future__ import annotations

import argparse
import html
import subprocess
import tempfile
import time
from collections import Counter
from pathlib import Path

from corpus_db import sources
from corpus_db.clean import clean
from corpus_db.records import Article, Item

STYLES = {
    "page": 'body{font:16px/1.8 "Noto Sans CJK SC";margin:40px} h1{font-size:28px} p{margin:1em 0}',
    "document": '@page{margin:25mm} body{font:12pt/1.6 "Noto Serif CJK SC";text-align:justify} h1{font-size:20pt} '
    "p{margin:0;text-indent:2em}",
    "columns": '@page{margin:20mm} body{font:10pt/1.5 "Noto Serif CJK SC";text-align:justify} h1{column-span:all} '
    "div{columns:2;column-gap:8mm} p{margin:0;text-indent:2em}",
}
COMMANDS = {
    "chromium": ("chromium", "--headless", "--no-sandbox", "--disable-gpu", "--print-to-pdf={}", "{}"),
    "soffice": ("soffice", "--headless", "--convert-to", "pdf:writer_web_pdf_Export", "--outdir", "{}", "{}"),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, nargs="?", default=Path("seeds"))
    parser.add_argument("--with", dest="program", choices=COMMANDS, default="chromium")
    asked = parser.parse_args()
    styles = [*STYLES] if asked.program == "chromium" else ["document"]
    for style in styles:
        alike, equal, total, seconds, titles = list[float](), 0, 0, 0.0, 0
        files = sorted(asked.folder.iterdir())
        for file in files:
            truth = article_of(Item(file.name, None, "text", file.read_bytes(), None))
            data = printed(truth, style, asked.program)
            started = time.monotonic()
            found = article_of(Item("a.pdf", None, "pdf", data, None))
            seconds += time.monotonic() - started
            paragraphs = Counter(truth.body.split("\n"))
            alike.append(likeness(truth.body, found.body))
            equal += sum((paragraphs & Counter(found.body.split("\n"))).values())
            total += sum(paragraphs.values())
            titles += truth.title == found.title
        print(
            f"{style:9} F1 of runs of five {sum(alike) / len(alike):.4f}, paragraphs equal {equal} of {total}, "
            f"titles {titles} of {len(files)}, {seconds / len(files):.2f} s a file"
        )


def article_of(item: Item) -> Article:
    return clean(sources.read(item)).article


def printed(article: Article, style: str, program: str) -> bytes:
    """The article as a PDF."""
    text = "".join(f"<p>{html.escape(line)}</p>\n" for line in article.body.split("\n"))
    head = f"<h1>{html.escape(article.title)}</h1>" if article.title else ""
    with tempfile.TemporaryDirectory() as folder:
        page, target = Path(folder, "a.html"), Path(folder, "a.pdf")
        page.write_text(
            f"<!doctype html><meta charset=utf-8><style>{STYLES[style]}</style>{head}<div>{text}</div>", "utf-8"
        )
        places = iter((target if program == "chromium" else folder, page))
        command = [part.format(next(places)) if "{}" in part else part for part in COMMANDS[program]]
        subprocess.run(command, check=True, capture_output=True)
        return target.read_bytes()


def likeness(one: str, other: str) -> float:
    """F1 of the runs of five characters of two texts."""
    runs, others = ("".join(text.split()) for text in (one, other))
    first, second = (Counter(text[n : n + 5] for n in range(len(text) - 4)) for text in (runs, others))
    return 2 * sum((first & second).values()) / (sum(first.values()) + sum(second.values()))


if __name__ == "__main__":
    main()
