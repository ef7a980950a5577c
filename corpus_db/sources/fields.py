"""Names of fields, as files write them, to the names that the pipeline knows; unknown names are kept as they are."""

from __future__ import annotations

from functools import cache, lru_cache

from corpus_db import data


@cache
def _names() -> dict[str, str]:
    """Key as files write it, plain → the name that the pipeline knows."""
    return {key: name for name, keys, _ in data.cells("field_names.tsv") for key in keys.split("|")}


def _plain(key: str) -> str:
    return key.strip().lower().replace("-", "_").replace(" ", "_")


@lru_cache(4096)
def field_name(key: str) -> str:
    """The name that the pipeline knows a key by.

    >>> field_name("发布时间"), field_name("Tags"), field_name("layout"), field_name("Publish-Time")
    ('published', 'keywords', 'layout', 'published')
    """
    return _names().get(_plain(key), key.strip())


def is_known(key: str) -> bool:
    """Whether a key has a meaning here.

    >>> is_known("发布时间"), is_known("layout")
    (True, False)
    """
    return _plain(key) in _names()


def put(fields: dict[str, str], key: str, value: str) -> str:
    """Set the field that `key` means, unless it has another value: then keep this one under its own key.

    Returns the name under which it was put; an empty value is not kept.

    >>> fields = {}
    >>> put(fields, "time", "2013-12-04"), put(fields, "date", "2014"), put(fields, "author", "  ")
    ('published', 'date', 'author')
    >>> fields
    {'published': '2013-12-04', 'date': '2014'}
    """
    name = field_name(key)
    value = value.strip()
    if fields.get(name, value) != value:
        name = key.strip()
    if value:
        fields.setdefault(name, value)
    return name
