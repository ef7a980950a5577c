"""What a build made of its input, portion by portion: what an update of its file goes by."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from corpus_db.records import Reject
from corpus_db.spool import Spool

if TYPE_CHECKING:
    from corpus_db.prepared import Prepared

Place = tuple[str, str | None]  # path and member of a document
Numbers = npt.NDArray[np.int64]

MOST_PORTIONS, MOST_DOCUMENTS = 0.9, 0.2  # shares that may have changed: with more, a whole build costs less


class Entry(NamedTuple):
    """A portion of the input, and what became of it."""

    key: bytes  # of the result that its documents were prepared to
    portion: bytes  # digest of its documents (`portions.Portion`)
    places: list[Place]  # of its documents
    articles: list[int]  # ids; of the documents that are not rejected
    rejects: list[Reject]  # the others
    sources: str  # what `about.source_digest` digests of them

    @property
    def identity(self) -> bytes:
        """Digest of all that the rows of its documents are made from."""
        return identity(self.key, self.places)


class Ledger(NamedTuple):
    """What a build leaves to the next one, but for its entries, which lie on disk."""

    settings: bytes  # digest of all that was asked of the build, but for its input
    compared: Numbers  # ``first << 32 | second``, ids of the articles that were compared
    identities: Sequence[bytes]  # of the entries, in order


class Tally:
    """The entries of a build, one after the other, and their sums."""

    def __init__(self) -> None:
        self.entries: Spool[Entry] = Spool()
        self.documents = 0
        self.reasons: Counter[str] = Counter()  # of rejects
        self.examples: dict[str, Reject] = {}  # the first of each reason
        self._digest = hashlib.sha256()

    def add(self, entry: Entry) -> None:
        """Count a portion."""
        self.entries.add(entry)
        self.documents += len(entry.places)
        self._digest.update(entry.sources.encode("utf-8", "surrogatepass"))
        for reject in entry.rejects:
            self.reasons[reject.reason] += 1
            self.examples.setdefault(reject.reason, reject)

    @property
    def source_digest(self) -> str:
        """SHA-256 over the places and digests of all documents that became articles."""
        return self._digest.hexdigest()


class Plan(NamedTuple):
    """Which portions of an input stand in a file, and which of those that stand there have left."""

    standing: list[int | None]  # of each portion its entry's position in the ledger; None: it is new
    left: list[int]  # positions


def entry(
    key: bytes, portion: bytes, places: list[Place], documents: Sequence[Prepared | Reject], articles: list[int]
) -> Entry:
    """The entry of a portion: its documents as they were prepared to the result of that key, and the ids they got."""
    rejects = [document for document in documents if isinstance(document, Reject)]
    sources = (document.source for document in documents if not isinstance(document, Reject))
    digested = "".join(f"{source.path}\0{source.member}\0{source.sha256}\n" for source in sources)
    return Entry(key, portion, places, articles, rejects, digested)


def identity(key: bytes, places: Sequence[Place]) -> bytes:
    """Digest of a result's key and of where its documents lie."""
    return hashlib.sha256(key + repr(places).encode("utf-8", "surrogatepass")).digest()


def plan(ledger: Ledger, portions: Iterable[bytes]) -> Plan | None:
    """How to make the file of portions of those identities from the one that the ledger tells of.

    None: too much has changed, or what stayed stands in another order.

    >>> plan(Ledger(b"", np.empty(0, np.int64), [b"a", b"b", b"c"]), [b"a", b"d", b"c"])
    Plan(standing=[0, None, 2], left=[1])
    """
    positions = defaultdict[bytes, deque[int]](deque)
    for position, known in enumerate(ledger.identities):
        positions[known].append(position)
    standing: list[int | None] = []
    for portion in portions:
        standing.append(positions[portion].popleft() if positions.get(portion) else None)
    stayed = [position for position in standing if position is not None]
    left = sorted(set(range(len(ledger.identities))).difference(stayed))
    many = standing.count(None) + len(left) > MOST_PORTIONS * (len(standing) + len(ledger.identities))
    return None if many or stayed != sorted(stayed) else Plan(standing, left)
