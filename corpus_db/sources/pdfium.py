"""A PDF → runs of text with their places, by PDFium; the only module that calls it, and a program of its own.

It is run apart from what builds (`pdf_process`), one file after the other: a library in C that a hostile file brings down
takes nothing with it then, and what runs away is ended. So it imports nothing of this package, and says what it found in
JSON. PDFium is not safe under threads: there are none here.

No other library does. PyMuPDF and poppler are under the (A)GPL; pypdf 7.1 and pdfminer.six 20260107 take eight to nine
times as long for a Chinese page, and pypdf knows few of the character maps that fonts which are not embedded need.
"""

from __future__ import annotations

import contextlib
import ctypes
import json
import math
import os
import re
import sys
import time
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import IO, Any

MOST_PAGES = 5_000
MOST_CHARS = 32 << 20
MOST_SECONDS = 120  # of the processor, for a file; one of 1,000 pages takes 20
_MOST_BYTES = 3 << 30  # of memory, addresses that are never used included
_CELL_GAP, _NO_GAP = 1.2, 0.45  # in sizes of the type: parts two cells of a table; may be none, beside a Han character
_HAN, _LATIN = "\u2e80-\u9fff\uf900-\ufaff\uff00-\uffef", "0-9A-Za-z"
_BETWEEN_SCRIPTS = re.compile(f"(?<=[{_HAN}]) ?(?=[{_LATIN}])|(?<=[{_LATIN}]) ?(?=[{_HAN}])")
_BETWEEN_HAN = re.compile(f"(?<=[{_HAN}]) ?(?=[{_HAN}])")
_WORDS, _WORD_GAP = re.compile("(?<=[a-z,;]) (?=[A-Za-z])"), 4.0  # lines of Latin are stretched far
_BESIDE_HAN = re.compile(f"(?<=[{_HAN}]) | (?=[{_HAN}])")
# Shares of such places, on a page and on a line, from which on the program put a gap there, not the writer.
_MOST_APART, _MOST_STRETCHED = 0.6, 0.25
_FONTS = Path(__file__).parents[1] / "data" / "fonts"
_LOCKED = 4  # FPDF_ERR_PASSWORD
_SPACE, _HYPHEN = " ", "\ufffe"  # the latter PDFium puts in the place of one at the end of a line, which it leaves out
_FIELDS = ("Title", "Author", "CreationDate")


def serve(asked: IO[bytes], told: IO[bytes]) -> None:
    """Answer each file with what `document` says of it, until there is no more."""
    _limit("RLIMIT_AS", _MOST_BYTES)
    _limit("RLIMIT_CORE", 0)
    while size := int.from_bytes(asked.read(8), "big"):
        _limit("RLIMIT_CPU", int(time.process_time()) + MOST_SECONDS)
        try:
            answer = json.dumps(document(asked.read(size))).encode()
        except MemoryError:
            os._exit(1)
        told.write(len(answer).to_bytes(8, "big") + answer)
        told.flush()


def _limit(name: str, most: int) -> None:
    """Set a limit of this process, where there are such limits: on Windows there are none."""
    with contextlib.suppress(ImportError, OSError, ValueError):
        import resource

        number = getattr(resource, name)
        resource.setrlimit(number, (most, resource.getrlimit(number)[1]))


def document(data: bytes) -> dict[str, Any]:
    """What a file says: its pages as lists of runs, its properties, what could not be read; or what is wrong with it."""
    try:
        pdfium = _library()
    except ImportError:
        return {"error": "missing"}
    opened = pdfium.FPDF_LoadMemDocument64(data, len(data), None)
    if not opened:
        return {"error": "locked" if pdfium.FPDF_GetLastError() == _LOCKED else "damaged"}
    try:
        count = pdfium.FPDF_GetPageCount(opened)
        if count > MOST_PAGES:
            return {"error": "too large"}
        pages, chars = list[list[Any] | None](), 0
        for number in range(count):
            pages.append(_page(pdfium, opened, number))
            chars += sum(len(run[-1]) for run in pages[-1] or ())
            if chars > MOST_CHARS:
                return {"error": "too large"}
        return {
            "pages": pages,  # None: one that could not be read
            "fields": {name: _field(pdfium, opened, name) for name in _FIELDS},
            "pictures": sum(page == [] and _has_objects(pdfium, opened, n) for n, page in enumerate(pages)),
            "attachments": pdfium.FPDFDoc_GetAttachmentCount(opened),
        }
    finally:
        pdfium.FPDF_CloseDocument(opened)


@cache
def _library() -> Any:
    """PDFium with one font (tests/sources/box_font.py), not those of the system, where it lets itself be told (Linux).

    Where a font is not embedded, PDFium looks for one like it. That takes 40 ms a file; and what it finds decides how wide
    a character is. Where there is none for Chinese, as on a server, it leaves out each character that is drawn alone.
    """
    import pypdfium2_raw as pdfium

    config = pdfium.FPDF_LIBRARY_CONFIG()
    config.version = 2
    folders = (ctypes.c_char_p * 2)(os.fsencode(_FONTS), None)
    config.m_pUserFontPaths = ctypes.cast(folders, type(config.m_pUserFontPaths))
    pdfium.FPDF_InitLibraryWithConfig(config)
    return pdfium


def _field(pdfium: Any, opened: Any, name: str) -> str:
    """A property of the file."""
    key = name.encode()
    size = pdfium.FPDF_GetMetaText(opened, key, None, 0)
    buffer = ctypes.create_string_buffer(size)
    pdfium.FPDF_GetMetaText(opened, key, buffer, size)
    return buffer.raw[: max(size - 2, 0)].decode("utf-16-le", "replace")


def _page(pdfium: Any, opened: Any, number: int) -> list[Any] | None:
    """The runs of a page; None: it is damaged."""
    page = pdfium.FPDF_LoadPage(opened, number)
    if not page:
        return None
    try:
        text = pdfium.FPDFText_LoadPage(page)
        if not text:
            return None
        try:
            return list(_Page(pdfium, text).runs())
        finally:
            pdfium.FPDFText_ClosePage(text)
    finally:
        pdfium.FPDF_ClosePage(page)


def _has_objects(pdfium: Any, opened: Any, number: int) -> bool:
    """Whether something stands on a page."""
    page = pdfium.FPDF_LoadPage(opened, number)
    found = pdfium.FPDFPage_CountObjects(page) > 0
    pdfium.FPDF_ClosePage(page)
    return bool(found)


class _Page:
    """The text of a page: characters by number, in the order in which they are drawn.

    PDFium puts a line end where the next character stands on another line, and a space where there is a gap. Some of those
    are none of the text: programs set Chinese and Latin apart, and stretch lines. They do so everywhere, a writer does not.
    """

    def __init__(self, pdfium: Any, text: Any) -> None:
        self._pdfium, self._text = pdfium, text
        self._matrix, self._box = pdfium.FS_MATRIX(), pdfium.FS_RECTF()
        self._x, self._y = ctypes.c_double(), ctypes.c_double()
        count = pdfium.FPDFText_CountChars(text)
        buffer = ctypes.create_string_buffer(2 * count + 2)
        pdfium.FPDFText_GetText(text, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        # UTF-16 code units, one a number, as PDFium counts; it leaves those out that its fonts give no character for.
        self._units = buffer.raw[: 2 * count].decode("utf-16-le", "surrogatepass")
        if len(self._units) != count or "\0" in self._units:
            codes = (pdfium.FPDFText_GetUnicode(text, n) for n in range(count))
            self._units = "".join(chr(code) if 0 < code < 0x10000 else "\ufffd" for code in codes)
        sets_apart, _ = self._gaps(_BETWEEN_SCRIPTS, 0, count)
        self._most_apart = _NO_GAP if sets_apart > _MOST_APART else 0.0

    def _gaps(self, places: re.Pattern[str], start: int, end: int) -> tuple[float, int]:
        """The share of places that PDFium put a space in, and how many places there are."""
        found = list(places.finditer(self._units, start, end))
        gaps = sum(bool(one[0]) and self._is_gap(one.start()) for one in found)
        return gaps / max(len(found), 1), len(found)

    def runs(self) -> Iterator[tuple[Any, ...]]:
        """(quarter turns or -1 for a slant, x and y where it begins, and where it ends, size of the type, text)."""
        start = 0
        for end in re.finditer(f"[\r\n]|{_HYPHEN}|$", self._units):
            stop = end.end() if end[0] == _HYPHEN else end.start()
            if stop > start:
                yield from self._line(start, stop)
            start = end.end()

    def _line(self, start: int, end: int) -> Iterator[tuple[Any, ...]]:
        shown = [n for n in range(start, end) if not self._units[n].isspace()]
        if not shown:
            return
        before = "" if shown[0] == start or self._is_gap(start) else _SPACE
        after = "" if shown[-1] + 1 == end or self._is_gap(end - 1) else _SPACE
        start, end = shown[0], shown[-1] + 1
        turn, size = self._type(start)
        size = max(size, self._type((start + end) // 2)[1])  # it may begin with the number of a note
        begin = start
        for n in [n for n in range(start, end) if self._units[n] == _SPACE and self._is_gap(n)]:
            if self._gap(n, turn) > size * (_WORD_GAP if _WORDS.match(self._units, n) else _CELL_GAP):
                yield self._run(begin, n, turn, size, before, "")
                begin, before = n + 1, ""
        yield self._run(begin, end, turn, size, before, after)

    def _run(self, start: int, end: int, turn: int, size: float, before: str, after: str) -> tuple[Any, ...]:
        share, places = self._gaps(_BETWEEN_HAN, start, end)
        is_stretched = share > _MOST_STRETCHED and places > 1
        most = _CELL_GAP if is_stretched else self._most_apart
        parts = [before]
        for n in range(start, end):
            is_gap = (
                most > 0
                and self._units[n] == _SPACE
                and self._is_gap(n)
                and self._is_beside_han(n, stretched=is_stretched)
            )
            if not is_gap or self._gap(n, turn) > most * size:
                parts.append(self._units[n])
        text = (
            "".join([*parts, after])
            .replace(_HYPHEN, "-")
            .encode("utf-16-le", "surrogatepass")
            .decode("utf-16-le", "replace")
        )
        return (turn, *self._begin(start), *self._end(end - 1, turn), round(size, 2), text)

    def _type(self, n: int) -> tuple[int, float]:
        """Which way a character is turned, and the size of its type, in points."""
        size = self._pdfium.FPDFText_GetFontSize(self._text, n)
        matrix = self._matrix
        if not self._pdfium.FPDFText_GetMatrix(self._text, n, matrix):
            return 0, max(size, 1.0)
        turns = math.atan2(matrix.b, matrix.a) / (math.pi / 2)
        is_slanted = abs(turns - round(turns)) > 0.05
        return -1 if is_slanted else round(turns) % 4, max(size * math.hypot(matrix.c, matrix.d), 1.0)

    def _begin(self, n: int) -> tuple[float, float]:
        self._pdfium.FPDFText_GetCharOrigin(self._text, n, self._x, self._y)
        return round(self._x.value, 1), round(self._y.value, 1)

    def _end(self, n: int, turn: int) -> tuple[float, float]:
        x, y = self._begin(n)
        box = self._box
        if not self._pdfium.FPDFText_GetLooseCharBox(self._text, n, box):
            return x, y
        along = (max(x, box.right), max(y, box.top), min(x, box.left), min(y, box.bottom))[turn] if turn >= 0 else x
        return (round(along, 1), y) if turn % 2 == 0 else (x, round(along, 1))

    def _is_gap(self, n: int) -> bool:
        """Whether PDFium put the character there."""
        return bool(self._pdfium.FPDFText_IsGenerated(self._text, n) == 1)

    def _is_beside_han(self, n: int, *, stretched: bool) -> bool:
        """Whether a space stands between Chinese and Latin, or on a stretched line beside a Han character."""
        places = _BESIDE_HAN if stretched else _BETWEEN_SCRIPTS
        return places.match(self._units, n) is not None

    def _gap(self, n: int, turn: int) -> float:
        """How wide a space is that PDFium put there."""
        (x, y), (to_x, to_y) = self._end(n - 1, turn), self._begin(n + 1)
        return abs(to_y - y if turn % 2 else to_x - x)


if __name__ == "__main__":
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever a library prints is no answer
    serve(sys.stdin.buffer, answers)
