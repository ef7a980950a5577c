"""A read source, step by step, → a cleaned article; the one place that shows the order of the steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence

from corpus_db.clean import captions, fields, moments, repeats, spans
from corpus_db.clean.byline import Found
from corpus_db.clean.chrome import REPEATS, footer, inside
from corpus_db.clean.credits import credit, trailing
from corpus_db.clean.header import field_values, header
from corpus_db.clean.kinds import kinds, marked
from corpus_db.clean.paragraphs import Block, is_prose, of_lines, part_lines, unwrap
from corpus_db.clean.spans import Line, Mark
from corpus_db.clean.survey import ChromeEvidence
from corpus_db.errors import InputError
from corpus_db.records import Article, Cleaned, Paragraph, Source
from corpus_db.text import sentences
from corpus_db.text.fold import ZERO_WIDTH

_ESTIMATED_TITLE_CHARS = 60  # a headline is shorter; more would be a tenth of the text of articles that state none
_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]+")
_PRIVATE = re.compile("[\ue000-\uf8ff]")
_LEAD_CHARS = 500
_LEAD = re.compile(r"(?:【|\[)?(?:内容)?(?:摘要|导语|导读|核心提示|提要)(?:】|\]|[:：])\s?(?=\S)")
_SENTENCE = re.compile("[。！？!?]")
_COLUMNS = ("author", "editor", "publisher", "site", "url", "section", "summary")  # of Article, taken as stated
_NOT_EXTRA = {*_COLUMNS, "id", "title", "published", "views", "keywords"}


def clean(source: Source, chrome: ChromeEvidence | None = None) -> Cleaned:
    """The article in `source`, and what became of every character of it.

    `chrome` is what a survey of the whole corpus found out about the lines of each site.
    The rules know the edges of articles, and no article is all edge: where they would leave nothing of a text that has a
    sentence, it is taken as it stands. Raises `InputError` ("nothing left") where it has no sentence either.
    """
    content = spans.content(source)
    lines = spans.lines(content.text)
    draft = _Draft(source, chrome)
    blocks = draft.paragraphs(content.text, draft.between_edges(lines))
    blocks, stated_below = _with_credits(blocks, draft.credits)
    if all(one.kind == "credit" for one in blocks):
        if not any(is_prose(line.text) and _SENTENCE.search(line.text) for line in lines):
            raise InputError("clean", "nothing left", "only title, fields and page chrome; give the article's text")
        draft, stated_below = _Draft(source, None), []
        blocks = [of_lines([line]) for line in lines]
    blocks = kinds(blocks, marked(source, content))
    draft.marks += [
        Mark(start, end, "summary" if one.kind == "summary" else "body") for one in blocks for start, end in one.parts
    ]
    draft.state(field_values(stated_below))
    if site := fields.stated_site(draft.fields):
        draft.fields["site"] = site
    body, bounds = _body(blocks, may_hide=bool(content.hidden))
    lead = next((body[p.start : p.end] for p in bounds if p.kind == "summary"), None)
    if lead:
        draft.fields.setdefault("summary", _LEAD.sub("", lead))
    notes = source.notes if content.is_printable else (*source.notes, *_private(body))
    article = _article(draft.fields, body, bounds, notes)
    return Cleaned(article, bounds, spans.tile(source, content, sorted(draft.marks)))


class _Draft:
    """What the steps have found so far: fields as printed, marks on the content, credits below the text."""

    def __init__(self, source: Source, chrome: ChromeEvidence | None) -> None:
        self.marks: list[Mark] = []
        self.credits: list[tuple[Line, list[Found]]] = []
        self.fields = {name: value for name, value in source.fields.items() if value.strip()}
        if fields.is_account(self.fields.get("author", "")):
            self.fields["uploader"] = self.fields.pop("author")
        if "created" in self.fields and "published" not in self.fields:
            self.fields["published"] = self.fields.pop("created")
        if "url" in self.fields:
            self.fields["url"] = fields.original_address(self.fields["url"])
        site = fields.stated_site(self.fields)
        if site:
            self.fields["site"] = site
        self._at_edge = (lambda line: chrome.is_chrome(site, line)) if chrome is not None else None
        self._inside = (lambda line: chrome.is_chrome(site, line, edge=False)) if chrome is not None else None

    def state(self, found: Mapping[str, str]) -> None:
        """Take fields in; what is stated already stays."""
        for name, value in found.items():
            self.fields.setdefault(name, value)

    def between_edges(self, lines: Sequence[Line], *, parted: bool = False) -> Sequence[Line]:
        """`lines` without header and footer, which are taken note of; `parted`: they were one line of the source."""
        head = header(lines, self.fields, self._at_edge, lone_title=not parted)
        foot = footer(lines[head.end :], self._at_edge)
        self.marks += head.marks + foot.marks
        self.credits[:0] = foot.credits
        self.state(head.fields)
        return foot.lines

    def paragraphs(self, text: str, lines: Sequence[Line]) -> list[Block]:
        """The paragraphs that `lines` of `text` make up, each once."""
        reasons = [inside(line.text) for line in lines]
        if self._inside is not None:
            reasons = [
                reason or (REPEATS if self._inside(line.text) else None)
                for line, reason in zip(lines, reasons, strict=True)
            ]
        if any(reasons):
            known = list(zip(lines, reasons, strict=True))
            self.marks += [Mark(line.start, line.end, "chrome", reason) for line, reason in known if reason]
            lines = [line for line, reason in known if not reason]
        twice = repeats.flattened(lines, text)
        if twice is not None:
            blocks, copies = twice
            self.marks += copies
        else:
            parted = part_lines(text, lines)
            if len(parted) > len(lines):
                lines = self.between_edges(parted, parted=True)
            if len(lines) == 1:
                return [of_lines(lines)]
            blocks = [of_lines(together) for together in unwrap(self._once(lines))]
        blocks, said = captions.captions(blocks)
        self.marks += said
        if len(blocks) > 1 and len(blocks[0].text) <= _LEAD_CHARS and _LEAD.match(blocks[0].text):
            return [blocks[0]._replace(kind="summary"), *blocks[1:]]
        return captions.summary(blocks)

    def _once(self, lines: Sequence[Line]) -> Sequence[Line]:
        """`lines` without a cut-off copy of the beginning and repeated paragraphs."""
        cut = repeats.cut_lead(lines)
        self.marks += [Mark(line.start, line.end, "duplicate", "cut-off copy of the beginning") for line in lines[:cut]]
        lines = lines[cut:]
        again = set(repeats.repeated(lines))
        if not again:
            return lines
        self.marks += [Mark(lines[i].start, lines[i].end, "duplicate", "repeats a paragraph") for i in again]
        return [line for i, line in enumerate(lines) if i not in again]


def _with_credits(blocks: list[Block], below: Sequence[tuple[Line, list[Found]]]) -> tuple[list[Block], list[Found]]:
    """`blocks` with the credits at their end as paragraphs of their own, and what the credits state."""
    found: list[Found] = []
    if blocks and blocks[-1].kind == "text":
        last = blocks[-1]
        ends = trailing(last.text)
        whole = credit(last.text) if ends is None and len(blocks) > 1 else None
        if whole:
            blocks[-1] = last._replace(kind="credit")
            found += whole
        elif ends is not None and len(last.parts) == 1:
            start, found = ends
            at = last.parts[0][0]
            kept = last.text[:start].rstrip()
            split = [Block(((at + start, at + len(last.text)),), last.text[start:], "credit")]
            if kept:
                split.insert(0, Block(((at, at + len(kept)),), kept, last.kind))
            blocks = [*blocks[:-1], *split]
    for line, stated in below:
        blocks.append(Block(((line.start, line.end),), line.text, "credit"))
        found += stated
    return blocks, found


def _body(blocks: Sequence[Block], *, may_hide: bool) -> tuple[str, tuple[Paragraph, ...]]:
    """The text of an article: paragraphs in NFC, without zero-width characters, one line feed between them."""
    texts = [one.text for one in blocks]
    body = "\n".join(texts)
    if (may_hide and _ZERO_WIDTH.search(body)) or not unicodedata.is_normalized("NFC", body):
        texts = [unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text)).strip() for text in texts]
        body = "\n".join(texts)
    bounds: list[Paragraph] = []
    at = 0
    for one, text in zip(blocks, texts, strict=True):
        bounds.append(Paragraph(one.kind, at, at + len(text)))
        at += len(text) + 1
    return body, tuple(bounds)


def _private(body: str) -> Iterator[str]:
    """As a note, the characters of a text that only a font of the page's own shows: they keep others from copying it."""
    if found := len(_PRIVATE.findall(body)):
        yield f"{found} private-use characters: only the page's own font shows what they are"


def _article(everything: Mapping[str, str], body: str, bounds: Sequence[Paragraph], notes: Sequence[str]) -> Article:
    facts = {name: _tidy(value) for name, value in everything.items()}
    when = moments.published(facts.get("published", ""))
    seen = fields.views(facts["views"]) if "views" in facts else None
    extra = {name: value for name, value in facts.items() if name not in _NOT_EXTRA and value}
    if when is None and facts.get("published"):
        extra["published_raw"] = facts["published"]
    if seen is None and facts.get("views"):
        extra["views_raw"] = facts["views"]
    if facts.get("keywords"):
        extra["keywords"] = facts["keywords"]
    if notes:
        extra["notes"] = "; ".join(notes)
    title = facts.get("title") or facts.get("original_title") or None
    stated = {name: facts.get(name) or None for name in _COLUMNS}
    for name in ("author", "editor"):
        stated[name] = fields.person(stated[name] or "") or None
    return Article(
        title=title,
        title_estimated=None if title else _first_sentence(body, bounds),
        published=when.iso if when else None,
        published_precision=when.precision if when else None,
        views=seen,
        body=body,
        extra=extra,
        **stated,
    )


def _tidy(value: str) -> str:
    shown = _ZERO_WIDTH.sub("", value) if spans.may_hide(value) else value
    return unicodedata.normalize("NFC", shown).strip()


def _first_sentence(body: str, bounds: Sequence[Paragraph]) -> str | None:
    first = next((p for p in bounds if p.kind != "credit"), None)
    if first is None:
        return None
    beginning = body[first.start : min(first.end, first.start + 4 * _ESTIMATED_TITLE_CHARS)]
    start, end = sentences.first(beginning) or (0, 0)
    return body[first.start + start : first.start + min(end, start + _ESTIMATED_TITLE_CHARS)].rstrip() or None
