"""Lines that stand in many articles of one site → evidence that they belong to the site.

The survey keeps a sample of every site's articles: those whose digests are smallest (bottom-k sampling, Cohen and
Kaplan 2007). Which articles these are depends neither on their order nor on who surveyed them, so the surveys of parts of
a corpus merge into the survey of the whole. The two constants below bound the memory.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable
from hashlib import blake2b
from typing import NamedTuple

from corpus_db.clean.fields import stated_site
from corpus_db.clean.spans import content, lines
from corpus_db.records import Source

ARTICLES_PER_SITE = 400
ARTICLES = 100_000
_EDGE_LINES = 40  # at either end of an article
_LINE_CHARS = 200
_LONG_CHARS = 40
_ENDS = "。！？!?；;”」"

_MIN_ARTICLES = 5
_MIN_SHARE = 0.2
_MIN_ARTICLES_SENTENCE = 10  # for a line that could be text: long, or a sentence, or in the midst of an article
_MIN_SHARE_SENTENCE = 0.5


class ChromeEvidence(NamedTuple):
    """What a survey found: for each site, lines that many of its articles have."""

    common: dict[str | None, frozenset[int]]  # in at least 5 articles and 20 %
    everywhere: dict[str | None, frozenset[int]]  # in at least 10 articles and 50 %

    def is_chrome(self, site: str | None, line: str, *, edge: bool = True) -> bool:
        """Whether `line` belongs to `site` rather than to an article of it.

        `edge`: it stands at the beginning or end of one. In the midst, and for a line that could be a sentence, only
        the stronger evidence counts.
        """
        known = self.common if edge and not _could_be_text(line) else self.everywhere
        at_site = known.get(site)
        return bool(at_site and _digest(line) in at_site)

    def of(self, sites: Iterable[str | None]) -> ChromeEvidence:
        """What is known of `sites` alone."""
        common, everywhere = ({site: known[site] for site in sites if known.get(site)} for known in self)
        return ChromeEvidence(common, everywhere)

    def digest(self) -> bytes:
        """The same for the same evidence."""
        known = [sorted((repr(site), sorted(lines)) for site, lines in known.items()) for known in self]
        return blake2b(repr(known).encode()).digest()


class LineSurvey:
    """Counts lines over the articles of each site, in bounded memory; pure data, to be pickled between processes.

    >>> survey = LineSurvey()
    >>> for i in range(6):
    ...     survey.add("example.com", [f"第{i}篇的正文。", "某网首页导航"])
    >>> survey.evidence().is_chrome("example.com", "某网首页导航"), survey.evidence().is_chrome(None, "某网首页导航")
    (True, False)
    """

    def __init__(self) -> None:
        self._sites: dict[str | None, dict[int, array[int]]] = {}
        self._limit = 1 << 64  # articles with a digest from here on are left out of the sample
        self._size = 0

    def add(self, site: str | None, lines: Iterable[str]) -> None:
        """Survey an article of `site` by its lines (`lines_of`); copies of one article count once."""
        all_lines = list(lines)
        if len(all_lines) > 2 * _EDGE_LINES:
            all_lines = all_lines[:_EDGE_LINES] + all_lines[-_EDGE_LINES:]
        article = _digest("\n".join(all_lines))
        if article < self._limit:
            digests = {_digest(line) for line in all_lines if len(line) <= _LINE_CHARS}
            self._keep(site, article, array("Q", sorted(digests)))

    def add_source(self, source: Source) -> None:
        """Survey an article as `clean` will see it."""
        self.add(stated_site(source.fields), lines_of(source))

    def merge(self, other: LineSurvey) -> None:
        """Take in the articles that another survey has seen."""
        self._limit = min(self._limit, other._limit)
        self._shrink()
        for site, articles in other._sites.items():
            for article, digests in articles.items():
                if article < self._limit:
                    self._keep(site, article, digests)

    @property
    def sites(self) -> frozenset[str | None]:
        """The sites of the sample."""
        return frozenset(self._sites)

    @property
    def articles(self) -> int:
        """How many articles the sample holds."""
        return self._size

    def _keep(self, site: str | None, article: int, digests: array[int]) -> None:
        articles = self._sites.setdefault(site, {})
        if article in articles:
            return
        articles[article] = digests
        self._size += 1
        if len(articles) > ARTICLES_PER_SITE:
            del articles[max(articles)]
            self._size -= 1
        while self._size > ARTICLES:
            self._limit //= 2
            self._shrink()

    def _shrink(self) -> None:
        for articles in self._sites.values():
            for article in [a for a in articles if a >= self._limit]:
                del articles[article]
        self._size = sum(map(len, self._sites.values()))

    def evidence(self) -> ChromeEvidence:
        """What the survey found."""
        common: dict[str | None, frozenset[int]] = {}
        everywhere: dict[str | None, frozenset[int]] = {}
        for site, articles in self._sites.items():
            if len(articles) < _MIN_ARTICLES:
                continue
            counts = Counter(digest for digests in articles.values() for digest in digests)
            few = max(_MIN_ARTICLES, _MIN_SHARE * len(articles))
            many = max(_MIN_ARTICLES_SENTENCE, _MIN_SHARE_SENTENCE * len(articles))
            common[site] = frozenset(d for d, n in counts.items() if n >= few)
            everywhere[site] = frozenset(d for d, n in counts.items() if n >= many)
        return ChromeEvidence(common, everywhere)


def lines_of(source: Source) -> list[str]:
    """The lines of a source's content, as `clean` asks about them."""
    return [line.text for line in lines(content(source).text)]


def _digest(text: str) -> int:
    """64 bits that stand for `text`, the same in every process."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big")


def _could_be_text(line: str) -> bool:
    return len(line) >= _LONG_CHARS or line.endswith(tuple(_ENDS))
