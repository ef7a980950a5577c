"""Paragraphs that say again what the text says → captions of lost pictures out, the summary on top kept as one.

How much of a sentence stands in another text is measured in runs: the share of its letters, digits and Han that lie
in runs of two (four) characters which both have. A caption is shortened from its sentence, so most of it does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus_db.clean.paragraphs import HEADING_CHARS, Block
from corpus_db.clean.spans import Mark
from corpus_db.text import sentences

_CAPTION_CHARS = (14, 90)
_NEAR = 2  # paragraphs before and after
_SHORT_RUNS, _LONG_RUNS = 0.75, 0.4  # share of a caption's characters in runs of two, of four
_MOST = 0.6  # of a caption's characters, that stand in sentences which repeat the text
_MUST_RECUR = re.compile(r"\d+(?:\.\d+)?|[A-Za-z]{2,}|[不没未无非否]")
_QUESTION_OR_ANSWER = re.compile(r"(?:[QA]|问|答)\s?[:：]")

_SUMMARY_CHARS = (30, 400)
_CLAUSE = re.compile(r"[^\s，。！？；：,;:!?“”\"]{8,}")
_SUMMARY_RUNS = 0.7  # share of a summary's characters in runs of five


def repeats(sentence: str, text: str) -> bool:
    """Whether `text` says what `sentence` says, nearly word for word, with every number and negation.

    >>> repeats("甲某2004年进入市集，现今是市集的掌门人。", "甲某30岁时，2004年进入市集。如今的职位：市集的掌门人。")
    True
    >>> repeats("甲某2005年进入市集，现今是市集的掌门人。", "甲某30岁时，2004年进入市集。如今的职位：市集的掌门人。")
    False
    """
    if any(word not in text for word in _MUST_RECUR.findall(sentence)):
        return False
    return covered(sentence, text, 2) >= _SHORT_RUNS and covered(sentence, text, 4) >= _LONG_RUNS


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
        gone = _repeating(blocks, i) if _may_be_caption(one) else []
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
    is_sentence = text[-1] in "。！？!?.…”’」』）)" or len(text) > HEADING_CHARS
    return is_sentence and not _QUESTION_OR_ANSWER.match(text)


def _repeating(blocks: Sequence[Block], i: int) -> list[tuple[int, int]]:
    """The sentences of paragraph `i` that repeat the longer paragraphs near it, if they are most of it."""
    text = blocks[i].text
    near = [*blocks[max(0, i - _NEAR) : i], *blocks[i + 1 : i + 1 + _NEAR]]
    around = "\n".join(one.text for one in near if len(one.text) > len(text))
    # A quick look first: of every third pair of characters, half must stand around.
    probes = [text[k : k + 2] for k in range(0, len(text) - 1, 3)]
    if 2 * sum(probe in around for probe in probes) < len(probes):
        return []
    found = [(start, end) for start, end in sentences.bounds(text) if repeats(text[start:end], around)]
    return found if sum(end - start for start, end in found) >= _MOST * len(text) else []


def summary(blocks: Sequence[Block]) -> list[Block]:
    """`blocks`, the first of kind 'summary' if it only repeats what the others say.

    >>> lead = "市集会一直开下去，负责人还要请更多的手艺人来，请孩子们来，也请老人们来。"
    >>> rest = ["他是市集的负责人，先讲了十年的旧事。", "他说，市集会一直开下去。"]
    >>> rest.append("负责人还要请更多的手艺人来，请孩子们来，也请老人们来，还有所有的邻居。")
    >>> [one.kind for one in summary([Block((), text) for text in [lead, *rest]])]
    ['summary', 'text', 'text', 'text']
    """
    if len(blocks) < 3 or blocks[0].kind != "text" or not _SUMMARY_CHARS[0] <= len(blocks[0].text) <= _SUMMARY_CHARS[1]:
        return list(blocks)
    lead, rest = blocks[0], "\n".join(one.text for one in blocks[1:])
    if len(rest) < 2 * len(lead.text) or not any(clause in rest for clause in _CLAUSE.findall(lead.text)):
        return list(blocks)
    if covered(lead.text, rest, 5) < _SUMMARY_RUNS:
        return list(blocks)
    return [lead._replace(kind="summary"), *blocks[1:]]
