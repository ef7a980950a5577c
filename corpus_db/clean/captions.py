"""Paragraphs that say again what the text says → captions of lost pictures out, the summary on top kept as one.

How much of a sentence stands in another text is measured in runs: the share of its letters, digits and Han that lie
in runs of two (four) characters which both have. A caption is shortened from its sentence, so most of it does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.clean.paragraphs import Block, is_prose
from corpus_db.clean.spans import Mark
from corpus_db.text import sentences

_CAPTION_CHARS = (14, 90)
_NEAR = 2  # paragraphs before and after
_PAIRS, _FOURS = 0.8, 0.45  # share of a caption's characters in runs of two, of four
_MAX_NEW_CHARS = 2  # in a row; more would be something new
_WINDOW = 3  # times a sentence's length: how far what it repeats may be spread
_MIN_WINDOW_CHARS = 80
_PROBES = 6  # pairs of characters, of which a third must stand around for a closer look
_MOST = 0.6  # of a caption's characters, that stand in sentences which repeat the text
_WORD = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]{2,}|[不没未无非否]")  # changes the meaning, however short it is
_QUESTION_OR_ANSWER = re.compile(r"(?:[QA]|问|答)\s?[:：]")

_SUMMARY_CHARS = (30, 400)
_CLAUSE = re.compile(r"[^\s，。！？；：,;:!?“”\"]{8,}")
_SUMMARY_RUNS = 0.7  # share of a summary's characters in runs of five


def repeats(sentence: str, text: str) -> bool:
    """Whether one place of `text` says what `sentence` says, nearly word for word, with every number and negation.

    >>> repeats("甲某2004年进入市集，现今是市集的掌门人。", "甲某30岁时，2004年进入市集。如今的职位是市集的掌门人。")
    True
    >>> repeats("甲某2005年进入市集，现今是市集的掌门人。", "甲某30岁时，2004年进入市集。如今的职位是市集的掌门人。")
    False
    """
    size = max(_WINDOW * len(sentence), _MIN_WINDOW_CHARS)
    starts = range(0, max(1, len(text) - size // 2), size // 2)
    return any(_says(sentence, text[start : start + size]) for start in starts)


def _says(sentence: str, text: str) -> bool:
    if _has_news(sentence, text) or covered(sentence, text, 2) < _PAIRS or covered(sentence, text, 4) < _FOURS:
        return False
    return set(_WORD.findall(sentence)) <= set(_WORD.findall(text))


def _has_news(sentence: str, text: str) -> bool:
    """Whether too many characters in a row stand in no pair that `text` has; found soon where it has nothing of it."""
    new, was_there = 0, False
    for i, char in enumerate(sentence, 1):
        is_there = i < len(sentence) and sentence[i - 1 : i + 1] in text
        new = 0 if is_there or was_there else new + char.isalnum()
        if new > _MAX_NEW_CHARS:
            return True
        was_there = is_there
    return False


def covered(sentence: str, text: str, run: int) -> float:
    """The share of the letters, digits and Han of `sentence` that lie in runs of `run` characters found in `text`.

    >>> covered("甲乙丙丁", "丙丁甲乙", 2), covered("甲乙丙丁", "丙丁甲乙", 3)
    (1.0, 0.0)
    """
    hit = bytearray(len(sentence))
    for i in range(len(sentence) - run + 1):
        if sentence[i : i + run] in text:
            hit[i : i + run] = b"\1" * run
    shown = [h for h, c in zip(hit, sentence, strict=True) if c.isalnum()]
    return sum(shown) / len(shown) if shown else 0.0


def captions(blocks: Sequence[Block]) -> tuple[list[Block], list[Mark]]:
    """`blocks` without the captions that repeat the text near them, and the marks for what was taken out.

    A sentence of a caption that says something new stays, as a paragraph.
    """
    kept: list[Block] = []
    marks: list[Mark] = []
    for i, one in enumerate(blocks):
        gone = _repeating(blocks, i) if i and _may_be_caption(one) else []  # the first is the lead
        if not gone:
            kept.append(one)
            continue
        offset = one.parts[0][0]
        for start, end in sentences.bounds(one.text):
            if (start, end) in gone:
                marks.append(Mark(offset + start, offset + end, "duplicate", "caption repeats the text"))
            else:
                kept.append(Block(((offset + start, offset + end),), one.text[start:end]))
    return kept, marks


def _may_be_caption(one: Block) -> bool:
    text = one.text
    if one.kind != "text" or len(one.parts) != 1 or not _CAPTION_CHARS[0] <= len(text) <= _CAPTION_CHARS[1]:
        return False
    return is_prose(text) and not _QUESTION_OR_ANSWER.match(text)


def _repeating(blocks: Sequence[Block], i: int) -> list[tuple[int, int]]:
    """The sentences of paragraph `i` that repeat the longer paragraphs near it, if they are most of it."""
    text = blocks[i].text
    neighbours = (*blocks[max(0, i - _NEAR) : i], *blocks[i + 1 : i + 1 + _NEAR])
    near = [one.text for one in neighbours if len(one.text) > len(text)]
    if not near or not _looks_alike(text, "\n".join(near)):
        return []
    found = [
        (start, end) for start, end in sentences.bounds(text) if any(repeats(text[start:end], other) for other in near)
    ]
    return found if sum(end - start for start, end in found) >= _MOST * len(text) else []


def _looks_alike(text: str, around: str) -> bool:
    """A quick look before the exact one: of every third pair of characters, half must stand around."""
    hits = 0
    starts = range(0, len(text) - 1, 3)
    for seen, start in enumerate(starts, 1):
        hits += text[start : start + 2] in around
        if seen == _PROBES and hits < _PROBES // 3:
            return False
    return 2 * hits >= len(starts)


def summary(blocks: Sequence[Block]) -> list[Block]:
    """`blocks`, the first of kind 'summary' if it only repeats what the others say.

    >>> lead = "市集会一直开下去，负责人还要请更多的手艺人来，请孩子们来，也请老人们来。"
    >>> rest = ["他是市集的负责人，先讲了十年的旧事，又讲了今年的新事。", "他说，市集会一直开下去。"]
    >>> rest.append("负责人还要请更多的手艺人来，请孩子们来，也请老人们来，还有所有的邻居。")
    >>> [one.kind for one in summary([Block((), text) for text in [lead, *rest]])]
    ['summary', 'text', 'text', 'text']
    """
    if len(blocks) < 3 or blocks[0].kind != "text" or not _SUMMARY_CHARS[0] <= len(blocks[0].text) <= _SUMMARY_CHARS[1]:
        return list(blocks)
    if not is_prose(blocks[0].text):
        return list(blocks)
    lead, rest = blocks[0], "\n".join(one.text for one in blocks[1:])
    if len(rest) < 2 * len(lead.text) or not any(clause in rest for clause in _CLAUSE.findall(lead.text)):
        return list(blocks)
    if covered(lead.text, rest, 5) < _SUMMARY_RUNS:
        return list(blocks)
    return [lead._replace(kind="summary"), *blocks[1:]]
