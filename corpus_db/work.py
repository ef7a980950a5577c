"""What there is to do for a corpus: the input, surveyed, and its portions, each prepared with what the survey knows."""

from __future__ import annotations

import concurrent.futures
import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple

from corpus_db import about, find
from corpus_db.calls import Call, Result, key_of
from corpus_db.clean import ChromeEvidence, LineSurvey
from corpus_db.crew import Crew
from corpus_db.kept import Afresh, Kept
from corpus_db.ledger import Entry, Numbers, Place, Tally, identity
from corpus_db.options import Progress
from corpus_db.pieces import AHEAD
from corpus_db.portions import Portion, Sites, portions
from corpus_db.prepare import listened, may_repeat_lines, prepare
from corpus_db.prepared import Context
from corpus_db.records import Reject
from corpus_db.spool import Spool
from corpus_db.standing import Left

Listed = find.File | Reject
_FAR = 100  # portions looked ahead in an update: the few that are new among them are surveyed while the others go by


class Met(NamedTuple):
    """A portion of the input, as the survey met it."""

    digest: bytes
    places: list[Place]
    bytes: int


class Surveyed(NamedTuple):
    """What the survey heard."""

    evidence: ChromeEvidence
    sites: Sites  # of each portion those whose lines it may repeat
    portions: Spool[Met]
    new: Spool[tuple[int, Portion]]  # those that the last build had not, with their numbers, from 0
    documents: int
    size: int  # bytes of input
    digest: bytes  # of all documents and their places


def survey(
    listed: Iterable[Listed], kept: Afresh | Kept, pool: concurrent.futures.Executor, progress: Progress
) -> Surveyed:
    """Hear all documents: which lines repeat across a site."""
    progress.stage("survey", None)
    documents, size, lines, sites = 0, 0, LineSurvey(), Sites()
    met, new = Spool[Met](), Spool[tuple[int, Portion]]()
    digest, before = hashlib.sha256(), kept.portions()

    def heard() -> Iterator[Call]:
        nonlocal documents, size
        for portion in portions(find.read(listed)):
            documents += len(portion.items)
            size += portion.bytes
            if before and portion.digest not in before:
                new.add((len(met), portion))
            met.add(Met(portion.digest, portion.places, portion.bytes))
            digest.update(portion.digest + repr(portion.places).encode("utf-8", "surrogatepass"))
            progress.advance(len(portion.items), portion.bytes, 0)
            if any(map(may_repeat_lines, portion.items)):
                yield Call(portion)
            else:
                sites.add(portion.digest, ())

    for call, result in kept.results(pool, listened, heard(), ahead=_FAR if before else AHEAD):
        of_portion = result.part(0)
        sites.add(call.portion.digest, of_portion.sites)
        lines.merge(of_portion)
    return Surveyed(lines.evidence(), sites, met, new, documents, size, digest.digest())


class Work(NamedTuple):
    """All documents, what is known of them, and who works on them."""

    listed: Iterable[Listed]
    known: Surveyed
    context: Context
    kept: Afresh | Kept
    crew: Crew
    progress: Progress

    def results(self) -> Iterator[tuple[Call, Result]]:
        """Each portion prepared (`prepare.prepare`), in order."""
        return self._results(portions(find.read(self.listed)))

    def results_of(self, numbers: Collection[int]) -> Iterator[tuple[Call, Result]]:
        """Those of some portions, given by their numbers, from 0. The input is not read again for those that are new."""
        return self._results(self._again(numbers))

    def identities(self) -> Iterator[bytes]:
        """Of each portion its identity (`ledger.identity`), without reading it again."""
        depends_on = self._depends_on()
        for digest, places, _ in self.known.portions:
            key = key_of(prepare, digest, depends_on + self._chrome(digest).digest())
            yield identity(key, places)

    def advance(self, done: Entry, bytes_: int) -> None:
        """Tell that the documents of a portion of so many bytes are done, with what became of them."""
        self.progress.advance(len(done.places), bytes_, len(done.rejects))

    def _results(self, read: Iterable[Portion]) -> Iterator[tuple[Call, Result]]:
        return self.kept.results(self.crew.pool, prepare, self._calls(read), ahead=AHEAD)

    def _calls(self, read: Iterable[Portion]) -> Iterator[Call]:
        depends_on = self._depends_on()
        for portion in read:
            chrome = self._chrome(portion.digest)
            yield Call(portion, (self.context._replace(chrome=chrome),), depends_on + chrome.digest())

    def _again(self, numbers: Collection[int]) -> Iterator[Portion]:
        """The portions of those numbers, as the survey read them, or else as they are read again."""
        new = {number for number, _ in self.known.new}
        read = self.known.new if new.issuperset(numbers) else enumerate(portions(find.read(self.listed)))
        return (portion for number, portion in read if number in numbers)

    def _chrome(self, digest: bytes) -> ChromeEvidence:
        """What the corpus knows of the sites of a portion."""
        evidence = self.known.evidence
        sites = self.known.sites.of(digest)
        return evidence.of(evidence.common if sites is None else sites)

    def _depends_on(self) -> bytes:
        """Digest of what every document is prepared with, but for the chrome of its sites."""
        lexicon = self.context.lexicon
        return hashlib.sha256(repr((self.context, about.sha256(lexicon) if lexicon else None)).encode()).digest()


class Written(NamedTuple):
    """What a file was written from, and what it holds."""

    tally: Tally
    articles: int
    duplicates: int
    compared: Numbers  # as in `Ledger`
    left: Left  # to the next build, besides the ledger
    updated: bool = False  # from an earlier file, not from nothing
