"""Text that stands twice in one document → each sentence once, the other copy marked as a duplicate.

Three shapes: a cut-off lead above the text it is cut from; a paragraph repeated word for word; a whole body once as
one flattened line and once as paragraphs, where each copy may lack something of the other.
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus_db.clean.paragraphs import Block, is_prose, part
from corpus_db.clean.spans import Line, Mark
from corpus_db.text import sentences

_MIN_LEAD_CHARS = 8
_MAX_LEAD_LINES = 8
_MIN_REPEATED_CHARS = 40
_MIN_FLAT_CHARS = 200
_MIN_COPIED = 0.5  # of the other lines' characters, that stand in the flattened one
_MIN_COPIED_LINES = 3
_SAMPLE_LINES = 20  # looked for first: a third must be found
_SURE_CHARS = 20  # a copied line this long is no accident
_CUT_MARKS = "….。 "


def cut_lead(lines: Sequence[Line]) -> int:
    """How many of the first lines only repeat, whole or cut off, the lines that follow them.

    >>> from corpus_db.clean.spans import lines
    >>> cut_lead(lines("很久以前有一座山。\\n山里有一座庙，庙\\n很久以前有一座山。\\n山里有一座庙，庙里有人。"))
    2
    """
    for size in range(1, min(_MAX_LEAD_LINES, len(lines) // 2) + 1):
        pairs = [(lines[i].text, lines[size + i].text) for i in range(size)]
        if all(_is_cut_from(short, long) for short, long in pairs):
            return size
    return 0


def _is_cut_from(short: str, long: str) -> bool:
    if long.startswith(short):
        return len(short) >= _MIN_LEAD_CHARS
    cut = short.rstrip(_CUT_MARKS)
    return len(cut) >= 2 * _MIN_LEAD_CHARS and short.endswith(("…", "...")) and long.startswith(cut)


def repeated(lines: Sequence[Line]) -> list[int]:
    """Indices of the lines that repeat an earlier one: long ones, and short ones that go along with them.

    >>> from corpus_db.clean.spans import lines
    >>> verse = "这一段话足够长，长到没有人会把它一字不差地在同一篇文章里写上两遍，除非是网页自己重复了它。"
    >>> repeated(lines(f"小标题\\n{verse}\\n新的话。\\n小标题\\n{verse}"))
    [3, 4]
    """
    if len(lines) < 2:
        return []
    first: dict[str, int] = {}
    original: dict[int, int] = {}
    for i, line in enumerate(lines):
        j = first.setdefault(line.text, i)
        if j != i:
            original[i] = j
    again = {i for i in original if len(lines[i].text) >= _MIN_REPEATED_CHARS and is_prose(lines[i].text)}
    if not again:
        return []
    for order in (sorted(original), sorted(original, reverse=True)):
        for i in order:
            if i in again:
                continue
            for step in (1, -1):
                if i + step in again and original[i + step] == original[i] + step:
                    again.add(i)
    return sorted(again)


def flattened(lines: Sequence[Line], text: str) -> tuple[list[Block], list[Mark]] | None:
    """Paragraphs and duplicates of a document that holds its body twice, flattened and in lines; None if it does not.

    The flattened copy gives the order and the characters, the lines give the boundaries; what only one of the copies
    has is kept where it stands there.
    """
    if len(lines) <= _MIN_COPIED_LINES:
        return None
    at = max(range(len(lines)), key=lambda i: len(lines[i].text))
    flat = lines[at]
    others = [*lines[:at], *lines[at + 1 :]]
    size = sum(len(line.text) for line in others)
    if len(flat.text) < _MIN_FLAT_CHARS or not 0.3 * len(flat.text) <= size <= 2 * len(flat.text):
        return None
    sample = others[:: max(1, len(others) // _SAMPLE_LINES)]
    if 3 * sum(line.text in flat.text for line in sample) < len(sample):
        return None
    copied = [line for line in others if line.text in flat.text]
    if len(copied) < _MIN_COPIED_LINES or sum(len(line.text) for line in copied) < _MIN_COPIED * size:
        return None
    return _merge(flat, others, text)


def _merge(flat: Line, others: Sequence[Line], text: str) -> tuple[list[Block], list[Mark]]:
    blocks: list[Block] = []
    marks: list[Mark] = []
    above: list[Block] = []  # lines above the flattened one that it lacks
    at = flat.start
    for line in others:
        found = _find(text, line.text, at, flat)
        pieces = [(line, found)] if found >= 0 else _sentences(text, line, at, flat)
        own: list[tuple[int, int]] = []
        for piece, start in pieces:
            if start < 0:
                own.append((piece.start, piece.end))
                continue
            end = start + len(piece.text)
            if own:
                own += [b.parts[0] for b in _between(text, at, start)]
            else:
                blocks += _between(text, at, start)
            own.append((start, end))
            marks.append(Mark(piece.start, piece.end, "duplicate", "stands in the flattened copy"))
            at = end
        made = Block(tuple(own), "".join(text[start:end] for start, end in own))
        (above if at == flat.start and line.end <= flat.start else blocks).append(made)
    return above + blocks + _between(text, at, flat.end), marks


def _find(text: str, wanted: str, at: int, flat: Line) -> int:
    """Where `wanted` stands in the flattened line behind `at`, -1: nowhere; short lines only between its gaps."""
    found = text.find(wanted, at, flat.end)
    while found >= 0 and len(wanted) < _SURE_CHARS:
        end = found + len(wanted)
        if (found == flat.start or text[found - 1].isspace()) and (end == flat.end or text[end].isspace()):
            break
        found = text.find(wanted, found + 1, flat.end)
    return found


def _sentences(text: str, line: Line, at: int, flat: Line) -> list[tuple[Line, int]]:
    """The sentences of a line that the flattened one lacks as a whole, each with its place there or -1."""
    pieces: list[tuple[Line, int]] = []
    for start, end in sentences.bounds(line.text):
        own = Line(line.start + start, line.start + end, line.text[start:end], False, False)
        found = text.find(own.text, at, flat.end) if len(own.text) >= _MIN_LEAD_CHARS else -1
        if found >= 0:
            at = found + len(own.text)
        pieces.append((own, found))
    return pieces


def _between(text: str, start: int, end: int) -> list[Block]:
    """What only the flattened copy has between two paragraphs, parted at its own boundaries."""
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    bounds = part(text, start, end, 1.0) if start < end else []
    return [Block((stretch,), text[slice(*stretch)]) for stretch in bounds]
