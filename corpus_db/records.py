"""What flows through the pipeline: one record type per stage, each field with its meaning, unit and when it is None.

    Item ──read──▶ Source ──clean──▶ Article + Paragraph + Span ──analyse──▶ Figure, DateMention, Quote, Mention …

All offsets count characters (code points) and are half open: ``text[start:end]``. Records are plain tuples: they cross
process boundaries by the hundred thousand, and the writer hands them to SQLite as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import repeat
from typing import Any, Literal, NamedTuple, TypeVar, cast, get_args

Record = TypeVar("Record", bound=tuple[Any, ...])

Role = Literal["title", "field", "body", "summary", "duplicate", "chrome", "markup", "space"]
ParagraphKind = Literal["heading", "text", "summary", "question", "answer", "credit"]
FigureKind = Literal["money", "percent", "multiple", "count", "duration", "measure"]
DatePrecision = Literal["day", "month", "quarter", "half", "year", "decade"]
DateBasis = Literal["explicit", "published", "previous", "text"]
EntityKind = Literal["person", "organisation", "product", "place", "event"]
ENTITY_KINDS: tuple[EntityKind, ...] = get_args(EntityKind)


def named(path: str, member: str | None) -> str:
    """How a document is called: by its file and, where the file holds several, its place there.

    >>> named("a.txt", None), named("b.zip", "c/d.txt")
    ('a.txt', 'b.zip#c/d.txt')
    """
    return path if member is None else f"{path}#{member}"


def records(kind: type[Record], rows: Iterable[tuple[Any, ...]]) -> Iterator[Record]:
    """Rows as records of a kind: ``map(kind._make, rows)``, at a third of its cost.

    >>> list(records(Paragraph, [("text", 0, 7)]))
    [Paragraph(kind='text', start=0, end=7)]
    """
    return cast("Iterator[Record]", map(tuple.__new__, repeat(kind), rows))


class Item(NamedTuple):
    """One document as it was found: a file, an archive's member, or one record of a file of records."""

    path: str  # as given or walked, relative to the folder that was given, '/' between parts
    member: str | None  # name in an archive ('x/b.txt'), number of a record ('17'), or both; None: the file itself
    format: str  # which reader under sources/ takes it: 'text', 'markdown', 'html', …, one of `sources.READERS`
    data: bytes | str  # bytes as found, or the exact slice of a file that had to be decoded before it could be split
    encoding: str | None  # set where data is str: what the whole file was decoded from
    columns: tuple[str, ...] = ()  # CSV and sheets only: the header row
    delimiter: str = ","  # CSV only: what stands between two fields


class Reject(NamedTuple):
    """An input that gave no article (table `rejects`)."""

    path: str
    member: str | None
    stage: str  # 'find', 'decode', 'read', 'clean'
    reason: str  # short fixed phrase, to count by
    detail: str | None  # what exactly, and the remedy


class Piece(NamedTuple):
    """A stretch of `Source.raw` and what the reader knows about it. The pieces of a source tile its raw text."""

    start: int
    end: int
    role: Role  # a reader only says 'title', 'field', 'body' or 'markup'; clean/ decides the rest inside 'body'
    reason: str  # the field's name ('author'), or what kind of markup it is ('tag', 'front matter fence', 'escape')
    text: str | None = None  # what the stretch stands for ('&' for '&amp;'); None: raw[start:end] itself

    def content(self, raw: str) -> str:
        """What an article's text may have from here: a body's text, or what markup stands for (a tag for a line break)."""
        if self.role == "body":
            return raw[self.start : self.end] if self.text is None else self.text
        return (self.text or "") if self.role == "markup" else ""


class Source(NamedTuple):
    """One document after decoding and reading, before cleaning: `raw` and what each part of it is."""

    path: str
    member: str | None
    format: str
    encoding: str  # Python codec name of what `raw` was decoded from, e.g. 'utf-8', 'gb18030', 'utf-16-le'
    sha256: str  # of the bytes as found
    bytes: int
    raw: str  # the decoded text, exact (byte order mark included as U+FEFF if there was one)
    pieces: tuple[Piece, ...]  # tile raw: pieces[0].start == 0, each end is the next start, the last end is len(raw)
    # By name: id, title, author, editor, publisher, site, url, section, published, summary, keywords, views; any others.
    fields: dict[str, str]
    # What decoding had to do ('mojibake repaired', 'replaced 3 undecodable sequences'), for articles.extra.
    notes: tuple[str, ...] = ()


class SourceRow(NamedTuple):
    """What is kept of a source (table `sources`)."""

    path: str
    member: str | None
    format: str
    encoding: str
    sha256: str
    bytes: int
    chars: int  # length of the decoded text
    raw: str | None  # the decoded text; None: built without


class Span(NamedTuple):
    """A stretch of a source and what became of it. The spans of a source tile it (table `spans`)."""

    start: int
    end: int
    role: Role
    reason: str | None  # None only where role says it all (body, space)


class Paragraph(NamedTuple):
    """A paragraph of `Article.body`; paragraphs are separated by exactly one line feed (table `paragraphs`)."""

    kind: ParagraphKind
    start: int
    end: int


class Sentence(NamedTuple):
    """A sentence of `Article.body`, end mark and closing quotes included (table `sentences`)."""

    paragraph: int  # index into the article's paragraphs, from 0
    start: int
    end: int
    cuts: bytes | None = None  # which word each character belongs to, see text/cuts.py; None: built without


class Article(NamedTuple):
    """What an article says of itself. None where the source does not say it; an estimate never stands in a stated field."""

    title: str | None
    title_estimated: str | None  # first sentence, where the source states no title
    author: str | None
    editor: str | None
    publisher: str | None  # who published it first, as the text or its fields say (来源)
    site: str | None  # host of the page, or the record's site
    url: str | None
    section: str | None
    published: str | None  # ISO 8601, as precise as stated: '2013-12-04T23:24', '2020-10-04', '2016'
    published_precision: str | None  # 'second', 'minute', 'day', 'month', 'year'
    views: int | None
    summary: str | None
    body: str  # paragraphs joined by '\n'; NFC, no zero-width characters, nothing else changed
    extra: dict[str, str]  # everything else the source states: uploader, compiler, further record keys, notes


class Cleaned(NamedTuple):
    """The result of clean/: an article, its paragraphs, and what became of every character of its source."""

    article: Article
    paragraphs: tuple[Paragraph, ...]
    spans: tuple[Span, ...]


class Figure(NamedTuple):
    """A number with a meaning (table `figures`)."""

    start: int  # in Article.body
    raw: str  # the words as they stand: body[start:start + len(raw)]
    value: float  # in base units: 41.9亿元 → 4190000000.0
    value_max: float | None  # upper end of a range (4万至20万元 → 40000.0, 200000.0); None: not a range
    unit: str | None  # '元', '%', '倍', '件', '个月'; None: a bare number with a magnitude (近百万)
    kind: FigureKind
    currency: str | None  # ISO 4217, only for money; None: no money, or not said of which (罚款50万)
    qualifier: str | None  # 约 超过 近 多 余 左右 以上 突破 不到 …; None: none
    noun: str | None = None  # what is counted, where it follows: 53名同学 → 同学


class DateMention(NamedTuple):
    """A time expression resolved to days (table `dates`)."""

    start: int
    raw: str
    start_date: str  # ISO day, inclusive
    end_date: str  # ISO day, inclusive
    precision: DatePrecision
    basis: DateBasis  # what it was resolved by: itself, the publication date, the last date named, or the year the text implies


class NameEvidence(NamedTuple):
    """One place where a name may stand, before the whole corpus has been heard."""

    start: int
    raw: str
    kind: EntityKind
    strength: float  # 0 … 1: how sure this place alone makes us


Heard = tuple[int, str, EntityKind, float]  # a NameEvidence, or the plain tuple that it is where there are many


class Quote(NamedTuple):
    """A quotation (table `quotes`)."""

    start: int  # of the quoted text, inside the quotation mark
    speaker: str | None  # as named in the text or found for a pronoun; None: not said
    verb: str | None  # 说, 表示, 认为 …; None for a colon alone
    text: str
    direct: bool  # True: between quotation marks
