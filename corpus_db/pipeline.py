"""The line: find → decode → read → clean → segment → analyse → write → conclude → verify → replace.

The documents are passed twice: a cheap survey hears what only the whole corpus knows (lines that repeat across a
site), then the build asks it. Per document everything is pure and runs under any executor; one writer takes the
results in input order, so that the file does not depend on the number of workers.

An update (`update`) goes the same way, but writes into a copy of the earlier file, and only what has changed.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import os
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from corpus_db import about, conclude, find, sql
from corpus_db.analysis import lexicon
from corpus_db.analysis.reprints import as_one
from corpus_db.apart import apart
from corpus_db.crew import Crew
from corpus_db.errors import BuildError, UsageError
from corpus_db.executors import can_copy, late_processes, processes, rarely_collecting
from corpus_db.kept import keeping
from corpus_db.ledger import Ledger, Tally, entry
from corpus_db.options import BuildReport, Options, Progress, Silent
from corpus_db.prepare import placed, warm
from corpus_db.prepared import DOCUMENTS, POSTINGS, Context
from corpus_db.records import Reject, named
from corpus_db.spool import Spool
from corpus_db.standing import Left, leave_words
from corpus_db.store import Store
from corpus_db.target import traces, what_is, writing
from corpus_db.update import update
from corpus_db.verify import examine
from corpus_db.work import Listed, Work, Written, survey

POOL_FROM_BYTES = 2 * 1024 * 1024  # below this, starting processes costs more than they save
APART_FROM_BYTES = 256_000_000  # from here on the writer does without dictionaries until all documents are prepared
STRANGER_INDEX_BELOW_BYTES = 20_000_000  # the index costs as much space as the text: for a small corpus that is nothing


def build(
    inputs: Sequence[str | Path],
    target: str | Path,
    *,
    executor: concurrent.futures.Executor | None = None,
    progress: Progress | None = None,
    **options: Any,
) -> BuildReport:
    """Build the corpus file `target` from `inputs` (files, folders, archives), verify it, and put it in place.

    `executor` is any `concurrent.futures.Executor`, a Dask client's ``get_executor()`` included; without one, the
    build starts processes of its own when the input is large enough. Further keywords are the fields of `Options`.

    Raises `UsageError` for inputs that do not exist, `BuildError` when nothing usable was found or the file can not
    be written or verified; the old file is then as it was.
    """
    started = time.monotonic()
    if too_old := sql.sqlite_too_old():
        raise BuildError(too_old)
    asked = Options(**options)
    paths, progress = [Path(path) for path in inputs], progress or Silent()
    target = _place([*paths, *filter(None, [asked.lexicon])], Path(target))
    context = _context(asked)
    with (
        rarely_collecting(),
        writing(target) as temporary,
        keeping(target, keep=asked.keep, reuse=asked.update) as kept,
    ):
        listed, listed_bytes = _list(paths, target)
        crew_of = partial(_crew, executor, asked, listed_bytes, context)
        with crew_of(late=asked.update) as crew:
            known = survey(listed, kept, crew.pool, progress)
            recipe = _recipe(asked, known.digest)
            made: BuildReport | None = kept.made(target, recipe)
            if made is not None:
                return made._replace(seconds=time.monotonic() - started, up_to_date=True)
            context = context._replace(stranger_index=_wants_stranger_index(asked, known.size))
            settings = _recipe(asked, repr(context).encode())
            work = Work(listed, known, context, kept, crew, progress)
            written = _written(work, target, temporary, settings, asked, crew_of)
        if not written.articles:
            raise BuildError(_nothing(paths, written.tally))
        progress.stage("verify", None)
        digest = _sealed(temporary, target, updated=written.updated)
        report = BuildReport(
            target,
            written.tally.documents,
            written.articles,
            written.duplicates,
            dict(written.tally.reasons),
            known.size,
            time.monotonic() - started,
            about.sha256(temporary),
            digest,
        )
        ledger = Ledger(settings, written.compared, ())
        kept.finish(recipe, report.sha256, report, ledger, written.tally.entries, written.left)
    return report


def _written(
    work: Work, target: Path, temporary: Path, settings: bytes, asked: Options, crew_of: Callable[[], Crew]
) -> Written:
    """Write the file: from the earlier one, where that is asked for and can be, else from nothing, with another crew."""
    if not asked.update:
        return _whole(work, temporary, asked)
    updated = update(work, target, temporary, settings, asked)
    if updated is not None:
        return updated
    work.crew.end()
    with crew_of() as crew:
        return _whole(work._replace(crew=crew), temporary, asked)


def _whole(work: Work, temporary: Path, asked: Options) -> Written:
    """Write the file from nothing."""
    work.progress.stage("build", work.known.size)
    store = Store(temporary, work.context, input_bytes=work.known.size)
    with contextlib.closing(store):
        corpus, left = conclude.Corpus(), Left() if asked.keep else None
        tally = _take_in(work, store, corpus)
        if not store.ids:
            return Written(tally, 0, 0, as_one(()), Left())
        choice = conclude.conclude(store, corpus, work, left)
        if choice is not None and left is not None:
            leave_words(left, tally.entries, choice, store.named())
        work.progress.stage("finish", None)
        about.write(store, tally.source_digest, asked.title, asked.lexicon)
        store.finish()
        compared = conclude.id_pairs(store, as_one(corpus.candidates))
        return Written(tally, len(store.ids), store.duplicates, compared, left or Left())


def _take_in(work: Work, store: Store, corpus: conclude.Corpus) -> Tally:
    """Write all documents, and let `corpus` hear them."""
    tally = Tally()
    for call, result in work.results():
        documents = placed(result.part(DOCUMENTS), call.portion.places)
        articles = store.add(documents)
        store.index(result.part(POSTINGS), articles)
        corpus.add(result, articles)
        done = entry(result.key, call.portion.digest, call.portion.places, documents, articles)
        tally.add(done)
        work.advance(done, call.portion.bytes)
    return tally


def _place(paths: Sequence[Path], target: Path) -> Path:
    """Where to write `target`: what it links to, if it is a link. Raises `UsageError` where nothing may be written."""
    old = what_is(target) if target.is_file() else "nothing"
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        if target.is_file() and (path.samefile(target) or (old == "other" and _is_inside(target, path))):
            raise UsageError(f"{target}: is one of the inputs; name another file to write with -o")
    if target.is_dir():
        raise UsageError(f"{target}: is a folder; name the file to write, such as {target / 'corpus.db'}")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target}: is a device or pipe; name a file to write with -o")
    if old == "database":
        raise UsageError(f"{target}: is a database of another program; name another file to write with -o")
    place = Path(os.path.realpath(target)) if target.is_symlink() else target
    if place.is_symlink() or not place.parent.is_dir():
        raise UsageError(f"{place.parent}: no such folder to write into; create it first")
    return place


def _context(asked: Options) -> Context:
    """What every document is prepared with, as far as it is known before the input is."""
    return Context(
        lexicon=asked.lexicon,
        lexicon_words=lexicon.own_words(asked.lexicon) if asked.lexicon else (),
        analyse=not asked.only_search,
        keep_raw=asked.keep_raw and not asked.only_search,
        keep_tokens=asked.keep_tokens,
    )


def _is_inside(file: Path, folder: Path) -> bool:
    return folder.is_dir() and Path(os.path.realpath(folder)) in Path(os.path.realpath(file)).parents


def _list(paths: Sequence[Path], target: Path) -> tuple[Spool[Listed], int]:
    """The files to read, without what this build itself writes, and their size in bytes."""
    listed: Spool[Listed] = Spool()
    size = 0
    for file in find.files(paths, traces(target)):
        listed.add(file)
        size += 0 if isinstance(file, Reject) else file.size
    return listed, size


def _crew(
    given: concurrent.futures.Executor | None, asked: Options, size: int, context: Context, *, late: bool = False
) -> Crew:
    """Who works; what work in that context needs is loaded before processes start, which then share it.

    `late`: they start when there is work, and load for themselves, while this process does something else.
    """
    if given is not None:
        return Crew(contextlib.nullcontext(given), 1)
    jobs = (asked.jobs or os.cpu_count() or 1) if size >= POOL_FROM_BYTES else 1
    if late:
        return Crew(late_processes(jobs, partial(warm, context)), jobs)
    if jobs > 1 and size >= APART_FROM_BYTES and can_copy():
        return Crew(apart(jobs, partial(warm, context)), jobs)
    if jobs > 1:
        warm(context)
    return Crew(processes(jobs), jobs)


def _wants_stranger_index(asked: Options, size: int) -> bool:
    if asked.stranger_index is None:
        return size < STRANGER_INDEX_BELOW_BYTES and not asked.only_search
    return asked.stranger_index


def _recipe(asked: Options, known: bytes) -> bytes:
    """Digest of all that a file is made from, but for the program: of what was asked, and of what is `known` besides."""
    lexicon_digest = about.sha256(asked.lexicon) if asked.lexicon else None
    made_from = asked._replace(jobs=None, update=False, keep=True), lexicon_digest, known
    return hashlib.sha256(repr(made_from).encode()).digest()


def _sealed(temporary: Path, target: Path, *, updated: bool) -> str:
    """Verify a file just written for `target`, and seal it with the digest of its contents. Raises `BuildError` where it is
    not sound."""
    problems, digest = examine(temporary)
    if problems:
        remedy = "; build without --update" if updated else ""
        raise BuildError(f"{target}: verification failed, the old file is kept: {problems[0]}{remedy}")
    about.seal(temporary, digest)
    return digest


def _nothing(paths: Sequence[Path], tally: Tally) -> str:
    where = ", ".join(map(str, paths))
    if not tally.reasons:
        return f"{where}: no document found; give a folder of .txt, .md, .html, .docx, .odt, .pdf, .json(l), .csv, .xlsx, .xml, .epub or .warc files"
    told = (f"{n} × {reason} ({_told(tally.examples[reason])})" for reason, n in tally.reasons.most_common())
    return f"{where}: nothing usable: " + ", ".join(told)


def _told(reject: Reject) -> str:
    place = named(reject.path, reject.member)
    return f"{place}: {reject.detail}" if reject.detail else place
