"""An OpenDocument text (.odt) → a source: its text as lines of plain HTML, as that of Word documents.

odt.py ──▶ docx.py
blocks     articles, their title, and what each stretch is

Format: OpenDocument 1.3, part 3. Tracked changes count as accepted: what they took away stands in a part of its own, and is
kept as deleted where it stood.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import escape

from corpus_db.errors import InputError
from corpus_db.records import Item, Source
from corpus_db.sources.docx import parts, source_of
from corpus_db.sources.flows import Flows
from corpus_db.sources.package import Event, Package
from corpus_db.sources.sections import LEAST_SECTIONS
from corpus_db.sources.stream import MAX_DOCUMENT_BYTES, Stream, too_large, whole
from corpus_db.sources.word import CONTENTS, TEXT, Document, level_named

_CONTENT, _HEADING = "content.xml", b"<text:h "  # a quick look: whether enough paragraphs are headings
_SPACE = re.compile(r"[ \t\r\n]+")
_MOST_ANCESTORS = 20  # of a style
_MOST_SPACES = 99  # that one element stands for
# Elements whose text is none of the document's: comments, pronunciations, numbers of notes, who changed it, templates.
_SKIPPED = frozenset(
    ("annotation", "ruby-text", "note-citation", "change-info", "forms", "sequence-decls", "index-title-template")
)
_DESCRIBING, _TEXTS = ("title", "desc"), ("p", "h", "span", "a")  # the former, outside the latter, describe a picture
_HIDDEN = ("hidden-text", "hidden-paragraph")


def split(stream: Stream) -> Iterator[Item]:
    """The articles of a document of several, numbered by their headings (0: what stands above the first), or the file."""
    data = whole(stream)
    package = Package(data)
    headings = sum(block.count(_HEADING) for block in package.blocks(_CONTENT))
    several = parts(stream, "odt", document_of(package)) if headings >= LEAST_SECTIONS else []
    yield from several or [stream.item("odt", None, data, None)]


def read(item: Item) -> Source:
    """The source of a document, or of a part of one; raises `InputError` if it is damaged, locked or holds no text."""
    return source_of(item, document_of(Package(item.data)) if isinstance(item.data, bytes) else None)


def document_of(package: Package) -> Document:
    """The document in a package; raises `InputError` for one that is damaged, locked or too large."""
    if any(event.name == "encryption-data" for event in package.events("META-INF/manifest.xml")):
        raise InputError("read", "encrypted", "save it without its password")
    if _CONTENT not in package:
        raise InputError("read", "damaged document", f"{_CONTENT} is missing: save it anew")
    writer = _Writer(_parents(package))
    for event in package.events(_CONTENT):
        writer.take(event)
    writer.flows.end_flow()
    title, inside = "", ""
    for event in package.events("meta.xml"):
        title += event.name if event.kind == "text" and inside == "title" else ""
        inside = event.name if event.kind == "open" else ""
    return Document(writer.flows.blocks, writer.flows.notes, title)


def _parents(package: Package) -> dict[str, str]:
    """Name of a style → the one that it is based on."""
    events = (event for part in ("styles.xml", _CONTENT) for event in package.events(part))
    return {
        event.attributes.get("name", ""): event.attributes.get("parent-style-name", "")
        for event in events
        if event.kind == "open" and event.name == "style"
    }


class _Writer:
    """What is known at a place in a document, and what it has said so far."""

    def __init__(self, parents: dict[str, str]) -> None:
        self.flows = Flows()
        self._parents = parents
        self._path: list[str] = []
        self._skipped = 0
        self._levels: list[int] = []  # of the paragraphs that are open
        self._tables: list[int] = [0]  # how many are open, in the text and in each note or text box in it
        self._deleted: defaultdict[str, list[str]] = defaultdict(list)
        self._change: str | None = None  # whose deleted text this is
        self._chars = 0

    def take(self, event: Event) -> None:
        """Go on by a tag or a text."""
        if event.kind == "text":
            self._text(event.name)
            return
        is_opening = event.kind == "open"
        is_of_picture = is_opening and event.name in _DESCRIBING and self._path[-1:] and self._path[-1] not in _TEXTS
        if self._skipped or event.name in _SKIPPED or is_of_picture:
            self._skipped += 1 if is_opening else -1
            return
        if is_opening:
            self._path.append(event.name)
        if step := (_OPENED if is_opening else _CLOSED).get(event.name):
            step(self, event)
        if not is_opening:
            self._path.pop()

    def _text(self, text: str) -> None:
        if self._skipped or not self._levels:
            return
        shown = escape(_SPACE.sub(" ", text), quote=False)
        if any(name in _HIDDEN for name in self._path):
            shown = f"<del>{shown}</del>"
        self._say(shown)

    def _say(self, html: str) -> None:
        self._chars += len(html)
        if self._chars > MAX_DOCUMENT_BYTES:
            raise too_large()
        if self._change is not None:
            self._deleted[self._change].append(html)
        elif self._levels:
            self.flows.say(html)

    def paragraph(self, event: Event) -> None:
        level = TEXT
        if "table-of-content" in self._path:
            level = CONTENTS
        elif event.name == "h":
            number = event.attributes.get("outline-level", "1")
            level = min(int(number), TEXT - 1) if number.isdecimal() and len(number) < 3 and int(number) else 1
        elif (named := self._level(event.attributes.get("style-name", ""))) is not None:
            level = named
        self._levels.append(level)

    def _level(self, style: str) -> int | None:
        """The level of the paragraphs of a style, or of one that it is based on."""
        for _ in range(_MOST_ANCESTORS):
            level = level_named(style.replace("_20_", " "))
            if level is not None or not style:
                return level
            style = self._parents.get(style, "")
        return None

    def paragraph_end(self, _: Event) -> None:
        level = self._levels.pop()
        if self._change is None:
            self.flows.end_paragraph(level, is_in_table=self._tables[-1] > 0)

    def spaces(self, event: Event) -> None:
        count = event.attributes.get("c", "1")
        self._say(" " * min(int(count) if count.isdecimal() and len(count) < 5 else 1, _MOST_SPACES))

    def note(self, _: Event) -> None:
        self.flows.begin_note()
        self._tables.append(0)

    def box(self, _: Event) -> None:
        self.flows.begin_box()
        self._tables.append(0)

    def aside_end(self, _: Event) -> None:
        self._tables.pop()
        self.flows.end_aside()

    def table(self, _: Event) -> None:
        self._tables[-1] += 1

    def table_end(self, _: Event) -> None:
        self._tables[-1] -= 1

    def cell_end(self, _: Event) -> None:
        if self._tables[-1] == 1:  # one inside another lays the page out
            self.flows.end_cell()

    def row_end(self, _: Event) -> None:
        if self._tables[-1] == 1:
            self.flows.end_row()

    def region(self, event: Event) -> None:
        self._change = event.attributes.get("id", "")

    def region_end(self, _: Event) -> None:
        self._change = None

    def change(self, event: Event) -> None:
        if gone := "".join(self._deleted.get(event.attributes.get("change-id", ""), ())):
            self._say(f"<del>{gone.replace('<br>', ' ')}</del>")


_Step = Callable[[_Writer, Event], None]
_OPENED: dict[str, _Step] = {
    **dict.fromkeys(("p", "h"), _Writer.paragraph),
    "s": _Writer.spaces,
    "tab": lambda writer, _: writer._say("\t"),
    "line-break": lambda writer, _: writer._say("<br>"),
    "note": _Writer.note,
    "text-box": _Writer.box,
    "table": _Writer.table,
    "changed-region": _Writer.region,
    "change": _Writer.change,
}
_CLOSED: dict[str, _Step] = {
    **dict.fromkeys(("p", "h"), _Writer.paragraph_end),
    **dict.fromkeys(("note", "text-box"), _Writer.aside_end),
    "table": _Writer.table_end,
    **dict.fromkeys(("table-cell", "covered-table-cell"), _Writer.cell_end),
    "table-row": _Writer.row_end,
    "changed-region": _Writer.region_end,
}
