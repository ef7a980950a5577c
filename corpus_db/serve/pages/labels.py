"""Accept-Language → the words of the pages, from `templates/labels.tsv`: one row a label, with both languages."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Formatter
from typing import Any, NamedTuple

LANGUAGES = ("en", "zh")  # the first one where a reader's is neither
_TABLE = Path(__file__).parent / "templates" / "labels.tsv"
_MAX_HEADER_CHARS = 500


class _Counting(Formatter):
    """`str.format` with one more format: ``{n:hit|hits}`` is the number and the form that goes with it.

    >>> [_Counting().format("{n:hit|hits}", n=n) for n in ("1", "1,234", 0)]
    ['1 hit', '1,234 hits', '0 hits']
    """

    def format_field(self, value: Any, format_spec: str) -> str:
        one, between, many = format_spec.partition("|")
        if between:
            return f"{value} {one if str(value) == '1' else many}"
        return str(super().format_field(value, format_spec))


class Labels(NamedTuple):
    """The words of one language."""

    language: str
    table: Mapping[str, str]

    def __call__(self, label: str, **values: object) -> str:
        """The text of a label, with its {values} filled in. Raises `KeyError` for one that is not in the table."""
        return _Counting().format(self.table[label], **values)

    def told(self, group: str, value: object, **values: object) -> str:
        """The word for a `value` of the data: 'kind', 'person' → 人物; the value itself where the table has none."""
        label = f"{group} {value}"
        return self(label, **values) if label in self.table else "" if value is None else str(value)


def labels(accept_language: str) -> Labels:
    """The words for a reader whose browser sends this.

    >>> labels("zh-TW,zh;q=0.9,en;q=0.5")("search"), labels("fr, de")("search")
    ('搜索', 'Search')
    """
    chosen = preferred(accept_language)
    return Labels(chosen, tables()[chosen])


def preferred(accept_language: str) -> str:
    """Which of `LANGUAGES` an Accept-Language header likes best.

    >>> preferred("zh;q=0.2, en;q=0.9"), preferred("ja, zh-Hans;q=0.3"), preferred("zh;q=x"), preferred("")
    ('en', 'zh', 'en', 'en')
    """
    liked = dict.fromkeys(LANGUAGES, 0.0)
    for part in accept_language[:_MAX_HEADER_CHARS].split(","):
        tag, _, weight = part.partition(";q=")
        language = tag.strip().partition("-")[0].lower()
        if language in liked:
            liked[language] = max(liked[language], _number(weight) if weight else 1.0)
    return max(LANGUAGES, key=liked.__getitem__)


@cache
def tables() -> dict[str, dict[str, str]]:
    """Language → label → text."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        found = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return {language: {row["label"]: row[language] for row in found} for language in LANGUAGES}


def _number(weight: str) -> float:
    try:
        return float(weight)
    except ValueError:
        return 0.0
