"""A Word document to a source: its text as lines of plain HTML, of which the tags are markup.

    word.py ──▶ docx.py
    blocks      articles, their title, and what each stretch is

The raw text is what the document says, notes at its end. Not in it is what is no text of an article: page headers and
footers, comments, pictures, and the properties. Who typed a file, and when, is not who wrote the article; the title
among them counts where the text begins with it.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from html import escape, unescape

from corpus_db.errors import InputError
from corpus_db.records import Item, Role, Source
from corpus_db.sources.base import Opened, Tiling, digest, opened, source
from corpus_db.sources.fields import put
from corpus_db.sources.package import Package
from corpus_db.sources.sections import LEAST_SECTIONS, sections
from corpus_db.sources.stream import Stream, whole
from corpus_db.sources.word import CONTENTS, TITLE, Block, Document, document_of, levels

_STYLED = re.compile(rb'<\w+:pStyle \w+:val="([^"]*)"')
_OUTLINED = re.compile(rb"<\w+:outlineLvl ")
_LEVELS = (1, 2)  # of the headings that articles may stand under
_FIRST_LINES = 5  # among which the title stands
_GAPS = re.compile(r"\s+")
# Tags, and what stands in them for no reader: deleted text, tables of contents, numbers of notes; or an escape.
_MARK = re.compile(
    r"(?P<del><del>[^<]*</del>)|(?P<nav><nav>[^\n]*</nav>\n)"
    r"|(?P<tag>(?:<sup>\d*</sup>|</?(?!del>|nav>)[a-z]\w*>\n?)+)|(?P<escape>&\w+;)"
)
_LINE_END = re.compile("</(?:p|h[1-6]|title|tr|aside)>|<br>")
_OPENS = re.compile(r"<(title|h[1-6]|p|aside|tr)>\n?$")


def split(stream: Stream) -> Iterator[Item]:
    """The articles of a document of several, numbered by their headings (0: what stands above the first), or the file."""
    data = whole(stream)
    package = Package(data)
    several = parts(stream, "docx", document_of(package)) if _may_hold_several(package) else []
    yield from several or [stream.item("docx", None, data, None)]


def parts(stream: Stream, kind: str, document: Document) -> list[Item]:
    """The articles of a document of several; none if it is one."""
    blocks, notes = document.blocks, document.notes
    for level in _LEVELS:
        starts = [number for number, block in enumerate(blocks) if block.level == level]
        if starts and sections("".join(map(str, blocks)), re.compile(f"^<h{level}>", re.MULTILINE)):
            bounds = enumerate(zip([0, *starts], [*starts, len(blocks)], strict=True))
            return [
                stream.item(kind, number, _shown(blocks[start:end], notes), "utf-8")
                for number, (start, end) in bounds
                if any(block.html.strip() for block in blocks[start:end])
            ]
    return []


def _may_hold_several(package: Package) -> bool:
    """A quick look: whether enough paragraphs are headings."""
    styles, outlined, rest = Counter[bytes](), 0, b""
    for block in package.blocks(package.main()):
        tags, _, rest = (rest + block).rpartition(b">")
        styles.update(_STYLED.findall(tags))
        outlined += len(_OUTLINED.findall(tags))
    if outlined + sum(styles.values()) < LEAST_SECTIONS:
        return False
    known = levels(package)
    headings = (count for style, count in styles.items() if known.get(style.decode("utf-8", "replace")) in _LEVELS)
    return outlined + sum(headings) >= LEAST_SECTIONS


def read(item: Item) -> Source:
    """The source of a document, or of a part of one; raises `InputError` if it is damaged or holds no text."""
    return source_of(item, document_of(Package(item.data)) if isinstance(item.data, bytes) else None)


def source_of(item: Item, document: Document | None) -> Source:
    """The source of a document (None: `item` is a part of one); raises `InputError` if it holds no text."""
    if isinstance(item.data, bytes) and document:
        raw = _shown(document.blocks, document.notes, document.title)
        text = Opened(raw, "utf-8", digest(item.data), len(item.data), document.remarks)
    else:
        text = opened(item)
    tiling, fields = Tiling(), dict[str, str]()
    _place(text.raw, tiling, fields)
    made = source(item, text, tiling, fields)
    if not any(piece.role == "body" for piece in made.pieces):
        detail = "nothing but pictures or embedded pages: save it anew in Word, or have the pictures recognised"
        raise InputError("read", "no text", detail)
    return made


def _shown(blocks: Sequence[Block], notes: dict[str, str], stated: str = "") -> str:
    """Blocks as lines, the one that is the title marked as such, and the notes that they refer to."""
    title = _title(blocks, stated)
    lines = [
        str(block._replace(level=TITLE if number == title else 1) if block.level == TITLE or number == title else block)
        for number, block in enumerate(blocks)
    ]
    referred = dict.fromkeys(note for block in blocks for note in block.notes)
    lines += [f"<aside>{notes[note]}</aside>\n" for note in referred if note in notes]
    return "".join(lines)


def _title(blocks: Sequence[Block], stated: str) -> int | None:
    """Which block is the title: by its style, as the only heading of its level, or because the properties say so."""
    shown = [n for n, block in enumerate(blocks) if block.html.strip() and not block.tag and block.level != CONTENTS]
    first = shown[:_FIRST_LINES]
    styled = next((n for n in first if blocks[n].level == TITLE), None)
    if styled is not None:
        return styled
    levels_below = Counter(blocks[n].level for n in shown)
    if first and blocks[first[0]].is_heading and levels_below[blocks[first[0]].level] == 1 and len(shown) > 1:
        return first[0]
    bare = _GAPS.sub("", escape(stated, quote=False))
    return next((n for n in first if bare and _GAPS.sub("", blocks[n].html) == bare), None)


def _place(raw: str, tiling: Tiling, fields: dict[str, str]) -> None:
    """Add the pieces of the lines of a document, and state the title."""
    role: Role = "body"
    reason = "text"
    title = list[str]()
    for mark in _MARK.finditer(raw):
        if role == "title":
            title += [raw[tiling.at : mark.start()], unescape(mark["escape"] or "")]
        tiling.add(mark.start(), role, reason)
        if mark["escape"]:
            tiling.add(mark.end(), role, reason if reason == "heading" else "escape", unescape(mark["escape"]))
        elif mark["tag"] is None:
            tiling.add(mark.end(), "markup", "deleted text" if mark["del"] else "table of contents")
        else:
            tiling.add(mark.end(), "markup", "tag", _standing_for(mark["tag"]) if role == "body" else None)
            if opens := _OPENS.search(mark["tag"]):
                role = "title" if opens[1] == "title" else "body"
                reason = "title" if role == "title" else "heading" if opens[1][0] == "h" else "text"
    tiling.add(len(raw), role, reason)
    put(fields, "title", _GAPS.sub(" ", "".join(title)))


def _standing_for(tags: str) -> str | None:
    """What a run of tags between two texts stands for: the end of a line, or of two where an empty one follows."""
    ends = len(_LINE_END.findall(tags))
    return "\n" * min(ends, 2) or ("\t" if "</td>" in tags else None)
