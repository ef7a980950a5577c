"""Word segmentation by the jieba dictionary; the only module that imports a segmenter.

rjieba (jieba-rs) cuts, jieba itself is the reference and the fallback where rjieba has no wheel. The hidden Markov
model is off: a cut then depends on the dictionary alone, and the same text is always cut the same way. Words serve
ranking and statistics; they never decide whether something is found.
"""

from __future__ import annotations

import importlib.metadata
import importlib.util
import logging
import sys
import tempfile
from collections.abc import Callable, Iterable
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

SELDOM = 10  # a word that occurs less often in the dictionary's corpus is not in `occurrences`
_READ = 1 << 16  # characters of the dictionary that are read at a time, or some more


class Segmenter(NamedTuple):
    """A loaded segmenter: its name, version, and ``cut(text) -> words`` (which concatenate to the text)."""

    name: str
    version: str
    cut: Callable[[str], list[str]]


@cache
def segmenter(words: tuple[str, ...] = ()) -> Segmenter:
    """The best segmenter installed, with `words` added to its dictionary."""
    try:
        import rjieba
    except ImportError:
        return _jieba(words)
    version = importlib.metadata.version("rjieba")
    if not words:
        return Segmenter("rjieba", version, lambda text: rjieba.cut(text, False))
    own: Any = rjieba.Jieba()
    for word in words:
        own.add_word(word, None, None)  # a frequency that keeps it whole
    return Segmenter("rjieba", version, lambda text: own.cut(text, False))


def _jieba(words: Iterable[str]) -> Segmenter:
    import jieba

    jieba.setLogLevel(logging.WARNING)
    own = jieba.Tokenizer()
    # The default cache is a marshal file in the shared temporary folder, which anyone on the machine may have written.
    with tempfile.TemporaryDirectory(prefix="corpus_db-") as folder:
        own.tmp_dir = folder
        own.initialize()
    for word in words:
        own.add_word(word)
    return Segmenter("jieba", jieba.__version__, lambda text: own.lcut(text, HMM=False))


def words(folded: str, cut: Callable[[str], list[str]]) -> list[str]:
    """The words of a folded text: what `cut` gives, without punctuation and space.

    >>> words("阿里的b2b平台,好", segmenter().cut)
    ['阿里', '的', 'b2b', '平台', '好']
    """
    return without_marks(cut(folded))


def without_marks(tokens: Iterable[str]) -> list[str]:
    """`tokens` without punctuation and space."""
    return [token for token in tokens if token[0].isalnum() or token.isalnum()]


class _Dictionary(NamedTuple):
    """What jieba's dict.txt says of its words."""

    parts: dict[str, str]  # part of speech, of every word
    occurrences: dict[str, int]  # of those that have `SELDOM` or more
    total: int  # occurrences of all words


@cache
def _dictionary() -> _Dictionary:
    """The jieba dictionary: a million cells, of which only the words are kept one by one.

    Read some at a time: what is dropped of all of them at once would leave holes between the words, 17 MB of them.
    """
    all_parts, occurrences, total = dict[str, str](), dict[str, int](), 0
    with _dictionary_file().open(encoding="utf-8") as lines:
        while some := lines.readlines(_READ):
            cells = "".join(some).split()
            words, counts, parts = cells[0::3], list(map(int, cells[1::3])), cells[2::3]
            all_parts.update(zip(words, map(sys.intern, parts), strict=True))
            occurrences.update((word, count) for word, count in zip(words, counts, strict=True) if count >= SELDOM)
            total += sum(counts)
    return _Dictionary(all_parts, occurrences, total)


def _dictionary_file() -> Path:
    spec = importlib.util.find_spec("jieba")  # importing it would load a second segmenter
    assert spec is not None and spec.origin is not None
    return Path(spec.origin).with_name("dict.txt")


def tagged(letters: str) -> list[str]:
    """The words of the jieba dictionary whose part of speech begins with one of the letters; a fiftieth of the cost of
    `dictionary`, for those who need no more.

    >>> "因为" in tagged("c"), "平台" in tagged("c")
    (True, False)
    """
    rows = _dictionary_file().read_bytes()
    codes = np.frombuffer(rows, np.uint8)
    spaces = np.flatnonzero(codes == ord(" "))  # two in a row: word, occurrences, part of speech
    ends, parts = spaces[0::2], codes[spaces[1::2] + 1]
    found = ends[np.isin(parts, list(letters.encode("ascii")))].tolist()
    return [rows[rows.rfind(b"\n", 0, end) + 1 : end].decode("utf-8") for end in found]


def dictionary() -> dict[str, str]:
    """Word → part of speech (ICTCLAS tag) of the jieba dictionary, 349,000 words.

    >>> dictionary()["平台"]
    'n'
    """
    return _dictionary().parts


def occurrences() -> dict[str, int]:
    """Word → how often it occurs in the corpus that the dictionary was made from.

    Two words in three occur less often than `SELDOM`, and are left out.
    """
    return _dictionary().occurrences


def all_occurrences() -> int:
    """How often the words of the dictionary occur, all together."""
    return _dictionary().total
