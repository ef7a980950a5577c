"""Rich text (RTF) → the blocks of a document, as Word's are; the only module that knows its control words.

Format: Rich Text Format Specification 1.9.1. Each byte is looked at once, and nothing calls itself for a level of
braces. A file that is cut, or whose braces are not balanced, gives what it holds. Numbers of lists are text here: the
programs that write such files spell them out.

No library is at work. striprtf 0.0.35 fails at characters whose second byte is ASCII or stands in another group, leaves
surrogates apart, knows of no deleted or hidden text, and has neither headings nor notes nor rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import partial
from html import escape
from typing import NamedTuple

from corpus_db.errors import InputError
from corpus_db.sources.codepages import CHARSETS, codec_of_page, decoded, page_of
from corpus_db.sources.flows import Flows
from corpus_db.sources.stream import MAX_NESTING
from corpus_db.sources.word import TEXT, Document, level_named

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?[0-9]{1,10})? ?|(?P<bytes>(?:\\'[0-9A-Fa-f]{2})+)|\\(?P<symbol>.?)"
    rb"|(?P<brace>[{}])|(?P<text>[^\\{}]+)",
    re.DOTALL,
)
_LINE_ENDS = b"\r\n\0"  # in a file they say nothing
_UNSOUND = re.compile("[\0-\x08\n-\x1f\ud800-\udfff]")
_BREAKS = (0x2028, 0x2029)  # as programs of the Mac write them
_CHAR_WORDS = "emdash endash lquote rquote ldblquote rdblquote bullet tab emspace enspace qmspace ~ _ \\ { }"
_CHARS = {"\t": "\t", **dict(zip(_CHAR_WORDS.split(), "—–‘’“”•\t\u2003\u2002\u2005\xa0-\\{}", strict=True))}


class _Group(NamedTuple):
    """What holds until a brace closes."""

    # What text is part of: 'text' of the document, its 'info' or the 'title' in it, 'fonts', a 'style'; '': nothing.
    place: str = "text"
    is_deleted: bool = False
    is_hidden: bool = False
    font: int | None = None
    stand_ins: int = 1  # characters behind a \u that older programs show in its place
    level: int = TEXT
    is_in_table: bool = False
    aside: int = 0  # how deep the note or text box began that this is in


def document_of(data: bytes) -> Document:
    r"""The document in a file; raises `InputError` if it is nested too deeply or has more paragraphs than any article.

    >>> [block.html for block in document_of(rb"{\rtf1\ansicpg936{\*\generator x;}\u26089?\'ca\'d0\par}").blocks]
    ['早市']
    """
    reader = _Reader(page_of(data))
    at = 0
    while found := _TOKEN.match(data, at):
        at = found.end()
        kind = found.lastgroup
        if kind == "text":
            reader.bytes(found[0].translate(None, _LINE_ENDS))
        elif kind == "bytes":
            reader.bytes(bytes.fromhex(found[0].replace(b"\\'", b"").decode()))
        elif kind == "brace":
            (reader.open if found[0] == b"{" else reader.close)()
        elif kind == "symbol":
            reader.symbol(found["symbol"].decode("latin-1"))
        else:
            value = int(found["number"]) if kind == "number" else None
            reader.word(found["word"].decode(), value)
            if found["word"] == b"bin":
                at += max(value or 0, 0)
    return reader.document()


class _Reader:
    """What is known at a place in a file, and what it has said so far."""

    def __init__(self, page: str) -> None:
        self._page = page
        self._group = _Group()
        self._outer: list[_Group] = []
        self._flows = Flows()
        self._fonts: dict[int, str | None] = {}
        self._levels: dict[int, int] = {}
        self._font = self._style = 0  # which the tables tell of
        self._default = 0  # font of text that names none
        self._title = ""
        self._bytes, self._bytes_font = bytearray(), 0  # not decoded yet: a character may begin in one group
        self._text: list[str] = []
        self._is_starred = False  # the next word is a place that older programs do not know
        self._stand_ins = 0  # how many characters to come stand for the last one
        self._lost = 0

    def document(self) -> Document:
        """All that was said."""
        cut = len(self._outer)
        while self._outer:
            self.close()
        self._settle()
        self._flows.end_flow()
        remarks = [f"replaced {self._lost} undecodable sequences"] if self._lost else []
        remarks += [f"cut: {cut} groups are open where the file ends"] if cut else []
        return Document(self._flows.blocks, self._flows.notes, self._title, tuple(remarks))

    def open(self) -> None:
        self._stand_ins, self._is_starred = 0, False
        self._outer.append(self._group)
        if len(self._outer) > MAX_NESTING:
            raise InputError("read", "nested too deeply", f"more than {MAX_NESTING} levels: save it anew")

    def close(self) -> None:
        self._stand_ins, self._is_starred = 0, False
        outer = self._outer.pop() if self._outer else self._group
        if self._group.place == "style" or self._group.aside != outer.aside:
            self._settle()
        if self._group.aside != outer.aside:
            self._flows.end_aside()
        self._enter(outer)

    def bytes(self, data: bytes) -> None:
        if self._stand_ins:
            data, self._stand_ins = data[self._stand_ins :], max(0, self._stand_ins - len(data))
        if data and self._group.place:
            font = self._default if self._group.font is None else self._group.font
            if font != self._bytes_font:
                self._decode()
                self._bytes_font = font
            self._bytes += data

    def symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._is_starred = True
        elif self._stand_ins:
            self._stand_ins -= 1
        elif symbol in _CHARS:
            self._say(_CHARS[symbol])
        elif symbol in ("\r", "\n"):
            self.word("par", None)

    def word(self, word: str, value: int | None) -> None:
        is_starred, self._is_starred = self._is_starred, False
        if word in _CHARS:
            self.symbol(word)
            return
        self._stand_ins = 0
        place = self._group.place
        if is_starred and word not in _PLACES:
            self.go("")
        elif place and word in _PLACES:
            _PLACES[word](self)
        elif place and word in _CHANGES:
            self._enter(_CHANGES[word](self._group, value))
        elif place and value is not None and word in _VALUES:
            _VALUES[word](self, value)
        elif place == "text" and word in _ENDS:
            self._settle()
            _ENDS[word](self)

    def _say(self, char: str) -> None:
        if self._group.place:
            self._decode()
            self._text.append(char)

    def _decode(self) -> None:
        if self._bytes:
            codec = self._fonts.get(self._bytes_font) or self._page
            self._text.append(decoded(bytes(self._bytes), codec, self._page))
            self._bytes.clear()

    def _enter(self, group: _Group) -> None:
        """Go on in `group`; what was said goes where it belongs if what comes is of another kind."""
        if group[:3] != self._group[:3]:
            self._settle()
        self._group = group

    def _settle(self) -> None:
        """What was said goes where it belongs."""
        self._decode()
        text, place = "".join(self._text), self._group.place
        self._text.clear()
        if _UNSOUND.search(text):
            text = text.encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
            text = _UNSOUND.sub("", text)
        if text and place == "text":
            self._lost += text.count("\ufffd")
            shown = escape(text, quote=False)
            self._flows.say(f"<del>{shown}</del>" if self._is_gone() else shown)
        elif text and place == "title":
            self._title = text
        elif place == "style" and (level := level_named(text.strip(" ;"))) is not None:
            self._levels[self._style] = level

    def _is_gone(self) -> bool:
        return self._group.is_deleted or self._group.is_hidden

    # What the control words do.

    def go(self, place: str) -> None:
        self._enter(self._group._replace(place=place))

    def title(self) -> None:
        self.go("title" if self._group.place in ("info", "title") else "")

    def unicode(self) -> None:
        """The second of two versions, which is the better one; of titles, the last one holds."""
        self.go("info" if self._group.place == "info" else "")

    def note(self) -> None:
        if self._is_gone():
            self.go("")
        else:
            self._aside(self._flows.begin_note)

    def box(self) -> None:
        self._aside(self._flows.begin_box)

    def _aside(self, begin: Callable[[], None]) -> None:
        depth = len(self._outer)
        if self._group.place == "text" and self._group.aside != depth:  # a second one in a group goes on with the first
            self._settle()
            self._group = self._group._replace(aside=depth, level=TEXT, is_in_table=False)
            begin()

    def paragraph(self) -> None:
        self._flows.end_paragraph(self._group.level, is_in_table=self._group.is_in_table)

    def page(self) -> None:
        self._flows.end_page(self._group.level, is_in_table=self._group.is_in_table)

    def line(self) -> None:
        if not self._is_gone():
            self._flows.say("<br>")

    def font(self, number: int) -> None:
        if self._group.place == "fonts":
            self._font = number
        else:
            self._group = self._group._replace(font=number)

    def default(self, font: int) -> None:
        self._default = font

    def charset(self, number: int) -> None:
        self._fonts[self._font] = CHARSETS.get(number)

    def font_page(self, number: int) -> None:
        self._fonts[self._font] = codec_of_page(number)

    def style(self, number: int) -> None:
        self._style = number
        self._group = self._group._replace(level=self._levels.get(number, TEXT))

    def outline(self, level: int) -> None:
        if self._group.level == TEXT and 0 <= level < TEXT - 1:  # the name of a style says more
            self._group = self._group._replace(level=level + 1)

    def character(self, code: int) -> None:
        code = code % 0x10000 if code < 0 else code
        if code in _BREAKS:
            self.word("line", None)
        else:
            self._say(chr(code) if code < 0x110000 else "\ufffd")
        self._stand_ins = self._group.stand_ins


_NO_TEXT = (
    *("header", "headerl", "headerr", "headerf", "footer", "footerl", "footerr", "footerf"),
    *("ftnsep", "ftnsepc", "ftncn", "aftnsep", "aftnsepc", "aftncn", "tc", "tcn", "xe", "rxe", "txe", "fldinst"),
    *("colortbl", "filetbl", "pict", "nonshppict", "shprslt", "sp", "nonesttables", "pntxta", "pntxtb", "private"),
)
# Groups by what stands in them; of one that begins with \* and is not among them, nothing is text of the document.
_PLACES: dict[str, Callable[[_Reader], None]] = {
    "fonttbl": partial(_Reader.go, place="fonts"),
    "stylesheet": partial(_Reader.go, place="style"),
    "info": partial(_Reader.go, place="info"),
    "title": _Reader.title,
    "ud": _Reader.unicode,
    "footnote": _Reader.note,
    **dict.fromkeys(("shptxt", "dptxbxtext"), _Reader.box),
    **dict.fromkeys(("shpinst", "do"), lambda _: None),  # drawings, in which text boxes stand
    **dict.fromkeys(_NO_TEXT, partial(_Reader.go, place="")),
}
_ENDS: dict[str, Callable[[_Reader], None]] = {
    **dict.fromkeys(("par", "nestcell"), _Reader.paragraph),  # a table in a cell lays the page out
    **dict.fromkeys(("page", "sect", "column"), _Reader.page),
    "line": _Reader.line,
    "cell": lambda reader: reader._flows.end_cell(),
    "row": lambda reader: reader._flows.end_row(),
}
_CHANGES: dict[str, Callable[[_Group, int | None], _Group]] = {
    "pard": lambda group, _: group._replace(level=TEXT, is_in_table=False),
    "plain": lambda group, _: group._replace(font=None, is_deleted=False, is_hidden=False),
    "intbl": lambda group, value: group._replace(is_in_table=value != 0),
    "deleted": lambda group, value: group._replace(is_deleted=value != 0),
    "v": lambda group, value: group._replace(is_hidden=value != 0),
    "uc": lambda group, value: group._replace(stand_ins=max(value or 0, 0)),
}
_VALUES: dict[str, Callable[[_Reader, int], None]] = {
    "u": _Reader.character,
    "f": _Reader.font,
    "deff": _Reader.default,
    "fcharset": _Reader.charset,
    "cpg": _Reader.font_page,
    "s": _Reader.style,
    "outlinelevel": _Reader.outline,
}
