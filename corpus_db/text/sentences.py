"""Sentence boundaries in Chinese text: after 。！？… and their ASCII forms, with the closing marks that follow.

>>> [s for s in split("他说：“好。”她没答……走了!Ver. 2.0 出了。")]
['他说：“好。”', '她没答……', '走了!', 'Ver. 2.0 出了。']
"""

from __future__ import annotations

import re

# An ASCII full stop ends a sentence only where a space and no lower-case letter or digit follow: 'Ver. 2.0' does not.
_END = re.compile(r"(?:[。！？!?｡]+|…{1,2}|⋯{1,2}|\.{3,6}|\.(?=\s+[^a-z\d\s]))[”’」』）)】》〉\"'!?！？。…]*\s*|\n+")


def bounds(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of `text`, without the space around it; a line feed always ends one."""
    found, start = [], 0
    for stop in [*map(re.Match.end, _END.finditer(text)), len(text)]:
        end = stop
        while start < end and text[start].isspace():
            start += 1
        while end > start and text[end - 1].isspace():
            end -= 1
        if start < end:
            found.append((start, end))
        start = stop
    return found


def split(text: str) -> list[str]:
    """The sentences of `text`."""
    return [text[start:end] for start, end in bounds(text)]
