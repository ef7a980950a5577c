"""The line: find → decode → read → clean → segment → analyse → write → conclude → verify → replace.

The documents are passed twice: a cheap survey hears what only the whole corpus knows (lines that repeat across a
site), then the build asks it. Per document everything is pure and runs under any executor; one writer takes the
results in input order, so that the file does not depend on the number of workers.
"""

from __future__ import annotations

import concurrent.futures
import contextlib
import hashlib
import os
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from corpus_db import about, conclude, find
from corpus_db.analysis import lexicon
from corpus_db.clean import ChromeEvidence, LineSurvey
from corpus_db.errors import BuildError, UsageError
from corpus_db.executors import AHEAD, Inline, processes, rarely_collecting
from corpus_db.kept import Afresh, Call, Kept, keeping
from corpus_db.options import BuildReport, Options, Progress, Silent
from corpus_db.portions import Sites, portions
from corpus_db.prepare import Context, listen, may_repeat_lines, placed, prepare, warm
from corpus_db.records import Reject, named
from corpus_db.spool import Spool
from corpus_db.store import Store
from corpus_db.target import traces, writing
from corpus_db.verify import examine

POOL_FROM_BYTES = 2 * 1024 * 1024  # below this, starting processes costs more than they save
STRANGER_INDEX_BELOW_BYTES = 20_000_000  # the index costs as much space as the text: for a small corpus that is nothing

Listed = find.File | Reject


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
    asked = Options(**options)
    paths, progress = [Path(path) for path in inputs], progress or Silent()
    target = _place(paths, Path(target))
    named = Context(
        lexicon=asked.lexicon,
        lexicon_words=lexicon.own_words(asked.lexicon) if asked.lexicon else (),
        analyse=not asked.only_search,
    )
    with (
        rarely_collecting(),
        writing(target) as temporary,
        keeping(target, keep=asked.keep, reuse=asked.update) as kept,
    ):
        listed, listed_bytes = _list(paths, target)
        with _executor(executor, asked.jobs, listed_bytes, named) as pool:
            known = _survey(listed, kept, pool, progress)
            recipe = _recipe(asked, known)
            made: BuildReport | None = kept.made(target, recipe)
            if made is not None:
                return made._replace(seconds=time.monotonic() - started, up_to_date=True)
            context = named._replace(
                keep_raw=asked.keep_raw and not asked.only_search,
                keep_tokens=asked.keep_tokens,
                stranger_index=_wants_stranger_index(asked, known.size),
            )
            store = Store(temporary, stranger_index=context.stranger_index, facts=context.analyse)
            with contextlib.closing(store):
                written = _write(paths, _calls(listed, context, known), store, kept, pool, progress, known)
                progress.stage("index", None)
                conclude.conclude(store, written.corpus, context, pool)
                about.write(store, written.source_digest, asked.title, asked.lexicon)
                store.finish()
        progress.stage("verify", None)
        examined = examine(temporary)
        for problem in examined.problems:
            raise BuildError(f"{target}: verification failed, the old file is kept: {problem}")
        about.seal(temporary, examined.digest)
        report = BuildReport(
            target,
            written.documents,
            store.articles,
            store.duplicates,
            written.rejects,
            known.size,
            time.monotonic() - started,
            about.sha256(temporary),
            examined.digest,
        )
        kept.finish(recipe, report.sha256, report)
    return report


def _place(paths: Sequence[Path], target: Path) -> Path:
    """Where to write `target`: what it links to, if it is a link. Raises `UsageError` where nothing may be written."""
    for path in paths:
        if not path.exists():
            raise UsageError(f"{path}: no such file or folder")
        if path.is_file() and target.exists() and path.samefile(target):
            raise UsageError(f"{target}: is one of the inputs; name another file to write with -o")
    if target.is_dir():
        raise UsageError(f"{target}: is a folder; name the file to write, such as {target / 'corpus.db'}")
    if target.exists() and not target.is_file():
        raise UsageError(f"{target}: is a device or pipe; name a file to write with -o")
    place = Path(os.path.realpath(target)) if target.is_symlink() else target
    if place.is_symlink() or not place.parent.is_dir():
        raise UsageError(f"{place.parent}: no such folder to write into; create it first")
    return place


def _list(paths: Sequence[Path], target: Path) -> tuple[Spool[Listed], int]:
    """The files to read, without what this build itself writes, and their size in bytes."""
    listed: Spool[Listed] = Spool()
    size = 0
    for file in find.files(paths, traces(target)):
        listed.add(file)
        size += 0 if isinstance(file, Reject) else file.size
    return listed, size


@contextlib.contextmanager
def _executor(
    given: concurrent.futures.Executor | None, jobs: int | None, size: int, context: Context
) -> Iterator[concurrent.futures.Executor]:
    """The executor to use; what work in that context needs is loaded before processes start, which then share it."""
    if given is not None:
        yield given
    elif size < POOL_FROM_BYTES:
        yield Inline()
    else:
        warm(context)
        with processes(jobs) as pool:
            yield pool


def _wants_stranger_index(asked: Options, size: int) -> bool:
    if asked.stranger_index is None:
        return size < STRANGER_INDEX_BELOW_BYTES and not asked.only_search
    return asked.stranger_index


class _Surveyed(NamedTuple):
    evidence: ChromeEvidence
    sites: Sites  # of each portion those whose lines it may repeat
    size: int  # bytes of input
    digest: bytes  # of all documents and their places


def _survey(
    listed: Iterable[Listed], kept: Afresh | Kept, pool: concurrent.futures.Executor, progress: Progress
) -> _Surveyed:
    progress.stage("survey", None)
    size, lines, sites = 0, LineSurvey(), Sites()
    digest = hashlib.sha256()

    def heard() -> Iterator[Call]:
        nonlocal size
        for portion in portions(find.read(listed)):
            size += portion.bytes
            places = [(item.path, item.member) for item in portion.items]
            digest.update(portion.digest + repr(places).encode("utf-8", "surrogatepass"))
            progress.advance(len(portion.items), portion.bytes, 0)
            if any(map(may_repeat_lines, portion.items)):
                yield Call(portion)
            else:
                sites.add(portion.digest, ())

    for call, of_portion in kept.results(pool, listen, heard(), ahead=AHEAD):
        sites.add(call.portion.digest, of_portion.sites)
        lines.merge(of_portion)
    return _Surveyed(lines.evidence(), sites, size, digest.digest())


def _recipe(asked: Options, known: _Surveyed) -> bytes:
    """Digest of all that a file is made from, but for the program."""
    digest = hashlib.sha256(repr(asked._replace(jobs=None, update=False, keep=True)).encode())
    if asked.lexicon is not None:
        digest.update(asked.lexicon.read_bytes())
    digest.update(known.digest)
    return digest.digest()


def _calls(listed: Iterable[Listed], context: Context, known: _Surveyed) -> Iterator[Call]:
    """What is to be prepared: each portion with what the corpus knows of its sites."""
    options = hashlib.sha256(repr(context).encode())
    if context.lexicon is not None:
        options.update(context.lexicon.read_bytes())
    for portion in portions(find.read(listed)):
        sites = known.sites.of(portion.digest)
        chrome = known.evidence.of(known.evidence.common if sites is None else sites)
        depends_on = options.digest() + chrome.digest()
        yield Call(portion, (context._replace(chrome=chrome),), depends_on)


class _Written(NamedTuple):
    corpus: conclude.Corpus
    documents: int
    rejects: dict[str, int]
    source_digest: str


def _write(
    paths: Sequence[Path],
    calls: Iterable[Call],
    store: Store,
    kept: Afresh | Kept,
    pool: concurrent.futures.Executor,
    progress: Progress,
    known: _Surveyed,
) -> _Written:
    progress.stage("build", known.size)
    corpus, reasons, digest = conclude.Corpus(), Counter[str](), hashlib.sha256()
    examples: dict[str, Reject] = {}  # the first of each reason
    documents = 0
    for call, result in kept.results(pool, prepare, calls, ahead=AHEAD):
        batch = placed(result, call.portion.items)
        store.add(batch.documents)
        corpus.add(batch)
        rejected = [document for document in batch.documents if isinstance(document, Reject)]
        reasons.update(reject.reason for reject in rejected)
        for document in batch.documents:
            if not isinstance(document, Reject):
                digest.update(f"{document.source.path}\0{document.source.member}\0{document.source.sha256}\n".encode())
        documents += len(batch.documents)
        progress.advance(len(batch.documents), call.portion.bytes, len(rejected))
        for reject in rejected:
            examples.setdefault(reject.reason, reject)
    if not store.articles:
        raise BuildError(_nothing(paths, reasons, examples))
    return _Written(corpus, documents, dict(reasons), digest.hexdigest())


def _nothing(paths: Sequence[Path], reasons: Counter[str], examples: Mapping[str, Reject]) -> str:
    where = ", ".join(map(str, paths))
    if not reasons:
        return f"{where}: no document found; give a folder of .txt, .md, .html, .json(l), .csv, .xml or .warc files"
    told = (f"{n} × {reason} ({_told(examples[reason])})" for reason, n in reasons.most_common())
    return f"{where}: nothing usable: " + ", ".join(told)


def _told(reject: Reject) -> str:
    place = named(reject.path, reject.member)
    return f"{place}: {reject.detail}" if reject.detail else place
