"""Who a sentence of a text is about: the names in it that are subjects, not spoken to and no owner of what follows."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property

from corpus_db.analysis import cues
from corpus_db.analysis.decisions import Mention

PRONOUN = re.compile(r"(?:^|[^其])(他们|她们|他|她|前者|后者|对方)(?!人)")
_NAME = 12  # characters of the longest name that ends at a colon
_BACK = 600  # characters of a paragraph in which its last subject is looked for


class Subjects:
    """One text and the people and organisations in it."""

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        self.text = text
        self._names = sorted([name for name in names if name.kind in ("person", "organisation")])
        self._starts = [name.start for name in self._names]

    def pronoun(self, low: int, high: int) -> int | None:
        """Where the first pronoun between `low` and `high` stands that is a subject: 他说, not 家人替她回答."""
        starts = (low + match.start(1) for match in PRONOUN.finditer(self.text[low:high]))
        markers = cues.words("object_marker")
        return next((start for start in starts if not self.text.endswith(markers, low, start)), None)

    @cached_property
    def _line_feeds(self) -> list[int]:
        return [match.start() for match in re.finditer("\n", self.text)]

    def _between(self, low: int, high: int) -> Sequence[Mention]:
        return self._names[bisect_left(self._starts, low) : bisect_left(self._starts, high)]

    def name_between(self, low: int, high: int) -> Mention | None:
        """The first person named between `low` and `high`, else the first organisation."""
        names = self._between(low, high)
        return next((name for name in names if name.kind == "person"), names[0] if names else None)

    def name_ending(self, at: int) -> Mention | None:
        """The person whose name ends at `at`."""
        names = self._between(at - _NAME, at)
        return next((name for name in names if name.start + len(name.raw) == at and name.kind == "person"), None)

    def last_subject(self, low: int, high: int) -> str | None:
        """The last person named between `low` and `high` to whom nothing is said and to whom nothing belongs."""
        names = [name for name in self._between(low, high) if name.start + len(name.raw) <= high]
        people = [name for name in names if name.kind == "person" and not self._has_relative(name)]
        for name in reversed(people):
            if not self.is_object(name, low) and not self.owns(name, high):
                return name.raw
        if people:
            return people[0].raw
        organisations = [
            name for name in names if name.start + len(name.raw) >= high - 2 and not self.is_object(name, low)
        ]
        return organisations[-1].raw if organisations else None

    def is_object(self, name: Mention, low: int) -> bool:
        """Whether something is said or done to the one named: 对韦思远."""
        return self.text[max(low, name.start - 2) : name.start].endswith(cues.words("object_marker"))

    def _has_relative(self, name: Mention) -> bool:
        """韦思远妻子: not the one who is named."""
        return self.text.startswith(cues.words("relation"), name.start + len(name.raw))

    def owns(self, name: Mention, high: int) -> bool:
        """韦思远的公司: what follows is the subject."""
        end = name.start + len(name.raw)
        return end < high and self.text[end] in "的等"

    def before(self, at: int, *, pronoun: bool) -> str | None:
        """The last person before `at` who was a subject, in this paragraph or, for a pronoun, the one before."""
        number = bisect_left(self._line_feeds, at)
        paragraph = self._line_feeds[number - 1] + 1 if number else 0
        found = self._recent(paragraph, at)
        if found is None and pronoun and paragraph:
            found = self._recent(self._line_feeds[number - 2] + 1 if number > 1 else 0, paragraph)
        return found

    def _recent(self, low: int, high: int) -> str | None:
        people = [name for name in self._between(max(low, high - _BACK), high) if name.kind == "person"]
        for name in reversed(people):
            if not self.is_object(name, low) and not self.owns(name, high):
                return name.raw
        return people[-1].raw if people else None
