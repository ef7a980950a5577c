"""What became of a document's text → rows of `span_starts` and `span_kinds`: roles and reasons by number, spans without ends."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from corpus_db.errors import BuildError
from corpus_db.prepared import Prepared
from corpus_db.records import named

Kind = tuple[str, str | None]  # role and reason of a span


class SpanKinds:
    """The kinds of spans that a file has, numbered in the order in which they are met."""

    def __init__(self, known: Iterable[tuple[int, str, str | None]] = ()) -> None:
        self._numbers: dict[Kind, int] = {(role, reason): number for number, role, reason in known}
        self._last = max(self._numbers.values(), default=0)
        self._new: list[tuple[int, str, str | None]] = []

    def starts(self, source: int, document: Prepared) -> Iterator[tuple[int, int, int]]:
        """The rows of `span_starts` of a document. Raises `BuildError` where its spans do not tile it.

        Nobody can see that later: the ends are not kept, a span lasts to the next.
        """
        starts, ends = [span[0] for span in document.spans], [span[1] for span in document.spans]
        if [*starts, document.source.chars] != [0, *ends]:
            raise BuildError(f"{named(*document.source[:2])}: its spans do not tile it; please report this")
        for start, _, role, reason in document.spans:
            number = self._numbers.get((role, reason))
            if number is None:
                self._last += 1
                number = self._numbers[role, reason] = self._last
                self._new.append((number, role, reason))
            yield source, start, number

    def new(self) -> list[tuple[int, str, str | None]]:
        """The rows of `span_kinds` that have come since this was last asked."""
        new, self._new = self._new, []
        return new
