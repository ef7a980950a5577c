"""Words of the mainland ↔ words of Taiwan for the same thing (软件, 軟體; 出租车, 計程車), by OpenCC's tables of phrases."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Any

from corpus_db.text.fold import fold


def of_other_regions(folded: str) -> Iterator[str]:
    """A folded text in the words of the mainland, and in those of Taiwan, where these differ from it; folded.

    >>> list(of_other_regions("网路软体")), list(of_other_regions("出租车")), list(of_other_regions("平台"))
    (['网络软件'], ['计程车'], [])
    """
    for steps in (("s2tw", "tw2sp"), ("s2twp",)):
        text = folded
        for step in steps:
            text = _converter(step).convert(text)
        if fold(text) != folded:
            yield fold(text)


@cache
def _converter(step: str) -> Any:
    import opencc

    return opencc.OpenCC(step)
