"""A read source, step by step, → a cleaned article; the one place that shows the order of the steps."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping, Sequence

from corpus_db.clean import captions, fields, repeats, spans
from corpus_db.clean.byline import Found
from corpus_db.clean.chrome import footer
from corpus_db.clean.credits import credit, trailing
from corpus_db.clean.header import Header, field_values, header
from corpus_db.clean.paragraphs import Block, block, kinds, of_lines, part, unwrap
from corpus_db.clean.spans import Line, Mark
from corpus_db.clean.survey import ChromeEvidence
from corpus_db.errors import InputError
from corpus_db.records import Article, Cleaned, Paragraph, Source
from corpus_db.text import sentences
from corpus_db.text.fold import ZERO_WIDTH

_ESTIMATED_TITLE_CHARS = 100
_ZERO_WIDTH = re.compile(f"[{ZERO_WIDTH}]+")
_LEAD = re.compile(r"(?:【|\[)?(?:内容)?(?:摘要|导语|导读|核心提示|提要)(?:】|\]|[:：])\s?(?=\S)")
_COLUMNS = ("author", "editor", "publisher", "site", "url", "section", "summary")  # of Article, taken as stated
_NOT_EXTRA = {*_COLUMNS, "id", "title", "published", "views", "keywords"}


def clean(source: Source, chrome: ChromeEvidence | None = None) -> Cleaned:
    """The article in `source`, and what became of every character of it.

    `chrome` is what a survey of the whole corpus found out about the lines of each site.
    Raises `InputError` ("nothing left") where there is no text besides title, fields and chrome.
    """
    content = spans.content(source)
    stated = {name: value for name, value in source.fields.items() if value.strip()}
    site = stated.get("site") or fields.site_of(stated.get("url", ""))
    lines = spans.lines(content.text)

    def is_known(line: str) -> bool:
        return chrome is not None and chrome.is_chrome(site, line)

    head = header(lines, stated, is_known if chrome else None)
    foot = footer(lines[head.end :], is_known if chrome else None)
    marks = head.marks + foot.marks
    text_lines = lines[head.end : head.end + foot.start]
    if chrome is not None:
        text_lines = _without(
            text_lines,
            marks,
            "chrome",
            "repeats on the site",
            lambda line: chrome.is_chrome(site, line.text, edge=False),
        )
    blocks = paragraphs(content.text, text_lines, marks)
    blocks, found = _with_credits(blocks, foot.credits)
    if not any(one.kind != "credit" for one in blocks):
        raise InputError("clean", "nothing left", "only title, fields and page chrome; give the article's text")
    blocks = kinds(blocks)
    marks += [
        Mark(start, end, "summary" if one.kind == "summary" else "body") for one in blocks for start, end in one.parts
    ]
    body, bounds = _body(blocks)
    everything = _facts(stated, head, found)
    if site:
        everything["site"] = site
    lead = next((body[p.start : p.end] for p in bounds if p.kind == "summary"), None)
    if lead:
        everything.setdefault("summary", _LEAD.sub("", lead))
    return Cleaned(_article(everything, body, bounds, source.notes), bounds, spans.tile(source, content, sorted(marks)))


def paragraphs(text: str, lines: Sequence[Line], marks: list[Mark]) -> list[Block]:
    """The paragraphs that `lines` of `text` make up; marks for what repeats are added to `marks`."""
    twice = repeats.flattened(lines, text)
    if twice is not None:
        blocks, copies = twice
        marks += copies
    else:
        cut = repeats.cut_lead(lines)
        marks += [Mark(line.start, line.end, "duplicate", "cut-off copy of the beginning") for line in lines[:cut]]
        again = set(repeats.repeated(lines[cut:]))
        marks += [
            Mark(lines[cut + i].start, lines[cut + i].end, "duplicate", "repeats a paragraph") for i in sorted(again)
        ]
        kept = [line for i, line in enumerate(lines[cut:]) if i not in again] if again else lines[cut:]
        blocks = _parted(text, kept)
    blocks, said = captions.captions(blocks)
    marks += said
    if blocks and _LEAD.match(blocks[0].text) and len(blocks) > 1:
        return [blocks[0]._replace(kind="summary"), *blocks[1:]]
    return captions.summary(blocks)


def _parted(text: str, lines: Sequence[Line]) -> list[Block]:
    size = sum(len(line.text) for line in lines)
    blocks: list[Block] = []
    for together in unwrap(lines):
        if len(together) > 1:
            blocks.append(of_lines(together))
            continue
        line = together[0]
        blocks += [block(text, start, end) for start, end in part(text, line.start, line.end, len(line.text) / size)]
    return blocks


def _without(
    lines: Sequence[Line], marks: list[Mark], role: str, reason: str, goes: Callable[[Line], bool]
) -> list[Line]:
    kept: list[Line] = []
    for line in lines:
        if goes(line):
            marks.append(Mark(line.start, line.end, "chrome", reason))
        else:
            kept.append(line)
    return kept


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


def _body(blocks: Sequence[Block]) -> tuple[str, tuple[Paragraph, ...]]:
    """The text of an article: paragraphs in NFC, without zero-width characters, one line feed between them."""
    texts = [one.text for one in blocks]
    body = "\n".join(texts)
    if _ZERO_WIDTH.search(body) or not unicodedata.is_normalized("NFC", body):
        texts = [unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", text)).strip() for text in texts]
        body = "\n".join(texts)
    bounds: list[Paragraph] = []
    at = 0
    for one, text in zip(blocks, texts, strict=True):
        bounds.append(Paragraph(one.kind, at, at + len(text)))
        at += len(text) + 1
    return body, tuple(bounds)


def _facts(stated: Mapping[str, str], head: Header, credits: Sequence[Found]) -> dict[str, str]:
    """All fields, as printed: the reader's first, then the header's, then those of the credits at the end."""
    everything = dict(stated)
    if fields.is_account(everything.get("author", "")):
        everything["uploader"] = everything.pop("author")
    for more in (head.fields, field_values(credits)):
        for name, value in more.items():
            everything.setdefault(name, value)
    return everything


def _article(everything: Mapping[str, str], body: str, bounds: Sequence[Paragraph], notes: Sequence[str]) -> Article:
    facts = {name: _tidy(value) for name, value in everything.items()}
    when = fields.published(facts.get("published", ""))
    seen = fields.views(facts.get("views", ""))
    extra = {name: value for name, value in facts.items() if name not in _NOT_EXTRA and value}
    if when is None and facts.get("published"):
        extra["published_raw"] = facts["published"]
    if seen is None and facts.get("views"):
        extra["views_raw"] = facts["views"]
    if facts.get("keywords"):
        extra["keywords"] = facts["keywords"]
    if notes:
        extra["notes"] = "; ".join(notes)
    title = facts.get("title") or None
    stated = {name: facts.get(name) or None for name in _COLUMNS}
    if stated["author"]:
        stated["author"] = fields.person(stated["author"])
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
    return unicodedata.normalize("NFC", _ZERO_WIDTH.sub("", value)).strip()


def _first_sentence(body: str, bounds: Sequence[Paragraph]) -> str | None:
    first = next((p for p in bounds if p.kind != "credit"), None)
    if first is None:
        return None
    start, end = next(
        sentences.bounds(body[first.start : min(first.end, first.start + 4 * _ESTIMATED_TITLE_CHARS)]), (0, 0)
    )
    return body[first.start + start : first.start + min(end, start + _ESTIMATED_TITLE_CHARS)].rstrip() or None
