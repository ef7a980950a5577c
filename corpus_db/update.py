"""The file of an earlier build → that of the input as it is now: what has changed is written, what stays is left alone."""

from __future__ import annotations

import contextlib
import pickle
import shutil
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus_db import about, conclude
from corpus_db.amended import Amended, NotAmendableError
from corpus_db.analysis.evidence import Evidence, WholeEvidence
from corpus_db.analysis.keyword_order import Order
from corpus_db.analysis.lexicon import Lexicon
from corpus_db.analysis.lexicon import load as lexicon
from corpus_db.analysis.reprints import Fingerprints, as_one, both
from corpus_db.analysis.terms import Group
from corpus_db.analysis.word_counts import Counted
from corpus_db.calls import Call, Result
from corpus_db.ledger import MOST_DOCUMENTS, Entry, Ledger, Plan, Tally, entry, plan
from corpus_db.prepare import placed
from corpus_db.prepared import DOCUMENTS, HASHED, NAMES, TOLD, Prepared, Told
from corpus_db.records import Reject
from corpus_db.renaming import KeptPortion, Meaning, rename
from corpus_db.rewording import Rewording
from corpus_db.spool import Spool
from corpus_db.standing import COUNTED, EVIDENCE, ORDER, STATISTICS, WHOLE, WORDS, Left, Statistics
from corpus_db.text.arrays import Ints
from corpus_db.work import Met, Work, Written

if TYPE_CHECKING:
    from corpus_db.options import Options

# Names shown by what comes, or by what leaves; with more of them a whole build costs less memory.
_MOST_STRINGS = 1 << 18


def update(work: Work, target: Path, temporary: Path, settings: bytes, asked: Options) -> Written | None:
    """Write `temporary` from `target`, the file of an earlier build; None: that can not be, or is not worth it.

    `settings` is the digest of what was asked of the build (`asked`), by which the earlier build must have gone too.
    """
    ledger = work.kept.ledger(target, settings)
    planned = plan(ledger, work.identities()) if ledger is not None else None
    if ledger is None or planned is None:
        return None
    try:
        shutil.copyfile(target, temporary)
        with contextlib.closing(Amended(temporary, work.context)) as store:
            return _Update(work, store, ledger, planned).written(asked)
    except NotAmendableError:
        temporary.unlink()
        return None


class _Whole:
    """What the last build knew of its corpus as a whole, and what comes and goes of it."""

    def __init__(self, known: Callable[[int], Any], *, facts: bool) -> None:
        self.statistics, self.chars = known(STATISTICS)
        self.occurring = self.chars.portions > 0
        self.gained, self.lost = Evidence(_MOST_STRINGS), Evidence(_MOST_STRINGS)
        if facts:
            self.evidence: WholeEvidence = known(EVIDENCE)
            self.words = Rewording(known(WORDS))

    def come(self, told: Told) -> Counted | None:
        """Add what a portion tells; its words by number."""
        self.statistics.merge(told.statistics)
        self.chars.add(told.chars)
        if told.facts is None:
            return None
        self._hear(self.gained, told.facts.evidence)
        return self.words.come(told.facts.terms, told.facts.groups)

    def leave(self, told: Told, counted: tuple[Counted, list[Group]] | None) -> None:
        """Take off what a portion told, and its words by number."""
        self.statistics.take(told.statistics)
        self.chars.add(told.chars, -1)
        if told.facts is not None and counted is not None:
            self._hear(self.lost, told.facts.evidence)
            self.words.leave(*counted)

    def meaning(self, known: Lexicon, left: Left) -> Meaning:
        """What names meant and mean; leave the evidence to the next build."""
        heard = {(kind, raw) for part in (self.gained, self.lost) for kind, sums in part.sums.items() for raw in sums}
        evidence = self.evidence.changed(self.gained, self.lost, known)
        left.add(WHOLE, EVIDENCE, evidence)
        before, after = self.evidence.settle(known), evidence.settle(known)
        return Meaning(before, after, after.otherwise(before, heard))

    @staticmethod
    def _hear(part: Evidence, evidence: Evidence) -> None:
        part.merge(evidence)
        if part.put_away:
            raise NotAmendableError("much has changed")


class _Update:
    """One update: the copy of the earlier file that it writes to, what is planned, and what has been done so far."""

    def __init__(self, work: Work, store: Amended, ledger: Ledger, planned: Plan) -> None:
        self._work, self._store, self._ledger, self._plan = work, store, ledger, planned
        new = {number for number, position in enumerate(planned.standing) if position is None}
        self._results = work.results_of(new)  # they are made while this process does something else
        self._whole = _Whole(lambda part: self._part(WHOLE, part), facts=work.context.analyse)
        self._fingerprints, self._portions = Fingerprints(), Spool[KeptPortion]()
        self._tally, self._left, self._counted = Tally(), Left(), set[bytes]()

    def written(self, asked: Options) -> Written:
        """Write the file."""
        work, store = self._work, self._store
        compared: Ints = np.empty(0, np.int64)
        work.progress.stage("build", work.known.size)
        store.may_leave(self._leaving())
        for position in self._plan.left:
            key = self._entry(position).key
            self._whole.leave(self._part(key, TOLD), self._part(key, COUNTED) if work.context.analyse else None)
        self._hear()
        if store.ids:
            came = store.amend(self._leaving())
            work.progress.stage("index", None)
            with store.indexing(work.crew.pool):
                rows = dict(self._search_rows())
                if work.context.analyse:
                    self._whole.words.sum_up()
                    candidates = as_one(self._fingerprints.sharing())
                    meaning = self._whole.meaning(lexicon(work.context.lexicon), self._left)
            for table, of_table in (*rows.items(), ("common_tokens", store.common_tokens())):
                store.replace(table, of_table)
            self._left.add(WHOLE, STATISTICS, Statistics(self._whole.statistics, self._whole.chars))
            if work.context.analyse:
                compared = self._compare(candidates)
                self._whole.words.write(store, work.crew.pool)
                work.crew.end()
                renamed = rename(store, self._portions, lambda key: pickle.loads(self._part(key, NAMES)), meaning, came)
                self._whole.words.write_keywords(store, self._portions, renamed, self._order, self._left)
            work.progress.stage("finish", None)
            about.write(store, self._tally.source_digest, asked.title, asked.lexicon)
            store.finish()
        return Written(self._tally, len(store.ids), store.duplicates, compared, self._left, updated=True)

    def _search_rows(self) -> Iterator[tuple[str, Iterable[tuple[Any, ...]]]]:
        """The tables that tell search of the whole corpus, where they are others than before, with their rows."""
        whole = self._whole
        yield "char_stats", whole.statistics.char_rows()
        if (whole.occurring != (whole.chars.portions > 0)).any():
            yield "folds", conclude.fold_rows(whole.chars)

    def _hear(self) -> None:
        """Go through the portions of the input, as it is now."""
        for position, met in zip(self._plan.standing, self._work.known.portions, strict=True):
            if position is not None:
                done = self._entry(position)
                self._stay(done)
            else:
                done = self._come(met, *next(self._results, (None, None)))
            if self._store.coming > MOST_DOCUMENTS * self._work.known.documents:
                raise NotAmendableError("much has changed")
            if self._work.context.analyse:
                hashed = self._part(done.key, HASHED)
                self._fingerprints.add(hashed.fingerprints)
                self._portions.add(KeptPortion(done.key, done.articles, hashed.names))
            self._tally.add(done)
            self._work.advance(done, met.bytes)

    def _stay(self, done: Entry) -> None:
        """A portion stays as it is."""
        self._work.kept.stays(done.key)
        self._store.stay(done.articles, done.rejects)
        if self._work.context.analyse:
            self._whole.words.stay(*self._part(done.key, COUNTED))

    def _come(self, met: Met, call: Call | None, result: Result | None) -> Entry:
        """Take in a portion that is new, and what became of it."""
        if call is None or result is None or (call.portion.digest, call.portion.places) != met[:2]:
            raise NotAmendableError("the input changes while it is read")
        documents, told = placed(result.part(DOCUMENTS), met.places), result.part(TOLD)
        counted = self._whole.come(told)
        if counted is not None:
            self._left.add(result.key, COUNTED, (counted, told.facts.groups))
            self._counted.add(result.key)
        return entry(result.key, met.digest, met.places, documents, self._store.add(documents))

    def _order(self, key: bytes) -> Order | None:
        return None if key in self._counted else self._part(key, ORDER)

    def _entry(self, position: int) -> Entry:
        found = self._work.kept.entry(position)
        if found is None:
            raise NotAmendableError("what was kept is gone")
        return found

    def _part(self, key: bytes, n: int) -> Any:
        found = self._work.kept.part(key, n)
        if found is None:
            raise NotAmendableError("what was kept is gone")
        return found

    def _leaving(self) -> Iterator[tuple[int, Prepared]]:
        """The articles of the portions that left, by id."""
        for position in self._plan.left:
            left = self._entry(position)
            documents = placed(self._part(left.key, DOCUMENTS), left.places)
            yield from zip(left.articles, (one for one in documents if not isinstance(one, Reject)), strict=True)

    def _compare(self, candidates: Ints) -> Ints:
        """Compare the articles that were not compared before; their rows of `similar`, and all of `reprint_of`. The pairs,
        as ids."""
        store = self._store
        compared = conclude.id_pairs(store, candidates)
        new = candidates[~np.isin(compared, self._ledger.compared)]
        with conclude.comparing(store, [new], self._work.crew.pool) as aside:
            pairs = [pair for piece in aside.results() for pair in piece]
        store.unpair(map(both, np.setdiff1d(self._ledger.compared, compared).tolist()))
        store.insert("similar", sorted(conclude.similar_rows(store, pairs)))
        conclude.set_reprints(store, self._repeating())
        return compared

    def _repeating(self) -> Iterator[tuple[int, int]]:
        """The pairs of articles of which one repeats the other, by their numbers in input order."""
        ids = np.array(self._store.ids, np.int64)
        order = np.argsort(ids)
        pairs = np.array(self._store.repeating(), np.int64).reshape(-1, 2)
        numbers = order[np.searchsorted(ids[order], pairs)]
        yield from map(tuple, numbers[numbers[:, 0] < numbers[:, 1]].tolist())
