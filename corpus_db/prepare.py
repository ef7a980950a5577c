"""Items → everything the store writes for them: read, clean, segment, analyse. Pure, so it runs under any executor."""

from __future__ import annotations

import contextlib
import gc
import pickle
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from itertools import chain, pairwise, repeat
from typing import Any, NamedTuple, TypeGuard

import numpy as np

from corpus_db import sources
from corpus_db.analysis import address_dates, date_grammar, dates, figures, names, places
from corpus_db.analysis.evidence import Evidence
from corpus_db.analysis.index_statistics import IndexStatistics
from corpus_db.analysis.lexicon import load as lexicon
from corpus_db.analysis.name_sums import hashes
from corpus_db.analysis.passages import Hashes
from corpus_db.analysis.reprints import fingerprints
from corpus_db.analysis.word_counts import count
from corpus_db.clean import ChromeEvidence, LineSurvey, clean
from corpus_db.errors import InputError
from corpus_db.index.postings import postings
from corpus_db.index.words import words_of
from corpus_db.prepared import Analysed, Context, Estimate, Facts, Hashed, Prepared, PreparedPortion, Rows, Told
from corpus_db.records import Article, Cleaned, Item, Reject, Source, SourceRow
from corpus_db.text import sentences
from corpus_db.text.cuts import cuts
from corpus_db.text.fold import characters, code_points, fold_all, from_code_points
from corpus_db.text.segment import segmenter
from corpus_db.text.stranger import stranger_tokens
from corpus_db.text.tokens import Cut, Tokens, cut_of

_LONG = 1 << 18  # characters of a text that is cut into tokens line by line
# Bytes of a block that is taken and freed once, before the work begins. glibc gives a large block that is freed back to the
# system, but raises its idea of large by each (mallopt(3), M_MMAP_THRESHOLD): after this one it keeps blocks up to that size
# for the next array. Without it, four fifths of the page faults of a build are of the arrays that terms are sorted in.
_REUSED = 16 << 20
# Asks all that is loaded, and all patterns that are compiled, when they are first needed.
_SAMPLE = "2013年3月5日 作者：张三\n记者张三5日在北京报道：今年卖了3万件，李四说：“好。”"


class _Read(NamedTuple):
    """A document, read and cleaned."""

    source: Source
    cleaned: Cleaned


def prepare(items: Sequence[Item | Reject], context: Context) -> PreparedPortion:
    """Prepare a portion of the input; an item that fails becomes a `Reject` in its place."""
    read = _read(items, context.chrome)
    kept = [one for one in read if isinstance(one, _Read)]
    texts = _texts(kept, context)
    statistics = IndexStatistics()
    statistics.add(list(map("\n".join, zip(texts.folded[::2], texts.folded[1::2], strict=True))))
    named = _named(kept, texts, context) if context.analyse else None
    analysed = _analyse(kept, texts, context) if context.analyse else repeat(None)
    words = words_of(texts.aligned, texts.cut)
    articles = [
        Prepared(
            one.source.fields.get("id"),
            _row(one.source, context.keep_raw),
            one.cleaned.article,
            _plain(one.cleaned.paragraphs),
            _plain(one.cleaned.spans),
            _stranger(texts, number) if context.stranger_index else None,
            words.running[2 * number + 1],
            found,
        )
        for number, (one, found) in enumerate(zip(kept, analysed, strict=False))
    ]
    facts = _facts(articles, texts, named) if named is not None else None
    hashed = Hashed(hashes(facts.evidence.sums if facts else {}), _fingerprints(texts, context))
    following = iter(articles)
    documents = [one if isinstance(one, Reject) else next(following) for one in read]
    told = Told(statistics, texts.chars, facts)
    shown = pickle.dumps([found.names for found in named or ()], pickle.HIGHEST_PROTOCOL)
    return PreparedPortion(documents, told, postings(texts.folded, words), shown, hashed)


def placed(documents: Iterable[Prepared | Reject], places: Iterable[tuple[str, str | None]]) -> list[Prepared | Reject]:
    """Documents, which may have been prepared from the same input elsewhere, with their (path, member)."""
    found: list[Prepared | Reject] = []
    for document, (path, member) in zip(documents, places, strict=True):
        if isinstance(document, Reject):
            found.append(document._replace(path=path, member=member))
        else:
            found.append(document._replace(source=document.source._replace(path=path, member=member)))
    return found


class _Texts(NamedTuple):
    """The title and the body of every article of a portion, one after the other."""

    chars: str  # each character that occurs, once
    folded: list[str]
    aligned: list[str]  # folded one character for one
    cut: Cut  # the latter, into tokens
    tokens: Tokens  # those; none where only the index is wanted


def _texts(kept: Sequence[_Read], context: Context) -> _Texts:
    originals = [text for one in kept for text in (one.cleaned.article.title or "", one.cleaned.article.body)]
    cut = segmenter(context.lexicon_words).cut
    folded, aligned = zip(*fold_all(originals), strict=True) if originals else ((), ())
    chars = from_code_points(characters(code_points("".join(originals))))
    texts = (_tokens(cut, text) for text in aligned)
    if context.analyse or context.stranger_index:
        tokens = Tokens(texts)
        return _Texts(chars, list(folded), list(aligned), tokens.cut(), tokens)
    return _Texts(chars, list(folded), list(aligned), cut_of(texts), Tokens([]))


def _tokens(cut: Callable[[str], list[str]], text: str) -> Iterable[str]:
    """The tokens of a text; of a long one line by line, since those of a book are millions. No token goes on in the next."""
    return cut(text) if len(text) < _LONG else chain.from_iterable(map(cut, text.splitlines(keepends=True)))


def warm(context: Context) -> None:
    """Load dictionaries and models. Done before processes are forked, they share one copy of them."""
    with _uncollected():
        prepare([Item("", None, "text", _SAMPLE, "utf-8")], context)
    if not context.analyse:  # a build with all facts has no memory to keep
        bytes(_REUSED)


@contextlib.contextmanager
def _uncollected() -> Iterator[None]:
    """No garbage collection: it would look, for a seventh of the time, through dictionaries that are there to stay."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def listened(items: Sequence[Item | Reject]) -> tuple[LineSurvey]:
    """The survey's share of a portion, as a result of one part: which lines stand in the articles of which site."""
    heard = LineSurvey()
    for item in items:
        if not may_repeat_lines(item):
            continue
        try:
            source = sources.read(item)
        except InputError:
            continue  # the build will say so
        heard.add_source(source)
    return (heard,)


def may_repeat_lines(item: Item | Reject) -> TypeGuard[Item]:
    """Whether an item can hold lines of its site's: the HTML reader leaves them out, a record of one line has none."""
    if isinstance(item, Reject):
        return False
    line_end = "\\n" if isinstance(item.data, str) else b"\\n"
    return item.format != "html" and not (item.format == "json" and line_end not in item.data)  # type: ignore[operator]


def _read(items: Sequence[Item | Reject], chrome: ChromeEvidence | None) -> list[_Read | Reject]:
    """The items, read and cleaned: all of them read first, which keeps the processor's cache with one kind of work."""
    known = chrome if chrome is not None and any(chrome) else None
    made = [_source(item) for item in items]
    return [_clean(source, item, known) for source, item in zip(made, items, strict=True)]


def _source(item: Item | Reject) -> Source | Reject:
    if isinstance(item, Reject):
        return item
    try:
        return sources.read(item)
    except InputError as error:
        return _reject(item, error)


def _clean(source: Source | Reject, item: Item | Reject, chrome: ChromeEvidence | None) -> _Read | Reject:
    if isinstance(source, Reject):
        return source
    try:
        return _Read(source, clean(source, chrome if chrome is not None and may_repeat_lines(item) else None))
    except InputError as error:
        return _reject(item, error)


def _reject(item: Item | Reject, error: InputError) -> Reject:
    return Reject(item.path, item.member, error.stage, error.reason, error.detail or None)


def _stranger(texts: _Texts, number: int) -> tuple[bytes, bytes]:
    tokens = texts.tokens
    start, middle, end = tokens.bounds[2 * number : 2 * number + 3]
    title, body = (stranger_tokens(tokens.of(ids)) for ids in (tokens.ids[start:middle], tokens.ids[middle:end]))
    return title.encode(), body.encode()


def _row(source: Source, keep_raw: bool) -> SourceRow:
    path, member, format_, encoding, sha256, size, raw, *_ = source
    return SourceRow(path, member, format_, encoding, sha256, size, len(raw), raw if keep_raw else None)


def _named(kept: Sequence[_Read], texts: _Texts, context: Context) -> list[names.Found]:
    """What each article shows of names."""
    bodies, numbers = [one.cleaned.article.body for one in kept], range(1, 2 * len(kept), 2)
    return names.find_all(bodies, texts.aligned[1::2], texts.tokens, lexicon(context.lexicon), numbers)


def _analyse(kept: Sequence[_Read], texts: _Texts, context: Context) -> list[Analysed]:
    """What the other analyses find in each article.

    Each goes through the whole portion before the next begins: what it works with stays in the processor's cache.
    """
    articles = [one.cleaned.article for one in kept]
    bodies = [article.body for article in articles]
    published = [_day(article) for article in articles]
    begins = places.of_all(bodies)
    expressions = [date_grammar.find_at(begin) for begin in begins]
    counted = [_plain(figure) for figure in map(figures.find_at, begins, expressions)]
    references = list(map(dates.reference_year, expressions, published))
    dated = [_plain(mention) for mention in map(dates.find_at, bodies, published, expressions, references)]
    estimates = map(_estimate, articles, published, expressions, references)
    return list(map(Analysed, _sentences(bodies, texts, context), counted, dated, estimates))


def _facts(articles: Sequence[Prepared], texts: _Texts, named: Sequence[names.Found]) -> Facts:
    evidence = Evidence()
    for found in named:
        evidence.add(found.names, found.aliases)
    groups = [(article.year, article.article.site) for article in articles]
    return Facts(count(texts.tokens, each=2), evidence, groups)


def _fingerprints(texts: _Texts, context: Context) -> list[Hashes]:
    return fingerprints(texts.folded[1::2]) if context.analyse else []


def _plain(records: Iterable[tuple[Any, ...]]) -> Rows:
    """Records as plain tuples, which is what the slice of a named one is: in half the time of `tuple(record)`."""
    return [record[:] for record in records]


def _day(article: Article) -> date | None:
    """The day of publication; of a date that states no day, the first that it can be."""
    if not article.published:
        return None
    year, month, day = [*map(int, article.published[:10].split("-")), 1, 1][:3]
    return date(year, month, day)


def _estimate(
    article: Article,
    published: date | None,
    found: Sequence[date_grammar.Expression],
    reference: dates.Reference | None,
) -> Estimate:
    implied = None
    if published is None:
        by_address = address_dates.estimate_published(article.url or "")
        implied = by_address or dates.estimated(article.body, found, reference)
    day, basis = implied or (None, None)
    return Estimate(reference[0] if reference else None, day, basis)


def _sentences(bodies: Sequence[str], texts: _Texts, context: Context) -> list[Rows]:
    """The sentences of each article, with their words where they are wanted."""
    text, line, start, end = sentences.of_all(bodies)
    cut = cuts(texts.tokens, 2 * text + 1, start, end) if context.keep_tokens else repeat(None)
    # Paragraphs are the lines of the body.
    rows = list(zip(line.tolist(), start.tolist(), end.tolist(), cut, strict=False))
    edges = np.searchsorted(text, np.arange(len(bodies) + 1)).tolist()
    return [rows[first:last] for first, last in pairwise(edges)]
