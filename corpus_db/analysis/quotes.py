"""Text to quotations: what is said, by whom, with which verb.

Speech stands between quotation marks and is told from titles, slogans and scare quotes by what is around it: a colon, a
verb of saying and a comma, a speaker after it, or a full sentence inside. Without marks it follows a colon that a name
or a verb of saying stands before. The speaker is the subject of that verb; where that is a pronoun or not said, the
last person who was a subject in the paragraph (or, for a pronoun, in the paragraph before).
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from corpus_db.analysis import cues
from corpus_db.analysis.evidence import Mention
from corpus_db.analysis.foreign_names import foreign_chars
from corpus_db.analysis.speech import (
    described_speaker,
    first_verb,
    is_transliterated,
    last_verb,
    long_verbs,
    strict_verbs,
    verbs,
)
from corpus_db.records import Quote

_MARKED = re.compile(r"“[^“”\n]*(?:“[^“”\n]*”[^“”\n]*)*”|「[^「」\n]*」|『[^『』\n]*』|\"[^\"\n]*\"")
_COLON = re.compile(r"[：:](?=[^\s：:“\"「『\d/\\)）][^：:\n“\"「]{4})")
_STOP = re.compile(r"[。！？!?\n][”」』\"]?|[ \u3000]{2,}")
_STOPS = re.compile(r"[。！？!?\n]")
_MARKS = re.compile(r"[。！？!?\n“”，,：:；;【】]")
_SENTENCE_END = re.compile(r"[。！？!?\n]|(?<!\.)\.(?!\w)|$")
_FULL = re.compile(r"[。！？!?…~]$")
_UNCLOSED = re.compile(r"[（(][^（()）\n]{0,20}$")
_CLAUSE = re.compile(r"[，,；;、]")
_PRONOUN = re.compile(r"(?:^|[^其])(他们|她们|他|她|前者|后者|对方)(?!人)")
# A message comes from someone else than the subject of the sentence; what is overheard, from nobody in particular.
_RECEIVED = re.compile(r"来自|收到|接到|传来|看到|听到|听见|发来|备注")
_OVERHEARD = re.compile(r"听到|听见|传来|有人|收到|接到|发来|写着|显示")
# 8月10日，杏子铺镇镇长…说: what may stand between a quotation and the clause that names its speaker
_WHEN = re.compile(r"[^，,。]{0,12}(?:日|时|中|后|前|际|天|晚|近日|期间)")
# What may stand before a verb whose subject is that of the sentence before.
_ELLIPTIC = re.compile(
    r"\s*(?:[也还则又并且便就再曾都已却而更]|随后|接着|继续|进一步|同时|另外|此外|首先|最后|这样|如此|.{1,3}地|.{1,2}着){0,3}\s*"
)
_REPORTED = ("报道", "讯", "电")  # by whom it is written, not said
_WINDOW = 90  # characters before a quotation in which its speaker is looked for
_AFTER = 40  # characters after it in which the speaker's verb stands
_ADVERB = 3  # characters that may stand between a subject or the sentence's end and the verb
_REST = 10  # characters that may stand between the verb and a colon
_SENTENCE = 9  # characters from which a quotation without an end mark is speech where a speaker follows
_HEADING = ("图源", "来源", "图片", "编辑", "责编", "标题", "题为", "口号", "关键词", "主题")
_SHORT = 6  # characters; a shorter quotation without an end mark is a name or a scare quote


class _Speaker(NamedTuple):
    name: str | None
    verb: str | None


def find(text: str, people: Sequence[Mention]) -> list[Quote]:
    """The quotations of `text`, by position; `people` are the names known in it, by position.

    >>> find("“要做好服务。”韦思远说。", [Mention(8, "韦思远", "韦思远", "person")])
    [Quote(start=1, speaker='韦思远', verb='说', text='要做好服务。', direct=True)]
    """
    reader = _Reader(text, [name for name in people if name.kind in ("person", "organisation")])
    said: dict[str, Quote] = {}
    quotes = []
    for quote in sorted([*reader.marked(), *reader.unmarked()]):
        # A caption repeats, without a verb, what the text quotes with its speaker.
        first = said.setdefault(quote.text, quote)
        quotes.append(quote if quote.verb else quote._replace(speaker=first.speaker or quote.speaker, verb=first.verb))
    return quotes


class _Reader:
    """One text and the names in it."""

    def __init__(self, text: str, names: Sequence[Mention]) -> None:
        self.text = text
        self.names = sorted(names)
        self.starts = [name.start for name in self.names]
        self.marks = [match.span() for match in _MARKED.finditer(text)]

    def marked(self) -> Iterator[Quote]:
        for start, end in self.marks:
            inner = self.text[start + 1 : end - 1].strip()
            if not inner:
                continue
            speaker = self._speaker(start, end, inner)
            if speaker is not None:
                yield Quote(self.text.index(inner, start + 1), speaker.name, speaker.verb, inner, True)

    def unmarked(self) -> Iterator[Quote]:
        """韦思远：干累活是我的长处。"""
        inside = 0
        for match in _COLON.finditer(self.text):
            colon = match.start()
            while inside < len(self.marks) and self.marks[inside][1] <= colon:
                inside += 1
            if inside < len(self.marks) and self.marks[inside][0] < colon:
                continue
            if _UNCLOSED.search(self.text, max(0, colon - _WINDOW), colon) or self.text.endswith(_HEADING, 0, colon):
                continue
            speaker = self._named_before_colon(colon)
            if speaker is not None:
                start = colon + 1
                closing = _SENTENCE_END.search(self.text, start)
                end = closing.end() if closing else len(self.text)
                said = self.text[start:end].strip()
                if len(said) >= _SHORT:
                    yield Quote(self.text.index(said, start), speaker.name, speaker.verb, said, False)

    def _speaker(self, start: int, end: int, inner: str) -> _Speaker | None:
        """Who says what stands in the marks start … end; None where nobody says it."""
        before = self.text[max(0, start - 1) : start]
        full = bool(_FULL.search(inner))
        after = self._after(end, later=not before or before not in "，,：:")
        if before and before in "：:":
            if not self._ends_clause(end, inner) or self.text.endswith(_HEADING, 0, start - 1):
                return None
            speaker = self._before(start - 1)
            if speaker.verb is None and after and after.name:
                return after
            return speaker if full or len(inner) >= _SHORT or speaker.verb else None
        led = self._before_comma(start - 1) if full and before and before in "，," else None
        if led and self.text.endswith(led.verb or "\n", 0, start - 1):  # 李文迪说，“…”孙毅则表示: the first
            return led
        if after and (full or inner[-1] in "，,；;—" or len(inner) >= _SENTENCE):
            return after
        if before and before in "，," and self._ends_clause(end, inner) and (full or len(inner) > _SHORT):
            return self._before_comma(start - 1)
        if full and len(inner) > _SHORT and (not before or before in "。！？!?\n”… 　"):
            return _Speaker(self._alone(start, end), None)
        return None

    def _alone(self, start: int, end: int) -> str | None:
        """The speaker of a sentence that nothing says is speech but its marks."""
        rest = _STOPS.split(self.text[end : end + _AFTER], maxsplit=1)[0]
        name = self._name_between(end, end + 1)
        if name is not None and name.kind == "person":
            verb = verbs().search(rest, len(name.raw))
            if verb and rest[verb.end() : verb.end() + 1] not in tuple("：:"):  # that leads to another quotation
                return self._last_subject(end, end + verb.start())
            return None if self._owns(name, end + len(rest)) else name.raw
        if rest and not _PRONOUN.search(rest):
            return None
        before = self._sentence_start(start - 1)
        return None if _OVERHEARD.search(self.text, before, start) else self._subject(start, pronoun=True)

    def _ends_clause(self, end: int, inner: str) -> bool:
        following = self.text[end : end + 1]
        return not following or following in "，。；！？,;!?\n" or (bool(_FULL.search(inner)) and following not in "的")

    def _after(self, end: int, *, later: bool) -> _Speaker | None:
        """”韦思远说 / ”，他说 / ”一位负责人介绍: a speaker and a verb right after the closing mark; `later`: or behind
        the words that say when.
        """
        start = end + (self.text[end : end + 1] in ("，", ","))
        clause = _MARKS.split(self.text[start : start + _AFTER], maxsplit=1)[0]
        verb = first_verb(clause)
        if (
            later
            and verb is None
            and _WHEN.fullmatch(clause)
            and self.text.startswith(("，", ","), start + len(clause))
        ):
            start += len(clause) + 1
            clause = _MARKS.split(self.text[start : start + _AFTER], maxsplit=1)[0]
            verb = first_verb(clause)
            if verb is None or self._last_subject(start, start + verb.start()) is None:
                return None
        if not verb:
            return None
        name = self._last_subject(start, start + verb.start())
        if name:
            return _Speaker(name, verb[0])
        subject = clause[: verb.start()]
        if _PRONOUN.match(subject):
            return _Speaker(self._subject(end, pronoun=True), verb[0])
        described = described_speaker(subject)
        goes_on = clause[verb.end() : verb.end() + 1] in foreign_chars()  # 苏门答腊 is no answer of 苏门
        if described and not (goes_on and is_transliterated(described)):
            return _Speaker(described, verb[0])
        return _Speaker(None, verb[0]) if verb.end() == len(clause) and subject else None

    def _before(self, colon: int) -> _Speaker:
        """The speaker in the sentence that leads to the colon at `colon`."""
        opening = self._sentence_start(colon)
        sentence = self.text[opening:colon]
        verb = last_verb(sentence)
        if verb is None:
            received = max((match.end() for match in _RECEIVED.finditer(sentence)), default=0)
            if received:
                return _Speaker(self._sender(opening + received, colon), None)
            if sentence.endswith(_REPORTED):
                return _Speaker(None, None)
            name = self._last_subject(opening, colon)
            return _Speaker(name or self._by_pronoun(sentence, opening), None)
        clause = max((match.end() for match in _CLAUSE.finditer(sentence, 0, verb.start())), default=0)
        name = self._subject_of(opening, clause, verb)
        if name is None:
            name = self._last_subject(opening, opening + clause) or self._by_pronoun(sentence, opening)
        if name is None and _ELLIPTIC.fullmatch(sentence, clause, verb.start()):
            name = self._subject(opening, pronoun=False)
        return _Speaker(name, verb[0])

    def _sender(self, start: int, colon: int) -> str | None:
        """来自果农小棠的一条提醒: who is named between what says that something came, and the colon."""
        owner, of, _ = self.text[start:colon].rpartition("的")
        return self._last_subject(start, colon) or (described_speaker(owner) if of else None)

    def _before_comma(self, comma: int) -> _Speaker | None:
        """The speaker of 某人记得，“…”, and of 某人总结，前几年难，“…”: the verb has its subject beside it."""
        opening = self._sentence_start(comma)
        sentence = self.text[opening:comma]
        verb = last_verb(sentence)
        if verb is None or sentence.endswith(("标题", "口号", "名字")):
            return None
        clause = max((match.end() for match in _CLAUSE.finditer(sentence, 0, verb.start())), default=0)
        name = self._subject_of(opening, clause, verb)
        if name is None or not (verb.end() >= len(sentence) - _ADVERB or _CLAUSE.match(sentence, verb.end())):
            return None
        return _Speaker(name, verb[0])

    def _subject_of(self, opening: int, clause: int, verb: re.Match[str]) -> str | None:
        """Who the clause that begins at `clause` of a sentence names as subject of its verb."""
        sentence = verb.string
        name = self._last_subject(opening + clause, opening + verb.start())
        if name is None and (subject := _PRONOUN.search(sentence, clause, verb.start())):
            name = self._subject(opening + subject.start(), pronoun=True)
        return name or described_speaker(sentence[clause : verb.start()])

    def _by_pronoun(self, sentence: str, opening: int) -> str | None:
        return self._subject(opening, pronoun=True) if _PRONOUN.search(sentence) else None

    def _named_before_colon(self, colon: int) -> _Speaker | None:
        opening = self._sentence_start(colon)
        sentence = self.text[opening:colon]
        clause = opening + max((match.end() for match in _CLAUSE.finditer(sentence)), default=0)
        name = self._name_between(clause, colon)
        ends_at_colon = self._name_ending(colon)
        if ends_at_colon is not None:
            return None if self._is_told(ends_at_colon) else _Speaker(ends_at_colon.raw, None)
        verb = next((match for match in strict_verbs().finditer(self.text, clause, colon)), None)
        if verb is None:
            noun = name is not None and name.kind == "person" and sentence.endswith(cues.words("speech_noun"))
            own = noun and name is not None and "据" not in self.text[name.start : colon]  # 据警方消息: the police's
            return _Speaker(name.raw, None) if name is not None and own else None
        rest = self.text[verb.end() : colon]
        if (len(rest) > _REST or "的" in rest) and not rest.endswith(("是", "为")):
            return None
        said = self._last_subject(clause, verb.start())
        if said is None and _PRONOUN.search(self.text, clause, verb.start()):
            said = self._subject(clause, pronoun=True)
        return _Speaker(said, verb[0]) if said else None

    def _sentence_start(self, at: int) -> int:
        low = max(0, at - _WINDOW)
        return max((match.end() for match in _STOP.finditer(self.text, low, at)), default=low)

    def _between(self, low: int, high: int) -> Sequence[Mention]:
        return self.names[bisect_left(self.starts, low) : bisect_left(self.starts, high)]

    def _name_between(self, low: int, high: int) -> Mention | None:
        names = self._between(low, high)
        return next((name for name in names if name.kind == "person"), names[0] if names else None)

    def _name_ending(self, at: int) -> Mention | None:
        found = [
            name for name in self._between(at - 12, at) if name.start + len(name.raw) == at and name.kind == "person"
        ]
        return found[0] if found else None

    def _last_subject(self, low: int, high: int) -> str | None:
        """The last person named between `low` and `high` to whom nothing is said and to whom nothing belongs."""
        names = [name for name in self._between(low, high) if name.start + len(name.raw) <= high]
        people = [name for name in names if name.kind == "person" and not self._has_relative(name)]
        for name in reversed(people):
            if not self._is_object(name, low) and not self._owns(name, high):
                return name.raw
        if people:
            return people[0].raw
        organisations = [name for name in names if name.start + len(name.raw) >= high - 2]
        return organisations[-1].raw if organisations else None

    def _is_object(self, name: Mention, low: int) -> bool:
        return self.text[max(low, name.start - 2) : name.start].endswith(cues.words("object_marker"))

    def _is_told(self, name: Mention) -> bool:
        """警察喊话韦思远：…, 来源：韦思远：…: someone speaks to or of the person before the colon."""
        start = name.start
        heading = self.text.endswith(_HEADING, 0, start - 1) and self.text[start - 1 : start] in "：:"
        return heading or self._is_object(name, 0) or self.text.endswith(long_verbs(), 0, start)

    def _has_relative(self, name: Mention) -> bool:
        """韦思远妻子: not the one who is named."""
        return self.text.startswith(cues.words("relation"), name.start + len(name.raw))

    def _owns(self, name: Mention, high: int) -> bool:
        end = name.start + len(name.raw)
        return end < high and self.text[end] in "的等"

    def _subject(self, at: int, *, pronoun: bool) -> str | None:
        """The last person before `at` who was a subject, in this paragraph or, for a pronoun, the one before."""
        paragraph = self.text.rfind("\n", 0, at) + 1
        found = self._recent(paragraph, at)
        if found is None and pronoun and paragraph:
            found = self._recent(self.text.rfind("\n", 0, paragraph - 1) + 1, paragraph)
        return found

    def _recent(self, low: int, high: int) -> str | None:
        people = [name for name in self._between(max(low, high - 600), high) if name.kind == "person"]
        for name in reversed(people):
            if not self._is_object(name, low) and not self._owns(name, high):
                return name.raw
        return people[-1].raw if people else None
