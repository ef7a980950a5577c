"""What a document is prepared to: everything the store writes for it, and what it tells of the corpus."""

from __future__ import annotations

from pathlib import Path
from typing import Any, NamedTuple

from corpus_db.analysis.evidence import Evidence
from corpus_db.analysis.index_statistics import IndexStatistics
from corpus_db.analysis.passages import Hashes
from corpus_db.analysis.terms import Group
from corpus_db.analysis.word_counts import TermCounts
from corpus_db.clean import ChromeEvidence
from corpus_db.index.postings import Postings
from corpus_db.records import Article, Reject, SourceRow
from corpus_db.text.fold import Codes


class Context(NamedTuple):
    """What every document is prepared with; small, and sent along with every portion."""

    chrome: ChromeEvidence | None = None  # lines known to be site chrome, from the survey
    lexicon_words: tuple[str, ...] = ()  # names that the segmenter must not cut
    lexicon: Path | None = None  # the user's own names
    analyse: bool = True  # False: `--only search`
    keep_raw: bool = True
    keep_tokens: bool = True
    stranger_index: bool = False


# Records that come by the hundred for each document travel between processes as plain tuples: a third of the time.
Rows = list[tuple[Any, ...]]


class Analysed(NamedTuple):
    """What the analyses found in one document; left out with `--only search`."""

    sentences: Rows  # records.Sentence
    figures: Rows  # records.Figure
    dates: Rows  # records.DateMention
    estimate: Estimate


class Estimate(NamedTuple):
    """When the text was written, by its own words."""

    reference_year: int | None = None
    published: str | None = None  # ISO date; None: the source states one, or nothing implies one
    basis: str | None = None  # the words it rests on


class Prepared(NamedTuple):
    """Everything the store writes for one document."""

    key: str | None  # the record's own id; None: its place is its key
    source: SourceRow
    article: Article
    paragraphs: Rows  # records.Paragraph
    spans: Rows  # records.Span
    stranger: tuple[bytes, bytes] | None  # title and body for the index of programs that know nothing of this one
    words: int  # in the body
    analysed: Analysed | None

    @property
    def published(self) -> str | None:
        """When it was published, as stated or else as its text implies."""
        return self.article.published or (self.analysed.estimate.published if self.analysed else None)

    @property
    def year(self) -> int | None:
        """The year of `published`."""
        return int(self.published[:4]) if self.published else None


class Told(NamedTuple):
    """What the articles of a portion, rejects left out, tell of the corpus."""

    statistics: IndexStatistics
    chars: str  # that occur in titles and bodies, as they stand there; each once
    facts: Facts | None  # None with `--only search`


class Facts(NamedTuple):
    """What the analyses tell of the corpus; the lists have an element for each article."""

    terms: TermCounts
    evidence: Evidence  # for names
    groups: list[Group]


class Hashed(NamedTuple):
    """Hashes by which the articles of a portion are found among all."""

    names: Codes  # of each string that they show as a name (`name_sums.hashes`), ascending
    fingerprints: list[Hashes]  # of the body of each article, for finding reprints


class PreparedPortion(NamedTuple):
    """What a portion of the input is prepared to; the elements are the parts of a `calls.Result`."""

    documents: list[Prepared | Reject]  # in input order
    told: Told
    postings: Postings  # of the articles
    names: bytes  # pickled, since the writer puts them away unread: of each article a list of records.Heard
    hashed: Hashed


DOCUMENTS, TOLD, POSTINGS, NAMES, HASHED = range(5)  # the parts, by number
