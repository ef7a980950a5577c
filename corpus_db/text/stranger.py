"""Words → the tokens that let a program without a segmenter find what is typed without spaces."""

from __future__ import annotations

from collections.abc import Sequence


def stranger_tokens(words: Sequence[str]) -> str:
    """Each word, and each pair of neighbours written as one word, joined by spaces.

    A search box that knows nothing of Chinese takes a run of Han for one word: it finds the runs of one and of two words.

    >>> stranger_tokens(["电子商务", "平台", "b2b"])
    '电子商务 电子商务平台 平台 平台b2b b2b'
    """
    if not words:
        return ""
    pairs = (f"{word} {word}{follower}" for word, follower in zip(words, words[1:], strict=False))
    return " ".join((*pairs, words[-1]))
