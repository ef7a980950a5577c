"""What a person types → a `Query`: an FTS5 MATCH and filters; total over all strings.

Grammar, first rule that fits; anything that fits none is a word::

    query  = group (space group)*                     all groups must hold
    group  = term (space "OR" space term)*            OR binds closer than the space: a b OR c = a and (b or c)
    term   = ["-"] ["title:"] (phrase | word ["*"])   "-": articles without it
           | ["-"] ("author:" | "site:" | "publisher:" | "section:" | "url:") (phrase | word)
           | ["-"] "year:" (year | [year] ".." [year])
           | ["-"] "date:" (day | month | year)              2013-05-04, 2013/5, 2013年5月
    phrase = '"' anything up to the next '"' or the end '"'
    word   = characters up to the next space or '"'

Full-width and Chinese forms of the marks (：－＊“ ”「 」 and U+3000) are the same marks; OR may be written 或, 或者 or |, and
the field names 标题 作者 网站 媒体 栏目 年份 日期. Only the first `MAX_CHARS` characters are read, and of these the first `MAX_TERMS` groups.

Translation, with B for ``{title_bigrams body_bigrams}``:

=====================  =========================================================================================
电商平台                B : "电商 商平 平台"
电商 平台               B : "电商" AND B : "平台"
"电商 平台"             B : "电商 商 平台" (a gap of any punctuation parts them)
商                     B : "商" *
b2b                    B : "b2b"
taob*                  B : "taob" *
电商 OR 网店            (B : "电商" OR B : "网店")
电商 -淘宝              (B : "电商") NOT (B : "淘宝")
title:电商              {title_bigrams} : "电商"
site:example.com 电商   B : "电商", and a filter
year:2013..2017        `NOTHING`, and a filter; 2013-2017 means the same
-淘宝                   `NOTHING`, and `without` = B : "淘宝"
，！                    `NOTHING`: marks between Han are not in the index
=====================  =========================================================================================

A lone character is found by the pairs that it begins. FTS5 weighs every article that has one: for the most common
characters of a large file that takes longest of all queries, and `corpus_db.search`, which ranks by the character as a
word and needs no weight for the rest, is several times quicker.

A MATCH alone can neither filter nor say "everything but": the SQL function ``zh_query`` leaves filters out, and finds
nothing where only filters or excluded words are given; `corpus_db.search` applies both.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from corpus_db.text.bigrams import phrase
from corpus_db.text.fold import fold

MAX_CHARS = 2_000
MAX_TERMS = 64
NOTHING = '""'  # a valid MATCH that no row answers
ANYWHERE, TITLE = "{title_bigrams body_bigrams}", "{title_bigrams}"

_FIELDS = {
    "title": "title",
    "intitle": "title",
    "标题": "title",
    "author": "author",
    "作者": "author",
    "site": "site",
    "网站": "site",
    "publisher": "publisher",
    "媒体": "publisher",
    "section": "section",
    "栏目": "section",
    "url": "url",
    "year": "year",
    "年份": "year",
    "date": "date",
    "日期": "date",
}
_OR = frozenset({"OR", "或", "或者", "|", "||"})
_MARKS = str.maketrans(
    {"：": ":", "｜": "|", "＊": "*", "－": "-", "−": "-", **dict.fromkeys("“”„‟«»「」『』＂〝〞", '"')}
)
_TERM = re.compile(
    rf"""(?P<minus>-(?=[^\s-]))?
        (?:(?P<field>{"|".join(_FIELDS)}):(?=[^\s:]))?
        (?:"(?P<phrase>[^"]*)(?:"|\Z)|(?P<word>[^\s"]+))""",
    re.VERBOSE | re.IGNORECASE,
)
_YEARS = re.compile(r"(?P<low>\d{1,4})?(?:(?P<to>\.\.|(?<=\d)[-–—~至](?=\d{4}))(?P<high>\d{1,4})?)?")
_DAYS = re.compile(r"(\d{4})(?:[年./-](?:(\d{1,2})(?:[月./-](?:(\d{1,2})日?)?)?)?)?")
_TEXT_FIELDS = frozenset({"author", "site", "publisher", "section", "url", "date"})
_UNSAFE = re.compile("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff]")  # SQLite ends a text at NUL; surrogates are not UTF-8


class Term(NamedTuple):
    """One word or phrase to find."""

    text: str  # folded, as typed: what the article must contain
    title: bool = False  # only in the title
    prefix: bool = False  # its last Latin word or number may go on

    def __str__(self) -> str:
        """As one would type it."""
        field = "title:" if self.title else ""
        typed = f"{field}{self.text}{'*' if self.prefix else ''}"
        return typed if typed not in _OR and parse(typed).groups == ((self,),) else f'{field}"{self.text}"'


class Filter(NamedTuple):
    """A condition on a column of `articles`."""

    field: str  # author, site, publisher, section, url, date or year
    value: str | tuple[int, int]  # folded text, or for year: first and last, both included
    excluded: bool = False

    def __str__(self) -> str:
        """As one would type it."""
        value = f'"{self.value}"' if isinstance(self.value, str) else f"{self.value[0]}..{self.value[1]}"
        return f"{'-' if self.excluded else ''}{self.field}:{value}"


class Query(NamedTuple):
    """A parsed query: every group has a term that the article contains, and it contains none of `excluded`."""

    groups: tuple[tuple[Term, ...], ...]
    excluded: tuple[Term, ...]
    filters: tuple[Filter, ...]

    def __str__(self) -> str:
        """As one would type it: parsing it gives this query again."""
        groups = [" OR ".join(map(str, group)) for group in self.groups]
        return " ".join([*groups, *(f"-{term}" for term in self.excluded), *map(str, self.filters)])

    @property
    def match(self) -> str:
        """The FTS5 MATCH over `articles_fts`; `NOTHING` where no word is asked for."""
        groups = [" OR ".join(found) for group in self.groups if (found := _render(group))]
        if not groups:
            return NOTHING
        wanted = " AND ".join(f"({group})" if " OR " in group and len(groups) > 1 else group for group in groups)
        return f"({wanted}) NOT ({self.without})" if self.excluded else wanted

    @property
    def without(self) -> str:
        """The MATCH of the articles that `excluded` takes out; `NOTHING` where it is empty."""
        return " OR ".join(_render(self.excluded)) or NOTHING

    @property
    def terms(self) -> tuple[Term, ...]:
        """All words and phrases asked for, in order."""
        return tuple(term for group in self.groups for term in group)


def zh_query(text: str) -> str:
    """The FTS5 MATCH of what was typed; valid for every string.

    >>> zh_query("电商平台 -淘宝")
    '({title_bigrams body_bigrams} : "电商 商平 平台") NOT ({title_bigrams body_bigrams} : "淘宝")'
    """
    return parse(text).match


def parse(text: str) -> Query:
    """The query that `text` means. Raises nothing: a mark out of place is a character to find, or is skipped.

    >>> [f[:2] for f in parse('site:example.com year:2013.. 电商').filters]
    [('site', 'example.com'), ('year', (2013, 9999))]
    """
    groups: list[list[Term]] = []
    excluded: list[Term] = []
    filters: list[Filter] = []
    joins = False  # the last thing read was an OR behind a term
    for match in _TERM.finditer(safe(text).translate(_MARKS)):
        if match[0] in _OR and groups:
            joins = True
            continue
        if chosen := _filter(match):
            filters.append(chosen)
        elif term := _term(match):
            if match["minus"]:
                excluded.append(term)
            elif joins:
                groups[-1].append(term)
            else:
                groups.append([term])
        joins = False
    wanted = dict.fromkeys(map(tuple, groups))
    return Query(tuple(wanted)[:MAX_TERMS], tuple(dict.fromkeys(excluded))[:MAX_TERMS], tuple(filters)[:MAX_TERMS])


def safe(text: str) -> str:
    """The first `MAX_CHARS` characters of `text`, without those that SQLite can not take."""
    return _UNSAFE.sub(" ", text[:MAX_CHARS])


def match_of(term: Term) -> str | None:
    """The MATCH of one term; None where it holds nothing that the index keeps."""
    found = phrase(term.text, prefix=term.prefix)
    return f"{TITLE if term.title else ANYWHERE} : {found}" if found else None


def _render(terms: tuple[Term, ...]) -> list[str]:
    return [found for term in terms if (found := match_of(term))]


def _filter(match: re.Match[str]) -> Filter | None:
    field = _FIELDS.get((match["field"] or "").lower())
    value = fold(match["phrase"] if match["word"] is None else match["word"]).strip()
    if field == "date":
        value = _day(value)
    if field in _TEXT_FIELDS and value:
        return Filter(field, value, bool(match["minus"]))
    if field == "year" and (years := _YEARS.fullmatch(value)) and (years["low"] or years["high"]):
        low = int(years["low"] or 0)
        high = int(years["high"] or (9999 if years["to"] else low))
        return Filter(field, (low, high), bool(match["minus"]))
    return None


def _day(value: str) -> str:
    """A day, month or year as `articles.published` begins with it; '' where it is none.

    >>> _day("2013年5月"), _day("2013/5/4"), _day("2013"), _day("5月")
    ('2013-05', '2013-05-04', '2013', '')
    """
    match = _DAYS.fullmatch(value)
    return "-".join(f"{int(part):02}" for part in match.groups() if part) if match else ""


def _term(match: re.Match[str]) -> Term | None:
    title = _FIELDS.get((match["field"] or "").lower()) == "title"
    if match["word"] is None:
        text, prefix = match["phrase"], False
    else:
        text = match["word"].rstrip("*")
        prefix = text != match["word"]
    if match["field"] and not title:  # a value that the field can not have: a colon in the text
        text = f"{match['field']}:{text}"
    term = Term(fold(text), title, prefix)
    return term if match_of(term) else None
