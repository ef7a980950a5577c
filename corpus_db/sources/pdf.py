"""A PDF → a source: its text as lines in reading order, below what the file says of itself.

    pdf_process.py ──▶ layout.py, edges.py ──▶ typeset.py ──▶ pdf.py
    runs of text       lines, what is none     paragraphs     what each stretch is

Line ends inside a paragraph are markup, and so are tables of contents; running heads and numbers of pages are chrome; notes
stand at the end. Who made a file, and when, is not who wrote the article, nor when: these are fields of the file. Its
title counts where the text begins with it; else the largest type of the first page does.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from corpus_db.clean.header import bare
from corpus_db.errors import InputError
from corpus_db.records import Item, Role, Source
from corpus_db.sources import pdf_process
from corpus_db.sources.base import Opened, Tiling, digest, source
from corpus_db.sources.edges import Line
from corpus_db.sources.fields import is_address
from corpus_db.sources.layout import Laid, body_size, laid_out
from corpus_db.sources.typeset import CONTENTS, between, hyphen_at_end, notes, paragraphs
from corpus_db.text.likeness import likeness

_FIELDS = {"Title": "file_title", "Author": "file_author", "CreationDate": "file_created"}
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d))?.*")
_FIRST = 12  # paragraphs among which the title stands
_TITLE_CHARS = (2, 100)
_LEAST_LARGER = 1.15  # ratio of the type of a title to that of the text
_LETTERHEAD = re.compile(r"文件$|^[（(]?第.{1,8}[期号][)）]?$")  # in the largest type of a document of the government
_LEAST_CONTENTS = 3  # lines of a table of contents
_UNREADABLE = re.compile("[\x00-\x08\x0e-\x1f\ue000-\uf8ff\ufffd]")
_MOST_UNREADABLE = 0.3  # of the characters
_HAN = re.compile("[\u3400-\u9fff]")
# A number above the line is that of a note, not an exponent, behind Chinese, or where a note begins with it.
_BEHIND_HAN, _NUMBER = re.compile("[\u2e80-\uffef]$|[,.;:!?”’)]$"), re.compile(r"\[?\d{1,3}\]?")
_LEAST_HAN, _LEAST_LIKE = 100, 0.35
_Paragraph = list[list[Line]]


def read(item: Item) -> Source:
    """The source of a PDF; raises `InputError` for one that is locked, damaged, scanned, or says no characters."""
    data = item.data if isinstance(item.data, bytes) else item.data.encode()
    told = pdf_process.ask(data)
    laid = laid_out([page or [] for page in told["pages"]])
    found = [*paragraphs(laid.regions), *notes(laid.notes)]
    _refuse_unreadable("".join(cell.text for one in found for row in one for cell in row))
    writer = _Writer(_title(found, told["fields"]["Title"]), _contents(found), laid)
    writer.head(told["fields"])
    for one in found:
        writer.paragraph(one)
    writer.rest()
    text = Opened("".join(writer.parts), "utf-8", digest(data), len(data), ())
    return source(item, text, writer.tiling, writer.fields, *_remarks(told))


def _remarks(told: dict[str, Any]) -> list[str]:
    pages = told["pages"]
    damaged = sum(page is None for page in pages)
    return [
        *([f"{damaged} of {len(pages)} pages are damaged"] if damaged else ()),
        *([f"{told['pictures']} of {len(pages)} pages are pictures"] if told["pictures"] else ()),
        *([f"{told['attachments']} attachments are not read"] if told["attachments"] else ()),
    ]


def _refuse_unreadable(text: str) -> None:
    if not text.strip():
        detail = "nothing but pictures and numbers of pages, as of a scan: have its text recognised (OCR), and save it"
        raise InputError("read", "no text", detail)
    han = "".join(_HAN.findall(text))
    is_garbled = len(han) > _LEAST_HAN and likeness(han) < _LEAST_LIKE
    if is_garbled or len(_UNREADABLE.findall(text)) > _MOST_UNREADABLE * len(text):
        detail = "its fonts do not say which characters they show: print it anew, or have its text recognised (OCR)"
        raise InputError("read", "unreadable text", detail)


def _title(found: Sequence[_Paragraph], stated: str) -> list[_Paragraph]:
    """The paragraphs that are the title, one after the other."""
    first = [one for one in found[:_FIRST] if one[0][0].page == found[0][0][0].page]
    groups = _by_size(first)
    of_file = bare(stated)
    for group in groups:
        if len(shown := bare(_text(group))) > 3 and of_file.startswith(shown):
            return group
    body = body_size(cell for one in found for row in one for cell in row)
    sizes = sorted({group[0][0][0].size for group in groups}, reverse=True)
    for size in (size for size in sizes if size >= _LEAST_LARGER * body):
        for group in groups:
            shown = bare(_text(group))
            is_title = _TITLE_CHARS[0] <= len(shown) <= _TITLE_CHARS[1] and not _LETTERHEAD.search(shown)
            if is_title and group[0][0][0].size == size:
                return group
    return []


def _by_size(found: Sequence[_Paragraph]) -> list[list[_Paragraph]]:
    """Paragraphs, those in one type that stand one below the other together, as the lines of a title do."""
    groups: list[list[_Paragraph]] = []
    for one in found:
        last = groups[-1][-1][-1][-1] if groups else None
        line = one[0][0]
        if last and last.size == line.size and 0 < line.down - last.down < 2 * line.size and len(one) == 1:
            groups[-1].append(one)
        else:
            groups.append([one])
    return groups


def _text(group: Sequence[_Paragraph]) -> str:
    text = ""
    for line in (cell for one in group for row in one for cell in row):
        text += between(text, line.text) + line.text if text else line.text
    return text


def _contents(found: Sequence[_Paragraph]) -> set[int]:
    """Which paragraphs are lines of a table of contents."""
    lines = {n for n, one in enumerate(found) if CONTENTS.fullmatch(_text([one]).strip())}
    return lines if len(lines) >= _LEAST_CONTENTS else set()


class _Writer:
    """The text written so far, and what each stretch of it is."""

    def __init__(self, title: list[_Paragraph], contents: set[int], laid: Laid) -> None:
        self.parts: list[str] = []
        self.tiling, self.fields = Tiling(), dict[str, str]()
        self._title, self._contents = title, contents
        self._heads = sorted(laid.heads, key=lambda line: (line.page, line.down, line.left))[::-1]
        self._reasons = laid.heads
        self._notes = {found[0] for line in laid.notes if (found := _NUMBER.match(line.text))}
        self._number = 0  # of the next paragraph

    def head(self, stated: dict[str, str]) -> None:
        """What the file says of itself, a line each."""
        for key, name in _FIELDS.items():
            value = " ".join(stated[key].split())
            if value:
                label = f"{key}: "
                self._add(label, "markup", "file properties")
                self._add(value, "field", name)
                self._add("\n", "markup", "file properties")
                self.fields[name] = _DATE.sub(_iso, value) if key == "CreationDate" else value
        if self.parts:
            self._add("\n", "markup", "file properties")

    def paragraph(self, one: _Paragraph) -> None:
        """A paragraph, behind the running heads that stand above it."""
        is_title = any(one is part for part in self._title)
        is_contents = self._number in self._contents
        role: Role = "title" if is_title else "markup" if is_contents else "body"
        reason = "title" if is_title else "table of contents" if is_contents else "text"
        self._number += 1
        if is_title:
            self.fields["title"] = _text(self._title)
        lines = [(line, n == len(row) - 1) for row in one for n, line in enumerate(row)]
        for n, (line, is_row_end) in enumerate(lines):
            self._edges(line)
            following = lines[n + 1][0].text if n + 1 < len(lines) else None
            hyphen = hyphen_at_end(line.text, following or "") if is_row_end else 0
            at = 0
            for start, end in line.raised:
                if line.text[start:end] in self._notes or _BEHIND_HAN.search(line.text, 0, start):
                    self._add(line.text[at:start], role, reason)
                    self._add(line.text[start:end], "markup", "footnote")
                    at = end
            self._add(line.text[at : len(line.text) - hyphen], role, reason)
            self._add(line.text[len(line.text) - hyphen :], "markup", "hyphen")
            if not is_row_end:
                self._add("\t", role, reason)
            elif following is None:
                self._add("\n\n", "markup", "line end", "\n\n" if role == "body" else None)
            else:
                space = "" if hyphen or role != "body" else between(line.text, following)
                self._add("\n", "markup", "line end", space or None)

    def rest(self) -> None:
        """What stands below the last paragraph."""
        self._edges(None)

    def _edges(self, line: Line | None) -> None:
        """The running heads above a line."""
        while self._heads and (line is None or _place(self._heads[-1]) < _place(line)):
            head = self._heads.pop()
            if is_address(head.text):
                self.fields.setdefault("url", head.text)
            shown = head.text + "\n"
            self._add(shown, "chrome", self._reasons[head])

    def _add(self, text: str, role: Role, reason: str, stands_for: str | None = None) -> None:
        if text:
            self.parts.append(text)
            self.tiling.add(self.tiling.at + len(text), role, reason, stands_for)


def _place(line: Line) -> tuple[int, float]:
    return line.page, line.down


def _iso(date: re.Match[str]) -> str:
    year, month, day, hour, minute = date.groups()
    return f"{year}-{month}-{day}" + (f"T{hour}:{minute}" if hour else "")
