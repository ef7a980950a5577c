"""What a source states about itself, as printed, → values as the tables hold them.

>>> views("1.2万"), site_of("https://www.example.com/a/1")
(12000, 'example.com')
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from typing import NamedTuple
from urllib.parse import urlsplit

from corpus_db import data

_COUNT = r"\d[\d,]{0,15}(?:\.\d{1,4})?\s?[万亿wWkK]?\+?"
COUNT = re.compile(_COUNT)
_SCALE = {"万": 10_000, "w": 10_000, "亿": 100_000_000, "k": 1_000}

# Names under which sites' software signs for whoever pressed the button.
_ACCOUNTS = frozenset(
    (
        *("admin", "administrator", "root", "webmaster", "editor", "author"),
        *("user", "guest", "test", "system", "manager"),
        *("管理员", "网站管理员", "系统管理员", "超级管理员", "站长", "小编", "本站", "本站编辑", "网站编辑"),
        *("编辑部", "网络", "互联网", "原创", "转载", "未知", "系统", "会员", "游客"),
    )
)
_ROLE_BEFORE_NAME = re.compile(
    r"^(?:(?:本报|本刊|本网|特约|见习|实习)?(?:记者|通讯员|作者|编辑)[:：\s]{1,3}|[文撰][/／|｜:：]\s?)"
)

# What stands before the address of a page in that of its copy: the moment of the copy, and how it is shown.
_ARCHIVED = re.compile(r"https?://[^\s?#]{1,99}/\d{14}(?:[a-z]{2}_)?/(?=https?://)")
_STAFF_NUMBER = re.compile(r"[\s_][A-Z]{1,3}\d{2,5}$")


def views(text: str) -> int | None:
    """A count as printed → the number; None where it is none.

    >>> views("1,160"), views("3.5万+"), views("很多")
    (1160, 35000, None)
    """
    match = COUNT.fullmatch(text.strip())
    if match is None:
        return None
    printed = match[0].rstrip("+").replace(",", "").lower()
    scale = _SCALE.get(printed[-1], 1)
    return round(float(printed.rstrip("万亿wk ")) * scale)


def site_of(url: str) -> str | None:
    """The host of `url`, in lower case, without port and ``www.``; None where it names none.

    >>> site_of("http://WWW.Example.com.cn:8080/x"), site_of("/article/24144")
    ('example.com.cn', None)
    """
    if "//" not in url:
        return None
    try:
        host = urlsplit(url.strip()).hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def original_address(url: str) -> str:
    """The address of a page, where `url` is that of a copy in a web archive (Wayback Machine, pywb).

    >>> original_address("https://web.archive.org/web/20210304080000/http://www.example.com/a")
    'http://www.example.com/a'
    """
    archived = _ARCHIVED.match(url)
    return url[archived.end() :] if archived else url


def stated_site(stated: Mapping[str, str]) -> str | None:
    """The site that a source's fields name: its `site`, or the host of its `url`.

    >>> stated_site({"url": "https://www.example.com/a"}), stated_site({"site": "某网"}), stated_site({})
    ('example.com', '某网', None)
    """
    site = stated.get("site", "").strip()
    return site_of(site) or site or site_of(stated.get("url", ""))


def is_account(name: str) -> bool:
    """Whether `name` is an account of the site's software rather than a writer. 匿名 (anonymous) is what a page states.

    >>> is_account("admin"), is_account("管理员"), is_account("匿名")
    (True, True, False)
    """
    return name.strip().lower() in _ACCOUNTS


def person(text: str) -> str:
    """A byline's name without the word for its bearer's job, and without a staff number.

    >>> person("本报记者 王小明"), person("文/李四"), person("王五 CN070"), person("记者站")
    ('王小明', '李四', '王五', '记者站')
    """
    if not text:
        return ""
    name = _STAFF_NUMBER.sub("", text.strip())
    return _ROLE_BEFORE_NAME.sub("", name).strip() or text.strip()


class Label(NamedTuple):
    """A row of data/labels.tsv."""

    field: str
    weak: bool  # proves nothing by itself: 文, 图, 记者


@cache
def labels() -> dict[str, Label]:
    """Label as printed, in lower case and without spaces → the field it announces."""
    return {label.lower(): Label(field, "weak" in more) for label, field, *more in data.cells("labels.tsv")}


@cache
def label_pattern() -> re.Pattern[str]:
    """Matches a label with its colon or bar, longest first; a label's characters may be spaced out (作　者：)."""
    spaced = sorted(labels(), key=len, reverse=True)
    one = "|".join(r"[ \u3000\xa0]{0,2}".join(map(re.escape, label)) for label in spaced)
    return re.compile(
        rf"(?P<label>{one})[ \u3000\xa0]{{0,2}}(?P<mark>[:：/／|｜丨])[ \u3000\xa0]{{0,2}}", re.IGNORECASE
    )


def label_of(printed: str) -> Label:
    """The row of a label as printed.

    >>> label_of("作　者").field
    'author'
    """
    return labels()["".join(printed.split()).lower()]
