"""What there is to do for a corpus: the input, surveyed, and its portions, each prepared with what the survey knows."""

from __future__ import annotations

import concurrent.futures
import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

from corpus_db import find
from corpus_db.clean import ChromeEvidence, LineSurvey
from corpus_db.executors import AHEAD
from corpus_db.kept import Afresh, Call, Kept, Result, key_of
from corpus_db.ledger import Entry, Numbers, Place, Tally, identity
from corpus_db.options import Progress
from corpus_db.portions import Portion, Sites, portions
from corpus_db.prepare import listened, may_repeat_lines, prepare
from corpus_db.prepared import Context
from corpus_db.records import Reject
from corpus_db.spool import Spool

Listed = find.File | Reject


class Surveyed(NamedTuple):
    """What the survey heard."""

    evidence: ChromeEvidence
    sites: Sites  # of each portion those whose lines it may repeat
    portions: Spool[tuple[bytes, list[Place]]]  # digest and places of each
    documents: int
    size: int  # bytes of input
    digest: bytes  # of all documents and their places


def survey(
    listed: Iterable[Listed], kept: Afresh | Kept, pool: concurrent.futures.Executor, progress: Progress
) -> Surveyed:
    """Hear all documents: which lines repeat across a site."""
    progress.stage("survey", None)
    documents, size, lines, sites = 0, 0, LineSurvey(), Sites()
    met: Spool[tuple[bytes, list[Place]]] = Spool()
    digest = hashlib.sha256()

    def heard() -> Iterator[Call]:
        nonlocal documents, size
        for portion in portions(find.read(listed)):
            documents += len(portion.items)
            size += portion.bytes
            met.add((portion.digest, portion.places))
            digest.update(portion.digest + repr(portion.places).encode("utf-8", "surrogatepass"))
            progress.advance(len(portion.items), portion.bytes, 0)
            if any(map(may_repeat_lines, portion.items)):
                yield Call(portion)
            else:
                sites.add(portion.digest, ())

    for call, result in kept.results(pool, listened, heard(), ahead=AHEAD):
        of_portion = result.part(0)
        sites.add(call.portion.digest, of_portion.sites)
        lines.merge(of_portion)
    return Surveyed(lines.evidence(), sites, met, documents, size, digest.digest())


class Work(NamedTuple):
    """All documents, what is known of them, and who works on them."""

    listed: Iterable[Listed]
    known: Surveyed
    context: Context
    kept: Afresh | Kept
    pool: concurrent.futures.Executor
    progress: Progress
    release: Callable[[], None]  # to be called when the pool is not needed any more: idle, it holds much memory

    def results(self) -> Iterator[tuple[Call, Result]]:
        """Each portion prepared (`prepare.prepare`), in order."""
        return self.kept.results(self.pool, prepare, self._calls(), ahead=AHEAD)

    def identities(self) -> Iterator[bytes]:
        """Of each portion its identity (`ledger.identity`), without reading it again."""
        depends_on = self._options()
        for digest, places in self.known.portions:
            key = key_of(prepare, digest, depends_on + self._chrome(digest).digest())
            yield identity(key, places)

    def advance(self, call: Call, done: Entry) -> None:
        """Tell that the documents of a call are done, with what became of them."""
        self.progress.advance(len(done.places), call.portion.bytes, len(done.rejects))

    def _calls(self) -> Iterator[Call]:
        depends_on = self._options()
        for portion in portions(find.read(self.listed)):
            yield self._call(portion, depends_on)

    def _call(self, portion: Portion, depends_on: bytes) -> Call:
        chrome = self._chrome(portion.digest)
        return Call(portion, (self.context._replace(chrome=chrome),), depends_on + chrome.digest())

    def _chrome(self, digest: bytes) -> ChromeEvidence:
        """What the corpus knows of the sites of a portion."""
        evidence = self.known.evidence
        sites = self.known.sites.of(digest)
        return evidence.of(evidence.common if sites is None else sites)

    def _options(self) -> bytes:
        digest = hashlib.sha256(repr(self.context).encode())
        if self.context.lexicon is not None:
            digest.update(self.context.lexicon.read_bytes())
        return digest.digest()


class Written(NamedTuple):
    """What a file was written from, and what it holds."""

    tally: Tally
    articles: int
    duplicates: int
    compared: Numbers  # as in `Ledger`
    updated: bool = False  # from an earlier file, not from nothing
