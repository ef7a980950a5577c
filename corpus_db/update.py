"""The file of an earlier build → that of the input as it is now: what has changed is written, what stays is left alone."""

from __future__ import annotations

import contextlib
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from corpus_db import about, conclude
from corpus_db.amended import Amended, NotAmendableError
from corpus_db.analysis.evidence import Evidence
from corpus_db.analysis.lexicon import load as lexicon
from corpus_db.analysis.passages import Numbers
from corpus_db.analysis.reprints import both
from corpus_db.ledger import MOST_DOCUMENTS, Entry, Ledger, Plan, Tally, entry, identity, plan
from corpus_db.prepare import placed
from corpus_db.prepared import DOCUMENTS, TOLD, Prepared, Told
from corpus_db.records import Reject
from corpus_db.renaming import Change, rename, set_keywords
from corpus_db.work import Work, Written

if TYPE_CHECKING:
    from corpus_db.options import Options


def update(work: Work, target: Path, temporary: Path, settings: bytes, asked: Options) -> Written | None:
    """Write `temporary` from the file of an earlier build; None: that can not be, or is not worth it."""
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


class _Update:
    def __init__(self, work: Work, store: Amended, ledger: Ledger, planned: Plan) -> None:
        self._work, self._store, self._ledger, self._plan = work, store, ledger, planned
        self._corpus, self._tally = conclude.Corpus(), Tally()
        self._gained, self._lost = Evidence(), Evidence()  # of portions that come, and leave

    def written(self, asked: Options) -> Written:
        """Write the file."""
        work, store, corpus = self._work, self._store, self._corpus
        work.progress.stage("build", work.known.size)
        store.may_leave(self._left())
        for position in self._plan.left:
            _merge(self._lost, self._part(self._entry(position), TOLD))
        self._hear()
        if store.ids:
            change = Change(store.amend(self._left()), self._gained, self._lost)
            work.progress.stage("index", None)
            totals = conclude.search_tables(store, corpus, work.context, work.pool)
            if totals is not None:
                self._compare(corpus.fingerprints.sharing())
                work.release()
                conclude.terms(store, corpus.terms, totals)
                rename(store, corpus.names(), corpus.evidence, change, lexicon(work.context.lexicon))
                set_keywords(store, corpus.terms, totals)
            about.write(store, self._tally.source_digest, asked.title, asked.lexicon)
            store.finish()
        return Written(self._tally, len(store.ids), store.duplicates, corpus.compared, updated=True)

    def _hear(self) -> None:
        """Go through the input, as it is now."""
        for number, (call, result) in enumerate(self._work.results()):
            told: Told = result.part(TOLD)
            self._corpus.add(told)
            position = self._plan.standing[number] if number < len(self._plan.standing) else None
            if position is not None:
                if self._ledger.identities[position] != identity(result.key, call.portion.places):
                    raise NotAmendableError("the input changes while it is read")
                done = self._entry(position)
                self._store.stay(done.articles, done.rejects)
            else:
                documents = placed(result.part(DOCUMENTS), call.portion.places)
                done = entry(result.key, call.portion.places, documents, self._store.add(documents))
                _merge(self._gained, told)
            if self._store.coming > MOST_DOCUMENTS * self._work.known.documents:
                raise NotAmendableError("much has changed")
            self._tally.add(done)
            self._work.advance(call, done)

    def _entry(self, position: int) -> Entry:
        found = self._work.kept.entry(position)
        if found is None:
            raise NotAmendableError("what was kept is gone")
        return found

    def _part(self, left: Entry, n: int) -> Any:
        found = self._work.kept.part(left.key, n)
        if found is None:
            raise NotAmendableError("what was kept is gone")
        return found

    def _left(self) -> Iterator[tuple[int, Prepared]]:
        """The articles of the portions that left, by id."""
        for position in self._plan.left:
            left = self._entry(position)
            documents = placed(self._part(left, DOCUMENTS), left.places)
            yield from zip(left.articles, (one for one in documents if not isinstance(one, Reject)), strict=True)

    def _compare(self, candidates: Numbers) -> None:
        """Compare the articles that were not compared before; their rows of `similar`, and all of `reprint_of`."""
        store = self._store
        self._corpus.compared = conclude.id_pairs(store, candidates)
        new = candidates[~np.isin(self._corpus.compared, self._ledger.compared)]
        with conclude.comparing(store, new, self._work.pool) as aside:
            pairs = [pair for piece in aside.results() for pair in piece]
        store.unpair(map(both, np.setdiff1d(self._ledger.compared, self._corpus.compared).tolist()))
        store.insert("similar", sorted(conclude.similar_rows(store, pairs)))
        conclude.set_reprints(store, self._repeating())

    def _repeating(self) -> Iterator[tuple[int, int]]:
        """The pairs of articles of which one repeats the other, by their numbers in input order."""
        ids = np.array(self._store.ids, np.int64)
        order = np.argsort(ids)
        pairs = np.array(self._store.repeating(), np.int64).reshape(-1, 2)
        numbers = order[np.searchsorted(ids[order], pairs)]
        yield from map(tuple, numbers[numbers[:, 0] < numbers[:, 1]].tolist())


def _merge(evidence: Evidence, told: Told) -> None:
    if told.facts is not None:
        evidence.merge(told.facts.evidence)
