"""The parts of a Word document to blocks: its paragraphs and rows of tables, in the order in which they are read.

Text boxes come behind the paragraph that holds them. Tracked changes count as accepted: what they took away is kept as
deleted, as is text that is hidden. A row whose cells hold one paragraph each is one block; other tables lay a page out,
and their cells follow one another.

No library is at work. python-docx knows nothing of text boxes, controls and inserted text; mammoth drops what is deleted
without a trace, takes hidden text in, needs seven times as long, and has no bounds.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from html import escape
from typing import NamedTuple

from corpus_db.sources.base import MAX_PIECES, too_much_markup
from corpus_db.sources.package import Event, Package
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES, too_large

TITLE, TEXT, CONTENTS = 0, 10, 11  # levels of blocks; between the first two are those of headings
_STYLE = re.compile(r"(?:heading|标题|標題) ?([1-9])", re.IGNORECASE)  # Word writes the English name in every language
_OUTLINE = {str(number): number + 1 for number in range(TEXT)}  # outline levels, of which the last is that of text
_MOST_ANCESTORS = 20  # of a style
_STYLES = (("title", TITLE), ("toc ", CONTENTS), ("目录", CONTENTS), ("目錄", CONTENTS))
# Elements whose text is not the document's. Source: ECMA-376-1, 17; Fallback repeats a text box for older programs.
_SKIPPED = frozenset(
    ("Fallback", "delInstrText", "instrText", "pPrChange", "rPrChange", "rt", "sectPr", "tblPr", "tcPr", "trPr")
)
_DELETED = frozenset(("del", "moveFrom"))
_SIGNS = {"tab": "\t", "ptab": "\t", "br": "<br>", "cr": "<br>", "noBreakHyphen": "-"}
_NOTES = {"footnoteReference": "footnotes", "endnoteReference": "endnotes"}
_MAX_HEADING_CHARS = 100  # a longer paragraph is no heading, whatever its style
_PART_CHARS = 16  # what a part of a text takes beside its characters


class Block(NamedTuple):
    """A paragraph, or a row of a table."""

    level: int
    html: str
    notes: tuple[str, ...] = ()  # those that it refers to
    tag: str = ""  # where the level does not say it

    @property
    def is_heading(self) -> bool:
        return TITLE < self.level < TEXT

    def __str__(self) -> str:
        """The block as a line of HTML."""
        tag = self.tag or {TITLE: "title", TEXT: "p", CONTENTS: "nav"}.get(self.level) or f"h{min(self.level, 6)}"
        return f"<{tag}>{self.html}</{tag}>\n"


class Document(NamedTuple):
    """What a document says."""

    blocks: list[Block]
    notes: dict[str, str]  # HTML of footnotes and endnotes
    title: str  # which the properties state; '' if they state none
    remarks: tuple[str, ...] = ()  # on what is wrong with it


def paragraph_of(level: int, html: str, notes: tuple[str, ...] = ()) -> Block:
    """A paragraph as a block: of that level if it can be a heading."""
    is_heading = html.strip() and len(html) <= _MAX_HEADING_CHARS
    return Block(level if is_heading or level == CONTENTS else TEXT, html, notes)


def row_of(cells: list[list[Block]]) -> list[Block]:
    """A row of a table as one block, or the blocks of its cells if they lay a page out."""
    filled = [[block for block in cell if block.html.strip()] for cell in cells]
    if len(cells) < 2 or any(len(cell) > 1 or any(block.tag for block in cell) for cell in filled):
        return [block for cell in cells for block in cell]
    html = "".join(f"<td>{''.join(block.html for block in cell)}</td>" for cell in filled)
    return [Block(TEXT, html, tuple(note for cell in filled for block in cell for note in block.notes), "tr")]


def level_named(style: str) -> int | None:
    """The level that the name of a style says; None if it says none.

    >>> level_named("heading 2"), level_named("Title"), level_named("Normal")
    (2, 0, None)
    """
    named = _STYLE.match(style)
    begins = (level for beginning, level in _STYLES if style.lower().startswith(beginning))
    return int(named[1]) if named else next(begins, None)


def document_of(package: Package) -> Document:
    """The document in a package; raises `InputError` for one that is damaged, locked or too large."""
    main = package.main()
    parts = {relation.kind: relation.target for relation in package.relations(main).values()}
    writer = _Writer(levels(package))
    for kind in _NOTES.values():
        writer.read(package, parts.get(kind, ""), kind)
    writer.lists = [[]]
    writer.read(package, main)
    properties = next((one.target for one in package.relations("").values() if one.kind == "core-properties"), "")
    inside, title = "", ""
    for event in package.events(properties):
        title = event.name if event.kind == "text" and inside == "title" else title
        inside = event.name if event.kind == "open" else ""
    return Document(writer.lists[0], writer.notes, title)


def levels(package: Package) -> dict[str, int]:
    """The level of the paragraphs of each style, by its id: by its name, its outline level, or the style it is based on."""
    parts = {relation.kind: relation.target for relation in package.relations(package.main()).values()}
    own, parents, style = dict[str, int](), dict[str, str](), ""
    for kind, name, attributes in package.events(parts.get("styles", "")):
        value = attributes.get("val", "")
        if kind != "open":
            continue
        if name == "style":
            style = attributes.get("styleId", "")
        elif name == "name":
            level = level_named(value)
            if level is not None:
                own[style] = level
        elif name == "outlineLvl" and value in _OUTLINE:
            own.setdefault(style, _OUTLINE[value])
        elif name == "basedOn":
            parents[style] = value
    for style in parents:
        above = style
        for _ in range(_MOST_ANCESTORS):
            if above in own:
                own[style] = own[above]
                break
            above = parents.get(above, "")
    return own


@dataclass
class _Paragraph:
    """A paragraph that is open."""

    level: int = TEXT
    parts: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    behind: list[Block] = field(default_factory=list)  # the text boxes in it


class _Writer:
    """What is known at a place in a document, and what it has said so far."""

    def __init__(self, known: dict[str, int]) -> None:
        self.lists: list[list[Block]] = [[]]  # of the text, and of the text box, cell or note that is open in it
        self.notes: dict[str, str] = {}
        self._levels = known
        self._open: list[_Paragraph] = []
        self._rows: list[list[list[Block]]] = []
        self._path: list[str] = []
        self._gone = 0  # how many of the open elements say that text is deleted
        self._is_hidden = False
        self._kind = self._note = ""
        self._chars = self._blocks = 0

    def read(self, package: Package, part: str, kind: str = "") -> None:
        """Go through a part; `kind`: its notes are of that kind."""
        self._kind, skipped = kind, 0
        for event in package.events(part):
            if event.kind == "text":
                if not skipped and self._path[-1] in ("t", "delText"):
                    self._text(event.name)
                continue
            is_opening = event.kind == "open"
            if skipped or event.name in _SKIPPED:
                skipped += 1 if is_opening else -1
                continue
            if is_opening:
                self._path.append(event.name)
            else:
                self._path.pop()
            self._gone += (event.name in _DELETED) * (1 if is_opening else -1)
            if step := (_OPENED if is_opening else _CLOSED).get(event.name):
                step(self, event)

    def _text(self, text: str) -> None:
        shown = escape(" ".join(text.split("\n")), quote=False)
        self._say(f"<del>{shown}</del>" if self._gone or self._is_hidden else shown)

    def _say(self, part: str) -> None:
        self._chars += len(part) + _PART_CHARS
        if self._chars > MAX_DOCUMENT_BYTES:
            raise too_large()
        if self._open:
            self._open[-1].parts.append(part)

    def _inside(self, *names: str) -> bool:
        return self._path[-1 - len(names) : -1] == [*names]

    def paragraph(self, _: Event) -> None:
        self._open.append(_Paragraph())

    def style(self, event: Event) -> None:
        if self._open and self._inside("pPr"):
            self._open[-1].level = self._levels.get(event.attributes.get("val", ""), TEXT)

    def outline(self, event: Event) -> None:
        value = event.attributes.get("val", "")
        if self._open and self._inside("p", "pPr") and value in _OUTLINE:
            self._open[-1].level = _OUTLINE[value]

    def run(self, _: Event) -> None:
        self._is_hidden = False

    def hidden(self, event: Event) -> None:
        if self._inside("r", "rPr"):
            self._is_hidden = event.attributes.get("val", "1") not in ("0", "false", "off")

    def sign(self, event: Event) -> None:
        if self._inside("r") and not self._gone:
            self._say(_SIGNS[event.name])

    def reference(self, event: Event) -> None:
        note = f"{_NOTES[event.name]} {event.attributes.get('id', '')}"
        if self._open and not self._gone:
            self._open[-1].notes.append(note)
            self._say(f"<sup>{note.rpartition(' ')[2]}</sup>")

    def paragraph_end(self, _: Event) -> None:
        one = self._open.pop()
        self.lists[-1] += [paragraph_of(one.level, "".join(one.parts), tuple(one.notes)), *one.behind]
        self._blocks += 1
        if self._blocks > MAX_PIECES:
            raise too_much_markup()

    def aside(self, _: Event) -> None:
        self.lists.append([])

    def box_end(self, _: Event) -> None:
        found = self.lists.pop()
        (self._open[-1].behind if self._open else self.lists[-1]).extend(found)

    def row(self, _: Event) -> None:
        self._rows.append([])

    def cell_end(self, _: Event) -> None:
        found = self.lists.pop()
        if self._rows:
            self._rows[-1].append(found)

    def row_end(self, _: Event) -> None:
        self.lists[-1] += row_of(self._rows.pop())

    def note(self, event: Event) -> None:
        self._note = "" if "type" in event.attributes else f"{self._kind} {event.attributes.get('id', '')}"
        self.lists.append([])

    def note_end(self, _: Event) -> None:
        html = "<br>".join(block.html for block in self.lists.pop() if block.html.strip())
        if self._note and html:
            self.notes[self._note] = html


_Step = Callable[[_Writer, Event], None]
_OPENED: dict[str, _Step] = {
    "p": _Writer.paragraph,
    "pStyle": _Writer.style,
    "outlineLvl": _Writer.outline,
    "r": _Writer.run,
    "vanish": _Writer.hidden,
    **dict.fromkeys(_SIGNS, _Writer.sign),
    **dict.fromkeys(_NOTES, _Writer.reference),
    **dict.fromkeys(("txbxContent", "tc"), _Writer.aside),
    "tr": _Writer.row,
    **dict.fromkeys(("footnote", "endnote"), _Writer.note),
}
_CLOSED: dict[str, _Step] = {
    "p": _Writer.paragraph_end,
    "txbxContent": _Writer.box_end,
    "tc": _Writer.cell_end,
    "tr": _Writer.row_end,
    **dict.fromkeys(("footnote", "endnote"), _Writer.note_end),
}
