"""One document, from `Item` to rows: read, clean, segment, analyse. Pure, so that it runs under any executor."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from corpus_db import sources
from corpus_db.analysis.reprints import Hashes, bare, fingerprints
from corpus_db.analysis.terms import TermCounts, count
from corpus_db.clean import ChromeEvidence, LineSurvey, clean, lines_of
from corpus_db.errors import InputError
from corpus_db.records import Cleaned, IndexRow, Item, Reject, Sentence, SourceRow
from corpus_db.text import sentences
from corpus_db.text.bigrams import bigram_stream
from corpus_db.text.fold import fold
from corpus_db.text.segment import segmenter, words


class Context(NamedTuple):
    """What every document is prepared with; small, and sent along with every batch."""

    chrome: ChromeEvidence | None = None  # lines known to be site chrome, from the survey
    lexicon_words: tuple[str, ...] = ()  # names that the segmenter must not cut
    analyse: bool = True  # False: `--only search`
    keep_raw: bool = True


class Prepared(NamedTuple):
    """Everything the store writes for one document."""

    key: str  # the record's own id, or its place
    source: SourceRow
    cleaned: Cleaned
    sentences: tuple[Sentence, ...]
    indexed: IndexRow
    words: int  # in the body
    fingerprints: Hashes | None  # of the body, for finding reprints; None with `--only search`


class Batch(NamedTuple):
    """The result of one batch: its documents in input order, and what they add to the statistics of the corpus."""

    documents: list[Prepared | Reject]
    terms: TermCounts | None  # of the prepared documents, rejects left out; None with `--only search`


def prepare(items: Sequence[Item | Reject], context: Context) -> Batch:
    """Prepare a batch; an item that fails becomes a `Reject` in its place."""
    documents: list[Prepared | Reject] = []
    counted: list[list[str]] = []
    for item in items:
        if isinstance(item, Reject):
            documents.append(item)
            continue
        try:
            document, words_ = _prepare(item, context)
        except InputError as error:
            documents.append(Reject(item.path, item.member, error.stage, error.reason, error.detail or None))
        else:
            documents.append(document)
            counted.append(words_)
    return Batch(documents, count(counted) if context.analyse else None)


def listen(items: Sequence[Item | Reject]) -> LineSurvey:
    """The survey's share of a batch: which lines stand in the articles of which site."""
    heard = LineSurvey()
    for item in items:
        if isinstance(item, Reject) or item.format == "html":  # the HTML reader has left the chrome out already
            continue
        try:
            source = sources.read(item)
        except InputError:
            continue  # the build will say so
        heard.add(source.fields.get("site"), lines_of(source))
    return heard


def _prepare(item: Item, context: Context) -> tuple[Prepared, list[str]]:
    source = sources.read(item)
    cleaned = clean(source, context.chrome)
    article = cleaned.article
    cut = segmenter(context.lexicon_words).cut
    title, body = fold(article.title or ""), fold(article.body)
    title_words, body_words = words(title, cut), words(body, cut)
    index = IndexRow(" ".join(title_words), " ".join(body_words), bigram_stream(title), bigram_stream(body))
    raw = source.raw if context.keep_raw else None
    row = SourceRow(
        source.path, source.member, source.format, source.encoding, source.sha256, source.bytes, len(source.raw), raw
    )
    key = source.fields.get("id") or (source.path if source.member is None else f"{source.path}#{source.member}")
    shared = fingerprints(bare(body)) if context.analyse else None
    return Prepared(key, row, cleaned, _sentences(cleaned), index, len(body_words), shared), title_words + body_words


def _sentences(cleaned: Cleaned) -> tuple[Sentence, ...]:
    body = cleaned.article.body
    return tuple(
        Sentence(number, paragraph.start + start, paragraph.start + end)
        for number, paragraph in enumerate(cleaned.paragraphs)
        for start, end in sentences.bounds(body[paragraph.start : paragraph.end])
    )


def sentence_at(starts: Sequence[int], offset: int) -> int:
    """Index of the sentence that `offset` lies in, given the starts of all sentences."""
    return max(0, bisect_right(starts, offset) - 1)
