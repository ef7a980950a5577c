"""Names of fields, as files write them → the names that the pipeline knows; unknown names are kept as they are."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from corpus_db import data


@cache
def _names() -> dict[str, str]:
    """Key as files write it, plain → the name that the pipeline knows."""
    return {key: name for name, keys, _ in data.cells("field_names.tsv") for key in keys.split("|")}


_ADDRESS = re.compile(r"https?://\S+")
_NAMED = frozenset(("author", "editor", "publisher", "section"))  # fields whose values are names
_NUMBER = re.compile(r"\d+(?:, ?\d+)*")
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
_REMARK = re.compile(r"[（(\[【].{0,20}$")  # behind the name of a column: 时间（北京）, Author(s)
# Title-题名, 正文/Content: the same name twice.
_BILINGUAL = re.compile(r"[A-Za-z ]{2,30}[-/|][\u4e00-\u9fff]{1,10}$|[\u4e00-\u9fff]{1,10}[-/|][A-Za-z ]{2,30}$")
_BETWEEN_LANGUAGES = re.compile("[-/|_]")
# What a key speaks of, where that is an article and goes without saying.
_OF_AN_ARTICLE = re.compile(r"^(?:(?:news|article|post|doc|document)_?|新闻|文章|稿件|帖子|资讯|博文)(?!name$|key$|名)")
# Written into records by programs that had nothing to write. Sources: pandas, MySQL, PostgreSQL, JavaScript, Excel.
_NOTHING = frozenset(("null", "none", "nan", "nat", "<na>", "n/a", "\\n", "undefined", "-", "--", "#n/a"))


def _known(key: str) -> str | None:
    """The name of a key in the table: as it is written, with its humps as underscores, without what goes without saying."""
    names, key = _names(), _REMARK.sub("", key.strip()) or key
    written = key.lower().replace("-", "_").replace(" ", "_")
    parted = _HUMP.sub("_", key.replace("-", "_").replace(" ", "_")).lower()
    tried = [written, parted, _OF_AN_ARTICLE.sub("", written), _OF_AN_ARTICLE.sub("", parted)]
    if _BILINGUAL.match(key):
        tried += _BETWEEN_LANGUAGES.split(written)
    return next((names[one] for one in tried if one in names), None)


@lru_cache(4096)
def field_name(key: str) -> str:
    """The name that the pipeline knows a key by.

    >>> field_name("发布时间"), field_name("Tags"), field_name("layout"), field_name("Publish-Time")
    ('published', 'keywords', 'layout', 'published')
    >>> field_name("articleTitle"), field_name("新闻内容"), field_name("时间（北京）"), field_name("postName")
    ('title', 'text', 'published', 'postName')
    >>> field_name("Title-题名"), field_name("正文/Content"), field_name("标题/链接")
    ('title', 'text', '标题/链接')
    """
    return _known(key) or key.strip()


@lru_cache(4096)
def is_known(key: str) -> bool:
    """Whether a key has a meaning here.

    >>> is_known("发布时间"), is_known("layout")
    (True, False)
    """
    return _known(key) is not None


def is_nothing(value: str) -> bool:
    """Whether a value says that there is none.

    >>> is_nothing(" NULL "), is_nothing("nan"), is_nothing("无名氏")
    (True, True, False)
    """
    return len(value) < 12 and (not value or value.strip().lower() in _NOTHING)


def is_address(value: str) -> bool:
    """Whether a value is the address of a page.

    >>> is_address("https://a.cn/1"), is_address("某报")
    (True, False)
    """
    return _ADDRESS.fullmatch(value.strip()) is not None


def put(fields: dict[str, str], key: str, value: str) -> str:
    """Set the field that `key` means, unless it has another value: then keep this one under its own key.

    Returns the name under which it was put; an empty value is not kept, nor is one that says that there is none.

    >>> fields = {}
    >>> put(fields, "time", "2013-12-04"), put(fields, "date", "2014"), put(fields, "author", "  ")
    ('published', 'date', 'author')
    >>> fields
    {'published': '2013-12-04', 'date': '2014'}
    """
    name = field_name(key)
    value = value.strip()
    if name == "publisher" and is_address(value):  # note-taking programs call the page's address its source
        name = "url"
    if name in _NAMED and _NUMBER.fullmatch(value):  # a key into another table
        name = f"{key.strip()}_id"
    if fields.get(name, value) != value:
        name = key.strip()
    if value and not is_nothing(value):
        fields.setdefault(name, value)
    return name
