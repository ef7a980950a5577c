"""Markdown inside a line → marks: which stretches are markup, and what escapes stand for.

This follows CommonMark where it matters for the text (links, images, code, emphasis, escapes, HTML), and what programs
for notes add to it (``[[page|shown]]``, ``![[picture]]``, ``==marked==``), in one pass from left to right, so that the
time is linear in the length of the line whatever stands in it.
"""

from __future__ import annotations

import html
import re
from collections.abc import Container
from typing import NamedTuple

from corpus_db.sources.markup import REFERENCE, TAGS, is_break

_TOKEN = re.compile(
    rf"""
    (?P<escape> \\[!-/:-@\[-`{{-~])
  | (?P<code> `+)
  | (?P<url> (?<![\w/]) https?:// [^\s<>()\[\]（）`"，。；、]+ )
  | (?P<embed> !\[\[ [^\[\]\n]{{1,300}} \]\] )
  | (?P<wiki> \[\[ (?: [^\[\]|\n]{{1,200}} \| )? (?P<shown> [^\s\[\]|:] [^\[\]|\n]{{0,198}} (?<![\s:]) ) \]\] (?!\() )
  | (?P<footnote> \[\^ [^\]\[\n]{{1,40}} \] )
  | (?P<open> !?\[ )
  | (?P<target> \]\( [ \t]{{0,9}} (?P<href> (?: [^\s()\\<>] | \\. | \([^\s()]*\) | <[^<>\n]*> )* )
      (?: [ \t]{{1,9}} (?: "[^"\n]{{0,300}}" | '[^'\n]{{0,300}}' ) )? [ \t]{{0,9}} \) )
  | (?P<reference> \][ ]?\[ (?P<label> [^\]\[\n]{{0,99}} ) \] )
  | (?P<close> \] )
  | (?P<emphasis> (?<![A-Za-z0-9=!<>]) == (?=[^\s=]) | (?<=[^\s=]) == (?![A-Za-z0-9=])
      | \*{{1,3}} | (?<![A-Za-z0-9_]) _{{1,3}} (?=\S) | (?<=\S) _{{1,3}} (?![A-Za-z0-9_]) | ~~ )
  | (?P<autolink> < (?P<address> https?:// [^\s<>]+ | [^\s<>@]{{1,64}}@[^\s<>@]{{1,190}} ) > )
  | (?P<tag> </? (?:{TAGS}) (?: \s [^<>]* )? /? > )
  | (?P<entity> & (?: {REFERENCE} ) ; )
    """,
    re.VERBOSE | re.IGNORECASE,
)


# Where a token may begin. It begins with one class of characters, for which `re` looks many times as fast as for a token.
MAY_BEGIN = re.compile(r"[\\`\[\]!*_~=<&hH](?:(?<![hH])|(?i:ttps?://))")


class Mark(NamedTuple):
    """A stretch that is not text as it stands: markup, or (where `text` is set) something that stands for `text`."""

    start: int
    end: int
    reason: str
    text: str | None = None
    href: str | None = None  # of a link's end: where the link goes


def label_key(label: str) -> str:
    """The label of a link reference as it is compared: case and spaces do not count."""
    return " ".join(label.split()).casefold()


def marks(raw: str, start: int, end: int, labels: Container[str] = ()) -> list[Mark]:
    """The marks in ``raw[start:end]``, in order, none overlapping another; `labels`: those that are defined, as keys.

    >>> line = r"见**[甲](http://a.cn)**与![图](b.png)\\*"
    >>> [(line[m.start : m.end], m.reason, m.text) for m in marks(line, 0, len(line))]  # doctest: +NORMALIZE_WHITESPACE
    [('**', 'emphasis', None), ('[', 'link', None), ('](http://a.cn)', 'link', None), ('**', 'emphasis', None),
     ('![图](b.png)', 'image', None), ('\\\\*', 'escape', '*')]
    """
    return _Scan(raw, start, end, labels).run() if MAY_BEGIN.search(raw, start, end) else []


class _Scan:
    """One pass over a line: what was found, and what is still open."""

    def __init__(self, raw: str, start: int, end: int, labels: Container[str]) -> None:
        self.raw, self.start, self.end, self.labels = raw, start, end, labels
        self.found: list[Mark] = []
        self.images: list[Mark] = []
        self.brackets: list[re.Match[str]] = []
        self.emphases: dict[str, Mark] = {}  # run of marks → where it was opened
        self.lone_ticks: set[str] = set()  # runs of backticks that do not occur again

    def run(self) -> list[Mark]:
        at = self.start
        for place in map(re.Match.start, MAY_BEGIN.finditer(self.raw, self.start, self.end)):
            match = _TOKEN.match(self.raw, place, self.end) if place >= at else None
            if match:
                handler = _HANDLERS.get(match.lastgroup or "")
                at = (handler(self, match) if handler else None) or match.end()
        return _without_overlap(self.found, self.images)

    def _add(self, match: re.Match[str], reason: str, text: str | None = None, href: str | None = None) -> None:
        self.found.append(Mark(match.start(), match.end(), reason, text, href))

    def escape(self, match: re.Match[str]) -> None:
        self._add(match, "escape", match[0][1])

    def code(self, match: re.Match[str]) -> int | None:
        ticks = match[0]
        close = -1 if ticks in self.lone_ticks else self.raw.find(ticks, match.end(), self.end)
        if close < 0:
            self.lone_ticks.add(ticks)
            return None
        self._add(match, "code mark")
        self.found.append(Mark(close, close + len(ticks), "code mark"))
        return close + len(ticks)

    def embed(self, match: re.Match[str]) -> None:
        self._add(match, "image")

    def wiki(self, match: re.Match[str]) -> None:
        start, end = match.span("shown")
        self.found += [Mark(match.start(), start, "link"), Mark(end, match.end(), "link")]

    def footnote(self, match: re.Match[str]) -> None:
        self._add(match, "footnote")

    def open(self, match: re.Match[str]) -> None:
        self.brackets.append(match)

    def target(self, match: re.Match[str]) -> int | None:
        if not self.brackets:
            return match.start() + 1
        bracket = self.brackets.pop()
        if bracket[0] == "![":
            self.images.append(Mark(bracket.start(), match.end(), "image"))
        else:
            self._add(bracket, "link")
            href = match["href"] if match.lastgroup == "target" else None
            self._add(match, "link", href=(href or "").strip("<>") or None)
        return None

    def reference(self, match: re.Match[str]) -> int | None:
        """``[text][label]``: without a definition of the label, both are text, as people write them (［产品］［价格］).

        A number is no word: its definition may stand in a part of the file that is another article.
        """
        label = match["label"].strip()
        if not self.brackets or not label or label.isdigit() or label_key(label) in self.labels:
            return self.target(match)
        self.brackets.pop()
        return match.start() + 1

    def close(self, match: re.Match[str]) -> None:
        if self.brackets:
            self.brackets.pop()

    def emphasis(self, match: re.Match[str]) -> None:
        before = self.raw[match.start() - 1] if match.start() > self.start else " "
        after = self.raw[match.end()] if match.end() < self.end else " "
        opened = self.emphases.get(match[0])
        if opened and not before.isspace():
            self.found.append(opened)
            self._add(match, "emphasis")
            del self.emphases[match[0]]
        elif not after.isspace():
            self.emphases[match[0]] = Mark(match.start(), match.end(), "emphasis")

    def autolink(self, match: re.Match[str]) -> None:
        start, end = match.span("address")
        self.found += [Mark(match.start(), start, "link"), Mark(end, match.end(), "link")]

    def tag(self, match: re.Match[str]) -> None:
        name = match[0].strip("</>").split(None, 1)[0].rstrip("/")
        if is_break(name, "/" if match[0].startswith("</") else ""):
            self._add(match, "line break", "\n")
        else:
            self._add(match, "tag")

    def entity(self, match: re.Match[str]) -> None:
        text = html.unescape(match[0])
        if text != match[0]:
            self._add(match, "escape", text)


_HANDLERS = {
    "escape": _Scan.escape,
    "code": _Scan.code,
    "embed": _Scan.embed,
    "wiki": _Scan.wiki,
    "footnote": _Scan.footnote,
    "open": _Scan.open,
    "target": _Scan.target,
    "reference": _Scan.reference,
    "close": _Scan.close,
    "emphasis": _Scan.emphasis,
    "autolink": _Scan.autolink,
    "tag": _Scan.tag,
    "entity": _Scan.entity,
}  # 'url' has none: a bare address is text, and what looks like emphasis in it is not


def _without_overlap(found: list[Mark], images: list[Mark]) -> list[Mark]:
    """All marks in order; what stands inside an image goes with it."""
    kept: list[Mark] = []
    for mark in sorted(found + images, key=lambda mark: (mark.start, -mark.end)):
        if not kept or mark.start >= kept[-1].end:
            kept.append(mark)
    return kept
