"""data/lexicon.tsv, and the user's own file → a table of known names with their aliases.

A file has a header and tab-separated columns ``name, kind, aliases, source``; `aliases` are parted by ``|`` and may be
empty, `source` may be missing in the user's file. A later file's row replaces an earlier row of the same name.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cache, cached_property
from pathlib import Path
from typing import NamedTuple

from corpus_db import data
from corpus_db.analysis import cues
from corpus_db.errors import UsageError
from corpus_db.records import ENTITY_KINDS, EntityKind
from corpus_db.text.fold import fold_aligned
from corpus_db.text.segment import segmenter


class Entry(NamedTuple):
    """One known name: a row of a lexicon file."""

    name: str
    kind: EntityKind
    aliases: tuple[str, ...]
    source: str


class Lexicon:
    """Known names, found by any of their forms.

    `forms` maps the folded form of each name and alias to its entry; `starts` maps the first word of each form to the
    lengths of the forms that begin with it, longest first;
    `ambiguous` are the forms that are also common words.
    """

    def __init__(self, entries: Iterable[Entry], cut: Callable[[str], list[str]] | None = None) -> None:
        self._cut = cut
        self.entries = {entry.name: entry for entry in entries}
        self.forms: dict[str, Entry] = {}
        for entry in self.entries.values():
            for form in entry.aliases:
                self.forms.setdefault(fold_aligned(form), entry)
        # A name is stronger than the same word as another's alias.
        self.forms.update((fold_aligned(entry.name), entry) for entry in self.entries.values())
        self.ambiguous = {form for word in cues.words("ambiguous") if (form := fold_aligned(word)) in self.forms}

    @cached_property
    def starts(self) -> dict[str, tuple[int, ...]]:
        """First word of each form → the lengths of the forms that begin with it, longest first.

        It needs the segmenter, which not everybody has loaded who looks up a name.
        """
        cut, starts = self._cut or segmenter().cut, dict[str, set[int]]()
        for form in self.forms:
            starts.setdefault(cut(form)[0], set()).add(len(form))
        return {first: tuple(sorted(sizes, reverse=True)) for first, sizes in starts.items()}

    def entry(self, raw: str) -> Entry | None:
        """The entry that `raw` is a form of, whatever its case or script.

        >>> load().entry("淘寶網").name
        '淘宝'
        """
        return self.forms.get(fold_aligned(raw))

    def words(self) -> tuple[str, ...]:
        """The forms that a segmenter may learn as words: two or more characters of one script, no common word."""
        return tuple(
            sorted(form for form in self.forms if len(form) > 1 and form.isalpha() and form not in self.ambiguous)
        )


@cache
def load(own: Path | None = None) -> Lexicon:
    """The lexicon that ships with the package, with the user's file `own` on top.

    Raises `UsageError` naming file and line where the user's file is not as the module's docstring says.
    """
    entries = list(parse(data.text("lexicon.tsv"), "lexicon.tsv"))
    if own is None:
        return Lexicon(entries)
    return Lexicon([*entries, *_read(own)], segmenter(own_words(own)).cut)


@cache
def own_words(own: Path) -> tuple[str, ...]:
    """The forms of the user's names that the segmenter is taught; not those of the shipped lexicon, which tells names
    but leaves words as they are: taught too, they changed search by less than .001 of MRR@10.
    """
    return Lexicon(_read(own)).words()


def _read(own: Path) -> list[Entry]:
    try:
        return list(parse(own.read_text(encoding="utf-8-sig"), str(own)))
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{own}: can not be read as UTF-8 text ({error})") from error


def parse(text: str, name: str) -> Iterator[Entry]:
    """The rows of a lexicon file; `name` is the file's, for messages.

    >>> list(parse("name\\tkind\\taliases\\n淘宝\\tproduct\\t淘宝网", "own.tsv"))
    [Entry(name='淘宝', kind='product', aliases=('淘宝网',), source='')]
    """
    lines = text.splitlines()
    if not lines or lines[0].split("\t")[:3] != ["name", "kind", "aliases"]:
        raise UsageError(f"{name}:1: a lexicon begins with the tab-separated header name, kind, aliases")
    for number, line in enumerate(lines[1:], 2):
        if not line.strip():
            continue
        cells = [*map(str.strip, line.split("\t")), "", ""]
        if not cells[0] or cells[1] not in ENTITY_KINDS:
            raise UsageError(f"{name}:{number}: needs a name and a kind ({', '.join(sorted(ENTITY_KINDS))})")
        yield Entry(cells[0], cells[1], tuple(filter(None, cells[2].split("|"))), cells[3])
