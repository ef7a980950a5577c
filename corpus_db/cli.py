"""The command line: arguments in, one line out for what went wrong; all work is done elsewhere."""

from __future__ import annotations

import contextlib
import gc
import sqlite3
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

import click

import corpus_db
from corpus_db.errors import BuildError, UsageError
from corpus_db.search import context, drift, relaxations
from corpus_db.search.database import asking
from corpus_db.terminal import Command, Group, json_line, typed, years

if TYPE_CHECKING:  # a command imports what it needs: searching does not wait for the builder
    from corpus_db.options import Silent
    from corpus_db.progress import Bar, Lines

_FILE = click.argument("file", type=click.Path(path_type=Path))


@click.group(cls=Group)
@click.version_option(corpus_db.__version__, prog_name="corpus-db")
def main() -> None:
    """A folder of Chinese articles becomes one SQLite file that anyone can search, query and cite."""


@main.command(
    cls=Command,  # build_db.py runs it without the group around it
    short_help="Build a corpus file from files, folders and archives.",
)
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[PATH]...")
@click.option("-o", "--output", default="corpus.db", type=click.Path(path_type=Path), help="File to write [corpus.db].")
@click.option("--jobs", type=click.IntRange(min=1), help="Worker processes [one per core].")
@click.option(
    "--lexicon",
    type=click.Path(path_type=Path, exists=True),
    help="Your own names: TSV with the header name, kind, aliases.",
)
@click.option(
    "--only", type=click.Choice(["search"]), help="search: articles and their index alone, no facts, no raw text."
)
@click.option("--no-raw", is_flag=True, help="Leave out the sources' raw text; hashes and spans stay.")
@click.option(
    "--no-tokens", is_flag=True, help="Leave out where words begin and end: no collocates, n-grams, patterns."
)
@click.option(
    "--stranger-index/--no-stranger-index",
    default=None,
    help="A second index, for the search boxes of programs that know nothing of this one [below 20 MB of input].",
)
@click.option(
    "--update",
    is_flag=True,
    help="Work only on what is new or has changed since the last build of the same file; go on with one that was broken off.",
)
@click.option("--no-keep", is_flag=True, help="Keep nothing in your cache folder for a later --update.")
@click.option("--title", callback=typed, help="Title of the corpus, as pages and citations show it.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def build(
    paths: tuple[Path, ...],
    output: Path,
    jobs: int | None,
    lexicon: Path | None,
    only: str | None,
    no_raw: bool,
    no_tokens: bool,
    stranger_index: bool | None,
    update: bool,
    no_keep: bool,
    title: str | None,
    quiet: bool,
) -> None:
    """Build a corpus file from PATHs: files, folders, .zip, .tar.gz or .gz of them [seeds].

    Exit status: 0 built and verified, 1 nothing usable or not verified (the old file stays), 2 wrong usage.
    """
    from corpus_db import pipeline
    from corpus_db.progress import summary

    with contextlib.closing(_progress(quiet)) as progress:
        report = pipeline.build(
            paths or (Path("seeds"),),
            output,
            progress=progress,
            jobs=jobs,
            lexicon=lexicon,
            only_search=only == "search",
            keep_raw=not no_raw,
            keep_tokens=not no_tokens,
            stranger_index=stranger_index,
            update=update,
            keep=not no_keep,
            title=title,
        )
    if not quiet:
        click.echo(summary(report))
    gc.freeze()  # on its end, Python would look through all dictionaries once more for circles of garbage: .2 s


def _progress(quiet: bool) -> Bar | Lines | Silent:
    from corpus_db.options import Silent
    from corpus_db.progress import Bar, Lines

    return Silent() if quiet else Bar() if sys.stderr.isatty() else Lines()


@main.command(short_help="Check a corpus file or a release folder.")
@_FILE
def verify(file: Path) -> None:
    """Check FILE: SQLite's integrity, keys, index, spans, counts, descriptions, digest.

    Of a release folder, every file is checked against SHA256SUMS, then the corpus file in it.
    """
    if file.is_dir():
        from corpus_db.export import verify as problems_of
    elif file.is_file():
        from corpus_db.verify import verify as problems_of
    else:
        raise UsageError(f"{file}: no such file")
    problems = problems_of(file)
    if len(problems) == 1:
        raise BuildError(f"{file}: {problems[0]}; download or build it again")
    for problem in problems:
        click.echo(f"{file}: {problem}", err=True)
    if problems:
        raise BuildError(f"{file}: {len(problems)} problems found; download or build it again")
    click.echo(f"{file}: sound")


@main.command(short_help="Write a release: Parquet, CSV, JSONL, descriptions, checksums.")
@click.argument("paths", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE] DIR")
@click.option(
    "--since", type=click.Path(path_type=Path, exists=True), help="An earlier release or its file: tell what changed."
)
@click.option("--raw", is_flag=True, help="The sources' raw text in the tables too.")
@click.option("--quiet", is_flag=True, help="No progress, no summary.")
def export(paths: tuple[Path, ...], since: Path | None, raw: bool, quiet: bool) -> None:
    """Write FILE [corpus.db] as a release into DIR: Parquet, CSV, JSONL, descriptions, checksums.

    DIR is new, empty, or an earlier release, which stays until the new one is complete.
    """
    from corpus_db.export import export as write

    if not 1 <= len(paths) <= 2:
        raise UsageError("name the file to export and the folder to write: corpus-db export corpus.db DIR")
    if len(paths) == 1 and paths[0].is_file():
        raise UsageError(f"{paths[0]}: name the folder to write, too: corpus-db export {paths[0]} DIR")
    file, folder = paths if len(paths) == 2 else (Path("corpus.db"), *paths)
    told: dict[str, Any] = {} if quiet else {"tell": lambda name: click.echo(name, err=True)}
    with _asking(file):
        release = write(file, folder, since=since, raw=raw, **told)
    if not quiet:
        size = sum(one.bytes for one in release.files) / 1e6
        click.echo(f"{folder}: {release.articles} articles, {len(release.files) + 1} files, {size:.1f} MB")
        click.echo(f"version         {release.version}")


@main.command(short_help="What a corpus file holds.")
@_FILE
def info(file: Path) -> None:
    """What FILE holds: facts about the file, tables and their sizes."""
    with _asking(file) as db:
        for key, value in db.execute("SELECT key, value FROM about ORDER BY key"):
            click.echo(f"{key:<20}{value if value is not None else '-'}")
        for (table,) in db.execute("SELECT DISTINCT table_name FROM descriptions ORDER BY 1").fetchall():
            (count,) = db.execute(f'SELECT count(*) FROM "{table}"').fetchone()
            click.echo(f"{table:<20}{count:>10,} rows")


@main.command(short_help="Search a corpus file.")
@_FILE
@click.argument("query", callback=typed)
@click.option("--any", "any_", is_flag=True, help="A question: rank by any of its words instead of asking for all.")
@click.option("--limit", default=10, show_default=True, type=click.IntRange(1, 1000), help="Most articles to show.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def search(file: Path, query: str, any_: bool, limit: int, as_json: bool) -> None:
    """Search FILE for QUERY: words, "phrases", -without, OR, prefix*, title: author: site: date:2013-05 year:2013..2017."""
    with _asking(file) as db:
        hits = corpus_db.search(db, query, any=any_, limit=limit)
        instead = [] if hits or any_ else relaxations(db, query)
    for hit in hits:
        if as_json:
            click.echo(json_line(hit._asdict()))
        else:
            line = "  ".join(filter(None, (hit.published, hit.site, hit.key)))
            click.echo(f"{hit.title or hit.key}\n  {line}\n  {hit.snippet}\n")
    if not hits:
        click.echo("nothing found" + ("; these find something:" if instead else ""), err=True)
    for one in instead:
        click.echo(f"  {one.query}  {one.count} found, {one.why}", err=True)


@contextlib.contextmanager
def _asking(path: Path) -> Iterator[sqlite3.Connection]:
    """The corpus file at `path`, to be asked; what cut its words is told where that is not what is installed."""
    with asking(path) as db:
        if told := drift(db):
            click.echo(f"{path}: {told}", err=True)
        yield db


@main.command("eval", short_help="Measure the ranking with questions of your own.")
@_FILE
@click.argument("queries", type=click.Path(path_type=Path))
@click.option(
    "--mode",
    type=click.Choice(["any", "all"]),
    default="any",
    show_default=True,
    help="any: questions, ranked by any of their words; all: what is typed into a search box.",
)
def evaluate(file: Path, queries: Path, mode: Literal["any", "all"]) -> None:
    """How well FILE answers QUERIES, a .jsonl file of {"id", "text", "relevant": [article keys]}; one JSON line."""
    from corpus_db import evaluate as evaluation

    with _asking(file) as db:
        click.echo(json_line(evaluation.evaluate(db, queries, mode)))


@main.command(short_help="Every place where a text stands, with its context (KWIC).")
@_FILE
@click.argument("query", callback=typed)
@click.option("--width", default=20, show_default=True, type=click.IntRange(1, 500), help="Characters on either side.")
@click.option(
    "--sort",
    default="right",
    show_default=True,
    type=click.Choice(["right", "left", "right_characters", "left_characters", "date", "site", "random"]),
    help="right, left: by the words there, the nearest first; ..._characters: by the characters.",
)
@click.option("--sample", type=click.IntRange(min=1), help="So many places, taken at random.")
@click.option("--seed", default=1, show_default=True, help="Another seed gives another sample.")
@click.option("--site", callback=typed, help="Only articles of this site.")
@click.option("--publisher", callback=typed, help="Only articles of this publisher.")
@click.option("--subcorpus", help="Only articles of this part of the view subcorpora, such as originals.")
@click.option("--year", callback=years, help="Only articles of these years: 2013, 2013..2017, 2013.., ..2017.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def concordance(file: Path, query: str, as_json: bool, **options: Any) -> None:
    """Every place where QUERY stands in FILE, with its context (KWIC)."""
    with _asking(file) as db:
        lines = context.concordance(db, query, **options)
    for line in lines:
        if as_json:
            click.echo(json_line(line._asdict()))
        else:
            # A Han character is as wide as two Latin ones: U+3000, as wide as one Han, keeps the middle in line.
            click.echo(f"{line.left:\u3000>{options['width']}} [{line.node}] {line.right}  ({line.key})")
    if not lines and not as_json:
        click.echo("nothing found", err=True)


if __name__ == "__main__":
    main()
