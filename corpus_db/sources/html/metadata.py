"""What a page says of itself to machines: meta tags, JSON-LD, <title>, the canonical link, variables of scripts.

Each fact comes with the token it was read from, so that nothing is stated without a place in the source.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from typing import Any, NamedTuple

from corpus_db import data
from corpus_db.sources.html.tree import Page, collapsed

_MAX_LD_CHARS = 1_000_000
_MAX_LD_DEPTH = 6
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|Page$", re.IGNORECASE)
# JSON-LD property → field, and where its text is if it is an object. Source: https://schema.org/NewsArticle.
_LD_FIELDS = {
    "headline": "title",
    "datePublished": "published",
    "pubDate": "published",
    "author": "author",
    "creator": "author",
    "editor": "editor",
    "publisher": "publisher",
    "articleSection": "section",
    "description": "summary",
    "keywords": "keywords",
    "mainEntityOfPage": "url",
    "url": "url",
}
_LD_TEXT = ("name", "@id", "url")
# `ct` is when a page of a WeChat public account was put up.
_SCRIPT_TIME = re.compile(
    r"""\b(?:\w{0,12}(?:pub(?:lish(?:ed)?)?|release)_?(?:time|date)|var\s(?:ct|create_?time))["']?\s{0,3}[:=]\s{0,3}["']"""
    r"""((?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}[^"']{0,20}|1\d{9}(?:\d{3})?)["']""",
    re.IGNORECASE,
)
# What browsers, SingleFile and HTTrack say of the page that they saved.
_SAVED = re.compile(
    r"(?:saved from url=\(\d{1,6}\)|\burl:\s{1,9}|Mirrored from )([^\s<>\"]{4,2000}\.[^\s<>\"]{2,2000})"
)
_SAVED_TOKENS = 50  # of the page, among which that stands
_SITE_SEPARATOR = re.compile(
    r"\s*[_|｜丨»]\s*|\s+[-–—‒·•:：]\s+|\s*(?:--|——|—|–)\s*|(?<![A-Za-z0-9])-(?=\S)|-(?![A-Za-z0-9])"
)
_SITE_WORD = re.compile(
    r"网|站|新闻|频道|资讯|博客|论坛|社区|日报|晚报|时报|周刊|杂志|电视|在线|中心|客户端|公众号|门户|首页|公司|官方|专栏|百科|栏目"
    r"|\.(?:com|cn|net|org)\b|\b(?:news|blog|online|the)\b",
    re.IGNORECASE,
)


class Fact(NamedTuple):
    """Something a page states."""

    field: str
    value: str
    token: int  # index in `Page.tokens` of where it stands


def facts(page: Page) -> list[Fact]:
    """What the head of the page and its scripts state, the more trustworthy first."""
    found = [*_meta(page), *_links(page)]
    order = {key: rank for rank, key in enumerate(_meta_fields())}
    found.sort(key=lambda pair: order.get(pair[0], len(order)))
    return [*_json_ld(page), *(fact for _, fact in found), *_saved_from(page), *_script_times(page)]


@cache
def _meta_fields() -> dict[str, str]:
    """Key of a meta tag → field, the more trustworthy first."""
    return dict(data.cells("html_meta.tsv"))


def _meta(page: Page) -> Iterator[tuple[str, Fact]]:
    for element in page.elements:
        if element.name != "meta":
            continue
        value = collapsed(unescape(element.attributes.get("content", ""))).strip()
        for name in ("property", "name", "itemprop"):
            key = element.attributes.get(name, "").strip().lower()
            field = _meta_fields().get(key)
            if field and value:
                yield key, Fact(field, value, element.token)
                break


def _links(page: Page) -> Iterator[tuple[str, Fact]]:
    for element in page.elements:
        if element.name == "link" and element.attributes.get("rel", "").lower() == "canonical":
            value = unescape(element.attributes.get("href", "")).strip()
            if value:
                yield "canonical", Fact("url", value, element.token)


def _saved_from(page: Page) -> Iterator[Fact]:
    """The address that the program which saved the page wrote into a comment at its head."""
    for index, token in enumerate(page.tokens[:_SAVED_TOKENS]):
        if token.kind == "comment" and (
            match := _SAVED.search(page.raw, token.start, min(token.end, token.start + 999))
        ):
            address = match[1]
            yield Fact("url", address if "//" in address else f"http://{address}", index)


def _json_ld(page: Page) -> Iterator[Fact]:
    for index in page.raws:
        element, token = page.elements[page.owners[index]], page.tokens[index]
        if element.attributes.get("type", "").lower() != "application/ld+json":
            continue
        if token.end - token.start > _MAX_LD_CHARS:
            continue
        try:
            stated = json.loads(page.raw[token.start : token.end], strict=False)
        except (ValueError, RecursionError):
            continue
        for node in _ld_nodes(stated, _MAX_LD_DEPTH):
            if _ARTICLE_TYPES.search(str(node.get("@type", ""))):
                yield from _ld_facts(node, index)


def _ld_nodes(value: Any, depth: int) -> Iterator[dict[str, Any]]:
    if isinstance(value, list) and depth:
        for each in value:
            yield from _ld_nodes(each, depth - 1)
    elif isinstance(value, dict):
        yield value
        if depth:
            yield from _ld_nodes(value.get("@graph"), depth - 1)


def _ld_facts(node: dict[str, Any], token: int) -> Iterator[Fact]:
    for name, field in _LD_FIELDS.items():
        value = " ".join(filter(None, map(_ld_text, _as_list(node.get(name)))))
        if value:
            yield Fact(field, collapsed(value).strip(), token)


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def _ld_text(value: Any) -> str:
    if isinstance(value, dict):
        return next((text for key in _LD_TEXT if isinstance(text := value.get(key), str)), "")
    return value if isinstance(value, str) else ""


def _script_times(page: Page) -> Iterator[Fact]:
    for index in page.raws:
        token = page.tokens[index]
        if token.name == "script":
            match = _SCRIPT_TIME.search(page.raw, token.start, token.end)
            if match:
                yield Fact("published", match[1], index)


def page_title(page: Page) -> Fact | None:
    """The text of the first <title>."""
    for index in page.raws:
        if page.tokens[index].name == "title":
            text = page.text(index).strip()
            return Fact("title", text, index) if text else None
    return None


def without_site(title: str) -> tuple[str, str]:
    """A page's title in two: the article's, and what names the site after it.

    The last parts go as long as they name a site or a channel, and never the better part of the whole.

    >>> without_site("平台之争：谁输了_财经频道_某某网"), without_site("一文读懂 B2B-电商资讯")
    (('平台之争：谁输了', '_财经频道_某某网'), ('一文读懂 B2B', '-电商资讯'))
    >>> without_site("记者|一个人的村庄")
    ('记者|一个人的村庄', '')
    """
    cut = len(title)
    for match in reversed(list(_SITE_SEPARATOR.finditer(title))):
        part = title[match.end() : cut]
        if not match.start() or len(part) > 20 or not (_SITE_WORD.search(part) or "_" in match[0]):
            break
        cut = match.start()
    return title[:cut].strip(), title[cut:].strip()
