"""Strings in order → one text and where each ends in it: a tenth of the memory of a list of them."""

from __future__ import annotations

import io
from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from itertools import accumulate, islice
from operator import itemgetter

import numpy as np
import numpy.typing as npt

from corpus_db.text.arrays import Ints

_STEP = 8  # strings, of which the beginning of one is at hand when another is looked for
_FEW = 1 << 17  # strings for whose places there is a dictionary, ten times as fast
_OFTEN = 16  # who looks for less than one in so many is faster without the dictionary
_PIECE = 1 << 20  # characters of the text that are pickled at a time
_READ = 1 << 12  # strings that are taken or made at a time


class Strings:
    """Strings in ascending order, each once.

    >>> strings = Strings(["平台", "电商"])
    >>> len(strings), strings[1], list(strings), strings.find("电商"), strings.find("电")
    (2, '电商', ['平台', '电商'], 1, None)
    """

    _asked = 0  # how often one was looked for

    def __init__(self, strings: Iterable[str]) -> None:
        text, self._bounds = io.StringIO(), array("q", [0])
        iterator = iter(strings)
        while piece := list(islice(iterator, _READ)):
            self._bounds.extend(islice(accumulate(map(len, piece), initial=self._bounds[-1]), 1, None))
            text.write("".join(piece))
        self._text = text.getvalue()

    def __reduce__(self) -> tuple[object, ...]:
        pieces = [self._text[start : start + _PIECE] for start in range(0, len(self._text), _PIECE)]
        return _joined, (pieces, self._bounds)  # as one, the text would be held twice while it is written

    def changed(self, gone: Sequence[int], new: Sequence[str]) -> tuple[Strings, Ints]:
        """Without those at some places, in order, and with others, in order; and of every place here, the new one.

        >>> strings, places = Strings(["乙", "平台", "电商"]).changed([0], ["店", "甲"])
        >>> list(strings), places.tolist()
        (['平台', '店', '甲', '电商'], [0, 0, 3])
        """
        before = np.array([self.place(string) for string in new], np.int64)
        sizes = np.diff(np.frombuffer(self._bounds, np.int64))
        stays = np.ones(len(self), np.bool_)
        stays[np.array(gone, np.int64)] = False
        places = np.cumsum(stays) - stays + np.searchsorted(before, np.arange(len(self)), "right")
        cuts = sorted(
            [
                *((place, string) for place, string in zip(before.tolist(), new, strict=True)),
                *((n, None) for n in gone),
            ],
            key=itemgetter(0),
        )
        text, done = io.StringIO(), 0
        for place, string in cuts:
            text.write(self._text[done : self._bounds[place]])
            text.write(string or "")
            done = self._bounds[place + (string is None)]
        text.write(self._text[done:])
        lengths = np.fromiter(map(len, new), np.int64, len(new))
        kept = np.insert(np.where(stays, sizes, -1), before, lengths)
        bounds = array("q", np.append(0, np.cumsum(kept[kept >= 0])).astype(np.int64).tobytes())
        return _joined([text.getvalue()], bounds), places

    @cached_property
    def _signposts(self) -> array[int]:
        return array("Q", (_beginning(self[place]) for place in range(0, len(self), _STEP)))

    @cached_property
    def _index(self) -> dict[str, int]:
        return {string: place for place, string in enumerate(self)}

    def __len__(self) -> int:
        return len(self._bounds) - 1

    def __getitem__(self, place: int) -> str:
        return self._text[self._bounds[place] : self._bounds[place + 1]]

    def __iter__(self) -> Iterator[str]:
        for start in range(0, len(self), _READ):
            yield from self.at(np.arange(start, min(start + _READ, len(self))))

    def at(self, places: npt.NDArray[np.integer]) -> list[str]:
        """The strings at some places."""
        text, bounds = self._text, np.frombuffer(self._bounds, np.int64)
        return [
            text[start:end] for start, end in zip(bounds[places].tolist(), bounds[places + 1].tolist(), strict=True)
        ]

    def place(self, string: str) -> int:
        """The place of the first string that is not less than `string`."""
        beginning = _beginning(string)
        first = max(0, bisect_left(self._signposts, beginning) - 1) * _STEP
        last = min(bisect_right(self._signposts, beginning) * _STEP, len(self))
        return bisect_left(self, string, first, last)

    def find(self, string: str) -> int | None:
        """The place of a string; None: it is not among them."""
        if len(self) <= _FEW:
            self._asked += 1
            if self._asked * _OFTEN > len(self):
                return self._index.get(string)
        place = self.place(string)
        return place if place < len(self) and self[place] == string else None


def _beginning(string: str) -> int:
    """The first characters of a string as a number, in the same order: a tenth of the memory of a string, and no process
    that looks at it changes the page that it lies on, as with a string, whose users are counted there."""
    return int.from_bytes(string[:8].encode("utf-8", "surrogatepass")[:8].ljust(8, b"\0"), "big")


def _joined(pieces: Sequence[str], bounds: array[int]) -> Strings:
    """Strings, given as one text, in pieces, and where each ends in it."""
    strings = Strings(())
    strings._text, strings._bounds = "".join(pieces), bounds
    return strings
