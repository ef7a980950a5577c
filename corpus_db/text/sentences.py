"""Sentence boundaries in Chinese text: after 。！？… and their ASCII forms, with the closing marks that follow.

>>> [s for s in split("他说：“好。”她没答……走了!Ver. 2.0 出了。")]
['他说：“好。”', '她没答……', '走了!', 'Ver. 2.0 出了。']
"""

from __future__ import annotations

import re
from collections.abc import Iterator

# An ASCII full stop ends a sentence only where a space and no lower-case letter or digit follow: 'Ver. 2.0' does not.
_END = re.compile(r"(?:[。！？!?｡]+|…{1,2}|⋯{1,2}|\.{3,6}|\.(?=\s+[^a-z\d\s]))[”’」』）)】》〉\"'!?！？。…]*\s*|\n+")


def bounds(text: str) -> Iterator[tuple[int, int]]:
    """(start, end) of each sentence of `text`, without the space around it; a line feed always ends one."""
    start = 0
    for match in _END.finditer(text):
        yield from _trimmed(text, start, match.end())
        start = match.end()
    yield from _trimmed(text, start, len(text))


def _trimmed(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    if start < end:
        yield start, end


def split(text: str) -> list[str]:
    """The sentences of `text`."""
    return [text[start:end] for start, end in bounds(text)]
